"""Folders and strangers for the tests of the embedded servers."""

import subprocess
from collections.abc import Iterator

import pytest

from app.embedded import account


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A living process of the account the servers run under that is no server."""
    with subprocess.Popen(account.command(["sleep", "600"])) as process:
        yield process
        process.kill()
