"""Opens notifications: verified, then decrypted, then compared with the merchant."""

from collections.abc import Mapping

import orjson

from app.kit import clock
from app.payments.gateway import Charge, RefundReport
from app.payments.wechat_pay import answers, sealed, signing
from app.payments.wechat_pay.errors import Untrusted
from app.payments.wechat_pay.keys import Merchant

TRANSACTION = "TRANSACTION.SUCCESS"
REFUND = "REFUND."


class Notifications:
    """Opens what WeChat sends to the shop's address."""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant

    def open(self, headers: Mapping[str, str], body: bytes) -> Charge | RefundReport:
        """What happened. `headers` are found in lower case; `body` is as it came, byte for byte.

        Raises:
            Untrusted: not proven to be WeChat's, too old, of another merchant, or of a kind the shop never asked for.
        """
        signing.verify(self._merchant.platform, headers, body, clock.now())
        try:
            said = orjson.loads(body)
            event = said["event_type"]
            plain = orjson.loads(sealed.open_resource(self._merchant.apiv3_key, said["resource"]))
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise Untrusted("not as documented") from None
        if not isinstance(event, str) or not isinstance(plain, dict):
            raise Untrusted("not as documented")
        if event == TRANSACTION:
            charge = answers.trade(self._merchant, plain).charge
            if charge is None:
                raise Untrusted("a success without money")
            return charge
        if event.startswith(REFUND):
            if plain.get("mchid") != self._merchant.mchid:
                raise Untrusted("about another merchant")
            return answers.refund(plain, status="refund_status")
        raise Untrusted("an event the shop never asked for")
