"""`yougou backup` and `yougou restore`."""

from pathlib import Path
from typing import Annotated

import typer

from app.backup.make import FolderNotEmptyError, back_up
from app.backup.manifest import DamagedBackupError, Manifest, NoBackupError
from app.backup.programs import ProgramFailedError, ProgramMissingError
from app.backup.restore import DatabaseNotEmptyError, LaterBackupError, WrongRowsError
from app.backup.restore import restore as bring_back
from app.commands.console import bars, fail, out, run
from app.files.store import Store
from app.kit import clock
from app.settings import Settings

_FOLDER = typer.Argument(help="Where the backup is.", exists=True, file_okay=False)


def backup(
    folder: Annotated[Path | None, typer.Argument(help="A new folder; backup-<UTC time> without it.")] = None,
) -> None:
    """Write the database (DATABASE_OWNER_URL) and the files into a new folder, with checksums.

    The secrets are not in it: keep YOUGOU_SECRET and the key ring elsewhere, or what is sealed stays sealed.
    """
    settings = Settings()
    target = folder or Path(f"backup-{clock.now():%Y%m%dT%H%M%SZ}")
    try:
        with bars() as show:
            made = run(back_up(settings.database_owner, Store.open(settings.files), target, show))
    except FolderNotEmptyError as refused:
        fail(f"{refused}.", "Name a new folder.")
    except ProgramMissingError as missing:
        fail(f"{missing}.", "Or install the embedded one: pip install 'yougou-fresh[embedded]'")
    except ProgramFailedError as failed:
        fail(str(failed), f"Remove {target} and run it again.")
    out.print(f"{target}: {_told(made)}")


def restore(folder: Annotated[Path, _FOLDER]) -> None:
    """Bring a backup back into an empty database (DATABASE_OWNER_URL) and into the files' store.

    Everything is held against its checksum first; a damaged backup changes nothing.
    """
    settings = Settings()
    try:
        with bars() as show:
            made = run(bring_back(settings.database_owner, Store.open(settings.files), folder, show))
    except (NoBackupError, DamagedBackupError) as bad:
        fail(f"{bad}.", "Nothing was changed. Take another backup.")
    except LaterBackupError as later:
        fail(f"{later}.", "Nothing was changed. Install the version that made the backup, or a later one.")
    except DatabaseNotEmptyError as refused:
        fail(f"{refused}.", "Create a new database (README, With servers of your own) and name it.")
    except ProgramMissingError as missing:
        fail(f"{missing}.", "Or install the embedded one: pip install 'yougou-fresh[embedded]'")
    except (ProgramFailedError, WrongRowsError) as failed:
        fail(str(failed), "Drop the database, create it anew and run it again.")
    out.print(f"Restored: {_told(made)}. Next: yougou doctor")


def _told(manifest: Manifest) -> str:
    rows, size = sum(manifest.rows.values()), manifest.database.size + sum(file.size for file in manifest.files)
    return f"{rows:,} rows and {len(manifest.files):,} files of {manifest.made:%Y-%m-%d %H:%M} UTC, {size:,} bytes"
