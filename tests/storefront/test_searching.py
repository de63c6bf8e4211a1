"""What a search finds, in which order, and what it refuses."""

import pytest

from app.storefront.searching import MAX_SEARCH, NOTHING, BadSearch, search_for
from tests.shop import Shop
from tests.storefront.searches import EXPECTED

SEARCH = """query ($search: String, $sort: ProductSort! = RELEVANCE, $first: Int! = 3, $after: String) {
  products(search: $search, sort: $sort, first: $first, after: $after) {
    totalCount nodes { name } pageInfo { hasNextPage endCursor }
  }
}"""


@pytest.mark.parametrize(("text", "count", "first"), EXPECTED, ids=[row[0] for row in EXPECTED])
async def test_a_search_finds_these_first(shop: Shop, text: str, count: int, first: tuple[str, ...]) -> None:
    """Words of one and more characters, pinyin, initials, other names, a mistyped character; names before texts."""
    found = (await shop.ask(SEARCH, search=text)).data["products"]
    assert (found["totalCount"], tuple(node["name"] for node in found["nodes"])) == (count, first)


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE product; --", "\\", "🍅", "。，！", '"', "?", "\u200b"])
async def test_what_means_nothing_finds_nothing(shop: Shop, text: str) -> None:
    """Wildcards, quotes, emoji and punctuation are neither an error nor everything."""
    assert (await shop.ask(SEARCH, search=text)).data["products"]["totalCount"] == 0


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000"])
async def test_a_blank_search_is_none(shop: Shop, text: str | None) -> None:
    """The whole list, in an order that needs no search; RELEVANCE is refused."""
    assert (await shop.ask(SEARCH, search=text, sort="NEWEST")).data["products"]["totalCount"] == 300
    assert (await shop.ask(SEARCH, search=text)).codes == ["BAD_USER_INPUT"]


async def test_a_zero_byte_is_refused(shop: Shop) -> None:
    """PostgreSQL has no such text."""
    assert (await shop.ask(SEARCH, search="番\0茄")).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("text", ["番" * 51, "f" * 10_000, " " * 51])
async def test_a_long_search_is_refused_without_a_statement(shop: Shop, text: str) -> None:
    """With the limit in the message."""
    answer = await shop.ask(SEARCH, search=text)
    assert (answer.codes, answer.statements) == (["BAD_USER_INPUT"], [])
    assert f"{MAX_SEARCH} characters" in answer.body["errors"][0]["message"]


async def test_the_longest_search_is_answered(shop: Shop) -> None:
    """Fifty different characters, of which no name has forty-nine."""
    text = "".join(chr(0x4E00 + 37 * place) for place in range(MAX_SEARCH))
    assert (await shop.ask(SEARCH, search=text)).data["products"]["totalCount"] == 0


@pytest.mark.parametrize("sort", ["RELEVANCE", "RATING", "BEST_SELLING", "PRICE_ASC", "PRICE_DESC", "NEWEST"])
async def test_pages_of_a_search_are_its_whole_in_order(shop: Shop, sort: str) -> None:
    """Page by page nothing is repeated or left out, in every order."""
    whole = (await shop.ask(SEARCH, search="鱼", sort=sort, first=50)).data["products"]["nodes"]
    paged, after = [], None
    while True:
        page = (await shop.ask(SEARCH, search="鱼", sort=sort, first=7, after=after)).data["products"]
        paged += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(whole) == 31
    assert paged == whole


def test_a_search_is_taken_apart() -> None:
    """Pairs of Chinese words, Latin words whole; each slip leaves one character out."""
    found = search_for("番茄 A2")
    assert found is not None
    assert (found.keys, found.terms, found.tail) == (("番茄", "a2"), ("番茄", "a2"), "a2")
    assert found.slips == ("a2 茄", "a2 番")
    three = search_for("阳光枚瑰")
    assert three is not None
    assert three.slips == ("光枚 枚瑰", "阳 枚瑰", "阳光 瑰", "阳光 光枚")


def test_a_search_without_letters_asks_for_a_key_nobody_has() -> None:
    """So that it finds nothing, not everything."""
    found = search_for("🍅")
    assert found is not None
    assert (found.keys, found.terms, found.slips) == ((NOTHING,), (), ())


def test_too_long_is_a_refusal() -> None:
    """One character more than the limit."""
    with pytest.raises(BadSearch):
        search_for("a" * (MAX_SEARCH + 1))
