"""Pure rules of traceability."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.traceability.enums import Verdict


@dataclass(frozen=True, slots=True)
class InspectionItem:
    """One line of a report: what was tested by which method, the limit, the result and the verdict on it."""

    name: str
    method: str
    limit: str
    value: str
    unit: str
    verdict: Verdict


def inspection_items(stored: list[dict[str, Any]]) -> list[InspectionItem]:
    """The lines of a report as stored, in the report's order."""
    return [InspectionItem(**{**item, "verdict": Verdict(item["verdict"])}) for item in stored]


def days_left(expires_on: date | None, today: date) -> int | None:
    """Whole days from `today` to expiry; 0 on the last day, never negative; None without an expiry."""
    return None if expires_on is None else max((expires_on - today).days, 0)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened: the URI as captured, and its name where the shop knows it."""

    uri: str
    name: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Temperature:
    """The coldest and the warmest reading of an event in Celsius, and whether a sensor raised an alarm."""

    min_c: Decimal | None
    max_c: Decimal | None
    has_alarm: bool
