"""The whole of what editors decide about a product, as one value: compared, hashed, kept in a revision as JSON."""

import hashlib
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class SkuContent:
    """A specification; `code` is what the shop knows it by and never changes. Prices in fen, weights in grams."""

    code: str
    gtin: str
    spec: str
    price_fen: int
    list_price_fen: int | None
    net_grams: int | None
    pieces: int
    is_catch_weight: bool
    max_per_order: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class MediaContent:
    """A medium; `storage_key` is where its file is and what it is known by within the product."""

    storage_key: str
    kind: str
    alt: str
    poster_key: str | None
    width: int
    height: int
    duration_seconds: int | None
    frame_count: int

    @property
    def key(self) -> str:
        """What editors name it by: it tells nobody where the file is."""
        return hashlib.sha256(self.storage_key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Content:
    """A product's own fields, its SKUs and its media, both in the order shown; allergens are sorted, each once."""

    category_id: int
    slug: str
    name: str
    subtitle: str
    description: str
    sold_by: str
    return_policy: str
    storage: str
    storage_min_c: int | None
    storage_max_c: int | None
    origin: str
    allergens: tuple[str, ...]
    shelf_life_days: int
    min_days_left: int
    skus: tuple[SkuContent, ...] = ()
    media: tuple[MediaContent, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, in lower-case hexadecimal: equal for equal contents, and for no others."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def with_skus_of(self, other: "Content") -> "Content":
        """Itself, and behind its own the SKUs that only `other` has, not on sale: a SKU is known for ever."""
        codes = {sku.code for sku in self.skus}
        gone = (replace(sku, is_active=False) for sku in other.skus if sku.code not in codes)
        return replace(self, skus=(*self.skus, *gone))

    @property
    def price_from_fen(self) -> int | None:
        """The lowest price of what is on sale of it."""
        return min((sku.price_fen for sku in self.skus if sku.is_active), default=None)

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS).decode()


def from_json(kept: dict[str, Any]) -> Content:
    """The content whose `text` was kept, once it is read as JSON."""
    own = {name: value for name, value in kept.items() if name not in {"skus", "media", "allergens"}}
    return Content(
        **own,
        allergens=tuple(kept["allergens"]),
        skus=tuple(SkuContent(**each) for each in kept["skus"]),
        media=tuple(MediaContent(**each) for each in kept["media"]),
    )
