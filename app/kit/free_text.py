"""What people write freely, and what must not be in it."""

from app import scrubbing
from app.kit.errors import BadInput


class CardNumber(BadInput):
    """A text with a payment card's number in it: the shop keeps none anywhere (PCI DSS)."""


class BadText(BadInput):
    """A text that is blank, too long, or cannot be shown."""


def written(text: str, name: str, most: int, *, lines: bool = True) -> str:
    """What somebody wrote, without the blanks around it; `name` is the field's, `lines` whether it may have several.

    Raises:
        BadText: nothing, more than `most` characters, or one that cannot be shown.
        CardNumber: there is one in it.
    """
    plain = text.strip()
    if not 0 < len(plain) <= most or not all(each.isprintable() or (lines and each == "\n") for each in plain):
        raise BadText(f"{name} has 1 to {most} characters that can be shown")
    return no_card_number(plain)


class PersonalText(BadInput):
    """A text that is kept for years, with somebody's number in it."""


def nothing_personal(text: str) -> str:
    """`text` as it is, if nothing in it would be scrubbed from a log: no phone number, openid, token or card number.

    The message never repeats what was sent.

    Raises:
        CardNumber, PersonalText: something would.
    """
    no_card_number(text)
    if scrubbing.scrubbed(text) != text:
        raise PersonalText("leave phone numbers and the like out: this text is kept")
    return text


def no_card_number(text: str) -> str:
    """`text` as it is, if nothing in it looks like a card number: 13 to 19 digits that pass Luhn's check.

    Spaces and hyphens between the digits hide nothing. The message never repeats what was sent.

    Raises:
        CardNumber: something does.
    """
    if any(scrubbing.cards(text)):
        raise CardNumber("leave card numbers out: 13 to 19 digits here look like one")
    return text
