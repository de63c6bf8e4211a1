"""The command line under which PostgreSQL agrees to run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.embedded import account
from app.embedded.errors import EmbeddedServerError


def test_normal_user_runs_it_as_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is not root gets his own command line back."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account.command(["postgres", "-D", "data"]) == ["postgres", "-D", "data"]


def test_root_without_setpriv_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names both ways out."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="start as a normal user, or install setpriv"):
        account.command(["postgres"])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes the account")
def test_root_keeps_one_capability(tmp_path: Path) -> None:
    """The program is nobody, reads a closed folder, and has no other power of root."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").write_text("read")
    program = (
        "import os, pathlib, sys; file = pathlib.Path(sys.argv[1])\n"
        "print(os.geteuid() != 0, os.getgroups(), file.read_text(), os.access(file, os.R_OK))\n"
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapBnd'))])"
    )
    argv = account.command([sys.executable, "-c", program, str(closed / "file")])
    told = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True).stdout
    assert told == f"True [] read True\n{['0000000000000002'] * 2}\n"
