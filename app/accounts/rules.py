"""Who may act as a customer or as staff, and what a member of staff's name and password look like."""

import re
from datetime import timedelta

from app.accounts.errors import PasswordTooWeak
from app.kit.caller import Caller, CallerKind
from app.kit.errors import BadInput, Forbidden, Refused
from app.kit.free_text import nothing_personal

CUSTOMER_SCOPES = frozenset({"me"})
"""What every customer may do: read and change what is her own."""
STAFF_SELF = "staff:self"
"""What every member of staff may do: change her password, sign out. Nothing else while the password is a given one."""
LEAST_PASSWORD, MOST_PASSWORD = 12, 128
GIVEN_PASSWORD_HOLDS = timedelta(days=1)
MAX_NAME = 40
LEAST_REASON, MOST_REASON = 5, 200
_PHONE = re.compile(r"(?:\+?86)?(1[0-9]{10})")
_TAIL = re.compile("[0-9]{4}")
_USERNAME = re.compile(r"[a-z0-9._-]{2,40}")
# of those leaked most often, what is this long; compared without case
_COMMON = frozenset(
    {
        "administrator",
        "changeme1234",
        "iloveyou1234",
        "letmein12345",
        "passwordpassword",
        "password1234",
        "password12345",
        "q1w2e3r4t5y6",
        "qwertyuiop123",
        "woaini1314520",
        "yougoufresh2026",
        "youguoshengxian",
        "1qaz2wsx3edc",
    }
)


def customer_of(caller: Caller) -> int:
    """The key of the customer who asks.

    Raises:
        Forbidden: the caller is somebody else.
    """
    if caller.kind is not CallerKind.CUSTOMER or caller.id is None:
        raise Forbidden("This is for customers who signed in.")
    return caller.id


def staff_of(caller: Caller) -> int:
    """The key of the member of staff who asks.

    Raises:
        Forbidden: the caller is somebody else.
    """
    if caller.kind is not CallerKind.STAFF or caller.id is None:
        raise Forbidden("This is for staff who signed in.")
    return caller.id


def check_member(username: str, name: str) -> None:
    """Lets a new member of staff through.

    Raises:
        BadInput: the user name has another form, or there is no name.
    """
    if _USERNAME.fullmatch(username) is None:
        raise BadInput("a user name is 2 to 40 lower-case letters, digits, dots, hyphens and underscores")
    if not 0 < len(name.strip()) <= MAX_NAME:
        raise BadInput(f"a name has 1 to {MAX_NAME} characters")


def phone_number(text: str) -> str:
    """A number of the mainland as the shop keeps it, +8613800138000, from how people write it.

    Raises:
        BadInput: it is none; the message does not repeat it.
    """
    found = _PHONE.fullmatch(re.sub(r"[ -]", "", text))
    if found is None:
        raise BadInput("a phone number has 11 digits and begins with 1, with or without +86 before them")
    return f"+86{found[1]}"


def phone_tail(text: str) -> str:
    """The last four digits of a number.

    Raises:
        BadInput: it is something else; the message does not repeat it.
    """
    plain = text.strip()
    if _TAIL.fullmatch(plain) is None:
        raise BadInput("a phone tail is the last four digits of a number")
    return plain


def check_reason(text: str) -> str:
    """Why somebody wants to see a value of a customer, without the blanks around it.

    Raises:
        BadInput: shorter or longer than a reason, or with somebody's number in it.
    """
    plain = text.strip()
    if not LEAST_REASON <= len(plain) <= MOST_REASON:
        raise BadInput(f"a reason has {LEAST_REASON} to {MOST_REASON} characters")
    return nothing_personal(plain)


def check_password(password: str, username: str) -> None:
    """Lets a new password through (NIST SP 800-63B, 5.1.1.2: length and a deny list, no mixture of signs).

    Raises:
        Refused: PasswordTooWeak: too short, the user name, one everybody knows, or few different characters.
        BadInput: longer than anybody types.
    """
    if len(password) > MOST_PASSWORD:
        raise BadInput(f"a password has at most {MOST_PASSWORD} characters")
    plain = password.casefold()
    is_name = plain.replace(username, "").strip("0123456789.-_!") == ""
    if len(password) < LEAST_PASSWORD or is_name or plain in _COMMON or len(set(plain)) < LEAST_PASSWORD // 3:
        raise Refused(PasswordTooWeak(LEAST_PASSWORD))
