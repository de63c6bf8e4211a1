"""What every resolver of one request is given."""

from dataclasses import dataclass, field
from datetime import datetime

from app.kit import clock
from app.kit.caller import VISITOR, Caller
from app.loaders import Loaders


@dataclass(slots=True)
class Context:
    """Who asks, when (one clock reading for the whole request), and the loaders of this request."""

    caller: Caller = VISITOR
    now: datetime = field(default_factory=clock.now)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        """Loaders are never shared between requests."""
        self.loaders = Loaders(self.now)
