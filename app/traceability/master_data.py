"""What an event's instance/lot master data says of a lot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.traceability.epcis.json_types import Json

_CBV = "urn:epcglobal:cbv:mda:"
_ISO_DATE = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class LotDates:
    """The dates of a lot as far as they are told."""

    harvested_on: date | None = None
    packed_on: date | None = None
    best_before_on: date | None = None
    expires_on: date | None = None


def lot_dates(ilmd: Mapping[str, Json] | None) -> LotDates:
    """The dates in an event's ilmd (CBV master data attributes); None for what is not told or no date."""
    told = ilmd or {}
    return LotDates(
        harvested_on=_date(told, "harvestEndDate") or _date(told, "harvestStartDate"),
        packed_on=_date(told, "packagingDate") or _date(told, "productionDate"),
        best_before_on=_date(told, "bestBeforeDate"),
        expires_on=_date(told, "itemExpirationDate"),
    )


def _date(told: Mapping[str, Json], name: str) -> date | None:
    """The day of a date or of a time with offset, as the sender wrote it."""
    value = told.get(_CBV + name)
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:_ISO_DATE])
    except ValueError:
        return None
