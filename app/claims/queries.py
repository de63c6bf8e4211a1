"""Reads of defect claims."""

from datetime import datetime
from functools import cache

from app.claims.enums import ClaimState
from app.claims.models import DefectClaim, DefectClaimPhoto
from app.claims.rules import Claimable
from app.kit import clock, db, paging
from app.kit.caller import Caller
from app.kit.cursors import Column, Sort
from app.kit.paging import Page
from app.kit.rows import select
from app.pickup.staff import point_filter

DEFAULT_PAGE, MAX_PAGE = 20, 50

_CLAIM = select(DefectClaim, "c")
_BY_ID = f"SELECT {_CLAIM} FROM defect_claim c WHERE c.id = ANY($1)"
_BY_LINE = f"""SELECT {_CLAIM} FROM defect_claim c
WHERE c.order_line_id = ANY($1) ORDER BY c.order_line_id, c.id"""
_PHOTOS = f"""SELECT {select(DefectClaimPhoto, "p")}, u.storage_key FROM defect_claim_photo p
JOIN upload u ON u.id = p.upload_id WHERE p.claim_id = ANY($1) ORDER BY p.claim_id, p.position"""
_CLAIMABLE = """SELECT
  (l.quantity - l.short_quantity + coalesce((SELECT sum(s.quantity) FROM substitution s
    WHERE s.order_line_id = l.id AND s.state = 'ACCEPTED'), 0))::int,
  coalesce((SELECT sum(c.quantity) FROM defect_claim c
    WHERE c.order_line_id = l.id AND c.state = 'ACCEPTED'), 0)::int,
  (l.total_fen - coalesce((SELECT sum(r.amount_fen) FROM order_refund r
    WHERE r.order_line_id = l.id AND r.reason <> 'DEFECT'), 0))::bigint,
  l.total_fen - l.refund_granted_fen
FROM order_line l WHERE l.id = $1"""
_LATE = """SELECT id FROM defect_claim
WHERE state = 'OPEN' AND escalated_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"""

_BY_ITSELF = """SELECT coalesce(sum(granted_fen), 0)::bigint FROM defect_claim
WHERE customer_id = $1 AND state = 'ACCEPTED' AND decided_by_id IS NULL AND due_at > $2"""

# what is due first comes first
_SORT = Sort("defect_claims", (Column("due_at", datetime, "c.due_at"), Column("id", int, "c.id")))


async def by_ids(ids: list[int]) -> list[DefectClaim]:
    """The claims with these ids, in no order."""
    return await db.rows(DefectClaim, _BY_ID, ids)


async def by_line(line_ids: list[int]) -> list[DefectClaim]:
    """The claims about these lines, each line's in time."""
    return await db.rows(DefectClaim, _BY_LINE, line_ids)


async def photos_by_claim(claim_ids: list[int]) -> list[DefectClaimPhoto]:
    """The photos of these claims, each claim's in order."""
    return await db.rows(DefectClaimPhoto, _PHOTOS, claim_ids)


async def claimable(line_id: int) -> Claimable:
    """What can be claimed of a line, whose order is locked."""
    return Claimable(*(await db.fetch(_CLAIMABLE, line_id))[0])


async def late(now: datetime, most: int) -> list[int]:
    """The claims nobody decided in time and nobody was told of, the longest over first: ids."""
    return [record["id"] for record in await db.fetch(_LATE, now, most)]


async def paid_by_itself(customer_id: int, since: datetime) -> int:
    """What a customer got, in fen, for claims due later than `since` that nobody decided."""
    return int((await db.fetch(_BY_ITSELF, customer_id, since))[0][0])


async def page(
    caller: Caller, state: ClaimState | None, *, overdue_only: bool, first: int | None, after: str | None
) -> Page[DefectClaim]:
    """A page of the claims at the points a member of staff serves, what is due first first.

    `state`: None for all; `overdue_only`: only open ones whose promised time is over.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
        Forbidden: the caller is no member of staff.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind = () if after is None else _SORT.values(after)
    given = (point_filter(caller), state, clock.now())
    text = _page(overdue_only=overdue_only, behind_cursor=after is not None)
    rows = await db.rows(DefectClaim, text, *given, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_where(overdue_only=overdue_only)}", *given))[0][0])

    return paging.cut(rows, size, sort=_SORT, after=after, total=total)


@cache
def _where(*, overdue_only: bool) -> str:
    late = "c.state = 'OPEN' AND c.due_at <= $3" if overdue_only else "$3::timestamptz IS NOT NULL"
    return f"""FROM defect_claim c WHERE ($2::text IS NULL OR c.state = $2) AND {late}
AND ($1::bigint IS NULL OR EXISTS (SELECT FROM staff_pickup_point b
  WHERE b.staff_id = $1 AND b.pickup_point_id = c.pickup_point_id))"""


@cache
def _page(*, overdue_only: bool, behind_cursor: bool) -> str:
    behind = f" AND {_SORT.after(5)}" if behind_cursor else ""
    return f"SELECT {_CLAIM} {_where(overdue_only=overdue_only)}{behind} ORDER BY {_SORT.order_by} LIMIT $4"
