"""The merchant of this installation, from its settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from app.payments.gateway import Gateway
from app.payments.missing import NoGateway
from app.payments.wechat_pay.client import Addresses, WeChatPay
from app.payments.wechat_pay.errors import BadKeys
from app.payments.wechat_pay.keys import Merchant, check_apiv3, read_platform, read_private
from app.settings import Settings


def merchant_of(settings: Settings) -> Merchant | None:
    """Whose money it is; None where nobody can pay, which production never is.

    Raises:
        BadKeys: something is set, and not all of it fits.
    """
    if settings.wechat_pay_mchid is None:
        return None
    if settings.wechat_pay_key_file is None or not settings.wechat_pay_serial:
        raise BadKeys("WECHAT_PAY_SERIAL or WECHAT_PAY_KEY_FILE is not set")
    notify = urlsplit(settings.notify_url)
    if notify.query or (settings.is_production and notify.scheme != "https"):
        raise BadKeys("WECHAT_PAY_NOTIFY_URL is not https without a query")
    return Merchant(
        settings.wechat_pay_mchid,
        settings.wechat_appid,
        settings.wechat_pay_serial,
        read_private(settings.wechat_pay_key_file),
        read_platform(settings.wechat_pay_public_keys),
        check_apiv3(settings.wechat_pay_apiv3_key.get_secret_value()),
    )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Gateway]:
    """What moves this installation's money, with connections of its own.

    Raises:
        BadKeys: as `merchant_of`.
    """
    merchant = merchant_of(settings)
    if merchant is None:
        yield NoGateway()
        return
    async with WeChatPay.opened(Addresses(settings.wechat_pay_url, settings.notify_url), merchant) as client:
        yield client
