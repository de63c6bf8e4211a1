"""Sign-ins that ended a moment ago: their access tokens are refused although they are not over yet."""

import asyncio
from datetime import datetime, timedelta

from app.accounts.sessions import ACCESS, ENDED
from app.kit import clock, db
from app.kit.fanout import Fanout
from app.kit.fanout_reader import ReaderTooSlow
from app.tables import Database

AGAIN = timedelta(seconds=30)  # how often a process looks by itself: a message may be lost

_RECENT = "SELECT id, ended_at FROM sign_in WHERE ended_at > $1"


class Ended:
    """The sign-ins that ended within the life of an access token, known to this process without a statement."""

    def __init__(self) -> None:
        self._known: dict[int, datetime] = {}

    def __contains__(self, session: int | None) -> bool:
        """Whether the sign-in of a token has ended."""
        return session in self._known

    async def load(self, database: Database) -> None:
        """Reads them anew, and forgets those whose tokens are over anyway."""
        async with database.session():
            found = await db.fetch(_RECENT, clock.now() - ACCESS)
        self._known = {record["id"]: record["ended_at"] for record in found}

    async def listen(self, fanout: Fanout, database: Database) -> None:
        """Hears of each at once, until cancelled."""
        while True:
            try:
                async with fanout.subscribe(ENDED) as messages:
                    await self.load(database)
                    async for message in messages:
                        if message is None:
                            await self.load(database)
                        else:
                            self._known |= dict.fromkeys(message["ids"], clock.now())
            except ReaderTooSlow:
                continue

    async def keep(self, database: Database) -> None:
        """Reads them from time to time, until cancelled."""
        while True:
            await asyncio.sleep(AGAIN.total_seconds())
            await self.load(database)
