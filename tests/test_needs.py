"""A machine without a browser skips what needs one; CI does not."""

import pytest

from tests.needs import missing


def test_what_is_missing_is_skipped_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside CI, where the variable is absent or empty."""
    for unset in (monkeypatch.delenv, lambda name, **_: monkeypatch.setenv(name, "")):
        unset("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match="there is no Chromium"):
            missing("there is no Chromium")


def test_nothing_may_be_missing_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure, so that no suite is green without them."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="there is no Chromium"):
        missing("there is no Chromium")
