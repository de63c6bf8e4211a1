"""A customer claims what is wrong with a line she collected."""

from dataclasses import dataclass

from app.claims import queries, rules
from app.claims.enums import DefectReason
from app.claims.errors import BadClaim, ClaimAlreadyOpen, ClaimTooLate, NothingLeftToClaim
from app.claims.models import DefectClaim
from app.files import service as files
from app.files.enums import FileKind
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.free_text import written
from app.kit.idempotency import Reference, once
from app.orders import queries as orders
from app.orders.errors import LineUnitsExceeded, OrderNotFound, OrderNotMovable
from app.orders.models import Order
from app.orders.moves import note

_CLAIM = """INSERT INTO defect_claim (order_line_id, customer_id, pickup_point_id, state, reason, text, quantity,
  share_percent, asked_fen, claimed_at, due_at)
VALUES ($1, $2, $3, 'OPEN', $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id"""
_PHOTOS = """INSERT INTO defect_claim_photo (claim_id, customer_id, upload_id, position)
SELECT $1, $2, p.id, p.position FROM unnest($3::bigint[]) WITH ORDINALITY AS p(id, position)"""
_LET_GO = """UPDATE upload SET referenced_at = NULL
WHERE id IN (SELECT upload_id FROM defect_claim_photo WHERE customer_id = $1)"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a customer sends: units of a line or a share of it, why, and photos by their uploads' keys."""

    order_line_id: int
    quantity: int | None
    share_percent: int | None
    reason: DefectReason
    text: str
    upload_ids: tuple[int, ...]


async def claim(caller: Caller, customer_id: int, *, idempotency_key: str, claim: Claim) -> DefectClaim:
    """The claim, which the shop decides within a day; the same key gives the same claim again.

    Raises:
        BadClaim, BadText, CardNumber: what was sent.
        Refused: OrderNotFound: the line is not hers; OrderNotMovable: it is not collected; ClaimTooLate,
            ClaimAlreadyOpen, LineUnitsExceeded, NothingLeftToClaim, UploadNotFound, UploadAlreadyUsed,
            UploadOfWrongKind, IdempotencyKeyReused.
    """
    rules.check_extent(claim.quantity, claim.share_percent)
    text = written(claim.text, "text", rules.MOST_TEXT)
    if not 1 <= len(claim.upload_ids) <= rules.MOST_PHOTOS:
        raise BadClaim(f"photos are 1 to {rules.MOST_PHOTOS}")
    found = await orders.own_lines([claim.order_line_id], customer_id=customer_id)
    if not found:
        raise Refused(OrderNotFound())
    async with db.transaction() as tx:

        async def act() -> Reference:
            order = await orders.lock(tx, found[0].order_id)
            asked = await _asked(order, claim)
            await files.reference_all(tx, claim.upload_ids, caller, {FileKind.IMAGE})
            claim_id = await _write(tx, order, claim, text, asked)
            await note(tx, caller, order, "申请坏果包赔")
            return Reference("DefectClaim", claim_id)

        reference = await once(tx, caller=caller, operation="claimDefect", key=idempotency_key, input=claim, act=act)
    return (await queries.by_ids([reference.key]))[0]


async def forget_photos(tx: RequestConnection, customer_id: int) -> None:
    """Lets the files of a customer's photos go, whose account is closed; the rows go as the register says.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_LET_GO, customer_id)


async def _asked(order: Order, claim: Claim) -> int:
    """What the claim is worth, of a locked order."""
    if order.collected_at is None:
        raise Refused(OrderNotMovable(order.status))
    until = rules.claimable_until(order.collected_at)
    if clock.now() > until:
        raise Refused(ClaimTooLate(until))
    line = await queries.claimable(claim.order_line_id)
    if claim.quantity is not None and claim.quantity > line.claimable_units:
        raise Refused(LineUnitsExceeded(line.claimable_units))
    asked = rules.asked_fen(line, claim.quantity, claim.share_percent)
    if asked == 0:
        raise Refused(NothingLeftToClaim())
    return asked


async def _write(tx: RequestConnection, order: Order, claim: Claim, text: str, asked: int) -> int:
    now = clock.now()
    extent = (claim.quantity, claim.share_percent, asked)
    who = (claim.order_line_id, order.customer_id, order.pickup_point_id)
    made = await tx.fetch(_CLAIM, *who, claim.reason.value, text, *extent, now, now + rules.DECIDED_WITHIN)
    if not made:
        raise Refused(ClaimAlreadyOpen())
    claim_id = int(made[0]["id"])
    await tx.execute(_PHOTOS, claim_id, order.customer_id, list(claim.upload_ids))
    return claim_id
