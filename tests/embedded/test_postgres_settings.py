"""The embedded server's configuration."""

from pathlib import Path

from app.embedded.postgres_settings import configuration


def test_durable_server_keeps_postgresqls_safety() -> None:
    """Nothing that keeps data safe is switched off for data that is to last."""
    text = configuration(Path("/run/yougou"), 5432, durable=True)
    assert "fsync" not in text
    assert "synchronous_commit" not in text
    assert "full_page_writes" not in text
    assert "autovacuum" not in text


def test_disposable_server_is_fast() -> None:
    """Tests give up what only a crash of the machine would need."""
    lines = configuration(Path("/run/yougou"), 5432, durable=False).splitlines()
    assert {"fsync = 'off'", "synchronous_commit = 'off'", "full_page_writes = 'off'"} <= set(lines)


def test_values_are_quoted() -> None:
    """A folder with a quote and a comma stays one folder; no TCP address is listened to."""
    lines = configuration(Path("/run/it's, here"), 5433, durable=True).splitlines()
    assert "unix_socket_directories = '\"/run/it''s, here\"'" in lines
    assert "listen_addresses = ''" in lines
    assert "port = '5433'" in lines
