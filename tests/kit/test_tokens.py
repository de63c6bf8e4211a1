"""Bearer tokens: what is read is what was signed, and each refusal is a class of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import clock
from app.kit.caller import VISITOR, Caller, CallerKind
from app.kit.tokens import BadToken, TokenExpired, TokenMalformed, Tokens, TokenTampered, TokenVersionUnknown

SECRET, OLD = "the newest secret of this installation", "the secret before it"
TOKENS = Tokens([SECRET, OLD])
STAFF = Caller(CallerKind.STAFF, 3, frozenset({"catalog:write", "reviews:moderate"}))
HOUR = timedelta(hours=1)
NOON = datetime(2026, 8, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("caller", [VISITOR, STAFF, Caller(CallerKind.CUSTOMER, 2**63 - 1)])
def test_a_token_speaks_for_its_caller(caller: Caller) -> None:
    """Kind, id and scopes come back."""
    assert TOKENS.read(TOKENS.issue(caller, HOUR)) == caller


def test_a_token_ends_at_its_time() -> None:
    """Good one second before, over on the second."""
    with clock.moved_to(NOON):
        token = TOKENS.issue(STAFF, HOUR)
    with clock.moved_to(NOON + HOUR - timedelta(seconds=1)):
        assert TOKENS.read(token) == STAFF
    with clock.moved_to(NOON + HOUR), pytest.raises(TokenExpired):
        TOKENS.read(token)


def test_a_token_of_the_secret_before_is_still_read_and_later_not() -> None:
    """Rotation: the old secret reads until it is taken away."""
    token = Tokens([OLD]).issue(STAFF, HOUR)
    assert TOKENS.read(token) == STAFF
    with pytest.raises(TokenTampered):
        Tokens([SECRET]).read(token)


@given(position=st.integers(0), letter=st.sampled_from("ABCxyz019-_."))
def test_no_character_can_be_changed(position: int, letter: str) -> None:
    """Any change of any character is refused."""
    token = TOKENS.issue(STAFF, HOUR)
    at = position % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        with pytest.raises(BadToken):
            TOKENS.read(changed)


def test_claims_under_another_tokens_signature_are_refused() -> None:
    """The signature covers the claims."""
    mine = TOKENS.issue(Caller(CallerKind.CUSTOMER, 1), HOUR).split(".")
    other = TOKENS.issue(STAFF, HOUR).split(".")
    with pytest.raises(TokenTampered):
        TOKENS.read(".".join([*other[:3], mine[3]]))


def test_an_unknown_version_is_told_apart() -> None:
    """A newer program's token is not called a forgery."""
    with pytest.raises(TokenVersionUnknown):
        TOKENS.read("yg9" + TOKENS.issue(STAFF, HOUR)[3:])


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.b.c.d.e", "优购.b.c.d", "\0", "a" * 100_000, "." * 5000])
def test_what_is_no_token_is_refused(text: str) -> None:
    """Garbage of several sorts."""
    with pytest.raises(TokenMalformed):
        TOKENS.read(text)


@given(st.text())
def test_no_text_makes_anything_but_a_refusal(text: str) -> None:
    """Nobody guesses a token."""
    with pytest.raises(BadToken):
        TOKENS.read(text)
