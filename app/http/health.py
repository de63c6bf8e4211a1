"""Whether the process lives, whether it can serve, and its metrics."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.http.state import State

Problems = Callable[[State], Awaitable[dict[str, str | None]]]
Measure = Callable[[State], Awaitable[None]]


def routes(problems: Problems, remarks: Problems, measure: Measure) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`. `problems` names each part and what is wrong with it, or None.

    What `remarks` find wrong is told, and the process is ready all the same. `measure` brings those metrics up to date
    that nothing else counts.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz(request: Request) -> JSONResponse:
        found = await problems(request.scope["state"])
        ready = not any(found.values())
        told = {name: each or "ok" for name, each in (found | await remarks(request.scope["state"])).items()}
        return JSONResponse({"status": "ok" if ready else "unavailable", **told}, 200 if ready else 503)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        await measure(request.scope["state"])
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
