"""Card numbers are refused wherever people write freely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.free_text import BadText, CardNumber, no_card_number, written
from app.scrubbing import passes_luhn

CARDS = ["4111111111111111", "5555 5555 5555 4444", "3782-822463-10005", "6222021234567890128"]  # test numbers
digits = st.text("0123456789", min_size=12, max_size=18)
words = st.text("ab中,。", max_size=5)


def check_digit(number: str) -> str:
    """The digit that makes `number` pass, found by trying."""
    return next(number + last for last in "0123456789" if passes_luhn(number + last))


@given(digits, words, words, st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_refused(number: str, before: str, after: str, between: str) -> None:
    """13 to 19 digits with the right check digit, in groups of four or not; what was sent is not repeated."""
    card = check_digit(number)
    written = between.join(card[at : at + 4] for at in range(0, len(card), 4))
    with pytest.raises(CardNumber) as refused:
        no_card_number(before + written + after)
    assert card[:6] not in str(refused.value)


@given(digits, words, words)
def test_other_numbers_pass(number: str, before: str, after: str) -> None:
    """Of the ten last digits nine make no card number."""
    card = check_digit(number)
    wrong = number + str((int(card[-1]) + 1) % 10)
    text = before + wrong + after
    assert no_card_number(text) == text


@given(st.text("0123456789", max_size=12) | st.text("0123456789", min_size=20, max_size=40))
def test_shorter_and_longer_numbers_pass(number: str) -> None:
    """A phone number, a long code."""
    assert no_card_number(number) == number


@pytest.mark.parametrize("card", CARDS)
def test_numbers_of_the_known_kinds_are_refused(card: str) -> None:
    """Visa, Mastercard, American Express, UnionPay; behind an amount and before a year too."""
    for text in (card, f"付 100 {card} 2027", card.translate({ord("0") + each: 0xFF10 + each for each in range(10)})):
        if passes_luhn(card):
            with pytest.raises(CardNumber):
                no_card_number(text)


@pytest.mark.parametrize("text", ["", "  ", "a" * 21, "a\x00b", "\u202e"])
def test_what_is_written_can_be_shown(text: str) -> None:
    """Neither blank, nor too long, nor with signs that turn what follows around."""
    with pytest.raises(BadText):
        written(text, "text", 20)


def test_what_is_written_may_have_lines_where_that_is_said() -> None:
    """No card number in either."""
    assert written(" 有 2 个\n坏了 ", "text", 20) == "有 2 个\n坏了"
    with pytest.raises(BadText):
        written("a\nb", "text", 20, lines=False)
    with pytest.raises(CardNumber):
        written(CARDS[0], "text", 20)
