"""Putting the application together fails early when a part is wrong."""

import pytest
from pydantic import SecretStr

from app import main
from app.http.wechat_events import PATH
from app.settings import DEMO_PUSH_KEY, DEMO_PUSH_TOKEN, DemoSecretError, Environment, MissingAddressError, Settings
from tests.shop import settings

URL = "postgresql://nobody@/nowhere?host=/nowhere"


async def test_a_database_address_that_is_not_set_is_named() -> None:
    """The message says which variable, and what to do."""
    app = main.create_app(settings(URL).model_copy(update={"database_url": None}))
    with pytest.raises(MissingAddressError, match=r"^DATABASE_URL is not set"):
        async with app.router.lifespan_context(app):
            pass


def test_production_hears_of_wechat_only_with_keys_of_its_own() -> None:
    """With the demo's there is no such address; with one of the two nothing starts; with a key that is none neither."""
    whole = settings(URL, env=Environment.PRODUCTION).model_copy(
        update={name: SecretStr(name * 4) for name in ("wechat_secret", "index_key")}
        | {"key_ring": SecretStr("k1:" + "A" * 43 + "=")}
    )
    paid = {"wechat_pay_mchid": "1900000000", "wechat_pay_notify_url": "https://shop.test/wechat-pay/notify"}
    whole.model_copy(update=paid).refuse_demo_secret()
    assert _hears(whole)
    token, key = SecretStr(DEMO_PUSH_TOKEN), SecretStr(DEMO_PUSH_KEY)
    assert not _hears(whole.model_copy(update={"wechat_push_token": token, "wechat_push_key": key}))
    for half in ({"wechat_push_token": token}, {"wechat_push_key": key}):
        with pytest.raises(DemoSecretError, match="WECHAT_PUSH_TOKEN and WECHAT_PUSH_KEY go together"):
            whole.model_copy(update=half).refuse_demo_secret()
    with pytest.raises(ValueError, match="the key has 43 characters"):
        main.create_app(whole.model_copy(update={"wechat_push_key": SecretStr("too short")}))


def _hears(chosen: Settings) -> bool:
    """Whether an application with these settings has the address."""
    return any(getattr(route, "path", None) == PATH for route in main.create_app(chosen).routes)
