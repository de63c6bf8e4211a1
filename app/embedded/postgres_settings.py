"""The whole postgresql.conf of the embedded server."""

from pathlib import Path

_ALWAYS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "jit": "off",  # our statements are short: compiling one costs more than running it
    "max_parallel_workers_per_gather": "0",  # a second core for one request is taken from another request
    "random_page_cost": "1.1",  # the files lie on a solid-state disk or in memory
    "wal_level": "minimal",  # nobody replicates from here
    "max_wal_senders": "0",
    "recovery_init_sync_method": "syncfs",  # one call instead of one per file after a crash
}

_DURABLE = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
}

_DISPOSABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "autovacuum": "off",  # would hold a template database while a test wants to clone it
    "io_method": "sync",  # no worker processes for files that fit in memory
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
}


def configuration(socket_folder: Path, port: int, *, durable: bool) -> str:
    """Text of postgresql.conf: a socket in `socket_folder`, no TCP; fast instead of safe unless `durable`."""
    sockets = {"unix_socket_directories": f'"{socket_folder}"', "port": str(port)}
    settings = {**_ALWAYS, **sockets, **(_DURABLE if durable else _DISPOSABLE)}
    return "".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
