"""How much a claim is worth: to the fen, never more than is left, and all units together exactly what was paid."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims import rules
from app.claims.errors import BadClaim
from app.claims.rules import Claimable
from app.kit.clock import SHANGHAI


@given(st.integers(0, 10**7), st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_all_units_together_are_what_was_paid(paid: int, parts: list[int]) -> None:
    """Claimed in any portions, each accepted whole."""
    units, settled, back = sum(parts), 0, 0
    for quantity in parts:
        asked = rules.asked_fen(Claimable(units, settled, paid, paid - back), quantity, None)
        assert 0 <= asked <= paid - back
        settled, back = settled + quantity, back + asked
    assert back == paid


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 100))
def test_a_share_is_never_more_than_is_left(paid: int, left: int, percent: int) -> None:
    """Half a fen is the customer's."""
    asked = rules.asked_fen(Claimable(1, 0, paid, left), None, percent)
    assert asked == min(left, (paid * percent * 2 + 100) // 200)
    assert abs(rules.share(paid, percent) * 100 - paid * percent) <= 50


@pytest.mark.parametrize("zone", [UTC, SHANGHAI])
def test_two_days_are_48_hours_in_any_zone(zone: object) -> None:
    """Peers' trap: a term counted in days of one zone and asked in another."""
    collected = datetime(2026, 11, 20, 23, 59, 59, tzinfo=zone)  # type: ignore[arg-type]  # both are zones
    assert rules.claimable_until(collected) == collected + timedelta(hours=48)


@pytest.mark.parametrize("extent", [(None, None), (1, 50), (0, None), (-1, None), (None, 0), (None, 101)])
def test_units_or_a_share(extent: tuple[int | None, int | None]) -> None:
    """One of them, and something."""
    with pytest.raises(BadClaim):
        rules.check_extent(*extent)
