"""What differs between two contents, and how two edits are joined, for any contents."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.catalog.content import Content, MediaContent, SkuContent, from_json
from app.catalog.diff import Change, diff, merge
from app.catalog.enums import ChangeKind, ChangeSeverity
from tests.catalog.editors import sku

WORDS = st.text(alphabet="梨瓜ab, ", max_size=4)
DEGREES = st.none() | st.integers(-20, 20)
MEDIA = st.builds(
    MediaContent,
    storage_key=st.sampled_from(["a.webp", "b.webp", "c.webp"]),
    kind=st.just("IMAGE"),
    alt=WORDS,
    poster_key=st.none(),
    width=st.just(8),
    height=st.just(6),
    duration_seconds=st.none(),
    frame_count=st.just(1),
)
SKUS = st.builds(
    SkuContent,
    code=st.sampled_from(["A", "B", "C"]),
    gtin=st.sampled_from(["06971000000007", "06971000000014"]),
    spec=WORDS,
    price_fen=st.integers(1, 9),
    list_price_fen=st.none() | st.integers(10, 19),
    net_grams=st.none() | st.integers(1, 9),
    pieces=st.integers(1, 3),
    is_catch_weight=st.booleans(),
    max_per_order=st.integers(1, 3),
    is_active=st.booleans(),
)
CONTENTS = st.builds(
    Content,
    category_id=st.integers(1, 3),
    slug=st.sampled_from(["a", "b"]),
    name=WORDS,
    subtitle=WORDS,
    description=WORDS,
    sold_by=st.sampled_from(["EACH", "WEIGHT"]),
    return_policy=st.just("FRESH"),
    storage=st.sampled_from(["CHILLED", "FROZEN"]),
    storage_min_c=DEGREES,
    storage_max_c=DEGREES,
    origin=WORDS,
    allergens=st.lists(st.sampled_from(["奶", "蛋", "麸质"]), unique=True).map(lambda each: tuple(sorted(each))),
    shelf_life_days=st.integers(1, 9),
    min_days_left=st.integers(0, 1),
    skus=st.lists(SKUS, max_size=3, unique_by=lambda each: each.code).map(tuple),
    media=st.lists(MEDIA, max_size=3, unique_by=lambda each: each.storage_key).map(tuple),
)
PEAR = Content(1, "pear", "梨", "", "", "EACH", "FRESH", "CHILLED", None, 8, "云南", (), 30, 2, (sku(),))


def test_zero_degrees_are_a_bound() -> None:
    """And none is none: both are told apart."""
    assert diff(PEAR, replace(PEAR, storage_min_c=0)) == [Change("storage_min_c", ChangeKind.STORAGE, None, "0")]


def test_a_new_product_is_all_new() -> None:
    """Each field that says something, each SKU."""
    fields = [each.field for each in diff(None, PEAR)]
    assert fields[:3] == ["category_id", "slug", "name"]
    assert fields[-2:] == ["min_days_left", "skus[PEAR-1]"]
    assert {each.before for each in diff(None, PEAR)} == {None}


@given(CONTENTS, CONTENTS)
def test_equal_contents_alone_differ_in_nothing(one: Content, other: Content) -> None:
    """No change means the same content, the same hash, and the other way round."""
    assert diff(one, one) == []
    assert (diff(one, other) == []) == (one == other) == (one.hash == other.hash)


@given(CONTENTS)
def test_a_content_comes_back_from_its_json(content: Content) -> None:
    """Whatever the order of its keys."""
    kept: dict[str, Any] = {name: getattr(content, name) for name in reversed(Content.__dataclass_fields__)}
    kept["skus"] = [dict(reversed(_asdict(each).items())) for each in content.skus]
    kept["media"] = [_asdict(each) for each in content.media]
    assert from_json(kept) == content
    assert from_json(kept).hash == content.hash


@given(CONTENTS, CONTENTS)
def test_joining_with_nothing_new_is_no_join(base: Content, other: Content) -> None:
    """Who changed nothing gets the other's; what only I changed is mine."""
    assert merge(base, base, other) == other
    kept = {each.code for each in other.skus}
    mine = replace(other, skus=(*other.skus, *(each for each in base.skus if each.code not in kept)))
    merged = merge(base, mine, base)
    assert replace(merged, skus=()) == replace(mine, skus=())
    assert {each.code: each for each in merged.skus} == {each.code: each for each in mine.skus}


@given(CONTENTS, CONTENTS)
def test_a_change_says_both_sides(before: Content, after: Content) -> None:
    """The way back has the same lines, told the other way round."""
    there, back = diff(before, after), diff(after, before)
    assert sorted((each.field, each.kind, each.before or "", each.after or "") for each in there) == sorted(
        (each.field, each.kind, each.after or "", each.before or "") for each in back
    )


def test_kinds_and_severities() -> None:
    """What can harm somebody's health stands out."""
    after = replace(
        PEAR,
        name="雪梨",
        origin="新疆",
        allergens=("奶",),
        storage_max_c=4,
        skus=(sku(price_fen=900, is_active=False), sku("PEAR-2")),
    )
    text, price, high = ChangeKind.TEXT, ChangeKind.PRICE, ChangeSeverity.HIGH
    assert [(each, each.severity) for each in diff(PEAR, after)] == [
        (Change("name", text, "梨", "雪梨"), ChangeSeverity.LOW),
        (Change("storage_max_c", ChangeKind.STORAGE, "8", "4"), ChangeSeverity.CRITICAL),
        (Change("origin", ChangeKind.ORIGIN, "云南", "新疆"), high),
        (Change("allergens", ChangeKind.ALLERGEN, None, "奶"), ChangeSeverity.CRITICAL),
        (Change("skus[PEAR-1].price_fen", price, "1000", "900"), high),
        (Change("skus[PEAR-1].is_active", ChangeKind.SKU, "true", "false"), high),
        (Change("skus[PEAR-2]", ChangeKind.SKU, None, "一份, 1000"), high),
    ]


def _asdict(each: Any) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__dataclass_fields__}
