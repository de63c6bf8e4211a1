"""Writes of inspection reports: a laboratory files one, quality management accepts or rejects it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import asyncpg
import orjson

from app.files import service as files
from app.files.enums import FileKind
from app.kit import audit, clock, db, ids, jobs
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.errors import Forbidden, Refused
from app.kit.idempotency import Reference, once
from app.partners import events
from app.partners import queries as partners
from app.partners.enums import PartnerEventType, PartnerKind
from app.partners.models import Partner
from app.traceability import filing as rules
from app.traceability import queries
from app.traceability.enums import LotStatus, ReportStatus, Verdict
from app.traceability.errors import (
    LotAmbiguous,
    LotNotFound,
    MakerIsChecker,
    ReportAlreadyDecided,
    ReportNotFound,
    ReportNumberTaken,
)
from app.traceability.filing import Filing
from app.traceability.models import Lot
from app.traceability.papers import InspectionReport
from app.traceability.rules import InspectionItem

FILE_SCOPE = "reports:file"
REVIEW_SCOPE = "reports:review"
CHECK_PAPERS = "inventory.check_papers"
"""The job that looks whether what is on sale may be: it follows an accepted report that says a lot failed."""

INSERT = """
INSERT INTO inspection_report (lot_id, partner_id, lab, number, sample_name, sampled_on, issued_on, verdict, status,
  items, file_id, filed_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'SUBMITTED', $9, $10, $11, $12) RETURNING id
"""
DECIDE = """
UPDATE inspection_report SET status = $2, decided_by = $3, decided_at = $4, rejection_reason = $5
WHERE id = $1 AND status = 'SUBMITTED' RETURNING verdict, lot_id
"""
HOLD_BACK = "UPDATE lot SET status = 'ON_HOLD' WHERE id = $1 AND status = 'SELLABLE' RETURNING id"


async def file(caller: Caller, *, idempotency_key: str, filing: Filing) -> InspectionReport:
    """The report, SUBMITTED: shoppers see it when quality management has accepted it.

    In one transaction: the report, its file's use, the audit entry and the event InspectionReportFiled.

    Raises:
        Forbidden: the caller is no laboratory.
        BadReport: its texts.
        Refused: ReportDatesWrong, ReportItemsWrong, ItemVerdictsWrong, ConclusionWrong, LotNotFound, LotAmbiguous,
            ReportNumberTaken, UploadNotFound, UploadAlreadyUsed, UploadOfWrongKind or IdempotencyKeyReused.
    """
    lab = await _lab(caller)
    rules.check(filing, clock.today())
    async with db.transaction() as tx:

        async def act() -> Reference:
            lot = await _lot(filing)
            await files.reference(tx, filing.upload_id, caller, {FileKind.DOCUMENT})
            return await _insert(tx, caller, lab, lot, filing)

        reference = await once(
            tx, caller=caller, operation="fileInspectionReport", key=idempotency_key, input=filing, act=act
        )
    return (await queries.any_reports_by_id([reference.key]))[0]


async def accept(caller: Caller, report_id: int) -> InspectionReport:
    """The report, ACCEPTED: from now on shoppers see it. Accepting again changes nothing.

    When it says that the lot failed, the lot is ON_HOLD with it: food that does not meet the standards is not sold
    (Food Safety Law, articles 34 and 63). Products that now have nothing else to sell are taken off the shop by a job.

    Raises:
        Refused: ReportNotFound, ReportAlreadyDecided or MakerIsChecker.
    """
    return await _decide(caller, report_id, ReportStatus.ACCEPTED, None)


async def reject(caller: Caller, report_id: int, reason: str) -> InspectionReport:
    """The report, REJECTED for a reason that its laboratory reads. Rejecting again changes nothing.

    Raises:
        BadReport: the reason.
        Refused: as `accept`.
    """
    return await _decide(caller, report_id, ReportStatus.REJECTED, rules.check_reason(reason))


async def _lab(caller: Caller) -> Partner:
    if caller.kind is CallerKind.PARTNER and caller.id is not None:
        found = await partners.partners_by_id([caller.id])
        if found and found[0].kind is PartnerKind.LAB and found[0].is_active:
            return found[0]
    raise Forbidden("This is for laboratories.")


async def _lot(filing: Filing) -> Lot:
    if filing.lot_id is not None:
        found = await queries.lots_by_id([filing.lot_id])
    else:
        found = await queries.lots_by_code(filing.lot_code or "", filing.gtin)
    if len(found) > 1:
        raise Refused(LotAmbiguous())
    if not found:
        raise Refused(LotNotFound())
    return found[0]


async def _insert(tx: RequestConnection, caller: Caller, lab: Partner, lot: Lot, filing: Filing) -> Reference:
    given = (filing.number, filing.sample_name, filing.sampled_on, filing.issued_on, filing.conclusion.value)
    try:
        made = await tx.fetch(
            INSERT,
            lot.id,
            lab.id,
            lab.name,
            *given,
            _stored(filing.items),
            filing.upload_id,
            str(caller),
            clock.now(),
        )
    except asyncpg.UniqueViolationError:
        raise Refused(ReportNumberTaken()) from None
    report_id = int(made[0]["id"])
    after = {"lot": lot.id, "number": filing.number, "status": ReportStatus.SUBMITTED, "upload": filing.upload_id}
    await _note(tx, caller, report_id, scope=FILE_SCOPE, action="file", after=after)
    told = {"inspectionReport": ids.encode("InspectionReport", report_id), "lot": ids.encode("Lot", lot.id)}
    await events.emit(tx, PartnerEventType.INSPECTION_REPORT_FILED, told, partner_id=lab.id)
    return Reference("InspectionReport", report_id)


async def _decide(caller: Caller, report_id: int, status: ReportStatus, reason: str | None) -> InspectionReport:
    async with db.transaction() as tx:
        try:
            decided = await tx.fetch(DECIDE, report_id, status.value, str(caller), clock.now(), reason)
        except asyncpg.CheckViolationError as violated:
            if violated.constraint_name != "inspection_report_maker_is_not_checker":
                raise
            raise Refused(MakerIsChecker()) from None
        if decided:
            after = {"status": status, "reason": reason}
            await _note(tx, caller, report_id, scope=REVIEW_SCOPE, action=status.lower(), after=after)
            if (status, decided[0]["verdict"]) == (ReportStatus.ACCEPTED, Verdict.FAIL):
                await _hold_back(tx, caller, report_id, decided[0]["lot_id"])
    found = await queries.any_reports_by_id([report_id])
    if not found:
        raise Refused(ReportNotFound())
    same = (status, str(caller), reason)
    if not decided and (found[0].status, found[0].decided_by, found[0].rejection_reason) != same:
        raise Refused(ReportAlreadyDecided(found[0].status))
    return found[0]


async def _hold_back(tx: RequestConnection, caller: Caller, report_id: int, lot_id: int) -> None:
    if await tx.fetch(HOLD_BACK, lot_id):
        await audit.append(
            tx,
            caller,
            scope=REVIEW_SCOPE,
            action="hold back",
            entity="Lot",
            entity_id=lot_id,
            before={"status": LotStatus.SELLABLE},
            after={"status": LotStatus.ON_HOLD, "report": report_id},
        )
    await jobs.enqueue(tx, CHECK_PAPERS, {}, dedupe_key=CHECK_PAPERS)


async def _note(tx: RequestConnection, caller: Caller, report_id: int, **facts: Any) -> None:
    await audit.append(tx, caller, entity="InspectionReport", entity_id=report_id, **facts)


def _stored(items: Sequence[InspectionItem]) -> str:
    return orjson.dumps([asdict(item) for item in items]).decode()
