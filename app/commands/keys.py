"""`yougou keys rotate`."""

import typer

from app.commands.console import bars, fail, out, run
from app.kit import rotation
from app.kit.crypto import BadKeyRing, CannotOpen, KeyRing
from app.kit.rotation import RingUse
from app.settings import Settings
from app.tables import Database

keys = typer.Typer(no_args_is_help=True, help="The key ring that wraps people's data keys.")
keys.callback()(lambda: None)  # with it, the one command still has to be named


@keys.command()
def rotate() -> None:
    """Wrap every data key anew under the newest key of YOUGOU_KEY_RING. Safe to break off and to run twice at once.

    Put the new key in front of the ring first and restart every process, so that all of them can open what this wraps.
    """
    settings = Settings()
    try:
        ring = KeyRing.parse(settings.key_ring.get_secret_value())
        done, left = run(_rotate(settings.database, ring))
    except (BadKeyRing, CannotOpen) as wrong:
        fail(str(wrong), "yougou doctor tells which keys are in use.")
    if left.waiting:
        fail(f"{done} wrapped anew; {left.waiting} were in use elsewhere.", "Run it again.")
    gone = f" {', '.join(left.idle)} can be taken out of the ring once no backup needs it." if left.idle else ""
    out.print(f"{done} data keys wrapped anew; {ring.newest} wraps all {left.newest}.{gone}", markup=False)


async def _rotate(url: str, ring: KeyRing) -> tuple[int, RingUse]:
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            total, done = (await rotation.use(ring)).waiting, 0
            with bars() as show:
                async for count in rotation.rotate(ring):
                    done += count
                    show("data keys", done, max(done, total))
            return done, await rotation.use(ring)
    finally:
        await database.close()
