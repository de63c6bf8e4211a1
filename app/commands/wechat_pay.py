"""`yougou wechat-pay`."""

import asyncio
from typing import Annotated

import httpx
import typer
from granian.constants import Interfaces
from granian.server.embed import Server

from app.commands.console import fail, out, run
from app.embedded.wechat_pay import keys
from app.embedded.wechat_pay.server import StandIn
from app.embedded.wechat_pay.state import State
from app.settings import Settings

FOLDER = "wechat-pay"
"""Where the stand-in's keys are, among the shop's data."""


def wechat_pay(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen, on this machine alone.")] = 8011,
) -> None:
    """Run a stand-in for WeChat Pay, for trying out buying. `demo` starts one. Refused in production."""
    settings = Settings()
    if settings.is_production:
        fail("The stand-in is not for production.", "Set WECHAT_PAY_MCHID and its keys, and unset WECHAT_PAY_URL.")
    folder = settings.data_dir.absolute() / FOLDER
    state = State(keys.ensure(folder), settings.wechat_appid)
    told = " ".join(
        f"{name}={value}" for name, value in keys.settings_of(folder).items() if name != "WECHAT_PAY_APIV3_KEY"
    )
    out.print(f"WeChat Pay's stand-in: set WECHAT_PAY_URL=http://127.0.0.1:{port} {told}", markup=False)
    out.print(f"and WECHAT_PAY_APIV3_KEY to the text of {folder / keys.APIV3}", markup=False)
    run(_serve(state, port))


async def _serve(state: State, port: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        stand_in = StandIn(state, client)
        delivering = asyncio.create_task(stand_in.keep_delivering())
        server = Server(stand_in.app(), port=port, interface=Interfaces.ASGI, log_enabled=False)
        await server.serve()
        delivering.cancel()
