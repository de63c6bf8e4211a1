"""What differs between two contents of a product, in the words of those who judge it; and how two edits are joined."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from app.catalog.content import Content, MediaContent, SkuContent
from app.catalog.enums import ChangeKind, ChangeSeverity

_KINDS = {
    "allergens": ChangeKind.ALLERGEN,
    "origin": ChangeKind.ORIGIN,
    "storage": ChangeKind.STORAGE,
    "storage_min_c": ChangeKind.STORAGE,
    "storage_max_c": ChangeKind.STORAGE,
    "shelf_life_days": ChangeKind.STORAGE,
    "min_days_left": ChangeKind.STORAGE,
    "price_fen": ChangeKind.PRICE,
    "list_price_fen": ChangeKind.PRICE,
}
_SEVERITIES = {
    ChangeKind.ALLERGEN: ChangeSeverity.CRITICAL,
    ChangeKind.STORAGE: ChangeSeverity.CRITICAL,
    ChangeKind.ORIGIN: ChangeSeverity.HIGH,
    ChangeKind.PRICE: ChangeSeverity.HIGH,
    ChangeKind.SKU: ChangeSeverity.HIGH,
    ChangeKind.CERTIFICATE: ChangeSeverity.HIGH,
    ChangeKind.MEDIA: ChangeSeverity.LOW,
    ChangeKind.TEXT: ChangeSeverity.LOW,
}
_OWN = tuple(each.name for each in fields(Content) if each.name not in {"skus", "media"})
_OF_SKU = tuple(each.name for each in fields(SkuContent) if each.name != "code")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `field` such as `origin`, `skus[PEAR-1].price_fen`, `media[3f0a...].alt`.

    Values are told as text; None: it was not there, or is not any more.
    """

    field: str
    kind: ChangeKind
    before: str | None
    after: str | None

    @property
    def severity(self) -> ChangeSeverity:
        """How much harm a mistake here would do."""
        return _SEVERITIES[self.kind]


def diff(before: Content | None, after: Content) -> list[Change]:
    """The changes from `before` (None: there was nothing) to `after`, in the order of the content; empty when equal."""
    if before is None:
        before = replace(after, **_nothing())
    return [*_of_fields(before, after), *_of_skus(before.skus, after.skus), *_of_media(before.media, after.media)]


def merge(base: Content, mine: Content, theirs: Content) -> Content:
    """`theirs` with what `mine` changed since `base`: where both changed the same, mine stands.

    SKUs are joined field by field and never lost; media are taken whole from who changed them.
    """
    own = {name: _joined(name, base, mine, theirs) for name in (*_OWN, "media")}
    was, now = ({sku.code: sku for sku in each.skus} for each in (base, mine))
    kept = [_sku(was.get(sku.code), now.get(sku.code), sku) for sku in theirs.skus]
    there = {sku.code for sku in theirs.skus}
    return Content(
        **own, skus=(*kept, *(sku for sku in mine.skus if sku.code not in there and sku != was.get(sku.code)))
    )


def _nothing() -> dict[str, Any]:
    texts = dict.fromkeys(("slug", "name", "subtitle", "description", "sold_by", "return_policy", "storage"), "")
    numbers = dict.fromkeys(("category_id", "shelf_life_days", "min_days_left", "storage_min_c", "storage_max_c"))
    return {**texts, **numbers, "origin": "", "allergens": (), "skus": (), "media": ()}


def _of_fields(before: Any, after: Any, prefix: str = "", names: tuple[str, ...] = _OWN) -> Iterator[Change]:
    other = ChangeKind.SKU if prefix else ChangeKind.TEXT
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(prefix + name, _KINDS.get(name, other), _told(old), _told(new))


def _of_skus(before: tuple[SkuContent, ...], after: tuple[SkuContent, ...]) -> Iterator[Change]:
    was, now = ({sku.code: sku for sku in each} for each in (before, after))
    for code in (*was, *(each for each in now if each not in was)):
        old, new = was.get(code), now.get(code)
        if old is not None and new is not None:
            yield from _of_fields(old, new, f"skus[{code}].", _OF_SKU)
        else:
            yield Change(f"skus[{code}]", ChangeKind.SKU, _brief(old), _brief(new))
    if list(was) != list(now) and set(was) == set(now):
        yield Change("skus", ChangeKind.SKU, ", ".join(was), ", ".join(now))


def _of_media(before: tuple[MediaContent, ...], after: tuple[MediaContent, ...]) -> Iterator[Change]:
    was, now = ({each.key: each for each in media} for media in (before, after))
    for key in (*was, *(each for each in now if each not in was)):
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            yield Change(f"media[{key}]", ChangeKind.MEDIA, _alt(old), _alt(new))
        elif old != new:
            yield Change(f"media[{key}].alt", ChangeKind.MEDIA, old.alt, new.alt)
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield Change("media", ChangeKind.MEDIA, ", ".join(was), ", ".join(now))


def _alt(medium: MediaContent | None) -> str | None:
    return None if medium is None else medium.alt


def _told(value: Any) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(value) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None or value == "" else str(value)


def _brief(sku: SkuContent | None) -> str | None:
    return None if sku is None else f"{sku.spec}, {sku.price_fen}"


def _joined(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    wanted = getattr(mine, name)
    return getattr(theirs, name) if wanted == getattr(base, name) else wanted


def _sku(base: SkuContent | None, mine: SkuContent | None, theirs: SkuContent) -> SkuContent:
    if mine is None:
        return theirs
    if base is None:
        return mine
    return replace(theirs, **{name: _joined(name, base, mine, theirs) for name in _OF_SKU})
