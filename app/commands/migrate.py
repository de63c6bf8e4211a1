"""`yougou migrate` and `yougou migrations-check`."""

from app import migrate as history
from app.commands.console import err, fail, out, run
from app.settings import Settings


def migrate() -> None:
    """Bring the database of DATABASE_OWNER_URL up to the newest migration. Can be run again at any time."""
    applied = run(history.upgrade(Settings().database_owner, progress=lambda name: err.print(f"applying {name}")))
    out.print(f"{len(applied)} migrations applied." if applied else "Nothing to do: the database is up to date.")


def migrations_check() -> None:
    """Fail when a model says something that no migration makes."""
    if missing := run(history.undetected()):
        fail("The migrations lack:\n" + "\n".join(missing), "Write one: python -m tortoise makemigrations --name ...")
    out.print("The migrations say all that the models say.")
