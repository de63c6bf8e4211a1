"""Defect claims: what a customer sends, what staff decide."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.rules import customer_of
from app.claims import deciding, queries, service
from app.claims.enums import ClaimState, DefectReason
from app.claims.models import DefectClaim, DefectClaimPhoto
from app.claims.service import Claim
from app.kit import ids
from app.kit.paging import Page
from app.orders.models import OrderLine
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many claims, 1 to 50.")]
State = Annotated[ClaimState | None, strawberry.argument(description="Those that are so far; null: all.")]
OverdueOnly = Annotated[bool, strawberry.argument(description="Only those that should be decided already.")]


def of_line(parent: Parent[OrderLine], info: Info) -> Awaitable[list[DefectClaim]]:
    """What was claimed of a line."""
    return info.context.loaders.claims_by_line.load(parent.id)


def order_line(parent: Parent[DefectClaim], info: Info) -> Awaitable[OrderLine | None]:
    """The line it is about."""
    return info.context.loaders.any_order_lines.load(parent.order_line_id)


def photos(parent: Parent[DefectClaim], info: Info) -> Awaitable[list[DefectClaimPhoto]]:
    """Its photos."""
    return info.context.loaders.claim_photos.load(parent.id)


def photo_url(parent: Parent[DefectClaimPhoto], info: Info) -> str:
    """Where it is."""
    return info.context.addresses.stored(parent.storage_key)


def is_overdue(parent: Parent[DefectClaim], info: Info) -> bool:
    """Whether it should be decided already and is not."""
    return parent.state is ClaimState.OPEN and parent.due_at <= info.context.now


def queue(
    info: Info,
    *,
    state: State = ClaimState.OPEN,
    overdue_only: OverdueOnly = False,
    first: First = 20,
    after: After = None,
) -> Awaitable[Page[DefectClaim]]:
    """A page of claims."""
    return queries.page(info.context.caller, state, overdue_only=overdue_only, first=first, after=after)


def claim(
    info: Info,
    *,
    idempotency_key: str,
    order_line_id: ID,
    reason: DefectReason,
    text: str,
    photo_upload_ids: list[ID],
    quantity: int | None = None,
    share_percent: int | None = None,
) -> Awaitable[DefectClaim]:
    """The claim."""
    caller, line = info.context.caller, ids.decode(order_line_id, "OrderLine")
    uploads = tuple(ids.decode(each, "Upload") for each in photo_upload_ids)
    wanted = Claim(line, quantity, share_percent, reason, text, uploads)
    return service.claim(caller, customer_of(caller), idempotency_key=idempotency_key, claim=wanted)


def decide(info: Info, claim_id: ID, accept_percent: int, reason: str) -> Awaitable[DefectClaim]:
    """The claim, decided."""
    claim_key = ids.decode(claim_id, "DefectClaim")
    return deciding.decide(info.context.caller, claim_key, accept_percent=accept_percent, reason=reason)
