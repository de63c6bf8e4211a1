"""A server is known by its command line, and ends one way or the other."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil

from app.embedded import processes

_DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def test_find_knows_the_server_by_its_marker(tmp_path: Path, stranger: subprocess.Popen[bytes]) -> None:
    """Only a live process with the marker in its command line is found."""
    pid_file = tmp_path / "pid"
    assert processes.find(pid_file, marker="sleep") is None
    pid_file.write_text("")
    assert processes.find(pid_file, marker="sleep") is None
    pid_file.write_text(f"{stranger.pid}\nmore\n")
    assert processes.find(pid_file, marker=str(tmp_path)) is None
    assert processes.find(pid_file, marker="sleep") == psutil.Process(stranger.pid)
    stranger.kill()
    psutil.wait_procs([psutil.Process(stranger.pid)], timeout=10)
    assert processes.find(pid_file, marker="sleep") is None


def test_end_kills_who_does_not_listen() -> None:
    """A process deaf to SIGTERM gets SIGKILL after the time it was given."""
    with subprocess.Popen([sys.executable, "-c", _DEAF], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        processes.end(psutil.Process(process.pid), signal.SIGTERM, seconds=0.1)
        assert process.wait(timeout=10) == -signal.SIGKILL
