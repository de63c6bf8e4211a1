"""`yougou demo`: one command to a running shop, which survives being killed."""

import json
import re
import signal
import socket
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.commands.programs import PATIENCE, free_port, is_ready, program, until


def _page(log: Path, port: int) -> Any:
    """The answer to the request that the banner prints."""
    body = re.search(r"-d '(.*)'", log.read_text(encoding="utf-8"))
    assert body is not None
    answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json=json.loads(body[1]), timeout=PATIENCE)
    assert answer.status_code == httpx.codes.OK
    page = answer.json()
    assert "errors" not in page
    return page["data"]


def test_demo_serves_the_whole_page_and_survives_kill(tmp_path: Path) -> None:
    """The printed request fills the page; after kill -9 the next start has the same shop; SIGTERM ends all."""
    port, first, second = free_port(), tmp_path / "first.log", tmp_path / "second.log"
    environment = {"YOUGOU_DATA": str(tmp_path / "data"), "PORT": str(port)}

    with program("demo", first, environment) as demo:
        until(lambda: is_ready(port), first)
        page = _page(first, port)
        assert page["product"]["slug"] == "lijiang-xuetao"
        assert page["product"]["lot"]["events"]
        assert page["pickupPoint"]["openSlots"]
        children = psutil.Process(demo.pid).children(recursive=True)
        demo.kill()
        demo.wait()
        psutil.wait_procs(children, timeout=PATIENCE)
        assert not any(child.is_running() for child in children)

    with program("demo", second, environment) as demo:
        until(lambda: is_ready(port), second)
        assert _page(second, port)["product"]["id"] == page["product"]["id"]
        children = psutil.Process(demo.pid).children(recursive=True)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(PATIENCE) == 0
        assert not any(child.is_running() for child in children)
    running = (each.info["cmdline"] or [] for each in psutil.process_iter(["cmdline"]))
    assert not [command for command in running if str(tmp_path) in " ".join(command)]


def test_demo_refuses_a_taken_port(tmp_path: Path) -> None:
    """Nothing is started when the port is taken, and the message names another."""
    log, data = tmp_path / "log", tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with program("demo", log, {"YOUGOU_DATA": str(data), "PORT": str(port)}) as demo:
            assert demo.wait(PATIENCE) == 1
    assert f"make demo PORT={port + 1}" in log.read_text(encoding="utf-8")
    assert not data.exists()


def test_demo_refuses_production(tmp_path: Path) -> None:
    """A demo in production would publish its secret: nothing is started."""
    log, data = tmp_path / "log", tmp_path / "data"
    with program("demo", log, {"YOUGOU_DATA": str(data), "YOUGOU_ENV": "production"}) as demo:
        assert demo.wait(PATIENCE) == 1
    assert "not for production" in log.read_text(encoding="utf-8")
    assert not data.exists()
