"""Apps and their versions in pages, as staff reads them."""

from app.documents.models import App, Manifest
from app.documents.queries import app_by_code
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.rows import select

MAX_PAGE = 100
DEFAULT_PAGE = 20

APPS = Sort("apps", (Column("code", str, "a.code"),))
MANIFESTS = Sort("manifests", (Column("version", int, "m.version", descending=True),))
_APPS_FIRST = f"SELECT {select(App, 'a')} FROM app a ORDER BY {APPS.order_by} LIMIT $1"
_APPS_AFTER = f"SELECT {select(App, 'a')} FROM app a WHERE {APPS.after(2)} ORDER BY {APPS.order_by} LIMIT $1"
_APPS_COUNT = "SELECT count(*) FROM app"
_OF_APP = f"SELECT {select(Manifest, 'm')} FROM manifest m WHERE m.app_id = $1"
_MANIFESTS_FIRST = f"{_OF_APP} ORDER BY {MANIFESTS.order_by} LIMIT $2"
_MANIFESTS_AFTER = f"{_OF_APP} AND {MANIFESTS.after(3)} ORDER BY {MANIFESTS.order_by} LIMIT $2"
_MANIFESTS_COUNT = "SELECT count(*) FROM manifest WHERE app_id = $1"


async def apps(*, first: int | None, after: str | None) -> paging.Page[App]:
    """A page of the apps by code.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if after is None:
        rows = await db.rows(App, _APPS_FIRST, size + 1)
    else:
        rows = await db.rows(App, _APPS_AFTER, size + 1, *APPS.values(after))

    async def total() -> int:
        return int((await db.fetch(_APPS_COUNT))[0][0])

    return paging.cut(rows, size, sort=APPS, after=after, total=total)


async def manifests(code: str, *, first: int | None, after: str | None) -> paging.Page[Manifest] | None:
    """A page of an app's versions, the newest first; None: there is no app of this code.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind = MANIFESTS.values(after) if after is not None else ()
    app = await app_by_code(code)
    if app is None:
        return None
    rows = await db.rows(Manifest, _MANIFESTS_AFTER if behind else _MANIFESTS_FIRST, app.id, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(_MANIFESTS_COUNT, app.id))[0][0])

    return paging.cut(rows, size, sort=MANIFESTS, after=after, total=total)
