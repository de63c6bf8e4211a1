"""Laboratory reports as PDF files: laid out by typst, the Chinese font embedded, the same facts the same bytes."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pylopdf_fonts_zh_cn
import typst

_TEMPLATE = Path(__file__).with_name("paper.typ")
_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_VERDICTS = {"PASS": "合格", "FAIL": "不合格"}


class Facts(NamedTuple):
    """What a report says. `items` as the row has them: name, method, limit, value, unit, verdict."""

    lab: str
    number: str
    sample: str
    lot: str
    producer: str
    origin: str
    sampled_on: date
    issued_on: date
    verdict: str
    items: tuple[dict[str, str], ...]


@cache
def _compiler() -> typst.Compiler:
    """Reads the font once per process: each report then takes some milliseconds."""
    return typst.Compiler(str(_TEMPLATE), font_paths=[str(_FONTS)], ignore_system_fonts=True)


def pdf(facts: Facts) -> bytes:
    """The report's file."""
    told = {
        **facts._asdict(),
        "sampled": _day(facts.sampled_on),
        "issued": _day(facts.issued_on),
        "verdict": _VERDICTS[facts.verdict],
        "passed": facts.verdict == "PASS",
        "items": [{**each, "verdict": _VERDICTS[each["verdict"]]} for each in facts.items],
    }
    text = json.dumps(told, default=str, ensure_ascii=False)
    made = _compiler().compile(sys_inputs={"report": text}, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst answered no single file")
    return made


def _day(day: date) -> str:
    return f"{day:%Y}年{day.month}月{day.day}日"
