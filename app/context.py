"""What every resolver of one request is given."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from app.accounts.people import People
from app.documents.verdict import Check, unchecked
from app.files.addresses import Addresses
from app.kit import clock
from app.kit.caller import VISITOR, Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.fanout import Fanout
from app.kit.locale import Locale
from app.loaders import Loaders
from app.orders.till import Till
from app.partners.webhooks import NOWHERE, Webhooks

SEES_DRAFTS = "catalog:read"
"""The scope of whoever may read what is not published."""


class Live(NamedTuple):
    """What a subscription waits with between its events: the messages of other processes, and a way to look."""

    fanout: Fanout
    session: Callable[[], AbstractAsyncContextManager[RequestConnection]]


@dataclass(slots=True)
class Context:
    """Who asks, in which language, when (one clock reading for the whole request), and the loaders of this request.

    `addresses` makes the addresses of files. `live` is there where a subscription begins, and nowhere else.
    `address`: where the request comes from, as buckets know it.
    `check`: what the schema says of a document's text, for those who register some.
    """

    addresses: Addresses
    caller: Caller = VISITOR
    locale: Locale = Locale.ZH
    webhooks: Webhooks = NOWHERE
    live: Live | None = None
    known_people: People | None = None
    known_till: Till | None = None
    check: Check = unchecked
    address: str = "local"
    now: datetime = field(default_factory=clock.now)
    loaders: Loaders = field(init=False)

    @property
    def people(self) -> People:
        """What signs people in: for requests, not for pages that only read."""
        if self.known_people is None:
            raise RuntimeError("nobody signs in here")
        return self.known_people

    @property
    def till(self) -> Till:
        """What takes orders and money: for requests, not for pages that only read."""
        if self.known_till is None:
            raise RuntimeError("nobody buys here")
        return self.known_till

    def __post_init__(self) -> None:
        """Loaders are never shared between requests."""
        self.renew()

    def renew(self) -> None:
        """Forgets what was read so far: after a write, what was read before it may no longer be so."""
        customer_id = self.caller.id if self.caller.kind is CallerKind.CUSTOMER else None
        self.loaders = Loaders(self.now, customer_id, sees_drafts=SEES_DRAFTS in self.caller.scopes)

    def subscribing(self) -> Live:
        """What a subscription waits with.

        Raises:
            RuntimeError: this is no beginning of a subscription.
        """
        if self.live is None:
            raise RuntimeError("only a subscription waits for events")
        return self.live
