"""Who asks, from the one header that says it: `Authorization: Bearer <token or API key>`.

API keys (`ygk_...`) come in the same header as tokens: there is one place to look, caches vary by one name,
and a proxy that strips credentials knows it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import structlog
from prometheus_client import Counter

from app.accounts.ended import Ended
from app.http.errors import Code, RequestRefused
from app.kit.caller import VISITOR, Caller
from app.kit.tokens import BadToken, Tokens
from app.partners.errors import BadApiKey
from app.partners.known_keys import KnownKeys, caller_of
from app.partners.rules import MARK, Budget
from app.tables import Database

_log = structlog.get_logger("callers")
_REFUSED = Counter("bearers_refused", "Bearer tokens and API keys that did not hold, by why.", ["why"])
_HEADERS = {"www-authenticate": "Bearer"}


class Identity(NamedTuple):
    """A caller, and when what it came with ends (None: never): a socket closes then.

    `budget`: how often it may send each of its documents; None where nothing was agreed.
    """

    caller: Caller
    expires_at: datetime | None
    budget: Budget | None = None


NOBODY = Identity(VISITOR, None)


class Callers:
    """Tells every endpoint who asks."""

    def __init__(self, tokens: Tokens, keys: KnownKeys, ended: Ended) -> None:
        self._tokens = tokens
        self._keys = keys
        self._ended = ended

    async def of(self, headers: Mapping[str, str], database: Database) -> Caller:
        """Whoever the request speaks for; a visitor without the header. For a known key there is no statement.

        `headers` has lower-case names, as Starlette's headers and a socket's `connection_init` payload.

        Raises:
            RequestRefused: UNAUTHENTICATED, for what does not hold; it never makes a visitor.
        """
        return (await self.identify(headers, database)).caller

    async def identify(self, headers: Mapping[str, str], database: Database) -> Identity:
        """As `of`, with the moment it ends.

        Raises:
            RequestRefused: as `of`.
        """
        header = headers.get("authorization")
        if header is None:
            return NOBODY
        scheme, _, given = header.partition(" ")
        if scheme.lower() != "bearer":
            raise _unauthenticated("Send a bearer token or an API key.")
        try:
            return await self._identity(given.strip(), database)
        except (BadToken, BadApiKey) as bad:
            _REFUSED.labels(type(bad).__name__).inc()
            _log.warning("a bearer was refused", why=type(bad).__name__)
            raise _unauthenticated(str(bad)) from None

    async def _identity(self, given: str, database: Database) -> Identity:
        if given.startswith(MARK):
            key = await self._keys.prove(given, database)
            return Identity(caller_of(key), key.expires_at, key.budget)
        identity = Identity(*self._tokens.read_until(given))
        if identity.caller.session in self._ended:
            _REFUSED.labels("SignedOut").inc()
            raise _unauthenticated("You were signed out.")
        return identity


def _unauthenticated(message: str) -> RequestRefused:
    return RequestRefused(401, Code.UNAUTHENTICATED, message, headers=_HEADERS)
