"""Whether what stands on the shelves may be sold by its papers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARNINGS = (30, 7)
"""So many days before a paper ends staff are told, the earlier first."""


class PaperProblem(StrEnum):
    """Why a lot is not vouched for."""

    NO_PRODUCER = "NO_PRODUCER"
    LICENCE_LAPSED = "LICENCE_LAPSED"
    REPORT_FAILED = "REPORT_FAILED"
    CERTIFICATE_LAPSED = "CERTIFICATE_LAPSED"
    NO_PROOF = "NO_PROOF"


@dataclass(frozen=True, slots=True)
class VouchedLot:
    """A lot that could be sold of a product, and what vouches for it.

    `licence_until`: the last day of its producer's licence, None without a producer. `certificate_until`: the last day
    of the certificate of conformity that holds longest, None where it never had one. `has_passed`, `has_failed`: an
    accepted report says so.
    """

    product_id: int
    lot_id: int
    producer_id: int | None
    licence_until: date | None
    certificate_until: date | None
    has_passed: bool
    has_failed: bool
    expires_on: date


def problem(lot: VouchedLot, today: date) -> PaperProblem | None:
    """Why a lot may not be sold by its papers, the gravest reason first; None if it may.

    - Its producer is known and the producer's licence holds: who buys food to sell it inspects the supplier's licence
      and a proof of conformity (Food Safety Law, article 53).
    - No accepted report says it failed: what does not meet the standards is not sold (articles 34 and 63).
    - Where there is a 承诺达标合格证 one of them holds: farm produce is sold with it (Law on the Quality and Safety of
      Agricultural Products 2022, articles 39 and 42), and a report does not stand in for a promise that has lapsed.
      Where there never was one, as for what a factory makes, an accepted report is the proof (article 53).
    """
    if lot.licence_until is None:
        return PaperProblem.NO_PRODUCER
    if lot.licence_until < today:
        return PaperProblem.LICENCE_LAPSED
    if lot.has_failed:
        return PaperProblem.REPORT_FAILED
    if lot.certificate_until is not None:
        return PaperProblem.CERTIFICATE_LAPSED if lot.certificate_until < today else None
    return None if lot.has_passed else PaperProblem.NO_PROOF


def unvouched(lots: Iterable[VouchedLot], today: date) -> dict[int, list[VouchedLot]]:
    """The products that depend on papers which do not hold, each with the lots that stand there, by product.

    A product depends on the papers of all lots of it that stand somewhere and are not expired, sellable or held back
    because a report failed them. While one of them is vouched for there is something to sell and the product stays; a
    product of which nothing stands anywhere is sold out and stays too: there is no food a paper could vouch for.
    """
    by_product: dict[int, list[VouchedLot]] = {}
    for lot in lots:
        by_product.setdefault(lot.product_id, []).append(lot)
    return {
        product_id: own
        for product_id, own in sorted(by_product.items())
        if all(problem(lot, today) is not None for lot in own)
    }


def warning(until: date, today: date) -> int | None:
    """How many days before its end a paper is told of now, the nearest of WARNINGS; None: too early, or it has ended.

    A day on which no job ran is made good: who asks later is told the same until the next warning is due.
    """
    due = [ahead for ahead in WARNINGS if today <= until <= today + timedelta(days=ahead)]
    return min(due, default=None)
