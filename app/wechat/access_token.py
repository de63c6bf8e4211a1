"""The mini-program's own access token: one for all requests of a process, fetched by one of them at a time.

`stable_token` answers the same token to every process until shortly before its end, so that processes do not end
each other's (with the older `getAccessToken` they would).
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from app.kit import clock

EARLY = timedelta(minutes=5)  # WeChat makes the next token so long before the end, and takes both meanwhile


class AccessToken(NamedTuple):
    """A token and when it is over."""

    text: str
    expires_at: datetime


class AccessTokens:
    """Keeps the newest token; `fetch` asks WeChat for it."""

    def __init__(self, fetch: Callable[[], Awaitable[AccessToken]]) -> None:
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._kept: AccessToken | None = None

    async def current(self) -> str:
        """The token: who comes while it is being fetched waits for it, and does not fetch another."""
        async with self._lock:
            if self._kept is None or clock.now() >= self._kept.expires_at - EARLY:
                self._kept = await self._fetch()
            return self._kept.text

    async def another(self, refused: str) -> str:
        """The token to use after WeChat refused one; fetched anew unless somebody did so meanwhile."""
        async with self._lock:
            if self._kept is None or self._kept.text == refused:
                self._kept = None
                self._kept = await self._fetch()
            return self._kept.text
