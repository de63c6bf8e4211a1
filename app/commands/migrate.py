"""`yougou migrate` and `yougou migrations-check`."""

from app import migrate as history
from app import publishing
from app.commands.console import err, fail, out, run
from app.commands.documents import reason
from app.kit.errors import Refused
from app.settings import Settings


def migrate() -> None:
    """Bring the database of DATABASE_OWNER_URL up to this program: its migrations, and its registered documents.

    Can be run again at any time.
    """
    url = Settings().database_owner
    applied = run(history.upgrade(url, progress=lambda name: err.print(f"applying {name}")))
    out.print(f"{len(applied)} migrations applied." if applied else "Nothing to do: the database is up to date.")
    try:
        for line in run(publishing.publish(url)):
            out.print(f"Active now: {line}.", markup=False)
    except Refused as refused:
        fail(
            f"The documents of this program are refused. {reason(refused)}",
            "Mend the files in schema/documents, or the schema.",
        )


def migrations_check() -> None:
    """Fail when a model says something that no migration makes."""
    if missing := run(history.undetected()):
        fail("The migrations lack:\n" + "\n".join(missing), "Write one: python -m tortoise makemigrations --name ...")
    out.print("The migrations say all that the models say.")
