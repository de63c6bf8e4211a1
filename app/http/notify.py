"""POST /wechat-pay/notify: WeChat Pay tells of money. Answered in time, or WeChat tells it again."""

import asyncio
from http import HTTPStatus

import asyncpg
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.http.body import drain, streamed
from app.http.errors import RequestRefused
from app.http.state import State
from app.kit import db
from app.payments import notified
from app.payments.handling import Handler
from app.payments.wechat_pay.errors import Untrusted
from app.payments.wechat_pay.keys import Merchant
from app.payments.wechat_pay.notify import Notifications

PATH = "/wechat-pay/notify"
MOST = 64 * 1024  # bytes; a notification has about a thousand
SECONDS = 4.0  # WeChat waits 5

_log = structlog.get_logger("wechat_pay")


class Notify:
    """Answers 204 to what was taken, also to what was taken before, and 4xx or 5xx to everything else.

    Without a merchant nothing is taken. What no branch foresees is answered by app.http.door: 500.
    """

    def __init__(self, merchant: Merchant | None, handler: Handler) -> None:
        self._notifications = None if merchant is None else Notifications(merchant)
        self._handler = handler

    def route(self) -> Route:
        """Where it is."""
        return Route(PATH, self.answer, methods=["POST"])

    async def answer(self, request: Request) -> Response:
        """Takes a notification: verified first, then decrypted, compared, and acted on."""
        try:
            async with asyncio.timeout(SECONDS):
                await self._take(request)
        except Untrusted as untrusted:
            _log.warning("a notification was refused", reason=str(untrusted))
            return _failed(HTTPStatus.UNAUTHORIZED, "not accepted")
        except notified.Strange as strange:
            return _failed(HTTPStatus.UNPROCESSABLE_ENTITY, str(strange))
        except RequestRefused as refused:
            await drain(request)
            return _failed(refused.status, "not accepted")
        except TimeoutError:
            _log.error("a notification took too long")
            return _failed(HTTPStatus.SERVICE_UNAVAILABLE, "again, please")
        except (*db.CONNECTION_LOST, asyncpg.PostgresError, OSError):
            _log.exception("a notification was not taken")
            return _failed(HTTPStatus.INTERNAL_SERVER_ERROR, "again, please")
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def _take(self, request: Request) -> None:
        if self._notifications is None:
            raise Untrusted("there is no merchant")
        body = b"".join([chunk async for chunk in streamed(request, MOST)])
        if request.url.query:
            raise Untrusted("an address with a query")
        told = self._notifications.open(request.headers, body)
        state: State = request.scope["state"]
        async with state["database"].session():
            await notified.take(self._handler, told)


def _failed(status: int, message: str) -> Response:
    return JSONResponse({"code": "FAIL", "message": message}, status, {"cache-control": "no-store"})
