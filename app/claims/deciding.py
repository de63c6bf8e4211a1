"""Claims are decided: by staff with a written reason, or by the promised time being over."""

from typing import Any, NamedTuple

import structlog
from prometheus_client import Counter

from app.accounts.rules import staff_of
from app.claims import queries, rules
from app.claims.enums import ClaimState
from app.claims.errors import DefectClaimDecided, DefectClaimNotFound
from app.claims.models import DefectClaim
from app.kit import audit, clock, db
from app.kit.caller import MACHINE, Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.free_text import written
from app.orders import queries as orders
from app.orders import refunds
from app.orders.enums import RefundReason
from app.orders.errors import RefundsExhausted
from app.orders.models import Order
from app.orders.moves import note
from app.orders.refunds import Part
from app.payments.errors import RefundTooMany
from app.pickup.staff import serves

SCOPE = "orders:service"
BATCH = 100
BY_ITSELF = "超过承诺的处理时间，系统自动赔付"

_DECIDE = """UPDATE defect_claim SET state = $2, accepted_percent = $3, granted_fen = $4, decision_reason = $5,
  decided_by_id = $6, decided_at = $7 WHERE id = $1 AND state = 'OPEN' RETURNING id"""
_ESCALATE = "UPDATE defect_claim SET escalated_at = $2 WHERE id = $1 AND state = 'OPEN' AND escalated_at IS NULL"

_ONE_AFTER_ANOTHER = (
    "SELECT pg_advisory_xact_lock(hashtextextended('claims paid by themselves ' || $1::bigint::text, 0))"
)

_log = structlog.get_logger("claims")
_DECIDED = Counter("defect_claims_decided", "Defect claims that were decided.", ["state", "by_itself"])
_ESCALATED = Counter("defect_claims_escalated", "Defect claims too large to be paid by themselves, late.")


class _Verdict(NamedTuple):
    percent: int
    reason: str
    staff_id: int | None

    @property
    def state(self) -> ClaimState:
        return ClaimState.ACCEPTED if self.percent else ClaimState.REJECTED


async def decide(caller: Caller, claim_id: int, *, accept_percent: int, reason: str) -> DefectClaim:
    """The claim, decided: so many percent of what was asked for go back, 0 for none. The same again changes nothing.

    Raises:
        BadClaim, BadText, CardNumber: the share or the reason.
        Refused: DefectClaimNotFound: none at a point this member of staff serves; DefectClaimDecided: otherwise,
            before; RefundsExhausted.
        Forbidden: the caller is no member of staff.
    """
    rules.check_percent(accept_percent, "acceptPercent", least=0)
    verdict = _Verdict(accept_percent, written(reason, "reason", rules.MOST_REASON), staff_of(caller))
    found = await queries.by_ids([claim_id])
    if not found or not await serves(caller, [found[0].pickup_point_id]):
        raise Refused(DefectClaimNotFound())
    try:
        async with db.transaction() as tx:
            decided = await _decide(tx, caller, found[0], verdict)
    except RefundTooMany:
        raise Refused(RefundsExhausted()) from None
    claim = (await queries.by_ids([claim_id]))[0]
    same = (claim.accepted_percent, claim.decision_reason, claim.decided_by_id) == verdict
    if not decided and not same:
        raise Refused(DefectClaimDecided(claim.state))
    return claim


async def settle_late(_: dict[str, Any]) -> None:
    """The job for claims nobody decided in the promised time; harmless to repeat.

    Up to PAID_BY_ITSELF_FEN they are accepted, and of one customer's up to MOST_BY_ITSELF_FEN within
    PAID_BY_ITSELF_WITHIN; more is told to staff: it stands first in their queue with its
    `escalated_at`, and the line in the log is for an alarm.
    """
    for claim_id in await queries.late(clock.now(), BATCH):
        claim = (await queries.by_ids([claim_id]))[0]
        if claim.asked_fen > rules.PAID_BY_ITSELF_FEN:
            await _escalate(claim)
            continue
        try:
            async with db.transaction() as tx:
                is_within = await _is_within(tx, claim)
                if is_within:
                    await _decide(tx, MACHINE, claim, _Verdict(100, BY_ITSELF, None))
        except RefundTooMany:
            is_within = False
        if not is_within:
            await _escalate(claim)


async def _is_within(tx: RequestConnection, claim: DefectClaim) -> bool:
    """Whether a claim may be paid by itself beside what its customer got so; other workers wait for the answer."""
    await tx.execute(_ONE_AFTER_ANOTHER, claim.customer_id)
    had = await queries.paid_by_itself(claim.customer_id, clock.now() - rules.PAID_BY_ITSELF_WITHIN)
    return had + int(claim.asked_fen) <= rules.MOST_BY_ITSELF_FEN


async def _escalate(claim: DefectClaim) -> None:
    if await db.current().execute(_ESCALATE, claim.id, clock.now()) == "UPDATE 1":
        _ESCALATED.inc()
        _log.error("a defect claim needs somebody", claim_id=claim.id, pickup_point_id=claim.pickup_point_id)


async def _decide(tx: RequestConnection, caller: Caller, claim: DefectClaim, verdict: _Verdict) -> bool:
    """Decides an open claim under its order's lock; whether it was open."""
    order = await _locked_order(tx, claim)
    left = (await queries.claimable(claim.order_line_id)).left_fen
    granted = min(rules.share(claim.asked_fen, verdict.percent), left)
    given = (verdict.state.value, verdict.percent, granted, verdict.reason, verdict.staff_id, clock.now())
    if not await tx.fetch(_DECIDE, claim.id, *given):
        return False
    after = {"state": verdict.state, "percent": verdict.percent, "granted_fen": granted}
    facts = {"entity": "DefectClaim", "entity_id": claim.id, "after": after}
    await audit.append(tx, caller, scope=None if caller is MACHINE else SCOPE, action="decide defect claim", **facts)
    await note(tx, caller, order, "坏果包赔已处理")
    await refunds.grant(tx, order, [Part(claim.order_line_id, granted)], RefundReason.DEFECT, f"claim:{claim.id}")
    _DECIDED.labels(verdict.state, caller is MACHINE).inc()
    return True


async def _locked_order(tx: RequestConnection, claim: DefectClaim) -> Order:
    line = (await orders.lines_by_id([claim.order_line_id]))[0]
    return await orders.lock(tx, line.order_id)
