"""The registered documents as one process answers them: loaded at start, and again when they change anywhere.

A change is announced to all processes; a process that missed it sees at its next look that the revision is another.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg
import structlog
from prometheus_client import Gauge

from app.documents import queries
from app.documents.entries import PREFIX
from app.documents.queries import ServedDocument
from app.documents.rules import HOUSE, MINIPROGRAM, TOPIC
from app.http.errors import RequestRefused
from app.http.prepared import Prepared
from app.kit.caller import Caller, CallerKind
from app.kit.db import CONNECTION_LOST
from app.kit.fanout import Fanout
from app.kit.fanout_reader import ReaderTooSlow
from app.tables import Database

LOOK_EVERY = 15.0  # seconds between looks at the revision
_UNREADABLE = (asyncpg.PostgresError, *CONNECTION_LOST, OSError, TimeoutError)
_SERVED = Gauge("graphql_documents_served", "Registered documents this process answers.")
_BROKEN = Gauge("graphql_documents_broken", "Registered documents this process cannot answer.")
_log = structlog.get_logger("documents")

Prepare = Callable[[str, str], Prepared]


class Served(NamedTuple):
    """A document of an app, ready to run."""

    app_id: int
    app: str
    sha256: str
    prepared: Prepared


Ids = dict[str, Served]


@dataclass(frozen=True, slots=True)
class _Index:
    """Who finds what by which id: `house` is everybody but partners, who each find their own app's."""

    house: Ids
    of_house_app: dict[str, Ids]
    of_partner: dict[int, tuple[str, Ids]]


class Registry:
    """What is answered now. `prepare` makes a text ready, by its text and name, or raises RequestRefused."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._revision: int | None = None
        self._ready: dict[str, Prepared | str] = {}  # by hash, shared by all versions; a text says what is wrong
        self._index = _Index({}, {}, {})
        self._wake = asyncio.Event()
        self.broken: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether not even the mini-program's documents are there: the database was never told of any."""
        return not self._index.of_house_app.get(MINIPROGRAM) and not self.broken

    def find(self, caller: Caller, document_id: str, app: str | None = None) -> Served | None:
        """The document this caller means by `sha256:<hex>`, the bare hex or its client's own id.

        Partners know their own app's documents and no others; everybody else those of the shop's apps. `app` narrows
        it to one of them.
        """
        if caller.kind is CallerKind.PARTNER:
            code, ids = self._index.of_partner.get(caller.id or 0, ("", {}))
            return ids.get(document_id) if app in {None, code} else None
        ids = self._index.house if app is None else self._index.of_house_app.get(app, {})
        return ids.get(document_id)

    async def refresh(self) -> bool:
        """Loads what changed since the last time, inside a database session; whether anything did.

        Documents that do not fit the schema are logged and named in `broken`; the others are answered.
        """
        revision = await queries.revision()
        if revision == self._revision:
            return False
        rows = await queries.served()
        await self._make_ready({each.sha256: each.name for each in rows})
        self._index = _index(rows, self._ready)
        self._revision = revision
        self.broken = sorted(
            f"{each.app}/{each.name} (version {each.version}): {problem}"
            for each in rows
            if isinstance(problem := self._ready[each.sha256], str)
        )
        _SERVED.set(len(rows) - len(self.broken))
        _BROKEN.set(len(self.broken))
        return True

    async def _make_ready(self, names: dict[str, str]) -> None:
        """Prepares the texts that are new and forgets those no version has; others are served between two texts."""
        texts = await queries.texts([sha256 for sha256 in names if sha256 not in self._ready])
        ready = {sha256: found for sha256, found in self._ready.items() if sha256 in names}
        for sha256, text in texts.items():
            try:
                ready[sha256] = self._prepare(text, names[sha256])
            except RequestRefused as refused:
                ready[sha256] = "; ".join(map(str, refused.args))
                _log.error("document broken", document=names[sha256], sha256=sha256, problem=ready[sha256])
            await asyncio.sleep(0)
        self._ready = ready

    async def listen(self, fanout: Fanout) -> None:
        """Lets `keep` look at once whenever a change is announced or may have been missed, until cancelled."""
        while True:
            with suppress(ReaderTooSlow):
                async with fanout.subscribe(TOPIC) as reader:
                    async for _ in reader:
                        self._wake.set()

    async def load(self, database: Database) -> None:
        """Looks once; what is answered stays as it is while the database is away or not migrated."""
        try:
            async with database.session():
                await self.refresh()
        except _UNREADABLE as error:
            _log.warning("documents not read", error=type(error).__name__)

    async def keep(self, database: Database) -> None:
        """Looks again and again until it is cancelled."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)
            self._wake.clear()
            await self.load(database)


def _index(rows: Iterable[ServedDocument], ready: dict[str, Prepared | str]) -> _Index:
    """Of two documents of one id the earlier is found: an active version's before a retired one's."""
    index = _Index({}, {}, {})
    for row in rows:
        prepared = ready[row.sha256]
        if isinstance(prepared, str):
            continue
        served = Served(row.app_id, row.app, row.sha256, prepared)
        if row.partner_id is None:
            ids = index.of_house_app.setdefault(row.app, {})
        else:
            ids = index.of_partner.setdefault(row.partner_id, (row.app, {}))[1]
        for name in filter(None, (PREFIX + row.sha256, row.sha256, row.alias)):
            ids.setdefault(name, served)
    for app in HOUSE:
        for name, served in index.of_house_app.get(app, {}).items():
            index.house.setdefault(name, served)
    return index
