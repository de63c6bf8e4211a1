"""Rules of traceability. Pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.traceability import rules
from app.traceability.enums import Verdict
from app.traceability.rules import InspectionItem

SOME = settings(max_examples=60, deadline=None, database=None, derandomize=True)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("expires_on", "left"),
    [
        (None, None),
        (date(2026, 11, 20), 0),
        (date(2026, 11, 21), 1),
        (date(2026, 11, 19), 0),
        (date(2025, 1, 1), 0),
        (date(2027, 11, 20), 365),
    ],
)
def test_days_left(expires_on: date | None, left: int | None) -> None:
    """0 on the last day and ever after."""
    assert rules.days_left(expires_on, TODAY) == left


@SOME
@given(days=st.integers(-3000, 3000))
def test_days_left_counts_down_by_one(days: int) -> None:
    """A day later it is one less, but never negative."""
    expiry = TODAY + timedelta(days=days)
    now, tomorrow = rules.days_left(expiry, TODAY), rules.days_left(expiry, TODAY + timedelta(days=1))
    assert now is not None
    assert tomorrow == max(now - 1, 0)


def test_the_lines_of_a_report() -> None:
    """In the report's order, the verdict as a member."""
    line = {"name": "毒死蜱", "method": "GB 23200.113", "limit": "≤0.02", "value": "未检出", "unit": "mg/kg"}
    stored = [line | {"verdict": "PASS"}, line | {"name": "镉", "verdict": "FAIL"}]
    assert rules.inspection_items(stored) == [
        InspectionItem(**line, verdict=Verdict.PASS),
        InspectionItem(**line | {"name": "镉"}, verdict=Verdict.FAIL),
    ]
