"""Runs the processes of `yougou demo` together: all of them, or none."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.embedded import guard

_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running: the name before its lines, its command line, what its environment adds.

    One that is not `kept` does its work once: when it ends, well or not, the others go on.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the supervisor bears with its children; all times in seconds.

    A child that ends by itself is started again after `delay`, which doubles each time; after `restarts`
    ends in a row everything stops. A run of `healthy` seconds starts the count anew. A child that is asked
    to stop has `grace` to do so.
    """

    restarts: int = 4
    delay: float = 0.5
    healthy: float = 60.0
    grace: float = 10.0


_USUAL = Patience()


def run(children: Sequence[Child], *, patience: Patience = _USUAL) -> int:
    """Start the children in order and keep them running until a signal; answers the exit code.

    Their output goes to standard output, each line behind the child's name. SIGINT, SIGTERM and SIGHUP stop
    the children one after another, the last started first, and answer 0. A child that ends too often, or
    cannot be started, stops all the others and answers 1. When the supervisor itself is killed, `guard`
    stops them.
    """
    return asyncio.run(_supervise(children, patience))


async def _supervise(children: Sequence[Child], patience: Patience) -> int:
    stopping = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    with guard.watching(patience.grace) as guarding:
        keepers = [asyncio.create_task(_keep(child, patience, guarding)) for child in children]
        stop = asyncio.create_task(stopping.wait())
        await asyncio.wait([*keepers, stop], return_when=asyncio.FIRST_COMPLETED)
        for keeper in reversed(keepers):
            keeper.cancel()
            await asyncio.wait([keeper])
        stop.cancel()
    for keeper in keepers:
        if not keeper.cancelled():
            keeper.result()  # a keeper ends by itself when it gave up, or raises what nobody foresaw
    return 0 if stopping.is_set() else 1


async def _keep(child: Child, patience: Patience, guarding: guard.Guard) -> None:
    """Run the child again and again; returns when it ended too often in a row."""
    clock = asyncio.get_running_loop().time
    ends, delay = 0, patience.delay
    while True:
        began = clock()
        try:
            code = await _run_once(child, patience.grace, guarding)
        except OSError as error:
            _say(child.name, f"cannot be started: {error}")
            return
        if not child.kept:
            if code:
                _say(child.name, f"ended with exit code {code}; the others go on")
            await asyncio.Event().wait()  # until everything stops
        if clock() - began >= patience.healthy:
            ends, delay = 0, patience.delay
        ends += 1
        if ends > patience.restarts:
            _say(
                child.name,
                f"ended {ends} times in a row, at last with exit code {code}: stopping everything.",
            )
            _say(child.name, "Its lines above tell the reason; `yougou doctor` checks the installation.")
            return
        _say(
            child.name,
            f"ended with exit code {code}; starts again in {delay:g} s ({ends} of {patience.restarts})",
        )
        await asyncio.sleep(delay)
        delay *= 2


async def _run_once(child: Child, grace: float, guarding: guard.Guard) -> int:
    """Run the child in a process group of its own to its end, or end it when cancelled; its exit code."""
    process = await asyncio.create_subprocess_exec(
        *child.argv,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **child.env},  # or its lines come in lumps
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops the children in order
    )
    guarding.watch(process.pid)
    output = asyncio.create_task(_forward(child.name, process))
    try:
        return await process.wait()
    finally:
        await _end(process, grace)
        await output
        guarding.forget(process.pid)


async def _end(process: asyncio.subprocess.Process, grace: float) -> None:
    """Let the process stop in its own way, then kill what is left of its group."""
    if process.returncode is None:
        process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


async def _forward(name: str, process: asyncio.subprocess.Process) -> None:
    """Copy the child's output line by line until nobody can write to it any more."""
    if process.stdout is None:
        return
    rest = b""
    while chunk := await process.stdout.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            _say(name, line.decode(errors="replace"))
        if len(rest) > _CHUNK:  # a line without end must not fill the memory
            _say(name, rest.decode(errors="replace"))
            rest = b""
    if rest:
        _say(name, rest.decode(errors="replace"))


def _say(name: str, line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # whoever read us has gone; the children go on
        sys.stdout.write(f"{name:>8} | {line}\n")
        sys.stdout.flush()
