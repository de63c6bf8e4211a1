"""Runs scripts of this folder under Node: that of `make`, else the machine's."""

import asyncio
import json
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.needs import missing

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "node_modules" / ".package-lock.json"
PATIENCE = 120.0  # a bound against hanging, not a measurement


def node() -> str:
    """Where Node is; without it the test ends."""
    beside = Path(sys.executable).with_name("node")
    program = str(beside) if beside.exists() else shutil.which("node")
    if program is None:
        missing("there is no Node: make web")
    return program


def with_packages() -> str:
    """Where Node is, if the packages of package.json are there as well; else the test ends."""
    if not PACKAGES.exists():
        missing("there are no packages of package.json: make web")
    return node()


class Talk:
    """A script under way. It prints a line of JSON for each thing that happens."""

    def __init__(self, process: Process) -> None:
        self.process = process

    async def hear(self) -> Any:
        """What happens next; None: the script has ended as it should."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await self.process.stdout.readline()
            if line:
                return json.loads(line)
            assert await self.process.wait() == 0
        return None


@asynccontextmanager
async def talking(script: str, given: dict[str, Any]) -> AsyncIterator[Talk]:
    """Starts a script; one that still runs when the block ends is killed. Its complaints go where the test's go."""
    arguments = ("--experimental-websocket", "--no-warnings", str(HERE / script), json.dumps(given))
    process = await asyncio.create_subprocess_exec(with_packages(), *arguments, stdout=PIPE)
    try:
        yield Talk(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
