"""Documents made to keep a server busy are refused after bounded work, while others are served."""

import asyncio

import pytest

from app.http.errors import Code
from app.http.limits import FREE
from app.http.prepared import Prepared, Problem, verdict
from schema.built import GRAPHQL
from tests.http.hostile import DOCUMENTS, calls
from tests.shop import Shop

MOST_CALLS = 250_000  # of Python functions, about 0.1 s; the worst is the parser, up to its limit of tokens


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_work_is_bounded(name: str) -> None:
    """Told which limit it exceeds, by a push or a request, in so many steps."""
    text, what = DOCUMENTS[name]
    found: list[Prepared | list[Problem]] = []
    assert calls(lambda: found.append(verdict(GRAPHQL, text, FREE))) < MOST_CALLS
    (problems,) = found
    assert isinstance(problems, list)
    assert problems == [
        Problem(
            Code.DOCUMENT_TOO_COMPLEX,
            f"The document exceeds the limit of {what}: {getattr(FREE, what)}.",
            {"limit": what, "maximum": getattr(FREE, what)},
        )
    ]


async def test_others_are_served_meanwhile(shop: Shop) -> None:
    """Every hostile document at once, and a shopper's request beside them."""
    sendable = [text for text, _ in DOCUMENTS.values() if len(text) < 200_000]
    refused, *served = await asyncio.gather(
        asyncio.gather(*(shop.ask(text) for text in sendable)),
        *(shop.registered("CategoryTree") for _ in range(5)),
    )
    assert [answer.codes for answer in refused] == [["DOCUMENT_TOO_COMPLEX"]] * len(sendable)
    assert all(len(answer.response.content) < 300 for answer in refused)
    assert all(answer.data["categories"] for answer in served)


def test_few_errors_are_told_of_one_document() -> None:
    """However many mistakes it has."""
    problems = verdict(GRAPHQL, "{" + " ".join(f"nothing{each}" for each in range(500)) + "}", FREE)
    assert isinstance(problems, list)
    assert len(problems) == 21
    assert problems[-1].message == "Too many validation errors, error limit reached. Validation aborted."
