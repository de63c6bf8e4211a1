"""Which of the shop's languages a client prefers."""

import pytest

from app.kit.locale import Locale, preferred


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", Locale.ZH),
        ("*", Locale.ZH),
        ("zh-CN,zh;q=0.9,en;q=0.8", Locale.ZH),
        ("zh-TW", Locale.ZH),
        ("en", Locale.EN),
        ("EN-gb", Locale.EN),
        ("en-US,en;q=0.9,zh;q=0.8", Locale.EN),
        ("en;q=0.5, zh;q=0.6", Locale.ZH),
        ("zh;q=0.1, en;q=0.2", Locale.EN),
        ("fr, de;q=0.9, en;q=0.1", Locale.EN),
        ("fr", Locale.ZH),
        ("en;q=0", Locale.ZH),
        ("en;q=2", Locale.ZH),
        ("en;q=much", Locale.ZH),
        ("en; q = 0.7", Locale.EN),
        (";;;,,,=", Locale.ZH),
        ("中文", Locale.ZH),
    ],
)
def test_the_preferred_language(header: str, locale: Locale) -> None:
    """The highest weight wins, the first of equals; whatever cannot be read is passed over."""
    assert preferred(header) is locale
