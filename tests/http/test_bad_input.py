"""Whatever an argument is given: its answer, null where there is none, or BAD_USER_INPUT. Never a fault of ours."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest

from app.kit import ids
from app.reviews import queries as reviews
from app.reviews.queries import ReviewSort
from app.storefront import listing as products
from app.storefront.listing import ProductSort
from schema.built import GRAPHQL
from tests.http.arguments import ARGUMENTS, Argument, Kind, declared_in, of_kind
from tests.shop import Answer, Shop

DRIVERS_WORDS = (
    "asyncpg",
    "Traceback",
    "invalid input",
    "out of range for",
    "invalid byte",
    "relation",
    "Exceeds the limit",
)
BAD = ["BAD_USER_INPUT"]


def coded(text: str) -> str:
    """Any text in the clothes of a global id."""
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


BAD_IDS = {
    "empty": "",
    "no base64": "!!!!",
    "a raw key": "1",
    "a number": 1,
    "a number beyond int64": 2**63,
    "padded": urlsafe_b64encode(b"Product:1").decode() + "=",
    "no key": coded("Product"),
    "an empty key": coded("Product:"),
    "negative": coded("Product:-1"),
    "a leading zero": coded("Product:01"),
    "not whole": coded("Product:1.5"),
    "hexadecimal": coded("Product:0x1"),
    "digits of another script": coded("Product:١"),
    "beyond int64": coded(f"Product:{2**63}"),
    "far beyond int64": coded("Product:" + "9" * 60),
    "lower case": coded("product:1"),
    "a line feed": coded("Product:1\n"),
    "a null byte inside": coded("Product:1\0"),
    "SQL": "1; DROP TABLE product",
    "a space before": " " + coded("Product:1"),
    "Chinese": "商品",
    "an emoji": "🍑",
    "100 kB": "A" * 100_000,
    "a type that is no node": ids.encode("Money", 1),
    "a table that is no type": ids.encode("Customer", 1),
    "of another type": ids.encode("InspectionReport", 1),
}
BAD_CURSORS = {
    "empty": "",
    "no base64": "!!!!",
    "no JSON": coded("not JSON"),
    "no list": coded("{}"),
    "an empty list": coded("[]"),
    "a deep list": coded("[" * 700 + "]" * 700),
    "Chinese": "游标",
    "100 kB": "A" * 100_000,
    "an offset": coded("arrayconnection:20"),
    "of another order": products.SORTS[ProductSort.PRICE_DESC].cursor((100, 1)),
    "of another order of reviews": reviews.SORTS[ReviewSort.MOST_HELPFUL].cursor((1, 1)),
}


def assert_refused(answer: Answer) -> None:
    """BAD_USER_INPUT, in our own words, and nothing was written."""
    assert answer.codes == BAD, answer.body
    assert answer.response.status_code < 500
    assert not any(word in answer.response.text for word in DRIVERS_WORDS), answer.body
    assert all(statement.startswith("SELECT") for statement in answer.statements)


def test_every_argument_is_in_the_table() -> None:
    """A new argument is not forgotten here."""
    assert {argument.name for argument in ARGUMENTS} == declared_in(GRAPHQL)


@pytest.mark.parametrize("argument", of_kind(Kind.ID), ids=str)
@pytest.mark.parametrize("key", [0, 2**62, ids.MAX_KEY])
async def test_an_unknown_id_is_none(argument: Argument, key: int, shop: Shop) -> None:
    """Well-formed, of the right type, of no row."""
    for kind in argument.of:
        answer = await shop.ask(argument.query, x=ids.encode(kind, key))
        assert answer.data == argument.nothing


async def test_unknown_ids_are_null_in_their_places(shop: Shop) -> None:
    """A list of ids is answered in its order."""
    known = await shop.id("Product", "lijiang-xuetao")
    asked = [ids.encode("Product", 2**62), known, ids.encode("Review", 0)]
    answer = await shop.ask("query ($x: [ID!]!) { nodes(ids: $x) { id } }", x=asked)
    assert answer.data == {"nodes": [None, {"id": known}, None]}


@pytest.mark.parametrize("argument", of_kind(Kind.ID, Kind.IDS), ids=str)
@pytest.mark.parametrize("id_", BAD_IDS.values(), ids=BAD_IDS)
async def test_a_bad_id_is_refused(argument: Argument, id_: Any, shop: Shop) -> None:
    """Malformed, of no type, or of another type."""
    if argument.name.startswith("Query.node") and id_ == BAD_IDS["of another type"]:
        return  # node takes every type
    assert_refused(await shop.ask(argument.query, x=id_))


@pytest.mark.parametrize("argument", of_kind(Kind.ID), ids=str)
@pytest.mark.parametrize("value", [1.5, True, [1], {"id": 1}])
async def test_what_is_no_id_at_all_is_refused(argument: Argument, value: Any, shop: Shop) -> None:
    """JSON of another kind."""
    assert_refused(await shop.ask(argument.query, x=value))


async def test_too_many_ids_are_refused(shop: Shop) -> None:
    """At most 50 at once, as the description says."""
    query = "query ($x: [ID!]!) { nodes(ids: $x) { id } }"
    asked = [ids.encode("Product", key) for key in range(1, 52)]
    assert len((await shop.ask(query, x=asked[:50])).data["nodes"]) == 50
    assert_refused(await shop.ask(query, x=asked))
    assert (await shop.ask(query, x=[])).data == {"nodes": []}


@pytest.mark.parametrize("argument", of_kind(Kind.CURSOR), ids=str)
async def test_a_cursor_behind_everything_is_an_empty_page(argument: Argument, shop: Shop) -> None:
    """A cursor of a row that is gone, or never was."""
    assert (await shop.ask(argument.query, x=argument.cursor)).data == argument.nothing


@pytest.mark.parametrize("argument", of_kind(Kind.CURSOR), ids=str)
@pytest.mark.parametrize("cursor", BAD_CURSORS.values(), ids=BAD_CURSORS)
async def test_a_bad_cursor_is_refused(argument: Argument, cursor: str, shop: Shop) -> None:
    """Garbage, or of another list or order."""
    assert_refused(await shop.ask(argument.query, x=cursor))


@pytest.mark.parametrize("argument", of_kind(Kind.CURSOR), ids=str)
async def test_a_cursor_of_another_list_or_spelling_is_refused(argument: Argument, shop: Shop) -> None:
    """Only its own list's cursors, as they were given out."""
    others = [other.cursor for other in of_kind(Kind.CURSOR) if other is not argument]
    spelled = [argument.cursor + "=", argument.cursor[:-2], argument.cursor + "AA", argument.cursor.swapcase()]
    for cursor in [*others, *spelled]:
        assert_refused(await shop.ask(argument.query, x=cursor))


@pytest.mark.parametrize("argument", of_kind(Kind.SIZE), ids=str)
@pytest.mark.parametrize(
    "size", [0, -1, 51, 10_000, 2**31 - 1, 2**31, -(2**31) - 1, 2**70, "20", 1.5, True, None, [20]]
)
async def test_a_bad_page_size_is_refused(argument: Argument, size: Any, shop: Shop) -> None:
    """Lists give 1 to 50 at once; what is no 32-bit integer is none at all."""
    assert_refused(await shop.ask(argument.query, x=size))


@pytest.mark.parametrize("argument", of_kind(Kind.SIZE), ids=str)
async def test_null_for_a_size_with_a_default_is_refused(argument: Argument, shop: Shop) -> None:
    """A variable that may be null passes validation, since the argument has a default."""
    assert_refused(await shop.ask(argument.query.replace("$x: Int!", "$x: Int = 3"), x=None))


@pytest.mark.parametrize("stars", [0, 6, -1, 2**31 - 1, 2**31, "5", 4.5])
async def test_bad_stars_are_refused(stars: Any, shop: Shop) -> None:
    """There are 1 to 5."""
    (argument,) = of_kind(Kind.STARS)
    assert_refused(await shop.ask(argument.query, x=stars))


@pytest.mark.parametrize("argument", of_kind(Kind.WIDTH), ids=str)
@pytest.mark.parametrize("width", [0, 1, -320, 321, 961, 2**31 - 1, 2**31, "320", 320.5, True])
async def test_a_width_that_is_not_offered_is_refused(argument: Argument, width: Any, shop: Shop) -> None:
    """A picture comes in five widths; without one it comes as it is."""
    assert_refused(await shop.ask(argument.query, x=width))
    assert (await shop.ask(argument.query, x=320)).data["product"] is not None
    assert (await shop.ask(argument.query, x=None)).data["product"] is not None


@pytest.mark.parametrize("argument", of_kind(Kind.CHOICE), ids=str)
@pytest.mark.parametrize("value", ["", "NEWEST ", "newest", "__proto__", 1, None, ["NEWEST"], "X" * 100_000])
async def test_a_bad_choice_is_refused(argument: Argument, value: Any, shop: Shop) -> None:
    """Not a value of the enum."""
    assert_refused(await shop.ask(argument.query, x=value))


@pytest.mark.parametrize("argument", of_kind(Kind.TEXT), ids=str)
@pytest.mark.parametrize("text", ["", " ", "没有", "🍑", "' OR 1=1 --", "%", "\\", "\n", "A" * 100_000], ids=ascii)
async def test_a_text_that_names_nothing_is_none(argument: Argument, text: str, shop: Shop) -> None:
    """Any text is a text."""
    assert (await shop.ask(argument.query, x=text)).data == argument.nothing


FREE = ["", " ", "番茄", "🍑", "' OR 1=1 --", "%_", "\\", "ＦＱ", "A" * 10_000, 0, -1, 2**31 - 1, 2**31, 4.5, -0.0]


@pytest.mark.parametrize("argument", of_kind(Kind.FREE), ids=str)
@pytest.mark.parametrize("value", [*FREE, "NaN", "1e999", True, False, None, ["x"]], ids=ascii)
async def test_any_value_is_answered_or_refused(argument: Argument, value: Any, shop: Shop) -> None:
    """Fine, or a clear refusal: never a fault of ours."""
    answer = await shop.ask(argument.query, x=value)
    if answer.codes:
        assert_refused(answer)


@pytest.mark.parametrize("argument", of_kind(Kind.TEXT, Kind.ID, Kind.IDS, Kind.CURSOR), ids=str)
async def test_a_null_character_is_refused(argument: Argument, shop: Shop) -> None:
    """PostgreSQL's text has none: in a variable, escaped in the document, and raw in it."""
    assert_refused(await shop.ask(argument.query, x="a\0b"))
    start = argument.query.index("{")
    for text in (r'"a\u0000b"', r'"a\u{0}b"', r'"""a\u0000b"""', '"a\0b"'):
        assert_refused(await shop.ask(argument.query[start:].replace("$x", text)))


@pytest.mark.parametrize("argument", of_kind(Kind.TEXT, Kind.ID, Kind.CURSOR), ids=str)
async def test_half_a_character_is_refused(argument: Argument, shop: Shop) -> None:
    """A lone surrogate is no text: not as JSON, and not escaped in a document."""
    start = argument.query.index("{")
    for escape in (r'"\uD800"', r'"\u{D800}"', r'"\uDC00\uD800"'):
        answer = await shop.ask(argument.query[start:].replace("$x", escape))
        assert answer.codes == ["GRAPHQL_PARSE_FAILED"]
    body = b'{"query": "%s", "variables": {"x": "\\ud800"}}' % argument.query.replace('"', '\\"').encode()
    answer = await shop.send(content=body, headers={"content-type": "application/json"})
    assert (answer.response.status_code, answer.codes) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("given", [{}, {"id": "UHJvZHVjdDox", "slug": "x"}, {"id": None, "slug": None}])
async def test_a_product_is_asked_for_by_id_or_slug(given: dict[str, Any], shop: Shop) -> None:
    """Both or neither means nothing."""
    assert_refused(await shop.ask("query ($id: ID, $slug: String) { product(id: $id, slug: $slug) { id } }", **given))


@pytest.mark.parametrize("value", [[], "x", 1, {"unknown": 1}, {"storage": "WARM"}, {"categoryId": {}}])
async def test_a_bad_filter_is_refused(value: Any, shop: Shop) -> None:
    """Of another kind, with unknown fields, or with bad values."""
    assert_refused(await shop.ask("query ($x: ProductFilter) { products(filter: $x) { nodes { id } } }", x=value))


async def test_null_means_no_condition(shop: Shop) -> None:
    """A filter, and each of its fields."""
    query = "query ($x: ProductFilter) { products(filter: $x) { totalCount } }"
    every = (await shop.ask(query)).data
    assert every == {"products": {"totalCount": 300}}
    assert (await shop.ask(query, x=None)).data == every
    assert (await shop.ask(query, x={"categoryId": None, "storage": None, "soldBy": None})).data == every
