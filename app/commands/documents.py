"""`yougou documents`: the registry from a terminal."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from app import publishing
from app.commands.console import fail, out, run
from app.documents import files, listing, manifest_file, queries, service, usage_list
from app.documents.errors import ManifestRefused
from app.documents.manifest_file import UnreadableManifestError
from app.documents.models import Document, Manifest
from app.documents.rules import MINIPROGRAM, p99_milliseconds
from app.kit import clock
from app.kit.caller import MACHINE
from app.kit.db import CONNECTION_LOST, Publish, to_nobody
from app.kit.errors import Refused
from app.kit.fanout import Fanout
from app.kit.locale import Locale
from app.kit.paging import Page
from app.main import ENGINE
from app.settings import MissingAddressError, Settings
from app.tables import Database
from app.typescript.module import module
from schema.built import GRAPHQL
from schema.documents import TREE

T = TypeVar("T")
Row = TypeVar("Row")

documents = typer.Typer(
    no_args_is_help=True, help="The registered documents: push, activate, retire, list, usage, check, typescript."
)

AppCode = Annotated[str, typer.Argument(metavar="APP", help="The app's code: miniprogram, staff, or a partner's.")]
Version = Annotated[int, typer.Argument(min=1, max=service.MAX_VERSION, help="The version's number.")]
ManifestPath = Annotated[
    Path,
    typer.Argument(
        metavar="MANIFEST",
        exists=True,
        help="Apollo's persisted-query-manifest, Relay's map of ids to texts, or a folder of .graphql files.",
    ),
]


@documents.command()
def push(
    app: AppCode,
    path: ManifestPath,
    version: Annotated[
        int | None, typer.Option(min=1, max=service.MAX_VERSION, help="Its number; the next one without it.")
    ] = None,
) -> None:
    """Check a manifest against the schema and store it as a version of APP. Nothing is served by it yet.

    The same documents again change nothing; other documents under a number that is taken are refused.
    """
    try:
        entries = manifest_file.read(path)
    except UnreadableManifestError as error:
        fail(str(error), "Name a manifest as Apollo or Relay writes it, or a folder of .graphql files.")
    pushed = _do(lambda: service.push(MACHINE, app, version, entries, ENGINE.check))
    out.print(f"{app} version {pushed.version}: {pushed.state}, {len(entries)} documents.", markup=False)
    if pushed.retired_at is None and not pushed.is_active:
        out.print(f"Serve it by: yougou documents activate {app} {pushed.version}", markup=False)


@documents.command()
def activate(app: AppCode, version: Version) -> None:
    """Let VERSION be the one that APP's clients are answered from, if the present schema allows its documents.

    The version that was active is retired: it answers on until nobody has used it for the grace period.
    """
    _do(lambda: service.activate(MACHINE, app, version, ENGINE.check))
    out.print(f"{app} version {version} is active.", markup=False)


@documents.command()
def retire(app: AppCode, version: Version) -> None:
    """Take VERSION out of service for good, once nobody has used it for the grace period."""
    _do(lambda: service.retire(MACHINE, app, version))
    out.print(f"{app} version {version} is retired.", markup=False)


@documents.command("list")
def list_(
    app: Annotated[str | None, typer.Argument(metavar="APP", help="Its versions with their documents.")] = None,
) -> None:
    """List the apps with their active versions, or the versions of one APP, the newest first."""
    _do(_list_apps if app is None else lambda: _list_versions(app))


@documents.command()
def usage(
    app: AppCode,
    rows: Annotated[int, typer.Option(min=1, max=usage_list.MAX_PAGE, help="How many lines.")] = 50,
) -> None:
    """Tell how often each document of APP was asked for, by business day, the newest first."""
    _do(lambda: _tell_usage(app, rows))


@documents.command()
def check(
    tree: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="A folder with one folder per app.")
    ] = TREE,
) -> None:
    """Check the manifests of the tree against the schema of this code. No database is asked."""
    try:
        found = run(publishing.problems(tree))
    except UnreadableManifestError as error:
        fail(str(error), "Mend the file.")
    if found:
        fail("\n".join(f"{app}/{problem}" for app, problem in found), "Mend the documents, or the schema.")
    counts = {app: len(entries) for app, entries in publishing.manifests(tree).items()}
    out.print(f"{sum(counts.values())} documents of {len(counts)} apps fit the schema.")


@documents.command()
def typescript(
    app: Annotated[str, typer.Argument(metavar="APP", help="An app with a folder in schema/documents.")] = MINIPROGRAM,
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output without it.")] = None,
) -> None:
    """Write TypeScript of an app's documents: the types of each operation, and the map of their ids for the client.

    It is made of the files of the tree and the schema of this code. No database is asked.
    """
    folder = TREE / app
    if app not in publishing.manifests():
        fail(f"There is no folder of documents {folder}.", "Name an app that has one, such as miniprogram.")
    text = module(GRAPHQL, files.read(folder))
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}.", "Name a file in a folder that is there.")
    out.print(f"Wrote {output}.", markup=False)


def reason(refused: Refused) -> str:
    """Why something was refused, with a line for each problem of a manifest."""
    told = [refused.reason.message(Locale.EN)]
    if isinstance(refused.reason, ManifestRefused):
        told += map(str, refused.reason.problems)
    return "\n".join(told)


def _do(work: Callable[[], Awaitable[T]]) -> T:
    """What `work` answers, in a session with the database of DATABASE_URL; refusals end the command."""
    try:
        return run(_in_session(Settings(), work))
    except Refused as refused:
        fail(reason(refused), "Nothing was changed.")
    except MissingAddressError as missing:
        fail(str(missing), "yougou doctor looks at the rest of the installation.")
    except (*CONNECTION_LOST, OSError) as error:
        fail(f"The database cannot be used: {error}", "See `yougou doctor`; then run this again.")


async def _in_session(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Serving processes hear of a change at once where REDIS_URL is set; else when they look by themselves."""
    async with AsyncExitStack() as opened:
        publish: Publish = to_nobody
        if settings.redis_url is not None:
            publish = (await opened.enter_async_context(Fanout(settings.redis_url).running())).publish
        database = await Database.open(settings.database, size=1, publish=publish)
        opened.push_async_callback(database.close)
        await opened.enter_async_context(database.session())
        return await work()


def _known(page: Page[Row] | None, code: str) -> Page[Row]:
    if page is None:
        fail(f"There is no app {code}.", "See: yougou documents list")
    return page


async def _list_apps() -> None:
    after = None
    while True:
        page = await listing.apps(first=listing.MAX_PAGE, after=after)
        active = {each.app_id: each.version for each in await queries.active_versions([each.id for each in page.rows])}
        for each in page.rows:
            told = f"version {active[each.id]}" if each.id in active else "no active version"
            out.print(f"{each.code:40} {told}", markup=False)
        if not page.has_next:
            return
        after = page.end_cursor


async def _list_versions(code: str) -> None:
    page = _known(await listing.manifests(code, first=None, after=None), code)
    listed: dict[int, list[Document]] = {each.id: [] for each in page.rows}
    for document in await queries.documents_of(list(listed)):
        listed[document.manifest_id].append(document)
    for version in page.rows:
        out.print(_line(version, len(listed[version.id])), markup=False)
        for each in listed[version.id]:
            known_as = f" as {each.alias}" if each.alias else ""
            out.print(f"  {each.name:32} sha256:{each.sha256}{known_as} cost {each.cost}", markup=False)


def _line(version: Manifest, count: int) -> str:
    since = version.dropped_at or version.retired_at or version.activated_at or version.created_at
    told = f"{since.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    return f"version {version.version}: {version.state} since {told}, {count} documents"


async def _tell_usage(code: str, rows: int) -> None:
    for each in _known(await usage_list.page(code, first=rows, after=None), code).rows:
        out.print(
            f"{each.used_on} {each.name or each.sha256[:12]:32} {each.calls:>9} calls {each.errors:>6} errors"
            f" p99 {p99_milliseconds(each.latency):>9.2f} ms",
            markup=False,
        )
