"""Rules of reviews. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reviews import rules
from app.reviews.rules import ReviewMedia

SOME = settings(max_examples=60, deadline=None, database=None, derandomize=True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王***明"), ("王明", "王*"), ("王", "王*"), ("欧阳小明", "欧***明"), ("", "***"), ("Al", "A*")],
)
def test_an_authors_name_is_masked(name: str, shown: str) -> None:
    """A stranger recognises nobody; how long the name is, is not told either."""
    assert rules.author(name).name == shown


@SOME
@given(name=st.text(min_size=1, max_size=40))
def test_at_most_two_characters_are_shown(name: str) -> None:
    """The first, and of longer names the last."""
    shown = rules.author(name).name.replace("*", "")
    assert len(shown) <= 2
    assert set(shown) <= {name[0], name[-1]}


def test_media_keep_the_authors_order() -> None:
    """As stored."""
    stored = [
        {"kind": "IMAGE", "key": "b.webp", "width": 2, "height": 1},
        {"kind": "VIDEO", "key": "a.mp4", "width": 4, "height": 3},
    ]
    assert rules.review_media(stored) == [ReviewMedia("IMAGE", "b.webp", 2, 1), ReviewMedia("VIDEO", "a.mp4", 4, 3)]
    assert rules.review_media([]) == []
