"""`yougou import-epcis` as somebody at a terminal meets it."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.tables import Database
from tests.commands.programs import PATIENCE, ROOT
from tests.traceability.capturing import chains, fetched
from tests.traceability.epcis.samples import aggregation_event, as_bytes, document, object_event

Run = subprocess.CompletedProcess[str]


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "app.cli", "import-epcis", *map(str, arguments)]


def _run(url: str, *arguments: str | Path, **options: Any) -> Run:
    environment = {**os.environ, "DATABASE_URL": url, "COLUMNS": "200", "NO_COLOR": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    command = _command(*arguments)
    return subprocess.run(command, cwd=ROOT, env=environment, text=True, timeout=PATIENCE, check=False, **pipes)


def _stopped_after_one(url: str, file: Path) -> tuple[int, str, str]:
    """Exit code, later lines and trouble of an import that gets a Ctrl-C after its first line."""
    environment = {**os.environ, "DATABASE_URL": url}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # a test run started in the background has SIGINT ignored, and programs inherit that
    command = ["env", "--default-signal=INT", *_command(file)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as importing:
        assert importing.stdout is not None
        assert importing.stdout.readline() == f"{file} event 0: STORED\n"
        importing.send_signal(signal.SIGINT)
        lines, trouble = importing.communicate(timeout=PATIENCE)
        return importing.returncode, lines, trouble


def test_a_folder_twice(app_url: str, tmp_path: Path) -> None:
    """A line per event, a count at the end, the bar on standard error; the second time nothing is new."""
    (tmp_path / "a.json").write_bytes(as_bytes(document(object_event(), aggregation_event())))
    (tmp_path / "b.jsonld").write_bytes(as_bytes(document(object_event())))
    first = _run(app_url, tmp_path)
    assert first.stdout.splitlines() == [
        f"{tmp_path}/a.json event 0: STORED",
        f"{tmp_path}/a.json event 1: STORED",
        f"{tmp_path}/b.jsonld event 0: ALREADY_STORED",
        "1 ALREADY_STORED, 2 STORED",
    ]
    assert "3/3" in first.stderr
    second = _run(app_url, tmp_path)
    assert second.stdout.splitlines()[-1] == "3 ALREADY_STORED"
    assert (first.returncode, second.returncode) == (0, 0)


def test_what_is_refused_is_told_exactly(app_url: str, tmp_path: Path) -> None:
    """Each broken rule with its place, an unsound document with its events, a file that cannot be read: exit code 1."""
    good, bad, unsound, unreadable = (tmp_path / f"{name}.json" for name in ["a", "b", "c[red]", "d"])
    good.write_bytes(as_bytes(document(object_event())))
    bad.write_bytes(as_bytes(document(object_event(action="CREATE", bizStep="transforming"), aggregation_event())))
    unsound.write_bytes(as_bytes(document(object_event(), schemaVersion="3.0")))
    unreadable.symlink_to("/proc/self/mem")
    neither = "'transforming' is neither a CBV business step nor a URI"
    found = _run(app_url, tmp_path)
    assert found.stdout.splitlines() == [
        f"{good} event 0: STORED",
        f"{bad} event 0: ACTION_VALUE at $.epcisBody.eventList[0].action: 'CREATE' is not ADD, OBSERVE or DELETE",
        f"{bad} event 0: BIZ_STEP at $.epcisBody.eventList[0].bizStep: {neither}",
        f"{bad} event 1: STORED",
        f"""{unsound}: SCHEMA_VERSION at $.schemaVersion: '3.0' is not like "2.0\"""",
        f"{unsound} event 0: DOCUMENT_REFUSED at $: the document around this event is refused",
        f"{unreadable}: cannot be read: Input/output error",
        "1 DOCUMENT_REFUSED, 2 REFUSED, 2 STORED, 1 UNREADABLE",
    ]
    assert found.returncode == 1
    explained = [line.partition(":")[0] for line in found.stderr.splitlines()]
    rules = ["ACTION_VALUE", "BIZ_STEP", "DOCUMENT_REFUSED", "SCHEMA_VERSION"]
    assert explained[-6:] == [*rules, "Not everything was stored.", explained[-1]]
    assert "ACTION_VALUE: action is ADD, OBSERVE or DELETE. action 须为 ADD、OBSERVE 或 DELETE。" in found.stderr


def test_nothing_to_import(app_url: str, tmp_path: Path) -> None:
    """A path that does not exist is a wrong call; a folder without documents is said to be one."""
    missing = _run(app_url, tmp_path / "none.json")
    assert missing.returncode == 2
    assert "does not exist" in missing.stderr
    empty = _run(app_url, tmp_path)
    assert (empty.returncode, empty.stdout) == (1, "")
    assert empty.stderr.startswith("There is no .json or .jsonld file in what you named.\n")


def test_no_database(tmp_path: Path) -> None:
    """A database that is not there is told in a sentence."""
    file = tmp_path / "a.json"
    file.write_bytes(as_bytes(document(object_event())))
    found = _run(f"postgresql://yougou_app@/none?host={tmp_path}", file)
    assert found.returncode == 1
    assert found.stderr.startswith("The database cannot be used: ")
    assert "Traceback" not in found.stderr


def test_help(app_url: str) -> None:
    """The help says what the lines and the exit codes mean."""
    found = _run(app_url, "--help")
    assert found.returncode == 0
    assert all(word in found.stdout for word in ["FILE_OR_FOLDER", "ALREADY_STORED", "Exit code 1", "Ctrl-C"])


def test_lines_go_to_a_pipe_while_the_bar_is_on_a_terminal(app_url: str, tmp_path: Path) -> None:
    """`yougou import-epcis FILE > lines.txt` at a terminal keeps the lines out of the bar."""
    file = tmp_path / "a.json"
    file.write_bytes(as_bytes(document(object_event())))
    terminal, its_end = pty.openpty()
    try:
        found = _run(app_url, file, stderr=its_end)
        assert found.stdout.splitlines() == [f"{file} event 0: STORED", "1 STORED"]
        shown = os.read(terminal, 1 << 16).decode()
        assert "1/1" in shown
        assert "STORED" not in shown
    finally:
        os.close(its_end)
        os.close(terminal)


async def test_a_stop_leaves_whole_events(app_url: str, database: Database, tmp_path: Path) -> None:
    """Ctrl-C ends the import within an event; what was told is kept, and a second import goes on from there."""
    file = tmp_path / "a.json"
    events = [object_event(eventTime=f"2026-11-20T06:{n // 60:02}:{n % 60:02}Z") for n in range(1000)]
    file.write_bytes(as_bytes(document(*events)))
    code, lines, trouble = _stopped_after_one(app_url, file)
    assert code == 130, trouble
    assert trouble.splitlines()[-1] == "Stopped. What is told above is kept; import again to go on."
    told = int(lines.splitlines()[-1].removesuffix(" STORED"))
    (stored,) = (await fetched(database, "SELECT count(*) FROM trace_event"))[0]
    assert told <= stored <= told + 1 < len(events)
    assert await chains(database) == {"L2026-1120": stored}
    again = _run(app_url, file)
    assert again.stdout.splitlines()[-1] == f"{stored} ALREADY_STORED, {len(events) - stored} STORED"
