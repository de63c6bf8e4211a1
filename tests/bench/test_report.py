"""The table of a run."""

import re

import pytest
from rich.console import Console

from app.bench import report
from app.bench.report import Row
from app.bench.rounds import Round


def rounds(*cpu_ms: float) -> list[Round]:
    """Rounds of 100 requests in 0.5 s that took this much CPU each."""
    return [
        Round(requests=100, seconds=0.5, p50=0.004, p99=0.01, cpu=ms / 1000, postgres_cpu=0.0005, bytes=2500)
        for ms in cpu_ms
    ]


FLOOR = Row("one statement", rounds(0.2, 0.2, 0.4), 1)
PAGE = Row("ProductDetail", rounds(0.6, 0.8, 1.0), 12)


def test_a_ratio_compares_within_a_round() -> None:
    """The middle one of 3, 4 and 2.5: a round in which all were slow changes little."""
    assert report.ratio(PAGE, FLOOR) == pytest.approx(3)
    assert report.ratio(FLOOR, FLOOR) == 1.0


def test_every_figure_is_in_the_table() -> None:
    """A line per figure, medians of the rounds, also on a narrow terminal."""
    console = Console(width=80)
    with console.capture() as captured:
        console.print(report.table([FLOOR, PAGE], static=FLOOR, one_statement=PAGE))
    lines = [re.split(r"\s{2,}", line.strip()) for line in captured.get().splitlines()]
    assert [line for line in lines if len(line) == 3] == [
        ["requests/s", "200", "200"],
        ["p50 ms", "4.00", "4.00"],
        ["p99 ms", "10.00", "10.00"],
        ["answer kB", "2.5", "2.5"],
        ["core used", "4%", "16%"],
        ["database CPU ms", "0.500", "0.500"],
        ["server CPU ms", "0.200", "0.800"],
        ["least", "0.200", "0.600"],
        ["most", "0.400", "1.000"],
        ["SQL statements", "1.0", "12.0"],
        ["x one statement", "1.00", "3.00"],
        ["x ProductDetail", "0.33", "1.00"],
    ]
