"""What is proposed while somebody types."""

from typing import Any

import pytest

from tests.shop import Shop

SUGGEST = "query ($prefix: String!, $first: Int! = 3) { suggestions(prefix: $prefix, first: $first) }"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("番", ["元谋沙瓤番茄", "百花岭百香果", "元谋千禧圣女果"]),
        ("fanq", ["元谋沙瓤番茄"]),
        ("香格里拉松", ["香格里拉松茸", "香格里拉松茸干片"]),
        ("xgll", ["香格里拉松茸", "香格里拉牦牛奶酪", "香格里拉牦牛酥油"]),
        ("芒", ["芒果乳酸菌饮品", "芒市傣味豆豉饼", "芒市丝瓜"]),
        ("  ", []),
        ("%", []),
    ],
)
async def test_names_fit_what_was_typed(shop: Shop, typed: str, expected: list[str]) -> None:
    """Those that begin so first, then what is bought most."""
    answer = await shop.ask(SUGGEST, prefix=typed)
    assert answer.data["suggestions"] == expected
    assert len(answer.statements) == (1 if typed.strip() else 0)


@pytest.mark.parametrize("wrong", [{"prefix": "番" * 51}, {"prefix": "番", "first": 0}, {"prefix": "番", "first": 21}])
async def test_too_much_is_refused(shop: Shop, wrong: dict[str, Any]) -> None:
    """Before any statement."""
    answer = await shop.ask(SUGGEST, **wrong)
    assert (answer.codes, answer.statements) == (["BAD_USER_INPUT"], [])


async def test_every_hot_word_finds_something(shop: Shop) -> None:
    """In the shop's order, each with at least one product."""
    words = (await shop.ask("{ hotWords }")).data["hotWords"]
    assert words[:3] == ["番茄", "鲜花饼", "松茸"]
    for word in words:
        found = await shop.ask("query ($s: String) { products(search: $s) { nodes { id } } }", s=word)
        assert found.data["products"]["nodes"], word
