"""Bounded waiting."""

from app.embedded.waiting import until


def test_until_answers_as_soon_as_it_holds() -> None:
    """The condition is asked until it holds, and not again."""
    answers = iter([False, False, True])
    assert until(lambda: next(answers), seconds=10)
    assert next(answers, None) is None


def test_until_gives_up() -> None:
    """A condition that never holds is answered by False once the time is over."""
    assert not until(lambda: False, seconds=0.01)
