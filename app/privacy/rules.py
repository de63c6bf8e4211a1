"""Rules about consents and ages, without I/O."""

import re
from datetime import date

from app.accounts.enums import ConsentPurpose
from app.kit.errors import BadInput

ADULT_ENOUGH = 14  # PIPL article 31: below it a guardian decides, and nobody is profiled
GROWN_UP_ONLY = frozenset({ConsentPurpose.PERSONALIZATION, ConsentPurpose.MARKETING})
OLDEST = 1900

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
