"""What customers write to the shop about their data, and what staff answer by the day it is due."""

from functools import cache
from typing import NamedTuple

import asyncpg
from prometheus_client import Counter

from app.accounts.queries import lock_customer
from app.accounts.rules import staff_of
from app.kit import audit, clock, db, paging
from app.kit.caller import Caller
from app.kit.cursors import Column, Sort
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.paging import Page
from app.kit.rows import select
from app.privacy import rules
from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject
from app.privacy.errors import (
    CorrectItYourself,
    DataRequestAnswered,
    DataRequestNotFound,
    DataRequestOpen,
    NotCorrectable,
)
from app.privacy.models import DataRequest
from app.privacy.rules import BadDecision

SCOPE = "privacy:answer"
DEFAULT_PAGE, MAX_PAGE = 20, 50

_ANSWERED = Counter("data_requests_answered", "Requests about personal data that staff answered.", ["state", "late"])

_COLUMNS = select(DataRequest, "r")
_BY_ID = f"SELECT {_COLUMNS} FROM data_request r WHERE r.id = ANY($1)"
_ASK = """INSERT INTO data_request (customer_id, kind, state, requested_at, due_on, subject, wish)
VALUES ($1, $2, 'OPEN', $3, $4, $5, $6) RETURNING id"""
_ANSWER = """UPDATE data_request SET state = $2, done_at = $3, answer = $4, answered_by_id = $5, counts = '{}'
WHERE id = $1 AND state = 'OPEN' AND kind = ANY($6) RETURNING due_on"""

# the oldest first: it is due first
_SORT = Sort("data_request", (Column("id", int, "r.id"),))
_OVERDUE = "r.state = 'OPEN' AND r.due_on < $1"


class Asked(NamedTuple):
    """What a customer writes."""

    kind: DataRequestKind
    subject: DataSubject
    wish: str


async def by_id(keys: list[int]) -> list[DataRequest]:
    """The requests with these ids, in no order."""
    return await db.rows(DataRequest, _BY_ID, keys)


async def ask(caller: Caller, customer_id: int, *, idempotency_key: str, asked: Asked) -> DataRequest:
    """The request, which staff answer by its day.

    Raises:
        Refused: NotCorrectable, CorrectItYourself, DataRequestOpen, AccountClosed, IdempotencyKeyReused.
        BadInput: the text, the key, or a kind that has a mutation of its own.
    """
    kind, subject, wish = asked
    text = rules.check_text(wish, "wish", rules.MAX_WISH)
    if kind not in rules.HANDLED:
        raise BadDecision("ask for a copy with exportMyData, and close the account with closeMyAccount")
    if kind is DataRequestKind.CORRECTION and subject in rules.NOT_CORRECTABLE:
        raise Refused(NotCorrectable(subject))
    if kind is DataRequestKind.CORRECTION and subject in rules.HERSELF:
        raise Refused(CorrectItYourself(subject))
    async with db.transaction() as tx:

        async def act() -> Reference:
            await lock_customer(tx, customer_id)
            due = rules.due_on(clock.today())
            try:
                made = await tx.fetch(_ASK, customer_id, kind, clock.now(), due, subject, text)
            except asyncpg.UniqueViolationError:
                raise Refused(DataRequestOpen()) from None
            key = int(made[0]["id"])
            after = {"request": key, "kind": kind, "subject": subject}
            await audit.append(
                tx, caller, scope="me", action="ask about data", entity="Customer", entity_id=customer_id, after=after
            )
            return Reference("DataRequest", key)

        reference = await once(
            tx, caller=caller, operation="askAboutMyData", key=idempotency_key, input=[kind, subject, text], act=act
        )
    return (await by_id([reference.key]))[0]


async def answer(caller: Caller, request_id: int, *, is_done: bool, text: str) -> DataRequest:
    """The request, done or refused with the reason the law wants in writing. The same answer again changes nothing.

    Raises:
        Refused: DataRequestNotFound, DataRequestAnswered.
        BadInput: the text.
    """
    state = DataRequestState.DONE if is_done else DataRequestState.REFUSED
    told = rules.check_text(text, "answer", rules.MAX_ANSWER)
    staff_id = staff_of(caller)
    async with db.transaction() as tx:
        handled = sorted(rules.HANDLED)
        answered = await tx.fetch(_ANSWER, request_id, state, clock.now(), told, staff_id, handled)
        if answered:
            await audit.append(
                tx,
                caller,
                scope=SCOPE,
                action="answer data request",
                entity="DataRequest",
                entity_id=request_id,
                after={"state": state},
            )
    found = await by_id([request_id])
    if not found or found[0].kind not in rules.HANDLED:
        raise Refused(DataRequestNotFound())
    if answered:
        _ANSWERED.labels(state, answered[0]["due_on"] < clock.today()).inc()
    elif (found[0].state, found[0].answer, found[0].answered_by_id) != (state, told, staff_id):
        raise Refused(DataRequestAnswered())
    return found[0]


async def page(
    state: DataRequestState | None, *, overdue_only: bool, first: int | None, after: str | None
) -> Page[DataRequest]:
    """A page of what was asked for, what is due first first; with `overdue_only` what should be answered already.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind = () if after is None else _SORT.values(after)
    given = (clock.today(), state)
    text = _page(overdue_only=overdue_only, behind_cursor=after is not None)
    rows = await db.rows(DataRequest, text, *given, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_where(overdue_only=overdue_only)}", *given))[0][0])

    return paging.cut(rows, size, sort=_SORT, after=after, total=total)


async def overdue() -> int:
    """How many requests should be answered already."""
    return int((await db.fetch(f"SELECT count(*) FROM data_request r WHERE {_OVERDUE}", clock.today()))[0][0])


@cache
def _where(*, overdue_only: bool) -> str:
    late = _OVERDUE if overdue_only else "$1::date IS NOT NULL"
    return f"FROM data_request r WHERE {late} AND ($2::text IS NULL OR r.state = $2)"


@cache
def _page(*, overdue_only: bool, behind_cursor: bool) -> str:
    behind = f" AND {_SORT.after(4)}" if behind_cursor else ""
    return f"SELECT {_COLUMNS} {_where(overdue_only=overdue_only)}{behind} ORDER BY {_SORT.order_by} LIMIT $3"
