"""Folders and strangers for the tests of the embedded servers."""

import subprocess
from collections.abc import Iterator

import psutil
import pytest

from app.embedded import account
from app.embedded.waiting import until


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A living process of the account the servers run under that is no server."""
    with subprocess.Popen(account.command(["sleep", "600"])) as process:
        # setpriv gives way to sleep; in between the process has no command line
        assert until(lambda: psutil.Process(process.pid).cmdline() == ["sleep", "600"], seconds=10)
        yield process
        process.kill()
