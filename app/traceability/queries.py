"""Reads of lots, what happened to them and what vouches for them."""

from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page
from app.kit.rows import select
from app.traceability.models import Lot, LotEvent, Producer, TraceEvent
from app.traceability.papers import ConformityCertificate, InspectionReport

DEFAULT_PAGE = 20
MAX_PAGE = 50

_LOT = select(Lot, "l")
# as captured: to be kept and proved, in no field of an event, and more bytes than all the rest
_AS_CAPTURED = frozenset(
    ["biz_transactions", "sources", "destinations", "sensor_elements", "ilmd", "corrective_event_ids", "canonical"]
)
_EVENT = select(TraceEvent, "e", without=_AS_CAPTURED)
_REPORT = select(InspectionReport, "r")
_CERTIFICATE = select(ConformityCertificate, "c")
_PRODUCER = select(Producer, "p")
_LOT_EVENT = select(LotEvent, "t")

_LOTS_BY_ID = f"SELECT {_LOT} FROM lot l WHERE l.id = ANY($1)"
_LOTS_BY_CODE = f"SELECT {_LOT} FROM lot l WHERE l.lot_code = $1 ORDER BY l.gtin LIMIT 2"
_LOT_BY_GTIN = f"SELECT {_LOT} FROM lot l WHERE l.lot_code = $1 AND l.gtin = $2"
_PRODUCERS_BY_ID = f"SELECT {_PRODUCER} FROM producer p WHERE p.id = ANY($1)"
_EVENTS_BY_ID = f"""SELECT {_EVENT}, pl.name AS place_name, pl.city AS place_city
FROM trace_event e LEFT JOIN place pl ON pl.uri = COALESCE(e.read_point, e.biz_location)
WHERE e.id = ANY($1)"""
_EVENTS_BY_LOT = f"""SELECT {_EVENT}, pl.name AS place_name, pl.city AS place_city, t.lot_id
FROM lot_event t JOIN trace_event e ON e.id = t.event_id
LEFT JOIN place pl ON pl.uri = COALESCE(e.read_point, e.biz_location)
WHERE t.lot_id = ANY($1) ORDER BY e.event_time, e.id"""
_LOT_EVENTS_BY_EVENT = f"SELECT {_LOT_EVENT} FROM lot_event t WHERE t.event_id = ANY($1) ORDER BY t.id"
_REPORTS = f"""SELECT {_REPORT}, u.storage_key AS file_key
FROM inspection_report r LEFT JOIN upload u ON u.id = r.file_id"""
_REPORTS_BY_ID = f"{_REPORTS} WHERE r.id = ANY($1) AND r.status = 'ACCEPTED'"
_REPORTS_BY_LOT = f"""{_REPORTS}
WHERE r.lot_id = ANY($1) AND r.status = 'ACCEPTED' ORDER BY r.issued_on DESC, r.id DESC"""
_ANY_REPORTS_BY_ID = f"{_REPORTS} WHERE r.id = ANY($1)"
_FILED_BY_NUMBER = f"{_REPORTS} WHERE r.partner_id = $1 AND r.number = $2"
_CERTIFICATES_BY_LOT = f"""SELECT {_CERTIFICATE} FROM conformity_certificate c
WHERE c.lot_id = ANY($1) ORDER BY c.issued_on DESC, c.id DESC"""


async def lots_by_id(ids: list[int]) -> list[Lot]:
    """The lots with these ids, in no order."""
    return await db.rows(Lot, _LOTS_BY_ID, ids)


async def lots_by_code(lot_code: str, gtin: str | None) -> list[Lot]:
    """The lot with this code and trade item; without `gtin` the lots of that code, at most two, by gtin."""
    if gtin is None:
        return await db.rows(Lot, _LOTS_BY_CODE, lot_code)
    return await db.rows(Lot, _LOT_BY_GTIN, lot_code, gtin)


async def producers_by_id(ids: list[int]) -> list[Producer]:
    """The producers with these ids, in no order."""
    return await db.rows(Producer, _PRODUCERS_BY_ID, ids)


async def events_by_id(ids: list[int]) -> list[TraceEvent]:
    """The events with these ids, with their place's name and without their JSON as captured, in no order."""
    return await db.rows(TraceEvent, _EVENTS_BY_ID, ids)


async def events_by_lot(lot_ids: list[int]) -> list[TraceEvent]:
    """Each lot's events in the order they happened, with place and `lot_id`; one row per lot and event."""
    return await db.rows(TraceEvent, _EVENTS_BY_LOT, lot_ids)


async def lot_events_by_event(event_ids: list[int]) -> list[LotEvent]:
    """Which lots each event touched and how, in the order they were captured."""
    return await db.rows(LotEvent, _LOT_EVENTS_BY_EVENT, event_ids)


async def reports_by_id(ids: list[int]) -> list[InspectionReport]:
    """The accepted reports with these ids, with `file_key`, in no order."""
    return await db.rows(InspectionReport, _REPORTS_BY_ID, ids)


async def reports_by_lot(lot_ids: list[int]) -> list[InspectionReport]:
    """Each lot's accepted reports, with `file_key`, newest first."""
    return await db.rows(InspectionReport, _REPORTS_BY_LOT, lot_ids)


async def any_reports_by_id(ids: list[int]) -> list[InspectionReport]:
    """The reports with these ids, accepted or not, in no order: not for shoppers."""
    return await db.rows(InspectionReport, _ANY_REPORTS_BY_ID, ids)


async def filed_report(partner_id: int, number: str) -> InspectionReport | None:
    """The report of this number that a laboratory filed; None if it filed none."""
    found = await db.rows(InspectionReport, _FILED_BY_NUMBER, partner_id, number)
    return found[0] if found else None


class ReportListing:
    """Reports by one equal column, newest first."""

    def __init__(self, name: str, column: str) -> None:
        self._sort = Sort(name, (Column("id", int, "r.id", descending=True),))
        wanted = f"WHERE r.filed_by IS NOT NULL AND r.{column} = $1"
        page = f"{_REPORTS} {wanted}"
        self._first = f"{page} ORDER BY {self._sort.order_by} LIMIT $2"
        self._after = f"{page} AND {self._sort.after(3)} ORDER BY {self._sort.order_by} LIMIT $2"
        self._count = f"SELECT count(*) FROM inspection_report r {wanted}"

    async def page(self, value: int | str, *, first: int | None, after: str | None) -> Page[InspectionReport]:
        """A page.

        Raises:
            BadPageSize: `first` outside 1 to MAX_PAGE.
            BadCursor: `after` is no cursor of this list.
        """
        size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
        behind = () if after is None else self._sort.values(after)
        sql = self._first if after is None else self._after
        rows = await db.rows(InspectionReport, sql, value, size + 1, *behind)

        async def total() -> int:
            return int((await db.fetch(self._count, value))[0][0])

        return paging.cut(rows, size, sort=self._sort, after=after, total=total)


FILED = ReportListing("filed_report", "partner_id")
BY_STATUS = ReportListing("report_by_status", "status")


async def certificates_by_lot(lot_ids: list[int]) -> list[ConformityCertificate]:
    """Each lot's certificates of conformity, newest first."""
    return await db.rows(ConformityCertificate, _CERTIFICATES_BY_LOT, lot_ids)
