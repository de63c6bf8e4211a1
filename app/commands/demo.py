"""`yougou demo`."""

import socket
import sys
from contextlib import ExitStack

import typer

from app import migrate, publishing
from app.commands.banner import banner
from app.commands.console import err, fail, out, run
from app.commands.seed import fill_or_roll_forward
from app.commands.staff import vault_of
from app.commands.wechat_pay import FOLDER
from app.demo import customers, lab, revisions, staff
from app.embedded import databases, postgres, redis
from app.embedded.errors import EmbeddedServerError
from app.embedded.supervisor import Child
from app.embedded.supervisor import run as supervise
from app.embedded.wechat_pay import keys
from app.http import notify
from app.orders.messages.enums import MessageTemplate
from app.settings import Settings

NAME = "yougou"


def demo() -> None:
    """Run the whole shop: PostgreSQL, Redis, sample data, server and worker, until Ctrl-C.

    Data stay in YOUGOU_DATA (.data). With DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL those servers are
    used instead of the embedded ones. What is missing of the demo's pictures is drawn while the shop is open.
    """
    settings = Settings()
    if settings.is_production:
        fail("The demo is not for production.", "Use: yougou migrate, yougou serve and yougou worker.")
    _refuse_taken_port(settings.host, settings.port)
    with ExitStack() as servers:
        try:
            settings = settings.model_copy(update=_addresses(settings, servers))
        except EmbeddedServerError as broken:
            fail(str(broken), "Run yougou doctor; when all else fails, move the data folder away and start again.")
        run(migrate.upgrade(settings.database_owner, progress=lambda name: err.print(f"migrating {name}")))
        run(fill_or_roll_forward(settings.database_owner, 1))
        run(lab.ensure_key(settings.database_owner, settings.secret.get_secret_value()))
        run(publishing.publish(settings.database_owner))  # after the partners are there, whose documents they are too
        vault = vault_of(settings)
        run(customers.introduce(settings.database, vault))
        members = run(staff.ensure(settings.database, vault, settings.secret.get_secret_value()))
        run(revisions.ensure(settings.database, members))
        out.print(run(banner(settings, members)), markup=False)
        wechat_port, pay_port = _free_port(), _free_port()
        pay_folder = settings.data_dir.absolute() / FOLDER
        keys.ensure(pay_folder)
        environment = {
            "DATABASE_URL": settings.database,
            "REDIS_URL": settings.redis,
            "WECHAT_URL": f"http://127.0.0.1:{wechat_port}",
            "WECHAT_TEMPLATES": ",".join(f"{each}=demo-{each.lower()}" for each in MessageTemplate),
            "WECHAT_PAY_URL": f"http://127.0.0.1:{pay_port}",
            "WECHAT_PAY_NOTIFY_URL": f"http://127.0.0.1:{settings.port}{notify.PATH}",
            **keys.settings_of(pay_folder),
        }
        program = [sys.executable, "-m", "app.cli"]
        code = supervise(
            [
                Child("wechat", [*program, "wechat", "--port", str(wechat_port)]),
                Child("pay", [*program, "wechat-pay", "--port", str(pay_port)]),
                Child("server", [*program, "serve"], environment),
                Child("worker", [*program, "worker"], environment),
                Child("pictures", [*program, "pictures"], {"DATABASE_OWNER_URL": settings.database_owner}, kept=False),
            ]
        )
    raise typer.Exit(code)


def _addresses(settings: Settings, servers: ExitStack) -> dict[str, str]:
    """The addresses that are not given, of embedded servers that run until `servers` closes."""
    found: dict[str, str] = {}
    if settings.database_url is None:
        server = servers.enter_context(postgres.running(settings.data_dir / "postgres", durable=True))
        made = run(databases.provision(server, NAME))
        found |= {"database_url": made.app_dsn, "database_owner_url": made.owner_dsn}
    if settings.redis_url is None:
        found["redis_url"] = servers.enter_context(redis.running(settings.data_dir / "redis", durable=True)).url
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(f"Port {port} is taken.", f"Choose another: make demo PORT={port + 1}")
