"""Codes of authenticator apps."""

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from app.kit import totp

RFC = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B, the last six digits."""
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code(RFC, step) == code


def test_one_step_of_difference_is_allowed() -> None:
    """Clocks differ; older and newer codes are none."""
    now = datetime.fromtimestamp(1_800_000_000, UTC)
    step = totp.step_at(now)
    found = [totp.step_of(RFC, totp.code(RFC, step + away), now) for away in (-2, -1, 0, 1, 2)]
    assert found == [None, step - 1, step, step + 1, None]


@pytest.mark.parametrize("given", ["", "28708", "2870822", "२८७०८२", "abcdef"])
def test_other_texts_are_no_codes(given: str) -> None:
    """Whatever they are."""
    assert totp.step_of(RFC, given, datetime.fromtimestamp(59, UTC)) is None


def test_an_app_reads_the_address() -> None:
    """Each secret is another."""
    first, second = totp.new_secret(), totp.new_secret()
    assert first != second
    assert len(first) == 32
    address = totp.uri(first, "li.na", "Yougou Fresh")
    expected = f"otpauth://totp/Yougou%20Fresh:li.na?secret={first}&issuer=Yougou%20Fresh&digits=6&period=30"
    assert address == expected
