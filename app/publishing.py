"""The tree's own manifests: what stands in schema/documents/<app>/ is what its apps may ask for."""

from pathlib import Path

from app.documents import assessing, manifest_file, queries, service
from app.documents.entries import Entry
from app.documents.errors import Problem
from app.kit.caller import MACHINE
from app.main import ENGINE
from app.tables import Database
from schema.documents import TREE


def manifests(tree: Path = TREE) -> dict[str, list[Entry]]:
    """The documents of each app that has a folder with some, by the app's code."""
    return {
        folder.name: manifest_file.read(folder) for folder in sorted(tree.iterdir()) if any(folder.glob("*.graphql"))
    }


async def problems(tree: Path = TREE) -> list[tuple[str, Problem]]:
    """What the schema has against the tree's manifests, with each app's code. No database is asked."""
    found = []
    for app, entries in manifests(tree).items():
        found += [(app, each) for each in (await assessing.look_at(entries, ENGINE.check))[0]]
    return found


async def publish(url: str, tree: Path = TREE) -> list[str]:
    """Pushes and activates the tree's manifests where something else is active; a line for each that was.

    Can be run again at any time. The manifest of a partner who is not there yet waits for the next time.

    Raises:
        Refused: ManifestRefused: a document does not fit the schema; later apps keep what they have.
    """
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            await service.make_house_apps()
            return [line for app, entries in manifests(tree).items() if (line := await _publish(app, entries))]
    finally:
        await database.close()


async def _publish(app: str, entries: list[Entry]) -> str | None:
    if await queries.app_or_partner(app) is None:
        return None
    pushed = await service.push(MACHINE, app, None, entries, ENGINE.check)
    if pushed.is_active:
        return None
    await service.activate(MACHINE, app, pushed.version, ENGINE.check)
    return f"{app}: version {pushed.version} with {len(entries)} documents"
