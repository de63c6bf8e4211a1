"""What every resolver of one request is given."""

from dataclasses import dataclass, field
from datetime import datetime

from app.kit import clock
from app.kit.caller import VISITOR, Caller, CallerKind
from app.kit.locale import Locale
from app.loaders import Loaders
from app.partners.webhooks import NOWHERE, Webhooks


@dataclass(slots=True)
class Context:
    """Who asks, in which language, when (one clock reading for the whole request), and the loaders of this request."""

    caller: Caller = VISITOR
    locale: Locale = Locale.ZH
    webhooks: Webhooks = NOWHERE
    now: datetime = field(default_factory=clock.now)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        """Loaders are never shared between requests."""
        self.renew()

    def renew(self) -> None:
        """Forgets what was read so far: after a write, what was read before it may no longer be so."""
        customer_id = self.caller.id if self.caller.kind is CallerKind.CUSTOMER else None
        self.loaders = Loaders(self.now, customer_id)
