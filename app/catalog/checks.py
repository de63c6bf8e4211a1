"""What a product's content must keep to: its form when it is written, its completeness when it is submitted."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.catalog.content import Content, SkuContent
from app.catalog.enums import ContentRule, MediaKind, Storage
from app.catalog.gtin import is_gtin14
from app.kit.errors import BadInput
from app.kit.free_text import no_card_number

MAX_SKUS, MAX_MEDIA, MAX_ALLERGENS, MAX_DESCRIPTION = 30, 30, 30, 5000
MAX_FEN = 100_000_000  # a million yuan
_SMALL = 32_767
_LONGEST = {"name": 60, "subtitle": 120, "origin": 60, "description": MAX_DESCRIPTION}
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
_COLDEST, _WARMEST = -60, 60  # Celsius
_BOUNDS = {Storage.CHILLED: (0, 10), Storage.FROZEN: (_COLDEST, -18)}  # GB 31605-2020


@dataclass(frozen=True, slots=True)
class ContentProblem:
    """A line of a content that keeps it from being published; `allowed_fen`: the most a list price may be."""

    field: str
    rule: ContentRule
    allowed_fen: int | None = None


class BadContent(BadInput):
    """A field of a product has another form than it may have."""


def check_form(content: Content) -> None:
    """Lets a content through that the tables would take.

    Raises:
        BadContent: a length, a number or a name out of bounds; the message says which.
        CardNumber: something in a text looks like one.
    """
    _require(_SLUG.fullmatch(content.slug), "a slug is 1 to 80 lower-case letters, digits and hyphens")
    _require(content.name.strip(), "a name is not blank")
    for name, longest in _LONGEST.items():
        _require(len(getattr(content, name)) <= longest, f"{name} has at most {longest} characters")
    _require(len(content.allergens) <= MAX_ALLERGENS, f"at most {MAX_ALLERGENS} allergens")
    _require(all(0 < len(each) <= 20 for each in content.allergens), "an allergen has 1 to 20 characters")  # noqa: PLR2004 - said in words
    _require(0 < content.shelf_life_days <= _SMALL, f"shelf life is 1 to {_SMALL} days")
    _require(0 <= content.min_days_left <= content.shelf_life_days, "days left are 0 to the days of the shelf life")
    for degrees in (content.storage_min_c, content.storage_max_c):
        _require(degrees is None or _COLDEST <= degrees <= _WARMEST, "temperatures are -60 to 60 Celsius")
    _require(_is_range(content), "the lower temperature is not above the upper one")
    _require(len(content.skus) <= MAX_SKUS and len(content.media) <= MAX_MEDIA, "at most 30 SKUs and 30 media")
    _require(len({sku.code for sku in content.skus}) == len(content.skus), "a code stands for one SKU")
    for sku in content.skus:
        _check_sku(sku)
    _require(all(len(each.alt) <= 120 for each in content.media), "alt has at most 120 characters")  # noqa: PLR2004 - said in words
    for text in _texts(content):
        _require("\0" not in text, "leave the NUL character out")
        no_card_number(text)


def problems(
    content: Content, *, lowest_before: Mapping[str, int | None], taken: Collection[str]
) -> list[ContentProblem]:
    """What keeps a content from being published, in its order; empty when nothing does.

    `lowest_before` is by SKU code the least asked in the 7 days before its price begins, which a list price may not
    exceed (明码标价和禁止价格欺诈规定, art. 17; without such a price there is nothing to compare with). `taken` are
    the fields whose value another product has.
    """
    return [
        *(ContentProblem(field, ContentRule.MISSING) for field in _missing(content)),
        *(ContentProblem("storage", ContentRule.TEMPERATURE) for _ in range(not _is_cold_enough(content))),
        *(problem for sku in content.skus if sku.is_active for problem in _of_sku(sku, lowest_before.get(sku.code))),
        *(ContentProblem(field, ContentRule.TAKEN) for field in taken),
    ]


def _missing(content: Content) -> Iterator[str]:
    for name in ("subtitle", "description", "origin"):
        if not getattr(content, name).strip():
            yield name
    if not any(sku.is_active for sku in content.skus):
        yield "skus"
    if not any(each.kind == MediaKind.IMAGE for each in content.media):
        yield "media"
    for each in content.media:
        if not each.alt.strip():
            yield f"media[{each.key}].alt"


def _of_sku(sku: SkuContent, lowest: int | None) -> Iterator[ContentProblem]:
    if not is_gtin14(sku.gtin):
        yield ContentProblem(f"skus[{sku.code}].gtin", ContentRule.CHECK_DIGIT)
    if sku.list_price_fen is not None and (lowest is None or sku.list_price_fen > lowest):
        yield ContentProblem(f"skus[{sku.code}].list_price_fen", ContentRule.LIST_PRICE, lowest)


def _check_sku(sku: SkuContent) -> None:
    _require(_CODE.fullmatch(sku.code), "a SKU code is 1 to 40 letters, digits, dots, hyphens and underscores")
    _require(re.fullmatch(r"[0-9]{14}", sku.gtin), "a GTIN has 14 digits: put zeros before a shorter one")
    _require(sku.spec.strip() and len(sku.spec) <= 40, "a specification has 1 to 40 characters")  # noqa: PLR2004 - said in words
    _require(0 < sku.price_fen <= MAX_FEN, f"a price is 1 to {MAX_FEN} fen")
    listed = sku.list_price_fen
    _require(listed is None or sku.price_fen < listed <= MAX_FEN, "a list price is above the price")
    _require(sku.net_grams is None or 0 < sku.net_grams <= 1_000_000, "net weight is 1 to 1000000 grams")  # noqa: PLR2004 - said in words
    _require(0 < sku.pieces <= _SMALL and 0 < sku.max_per_order <= _SMALL, f"counts are 1 to {_SMALL}")
    _require(not sku.is_catch_weight or sku.net_grams is not None, "what is weighed has a nominal weight")


def _texts(content: Content) -> list[str]:
    own = [content.name, content.subtitle, content.description, content.origin, *content.allergens]
    return [*own, *(sku.spec for sku in content.skus), *(each.alt for each in content.media)]


def _is_range(content: Content) -> bool:
    least, most = content.storage_min_c, content.storage_max_c
    return least is None or most is None or least <= most


def _is_cold_enough(content: Content) -> bool:
    bounds = _BOUNDS.get(Storage(content.storage))
    if bounds is None:
        return True
    least, most = content.storage_min_c, content.storage_max_c
    return (least is None or least >= bounds[0]) and (most is None or most <= bounds[1])


def _require(condition: object, told: str) -> None:
    if not condition:
        raise BadContent(told)
