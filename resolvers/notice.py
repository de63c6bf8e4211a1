"""Notices for staff."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Staff
from app.kit import ids
from app.kit.paging import Page
from app.notices import queries, service
from app.notices.models import StaffNotice
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]
OpenOnly = Annotated[bool, strawberry.argument(description="Only those nobody has handled yet.")]


def notices(*, open_only: OpenOnly = True, first: First = 20, after: After = None) -> Awaitable[Page[StaffNotice]]:
    """A page of notices."""
    return (queries.OPEN if open_only else queries.ALL).page(first=first, after=after)


def about(parent: Parent[StaffNotice]) -> str:
    """What it is about."""
    return ids.encode(parent.entity, parent.entity_id)


def product_ids(parent: Parent[StaffNotice]) -> list[str]:
    """The products concerned."""
    return [ids.encode("Product", key) for key in parent.product_ids]


def lot_ids(parent: Parent[StaffNotice]) -> list[str]:
    """The lots concerned."""
    return [ids.encode("Lot", key) for key in parent.lot_ids]


def handled_by(parent: Parent[StaffNotice], info: Info) -> Awaitable[Staff | None] | None:
    """Who handled it."""
    return None if parent.handled_by_id is None else info.context.loaders.staff.load(parent.handled_by_id)


def handle(info: Info, notice_id: ID) -> Awaitable[StaffNotice]:
    """The notice, handled."""
    return service.handle(info.context.caller, ids.decode(notice_id, "StaffNotice"))
