"""The demo shop as it is now, by the real clock, on a port of its own, with WeChat's stand-ins beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import httpx
from starlette.routing import WebSocketRoute

from app.accounts.enums import RoleCode
from app.demo import staff
from app.demo.seed import seed
from app.embedded.wechat.server import StandIn as WeChat
from app.embedded.wechat.state import State as WeChatState
from app.embedded.wechat_pay import keys
from app.embedded.wechat_pay.server import StandIn as WeChatPay
from app.embedded.wechat_pay.state import State as PayState
from app.http import notify
from app.kit import clock, totp
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.main import create_app
from app.settings import DEMO_INDEX_KEY, DEMO_KEY_RING, Settings
from tests.commands.programs import free_port
from tests.conftest import Addresses
from tests.served import served
from tests.shop import NO_FILES, SECRET, with_state


async def filled(addresses: Addresses) -> None:
    """The demo's rows, and who works there."""
    connection = await asyncpg.connect(addresses.owner_url)
    await seed(connection, scale=1, now=clock.now(), progress=lambda *_: None)
    await connection.close()
    await staff.ensure(addresses.app_url, Vault(KeyRing.parse(DEMO_KEY_RING), DEMO_INDEX_KEY), SECRET)


def code_now() -> str:
    """What the demo staff's authenticator shows."""
    return totp.code(staff.totp_secret(SECRET), totp.step_at(clock.now()))


CLERK = staff.username(RoleCode.STORE_CLERK)


@asynccontextmanager
async def open_counter(addresses: Addresses, redis_url: str, folder: Path) -> AsyncIterator[str]:
    """The shop's address, while customers can buy there."""
    known = keys.ensure(folder)
    port, named = free_port(), {name.lower(): value for name, value in keys.settings_of(folder).items()}
    told = f"http://127.0.0.1:{port}{notify.PATH}"
    base = {"database_url": addresses.app_url, "redis_url": redis_url, "files_url": NO_FILES, "secret": SECRET}
    plain = Settings(**base, **named, wechat_pay_notify_url=told)
    wechat = WeChat(WeChatState(plain.wechat_appid, plain.wechat_secret.get_secret_value()))
    async with httpx.AsyncClient() as client:
        pay = WeChatPay(PayState(known, plain.wechat_appid), client)
        async with served(wechat.app()) as wechat_url, served(pay.app()) as pay_url:
            settings = plain.model_copy(update={"wechat_url": wechat_url, "wechat_pay_url": pay_url})
            app = create_app(settings)
            (sockets,) = (route.app for route in app.router.routes if isinstance(route, WebSocketRoute))
            telling = asyncio.create_task(pay.keep_delivering())
            async with app.router.lifespan_context(app) as state, served(with_state(app, state), port) as address:
                yield address
                await sockets.close()
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
