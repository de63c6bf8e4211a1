"""Compares a day's bill with the ledger, without I/O."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.payments.enums import DifferenceKind
from app.payments.gateway import Bill, BillRefund, RefundStatus


@dataclass(frozen=True, slots=True)
class LedgerCharge:
    """A charge of the ledger. `is_of_day` says that it happened on the day in question."""

    out_trade_no: str
    amount_fen: int
    is_of_day: bool


@dataclass(frozen=True, slots=True)
class LedgerRefund:
    """A refund WeChat was asked for; `is_done` says that the ledger has its success."""

    out_trade_no: str
    amount_fen: int
    is_of_day: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger has of a day, and of what the bill names: charges by transaction id, refunds by their numbers."""

    charges: Mapping[str, LedgerCharge]
    refunds: Mapping[str, LedgerRefund]


@dataclass(frozen=True, slots=True)
class Difference:
    """One charge (`transaction_id`) or refund (`out_refund_no`) that is not the same on both sides."""

    kind: DifferenceKind
    out_trade_no: str
    transaction_id: str | None
    out_refund_no: str | None
    bill_fen: int | None
    ledger_fen: int | None


def differences(bill: Bill, ledger: Ledger) -> list[Difference]:
    """All of them: charges in the bill's order, then refunds, each side's strangers last."""
    return [*_charges(bill, ledger.charges), *_refunds(bill, ledger.refunds)]


def _charges(bill: Bill, ours: Mapping[str, LedgerCharge]) -> list[Difference]:
    found = []
    for each in bill.charges:
        mine = ours.get(each.transaction_id)
        if mine is None or mine.amount_fen != each.amount_fen:
            kind = DifferenceKind.MISSING_HERE if mine is None else DifferenceKind.AMOUNT_DIFFERS
            ledger_fen = None if mine is None else mine.amount_fen
            found.append(Difference(kind, each.out_trade_no, each.transaction_id, None, each.amount_fen, ledger_fen))
    theirs = {each.transaction_id for each in bill.charges}
    found += [
        Difference(DifferenceKind.MISSING_THERE, mine.out_trade_no, key, None, None, mine.amount_fen)
        for key, mine in ours.items()
        if mine.is_of_day and key not in theirs
    ]
    return found


def _refunds(bill: Bill, ours: Mapping[str, LedgerRefund]) -> list[Difference]:
    found = []
    for each in bill.refunds:
        mine = ours.get(each.out_refund_no)
        if mine is None or not _agree(each, mine):
            kind = DifferenceKind.MISSING_HERE if mine is None else DifferenceKind.REFUND_DIFFERS
            ledger_fen = None if mine is None else mine.amount_fen
            found.append(Difference(kind, each.out_trade_no, None, each.out_refund_no, each.amount_fen, ledger_fen))
    theirs = {each.out_refund_no for each in bill.refunds}
    found += [
        Difference(DifferenceKind.MISSING_THERE, mine.out_trade_no, None, number, None, mine.amount_fen)
        for number, mine in ours.items()
        if mine.is_of_day and number not in theirs
    ]
    return found


def _agree(theirs: BillRefund, mine: LedgerRefund) -> bool:
    """In the amount, and in whether it is done; a bill is written while some are in progress."""
    if theirs.amount_fen != mine.amount_fen:
        return False
    return theirs.status is RefundStatus.PROCESSING or mine.is_done == (theirs.status is RefundStatus.SUCCESS)
