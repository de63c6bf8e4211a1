"""What a filed report must say to be taken; no I/O."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.kit.errors import BadInput, Refused
from app.kit.free_text import no_card_number
from app.traceability.enums import Verdict
from app.traceability.errors import ConclusionWrong, ItemVerdictsWrong, ReportDatesWrong, ReportItemsWrong
from app.traceability.rules import InspectionItem

MOST_ITEMS = 200
MOST_REASON = 300
OLDEST = timedelta(days=730)
_LENGTHS = {"name": 80, "method": 80, "limit": 40, "value": 40, "unit": 20}
_NOT_DETECTED = ("未检出", "ND", "N.D.")
_NONE_ALLOWED = ("不得检出", "阴性")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?")
_LIMIT = re.compile(r"(≤|<=|<|＜)?\s*(\d{1,12}(?:\.\d{1,12})?)")


class BadReport(BadInput):
    """A text of a report is blank where it may not be, or too long."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A report as a laboratory sends it. The lot is named by its id, or by its code and, where needed, its GTIN."""

    lot_id: int | None
    lot_code: str | None
    gtin: str | None
    number: str
    sample_name: str
    sampled_on: date
    issued_on: date
    conclusion: Verdict
    items: Sequence[InspectionItem]
    upload_id: int


def check(filing: Filing, today: date) -> None:
    """Lets a report through that agrees with itself.

    Raises:
        BadReport: neither or both of lot id and code, or a text that is blank or too long.
        Refused: ReportDatesWrong, ReportItemsWrong, ItemVerdictsWrong or ConclusionWrong.
    """
    _check_texts(filing)
    earliest = today - OLDEST
    if not earliest <= filing.sampled_on <= filing.issued_on <= today:
        raise Refused(ReportDatesWrong(earliest, today))
    if not 1 <= len(filing.items) <= MOST_ITEMS:
        raise Refused(ReportItemsWrong(1, MOST_ITEMS))
    wrong = [at for at, item in enumerate(filing.items) if expected(item) not in {None, item.verdict}]
    if wrong:
        raise Refused(ItemVerdictsWrong(wrong))
    conclusion = Verdict.FAIL if any(item.verdict is Verdict.FAIL for item in filing.items) else Verdict.PASS
    if filing.conclusion is not conclusion:
        raise Refused(ConclusionWrong(conclusion))


def expected(item: InspectionItem) -> Verdict | None:
    """What follows from limit and result; None where their words are not ones to reckon with.

    Known are limits such as `≤0.02`, `<0.02`, `0.02` (at most), `不得检出` and `阴性`, and results such as `0.013`,
    `未检出`, `未检出(<0.01)` and `ND`. What was not detected is within any limit.
    """
    limit, value = item.limit.strip(), item.value.strip()
    if value.upper().startswith(_NOT_DETECTED) or (value == "阴性" and limit in _NONE_ALLOWED):
        return Verdict.PASS
    number = _NUMBER.fullmatch(value)
    if limit in _NONE_ALLOWED:
        return Verdict.FAIL if number or value in {"检出", "阳性"} else None
    bound = _LIMIT.fullmatch(limit)
    if number is None or bound is None:
        return None
    found, most = Decimal(number[0]), Decimal(bound[2])
    is_within = found < most if bound[1] in {"<", "＜"} else found <= most
    return Verdict.PASS if is_within else Verdict.FAIL


def check_reason(reason: str) -> str:
    """The reason of a rejection, without blanks around it.

    Raises:
        BadReport: it is blank or longer than MOST_REASON.
        CardNumber: there is one in it.
    """
    return no_card_number(_text("reason", reason, MOST_REASON))


def _check_texts(filing: Filing) -> None:
    if (filing.lot_id is None) == (filing.lot_code is None):
        raise BadReport("name the lot by lotId or by lotCode")
    if filing.lot_code is not None:
        _text("lotCode", filing.lot_code, 60)
    _text("number", filing.number, 60)
    _text("sampleName", filing.sample_name, 80)
    for item in filing.items[:MOST_ITEMS]:
        for name, longest in _LENGTHS.items():
            if name == "unit" and not item.unit:
                continue  # colour and smell have none
            _text(name, getattr(item, name), longest)


def _text(name: str, value: str, longest: int) -> str:
    if not value.strip() or len(value) > longest or not value.isprintable():
        raise BadReport(f"{name} is 1 to {longest} characters on one line")
    return value.strip()
