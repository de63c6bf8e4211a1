"""Dates in the master data of a lot."""

from datetime import date

import pytest

from app.traceability.epcis.json_types import Json
from app.traceability.master_data import LotDates, lot_dates

CBV = "urn:epcglobal:cbv:mda:"


def test_every_date() -> None:
    """Each attribute of CBV goes into its column; the end of a harvest counts more than its beginning."""
    told: dict[str, Json] = {
        f"{CBV}harvestStartDate": "2026-11-18",
        f"{CBV}harvestEndDate": "2026-11-20",
        f"{CBV}productionDate": "2026-11-20",
        f"{CBV}packagingDate": "2026-11-21",
        f"{CBV}bestBeforeDate": "2026-12-18",
        f"{CBV}itemExpirationDate": "2026-12-20",
        f"{CBV}sellByDate": "2026-12-01",
    }
    assert lot_dates(told) == LotDates(
        harvested_on=date(2026, 11, 20),
        packed_on=date(2026, 11, 21),
        best_before_on=date(2026, 12, 18),
        expires_on=date(2026, 12, 20),
    )


def test_the_second_best_attribute() -> None:
    """Without an end of harvest its start, without a packaging date the production date."""
    told: dict[str, Json] = {f"{CBV}harvestStartDate": "2026-11-18", f"{CBV}productionDate": "2026-11-20"}
    assert lot_dates(told) == LotDates(harvested_on=date(2026, 11, 18), packed_on=date(2026, 11, 20))


@pytest.mark.parametrize("text", ["2026-12-20T23:30:00+08:00", "2026-12-20Z", "2026-12-20+08:00"])
def test_a_day_with_more_behind_it(text: str) -> None:
    """The day is the one the sender wrote, whatever the zone."""
    assert lot_dates({f"{CBV}itemExpirationDate": text}).expires_on == date(2026, 12, 20)


@pytest.mark.parametrize("value", [None, 20261220, "soon", "2026-13-01", "2026-02-30", "", ["2026-12-20"], {"a": "b"}])
def test_what_is_no_date_is_not_told(value: Json) -> None:
    """Master data is free text; nothing but a date becomes one."""
    assert lot_dates({f"{CBV}itemExpirationDate": value}) == LotDates()


def test_attributes_of_others_are_not_read() -> None:
    """Only names of CBV count, and an event may have no ilmd."""
    assert lot_dates({"https://example.com/itemExpirationDate": "2026-12-20"}) == LotDates()
    assert lot_dates(None) == LotDates()
