"""Grants are counted and taken; a message is queued with what it tells of, and leaves after the commit."""

from collections import Counter
from collections.abc import Sequence

from app.accounts.models import Customer
from app.accounts.queries import lock_customer
from app.kit import clock, db, idempotency, jobs
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import BadInput
from app.kit.idempotency import Reference
from app.kit.rows import select
from app.orders.messages.enums import MessageTemplate
from app.orders.messages.models import MOST_GRANTS, MessageGrant
from app.orders.models import Order

SEND_JOB = "messages.send"
MOST_AT_ONCE = 3  # templates in one prompt of wx.requestSubscribeMessage

_GRANT = f"""INSERT INTO message_grant AS g (customer_id, template, remaining)
SELECT $1, p.template, p.count FROM unnest($2::text[], $3::int[]) AS p(template, count)
ON CONFLICT (customer_id, template) DO UPDATE SET remaining = least({MOST_GRANTS}, g.remaining + excluded.remaining)"""
_OF = f"SELECT {select(MessageGrant, 'g')} FROM message_grant g WHERE g.customer_id = $1 ORDER BY g.template"
_TELL = """WITH taken AS (
  UPDATE message_grant SET remaining = remaining - 1 WHERE customer_id = $1 AND template = $2 AND remaining > 0
  AND NOT EXISTS (SELECT FROM subscribe_message WHERE order_id = $3 AND template = $2 AND occasion_id = $4)
  RETURNING id
) INSERT INTO subscribe_message (customer_id, template, order_id, occasion_id, state, tries, created_at)
SELECT $1, $2, $3, $4, 'QUEUED', 0, $5 FROM taken RETURNING id"""


class BadGrants(BadInput):
    """No templates, too many, or one twice: nobody is asked that at once."""


async def grants_of(customer_id: int) -> list[MessageGrant]:
    """How many messages a customer lets the shop send her, by template."""
    return await db.rows(MessageGrant, _OF, customer_id)


async def record_grants(
    caller: Caller, customer_id: int, *, idempotency_key: str, templates: Sequence[MessageTemplate]
) -> Customer:
    """The customer, who let one message of each of these templates be sent; the same key counts once.

    Raises:
        BadGrants: what was sent.
        Refused: AccountClosed, IdempotencyKeyReused.
    """
    if not 1 <= len(templates) <= MOST_AT_ONCE or max(Counter(templates).values()) > 1:
        raise BadGrants(f"templates are 1 to {MOST_AT_ONCE} different ones")
    names = sorted(template.value for template in templates)
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)

        async def act() -> Reference:
            await tx.execute(_GRANT, customer_id, names, [1] * len(names))
            return Reference("Customer", customer_id)

        await idempotency.once(
            tx, caller=caller, operation="recordMessageGrant", key=idempotency_key, input=names, act=act
        )
    return customer


async def tell(tx: RequestConnection, order: Order, template: MessageTemplate, occasion_id: int = 0) -> bool:
    """Queues a message to an order's customer, if she granted one; it leaves after the commit. Whether it does.

    Of one occasion (`occasion_id`: a refund or a substitution; 0 for the order itself) she is told once: whoever
    calls has the order or its payment locked, so that of two calls one sees what the other queued.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    made = await tx.fetch(_TELL, order.customer_id, template.value, order.id, occasion_id, clock.now())
    for record in made:
        await jobs.enqueue(tx, SEND_JOB, {"message": record["id"]})
    return bool(made)
