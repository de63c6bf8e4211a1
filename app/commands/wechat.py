"""`yougou wechat`."""

from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.server.embed import Server

from app.commands.console import fail, out, run
from app.embedded.wechat.server import StandIn
from app.embedded.wechat.state import State
from app.settings import Settings


def wechat(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen, on this machine alone.")] = 8010,
) -> None:
    """Run a stand-in for WeChat's servers, for trying out sign-in. `demo` starts one. Refused in production."""
    settings = Settings()
    if settings.is_production:
        fail("The stand-in is not for production.", "Set WECHAT_APPID and WECHAT_SECRET, and unset WECHAT_URL.")
    state = State(
        settings.wechat_appid,
        settings.wechat_secret.get_secret_value(),
        push_token=settings.wechat_push_token.get_secret_value(),
        push_key=settings.wechat_push_key.get_secret_value(),
        push_url=f"http://127.0.0.1:{settings.port}/wechat/events",
    )
    out.print(f"WeChat's stand-in: set WECHAT_URL=http://127.0.0.1:{port}")
    server = Server(StandIn(state).app(), port=port, interface=Interfaces.ASGI, log_enabled=False)
    run(server.serve())
