"""What tests need and a machine may lack: without it they are skipped; in CI they fail."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Ends the test: a skip with `what` in pytest's summary, or a failure where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)
