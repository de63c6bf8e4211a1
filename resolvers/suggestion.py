"""What is proposed to somebody about to search."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry

from app.storefront import suggestions as proposed

Prefix = Annotated[
    str,
    strawberry.argument(description="What has been typed so far, at most 50 characters: Chinese, pinyin or initials."),
]
FirstSuggestions = Annotated[int, strawberry.argument(description="How many suggestions, 1 to 20.")]


def suggestions(prefix: Prefix, first: FirstSuggestions = 8) -> Awaitable[list[str]]:
    """Names that fit what has been typed."""
    return proposed.suggestions(prefix, first)


def hot_words() -> Awaitable[list[str]]:
    """The words the shop proposes."""
    return proposed.hot_words()
