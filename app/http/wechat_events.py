"""`/wechat/events`: where WeChat's servers tell that a person took something back, or closed her WeChat account.

What is not signed by the mini-program's token, is too old or another mini-program's changes nothing, whatever it says.
"""

import structlog
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.http import body
from app.http.errors import RequestRefused
from app.http.state import State
from app.privacy.withdrawing import take_back
from app.wechat.push import NoMessage, NotFromWeChat, PushKeys

PATH = "/wechat/events"
LARGEST = 64 * 1024  # bytes; a message has some hundred
_PLAIN = {"cache-control": "no-store"}

_log = structlog.get_logger("wechat")
_EVENTS = Counter("wechat_events", "What WeChat told by itself, by what came of it.", ["outcome"])


class WeChatEvents:
    """Answers WeChat's servers; without keys nobody is answered."""

    def __init__(self, keys: PushKeys | None) -> None:
        self._keys = keys

    def routes(self) -> list[Route]:
        """Where it is, if it is used at all."""
        return [] if self._keys is None else [Route(PATH, self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """`success`, as WeChat wants it, or the echo of its console; else 4xx, logged and counted."""
        if self._keys is None:
            return _refused(404, "not used")
        try:
            if request.method == "GET":
                return PlainTextResponse(self._keys.echo(request.query_params), headers=_PLAIN)
            message = b"".join([chunk async for chunk in body.streamed(request, LARGEST)])
            event = self._keys.opened(request.query_params, message)
        except NotFromWeChat as refused:
            return _refused(403, str(refused))
        except NoMessage as refused:
            return _refused(400, str(refused))
        except RequestRefused as refused:
            return _refused(refused.status, "body")
        state: State = request.scope["state"]
        async with state["database"].session():
            told = await take_back(state["people"].vault, event)
        _EVENTS.labels(told.outcome).inc()
        _log.info("told", outcome=told.outcome)
        return PlainTextResponse("success", headers=_PLAIN)


def _refused(status: int, why: str) -> Response:
    _EVENTS.labels("refused").inc()
    _log.warning("a message was refused", why=why)
    return PlainTextResponse("refused\n", status, _PLAIN)
