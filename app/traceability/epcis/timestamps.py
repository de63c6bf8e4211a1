"""Times of EPCIS events: xsd:dateTimeStamp, always with an offset."""

import re
from datetime import UTC, datetime, timedelta, timezone

_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))\Z"
)
_OFFSET = re.compile(r"[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)\Z")
_MAX_OFFSET = timedelta(hours=14)
_MICROSECOND_DIGITS = 6


def parse_time(text: str) -> datetime | None:
    """The instant in UTC, cut to microseconds; None when the text is no time with an offset.

    Instants so close to the end of year 9999 that rounding would leave it are None too.
    """
    found = _TIME.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, offset_hours, offset_minutes = found.groups()
    offset = timedelta(hours=int(offset_hours or 0), minutes=int(offset_minutes or 0))
    if offset > _MAX_OFFSET or int(offset_minutes or 0) >= 60:  # noqa: PLR2004 - minutes of an hour
        return None
    microsecond = int((fraction or "0")[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0"))
    try:
        local = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second),
            microsecond,
            tzinfo=timezone(-offset if sign == "-" else offset),
        )
        instant = local.astimezone(UTC)
        _ = instant + timedelta(milliseconds=1)  # room for rounding up
    except (ValueError, OverflowError):
        return None
    return instant


def is_offset(text: str) -> bool:
    """Whether a text is a time zone offset as eventTimeZoneOffset writes it."""
    return _OFFSET.match(text) is not None


def milliseconds(instant: datetime) -> str:
    """The instant in UTC with three decimals, the fourth rounded half up (CBV 2.0, event hash)."""
    rounded = instant + timedelta(microseconds=500)
    return f"{rounded:%Y-%m-%dT%H:%M:%S}.{rounded.microsecond // 1000:03d}Z".rjust(24, "0")
