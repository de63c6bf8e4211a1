"""A day's bill against the ledger, without either."""

from app.payments.comparing import Difference, Ledger, LedgerCharge, LedgerRefund, differences
from app.payments.enums import DifferenceKind
from app.payments.gateway import Bill, BillRefund, Charge, RefundStatus
from tests.shop import NOW


def charge(transaction: str, amount: int = 1000, number: str = "P1") -> Charge:
    """On the bill."""
    return Charge(number, transaction, amount, NOW)


def back(number: str, amount: int = 300, status: RefundStatus = RefundStatus.SUCCESS) -> BillRefund:
    """On the bill."""
    return BillRefund("P1", number, amount, status)


def found(bill: Bill, charges: dict[str, LedgerCharge], refunds: dict[str, LedgerRefund]) -> list[Difference]:
    """What differs."""
    return differences(bill, Ledger(charges, refunds))


def test_what_is_alike_is_no_difference() -> None:
    """Also what the ledger booked on the day before: it is on the bill, so it is not missing there."""
    bill = Bill((charge("T1"), charge("T2", 5)), (back("R1"), back("R2", 7, RefundStatus.PROCESSING)))
    charges = {"T1": LedgerCharge("P1", 1000, is_of_day=True), "T2": LedgerCharge("P1", 5, is_of_day=False)}
    refunds = {
        "R1": LedgerRefund("P1", 300, is_of_day=True, is_done=True),
        "R2": LedgerRefund("P1", 7, is_of_day=True, is_done=True),
    }
    assert found(bill, charges, refunds) == []
    assert found(Bill(), {"T2": charges["T2"]}, {}) == []


def test_each_kind_is_named_with_both_sides() -> None:
    """Missing here, another amount, missing there; of charges and of refunds."""
    bill = Bill((charge("T1"), charge("T2", 999)), (back("R1"), back("R2")))
    charges = {"T2": LedgerCharge("P1", 1000, is_of_day=True), "T3": LedgerCharge("P3", 4, is_of_day=True)}
    refunds = {
        "R2": LedgerRefund("P1", 301, is_of_day=True, is_done=True),
        "R3": LedgerRefund("P3", 2, is_of_day=True, is_done=True),
    }
    assert found(bill, charges, refunds) == [
        Difference(DifferenceKind.MISSING_HERE, "P1", "T1", None, 1000, None),
        Difference(DifferenceKind.AMOUNT_DIFFERS, "P1", "T2", None, 999, 1000),
        Difference(DifferenceKind.MISSING_THERE, "P3", "T3", None, None, 4),
        Difference(DifferenceKind.MISSING_HERE, "P1", None, "R1", 300, None),
        Difference(DifferenceKind.REFUND_DIFFERS, "P1", None, "R2", 300, 301),
        Difference(DifferenceKind.MISSING_THERE, "P3", None, "R3", None, 2),
    ]


def test_a_refund_is_done_on_both_sides_or_on_neither() -> None:
    """While the bill says it is in progress, either may be."""
    for status, is_done, differs in (
        (RefundStatus.SUCCESS, False, 1),
        (RefundStatus.ABNORMAL, True, 1),
        (RefundStatus.CLOSED, False, 0),
        (RefundStatus.PROCESSING, False, 0),
    ):
        mine = {"R1": LedgerRefund("P1", 300, is_of_day=True, is_done=is_done)}
        assert len(found(Bill((), (back("R1", 300, status),)), {}, mine)) == differs
