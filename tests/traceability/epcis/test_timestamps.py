"""Times of events: which texts are one, and how the hash writes them."""

from datetime import UTC, datetime

import pytest

from app.traceability.epcis.timestamps import is_offset, milliseconds, parse_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T06:30:00+08:00", "2026-11-19T22:30:00.000Z"),
        ("2023-01-18T11:04:03.1415Z", "2023-01-18T11:04:03.142Z"),
        ("2023-01-18T11:04:03.1414999999Z", "2023-01-18T11:04:03.141Z"),
        ("2023-12-31T23:59:59.9995Z", "2024-01-01T00:00:00.000Z"),
        ("2024-02-29T00:00:00-14:00", "2024-02-29T14:00:00.000Z"),
        ("0099-01-01T00:00:00.5Z", "0099-01-01T00:00:00.500Z"),
    ],
)
def test_a_time_and_its_milliseconds(text: str, expected: str) -> None:
    """The instant in UTC; the fourth decimal rounds half up, whatever follows it."""
    instant = parse_time(text)
    assert instant is not None
    assert milliseconds(instant) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T06:30:00",
        "2026-11-20",
        "2026-11-20 06:30:00Z",
        "2026-11-20T06:30Z",
        "2026-02-29T00:00:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T06:30:60Z",
        "2026-11-20T06:30:00+0800",
        "2026-11-20T06:30:00+08:60",
        "2026-11-20T06:30:00+14:01",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59.9999Z",
        "２０26-11-20T06:30:00Z",
        "",
    ],
)
def test_a_text_that_is_no_time(text: str) -> None:
    """No offset, no such day, another form, or out of the years 1 to 9999."""
    assert parse_time(text) is None


def test_microseconds_are_kept() -> None:
    """The instant is cut to microseconds, not rounded."""
    assert parse_time("2026-11-20T00:00:00.1234569Z") == datetime(2026, 11, 20, 0, 0, 0, 123456, UTC)


def test_offsets() -> None:
    """Sign, hours and minutes, at most 14 hours."""
    assert [
        text for text in ("+08:00", "-13:59", "+14:00", "+14:01", "8:00", "+08:60", "Z", "+0800") if is_offset(text)
    ] == [
        "+08:00",
        "-13:59",
        "+14:00",
    ]
