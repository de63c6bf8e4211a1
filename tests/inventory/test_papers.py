"""Which papers a product depends on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.inventory.papers import PaperProblem, VouchedLot, problem, unvouched, warning

TODAY = date(2026, 11, 20)
YESTERDAY = TODAY - timedelta(days=1)
FARM = VouchedLot(
    product_id=1,
    lot_id=1,
    producer_id=1,
    licence_until=TODAY,
    certificate_until=TODAY,
    has_passed=False,
    has_failed=False,
    expires_on=TODAY,
)
FACTORY = replace(FARM, certificate_until=None, has_passed=True)


@pytest.mark.parametrize(
    ("lot", "expected"),
    [
        (FARM, None),
        (FACTORY, None),
        (replace(FARM, licence_until=None, producer_id=None), PaperProblem.NO_PRODUCER),
        (replace(FARM, licence_until=YESTERDAY), PaperProblem.LICENCE_LAPSED),
        (replace(FARM, licence_until=YESTERDAY, has_failed=True), PaperProblem.LICENCE_LAPSED),
        (replace(FARM, has_failed=True), PaperProblem.REPORT_FAILED),
        (replace(FACTORY, has_failed=True), PaperProblem.REPORT_FAILED),
        (replace(FARM, certificate_until=YESTERDAY), PaperProblem.CERTIFICATE_LAPSED),
        (replace(FARM, certificate_until=YESTERDAY, has_passed=True), PaperProblem.CERTIFICATE_LAPSED),
        (replace(FACTORY, has_passed=False), PaperProblem.NO_PROOF),
    ],
)
def test_what_vouches_for_a_lot(lot: VouchedLot, expected: PaperProblem | None) -> None:
    """The licence and a proof, through their last day; a report stands in for a certificate there never was."""
    assert problem(lot, TODAY) == expected


def test_a_product_depends_on_papers_all_its_lots_need() -> None:
    """One lot that is vouched for keeps it; without any lot it is sold out and no question arises."""
    lapsed, other = replace(FARM, certificate_until=YESTERDAY), replace(FARM, lot_id=2)
    assert unvouched([lapsed, other], TODAY) == {}
    assert unvouched([], TODAY) == {}
    failed = replace(other, has_failed=True)
    fine = replace(FARM, product_id=2)
    assert unvouched([fine, lapsed, failed], TODAY) == {1: [lapsed, failed]}


@pytest.mark.parametrize(
    ("days", "ahead"), [(-1, None), (0, 7), (1, 7), (7, 7), (8, 30), (30, 30), (31, None), (400, None)]
)
def test_when_the_end_of_a_paper_is_told(days: int, ahead: int | None) -> None:
    """Thirty and seven days before, the first through the eighth; the last day of a paper still counts."""
    assert warning(TODAY + timedelta(days=days), TODAY) == ahead
