"""The servers' log files."""

from pathlib import Path

from app.embedded import logs


def test_rotate_keeps_one_before(tmp_path: Path) -> None:
    """The last log becomes .1, the one before it goes."""
    log = tmp_path / "server.log"
    for text in ("first", "second", "third"):
        log.write_text(text)
        logs.rotate(log)
    logs.rotate(log)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"server.log.1": "third"}


def test_tail_is_the_end(tmp_path: Path) -> None:
    """Twenty lines at most, bytes that are no text included; nothing where there is no log."""
    log = tmp_path / "server.log"
    assert logs.tail(log) == ""
    log.write_bytes(b"".join(b"%d\n" % number for number in range(30)) + b"\xff")
    assert logs.tail(log).splitlines() == [*(str(number) for number in range(11, 30)), "\N{REPLACEMENT CHARACTER}"]
