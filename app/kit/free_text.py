"""What people write freely, and what must not be in it."""

from app import scrubbing
from app.kit.errors import BadInput


class CardNumber(BadInput):
    """A text with a payment card's number in it: the shop keeps none anywhere (PCI DSS)."""


def no_card_number(text: str) -> str:
    """`text` as it is, if nothing in it looks like a card number: 13 to 19 digits that pass Luhn's check.

    Spaces and hyphens between the digits hide nothing. The message never repeats what was sent.

    Raises:
        CardNumber: something does.
    """
    if any(scrubbing.cards(text)):
        raise CardNumber("leave card numbers out: 13 to 19 digits here look like one")
    return text
