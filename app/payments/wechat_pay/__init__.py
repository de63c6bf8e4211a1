"""WeChat Pay APIv3: the shop's client, and what opens its notifications.

Sources: WeChat Pay's documentation of APIv3 (signature, public-key mode, JSAPI payment, refunds, bills) and the
vectors of its published SDKs.
"""
