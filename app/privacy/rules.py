"""Rules about consents and ages, without I/O."""

import re
from datetime import date, timedelta

from app.accounts.enums import ConsentPurpose
from app.kit.errors import BadInput
from app.kit.free_text import no_card_number
from app.privacy.enums import DataRequestKind, DataSubject

ADULT_ENOUGH = 14  # PIPL article 31: below it a guardian decides, and nobody is profiled
GROWN_UP_ONLY = frozenset({ConsentPurpose.PERSONALIZATION, ConsentPurpose.MARKETING})
OLDEST = 1900
WORKING_DAYS = 15
MAX_WISH, MAX_ANSWER, MAX_NAME = 1000, 500, 40
HANDLED = frozenset({DataRequestKind.CORRECTION, DataRequestKind.MINOR, DataRequestKind.OTHER})
"""What people answer; copies and closings are done by machines."""
NOT_CORRECTABLE = frozenset({DataSubject.WECHAT_ACCOUNT, DataSubject.CONSENT_HISTORY})
HERSELF = frozenset({DataSubject.PROFILE, DataSubject.PHONE})
"""What she corrects herself, at once."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


class BadDecision(BadInput):
    """A policy version or a birth year that cannot be one, or a confirmation that is none."""


def is_too_young(birth_year: int | None, today: date) -> bool:
    """Whether somebody born that year may be under 14 today; nobody who told no year is taken for that.

    The year alone leaves the birthday open: who turns 14 this year counts as younger until the year is over.
    """
    return birth_year is not None and today.year - birth_year <= ADULT_ENOUGH


def check_version(version: str) -> str:
    """The version of a policy.

    Raises:
        BadDecision: not 1 to 20 letters, digits, points and hyphens.
    """
    if not _VERSION.fullmatch(version):
        raise BadDecision("policyVersion is 1 to 20 letters, digits, points and hyphens")
    return version


def check_birth_year(year: int, today: date) -> int:
    """The year.

    Raises:
        BadDecision: before 1900 or to come.
    """
    if not OLDEST <= year <= today.year:
        raise BadDecision(f"birthYear is {OLDEST} to {today.year}")
    return year


def check_confirmed(*, confirms: bool) -> None:
    """Lets pass who said yes.

    Raises:
        BadDecision: the confirmation is missing.
    """
    if not confirms:
        raise BadDecision("confirms must be true")


def due_on(asked: date) -> date:
    """The day by which a request is answered: 15 days from Monday to Friday on; public holidays are not left out."""
    day, left = asked, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5  # noqa: PLR2004 - Saturday
    return day


def check_text(text: str, name: str, most: int) -> str:
    """What somebody wrote, without the blanks around it.

    Raises:
        BadDecision: nothing, or more than `most` characters, or one that cannot be shown; `name` is the field's.
        CardNumber: there is one in it.
    """
    plain = text.strip()
    if not 0 < len(plain) <= most or not all(each.isprintable() or each == "\n" for each in plain):
        raise BadDecision(f"{name} has 1 to {most} characters that can be shown")
    return no_card_number(plain)
