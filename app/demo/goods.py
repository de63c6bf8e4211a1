"""What the generators know of a product while they give it lots, stock and reviews."""

from dataclasses import dataclass
from datetime import date, datetime

from app.demo.content.shapes import Profile


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer: `transit` are its goods' days on the road to Kunming."""

    id: int
    code: str
    name: str
    gln: str
    province: str
    transit: int


@dataclass(frozen=True, slots=True)
class Article:
    """A SKU as its lots see it; `grams` is None for what has no weight (flowers)."""

    id: int
    gtin: str
    spec: str
    grams: int | None
    weighed: bool


@dataclass(frozen=True, slots=True)
class Good:
    """A product with its three articles."""

    id: int
    slug: str
    name: str
    origin: str
    profile: Profile
    life: int
    min_left: int
    maker: Maker
    articles: tuple[Article, ...]
    published_at: datetime


@dataclass(slots=True)
class Lot:
    """A lot while its chain grows: `units` per store position, the last seal and how many there are."""

    id: int
    article: Article
    code: str
    uri: str
    units: dict[int, int]
    seal: str | None = None
    seals: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The lots of one product, one per article, harvested and packed together for some of the stores."""

    good: Good
    harvested_on: date | None
    packed_on: date
    best_before_on: date
    expires_on: date
    stores: tuple[int, ...]
    lots: tuple[Lot, ...]

    @property
    def made_on(self) -> date:
        """The day of harvest, or of production where nothing is harvested."""
        return self.harvested_on or self.packed_on
