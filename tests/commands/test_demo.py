"""`yougou demo`: one command to a running shop, which survives being killed."""

import json
import re
import signal
import socket
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil

from app.accounts.enums import RoleCode
from app.demo import staff
from app.kit import clock, totp
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


def _printed(log: Path, name: str) -> str:
    """What the banner says behind a name."""
    found = re.search(rf"^  {name} +(\S.*)$", log.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, name
    return found[1]


def _staff(log: Path, port: int, role: RoleCode) -> None:
    """The banner's tokens speak for one member of each role; that of `role` also signs in as it says."""
    ask = partial(httpx.post, f"http://127.0.0.1:{port}/graphql", timeout=PATIENCE)
    members = {"query": "{ staffMembers { nodes { username roles pickupPoints { id } } } }"}
    for each in RoleCode:
        token = _printed(log, staff.username(each))
        answer = ask(json=members, headers={"authorization": f"Bearer {token}"})
        assert answer.is_success == (each is RoleCode.ADMINISTRATOR)
    nodes = ask(json=members, headers={"authorization": f"Bearer {_printed(log, 'administrator')}"}).json()["data"]
    found = {member["username"]: member for member in nodes["staffMembers"]["nodes"]}
    assert {name: member["roles"] for name, member in found.items()} == {
        staff.username(each): [each.value] for each in RoleCode
    }
    assert len(found["store-clerk"]["pickupPoints"]) == 1
    words = re.search(r"password (\S+), authenticator secret (\w+)", _printed(log, "staff"))
    assert words is not None
    code = totp.code(words[2], totp.step_at(clock.now()))
    given = f'username: "{staff.username(role)}", password: "{words[1]}", totp: "{code}", deviceLabel: "test"'
    session = ask(json={"query": f"mutation {{ signInStaff(input: {{{given}}}) {{ __typename }} }}"})
    assert session.json()["data"]["signInStaff"]["__typename"] == "Session"


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
        _staff(first, port, RoleCode.ANALYST)
        children = psutil.Process(demo.pid).children(recursive=True)
        demo.kill()
        demo.wait()
        psutil.wait_procs(children, timeout=PATIENCE)
        assert not any(child.is_running() for child in children)

    with program("demo", second, environment) as demo:
        until(lambda: is_ready(port), second)
        assert _page(second, port)["product"]["id"] == page["product"]["id"]
        _staff(second, port, RoleCode.STORE_CLERK)
        children = psutil.Process(demo.pid).children(recursive=True)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(PATIENCE) == 0
        psutil.wait_procs(children, timeout=PATIENCE)  # killed ones stay in the table until they are collected
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
