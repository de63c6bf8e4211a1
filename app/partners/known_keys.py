"""API keys that were proved a moment ago, kept in the process so that a request needs no statement for its key."""

import asyncio
from datetime import datetime, timedelta

import structlog

from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.fanout import Fanout
from app.partners import queries, rules
from app.partners.rules import StoredKey
from app.partners.service import KEYS_CHANGED
from app.tables import Database

KEPT = timedelta(seconds=5)
"""How long a revocation may go unnoticed in a process that was not told of it."""
MOST = 10_000
NOTED_EVERY = timedelta(seconds=30)

# locked in id order: another process notes the same keys
NOTE_USES = """
WITH used AS (SELECT * FROM unnest($1::bigint[], $2::timestamptz[]) AS used (id, at)),
locked AS (SELECT k.id FROM api_key k WHERE k.id = ANY($1) ORDER BY k.id FOR NO KEY UPDATE)
UPDATE api_key k SET last_used_at = greatest(k.last_used_at, used.at)
FROM used JOIN locked ON locked.id = used.id WHERE k.id = used.id
"""

_log = structlog.get_logger("partners")


class KnownKeys:
    """Proves API keys. Remembers those that were proved with the hash of their secret, never by the prefix alone.

    So a wrong secret costs the same statement as an unknown prefix, however busy the true key is. Only true
    keys are remembered: who guesses cannot fill the memory, and a new key works at once.
    """

    def __init__(self) -> None:
        self._proved: dict[tuple[str, bytes], tuple[datetime, StoredKey]] = {}
        self._uses: dict[int, datetime] = {}
        self._changes = 0

    async def prove(self, text: str, database: Database) -> StoredKey:
        """The key that `text` is, and that holds now; its use is noted. At most one statement.

        Raises:
            BadApiKey: of the subclass that says why.
        """
        now = clock.now()
        prefix, secret = rules.split(text)
        digest = rules.hash_of(secret)
        until, key = self._proved.get((prefix, digest), (now, None))
        if key is None or now >= until:
            changes = self._changes
            async with database.session():
                key = rules.matching(await queries.key_by_prefix(prefix), digest)
            if changes == self._changes:  # else it may have been read before the change
                self._remember((prefix, digest), now + KEPT, key)
        if (refusal := rules.refusal_of(key, now)) is not None:
            raise refusal
        self._uses[key.id] = now
        return key

    def forget(self, partner_id: int) -> None:
        """Lets the next use of the partner's keys be looked up: one of them was changed."""
        self._changes += 1
        self._proved = {name: known for name, known in self._proved.items() if known[1].partner_id != partner_id}

    def forget_all(self) -> None:
        """The same for every partner: who may have missed a change starts anew."""
        self._changes += 1
        self._proved = {}

    async def listen(self, link: Fanout) -> None:
        """Forgets what another process changes, as soon as it says so, until cancelled."""
        async with link.subscribe(KEYS_CHANGED) as reader:
            async for changed in reader:
                if changed is None:  # something was missed
                    self.forget_all()
                else:
                    self.forget(changed["partner"])

    async def note_uses(self, database: Database) -> None:
        """Writes down when each key was last used, all in one statement; nothing if none was."""
        uses, self._uses = self._uses, {}
        if not uses:
            return
        try:
            async with database.session() as connection:
                await connection.execute(NOTE_USES, list(uses), list(uses.values()))
        except db.CONNECTION_LOST:
            self._uses = uses | self._uses
            _log.warning("uses of API keys not noted yet", exc_info=True)

    async def keep_noting(self, database: Database) -> None:
        """Notes uses now and then until cancelled, and once more then. A killed process loses the last half minute."""
        try:
            while True:
                await asyncio.sleep(NOTED_EVERY.total_seconds())
                await self.note_uses(database)
        finally:
            await self.note_uses(database)

    def _remember(self, name: tuple[str, bytes], until: datetime, key: StoredKey) -> None:
        if len(self._proved) >= MOST:
            self.forget_all()
        self._proved[name] = (until, key)


def caller_of(key: StoredKey) -> Caller:
    """Whom a key speaks for: its partner, with what this key may do."""
    return Caller(CallerKind.PARTNER, key.partner_id, key.scopes)
