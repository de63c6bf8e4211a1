"""What follows from a limit and a result."""

import pytest

from app.traceability.enums import Verdict
from app.traceability.filing import expected
from app.traceability.rules import InspectionItem


@pytest.mark.parametrize(
    ("limit", "value", "verdict"),
    [
        ("≤0.02", "0.02", "PASS"),
        ("≤0.02", "0.0200", "PASS"),
        ("≤0.02", "0.021", "FAIL"),
        ("≤ 0.02", " 0.01 ", "PASS"),
        ("<=5", "5", "PASS"),
        ("<0.02", "0.02", "FAIL"),
        ("＜0.02", "0.019", "PASS"),
        ("0.05", "0.05", "PASS"),
        ("0.05", "0.06", "FAIL"),
        ("≤0.02", "未检出", "PASS"),
        ("≤0.02", "未检出(<0.01)", "PASS"),
        ("≤0.02", "nd", "PASS"),
        ("不得检出", "未检出(<0.3)", "PASS"),
        ("不得检出", "0.3", "FAIL"),
        ("不得检出", "检出", "FAIL"),
        ("阴性", "阴性", "PASS"),
        ("阴性", "阳性", "FAIL"),
        ("不得检出", "见附图", None),
        ("具有固有色泽", "具有固有色泽", None),
        ("≥3.5", "4", None),
        ("≤0.02", "<0.02", None),
        ("3.0-4.5", "4.0", None),
        ("≤0.02", "1e-9", None),
        ("≤0.02", "NaN", None),
        ("≤" + "9" * 13, "1", None),
    ],
)
def test_what_follows_from_a_limit_and_a_result(limit: str, value: str, verdict: str | None) -> None:
    """Exactly, in decimals; None where the words are not ones to reckon with."""
    item = InspectionItem("毒死蜱", "GB 23200.113", limit, value, "mg/kg", Verdict.PASS)
    assert expected(item) == (None if verdict is None else Verdict(verdict))
