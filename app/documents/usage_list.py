"""What was asked for, by document and business day, as staff reads it."""

from app.documents.models import DocumentUsage
from app.documents.queries import app_by_code
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.rows import select

MAX_PAGE = 100
DEFAULT_PAGE = 50

# by the key: a row never moves while one reads on, and later days have later keys
SORT = Sort("document_usage", (Column("id", int, "u.id", descending=True),))
_NAME = """(SELECT d.name FROM document d JOIN manifest m ON m.id = d.manifest_id
  WHERE d.sha256 = u.sha256 AND m.app_id = u.app_id ORDER BY m.version DESC LIMIT 1) AS name"""
_OF_APP = f"SELECT {select(DocumentUsage, 'u')}, {_NAME} FROM document_usage u WHERE u.app_id = $1"
_FIRST = f"{_OF_APP} ORDER BY {SORT.order_by} LIMIT $2"
_AFTER = f"{_OF_APP} AND {SORT.after(3)} ORDER BY {SORT.order_by} LIMIT $2"
_COUNT = "SELECT count(*) FROM document_usage WHERE app_id = $1"


async def page(code: str, *, first: int | None, after: str | None) -> paging.Page[DocumentUsage] | None:
    """A page of an app's usage rows, the newest first, with the documents' names joined as `name`; None: no such app.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind = SORT.values(after) if after is not None else ()
    app = await app_by_code(code)
    if app is None:
        return None
    rows = await db.rows(DocumentUsage, _AFTER if behind else _FIRST, app.id, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(_COUNT, app.id))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
