"""Messages leave, each at most once: what may have been sent is never sent again.

A worker takes a message before it asks WeChat, so that neither another worker nor a repeated job sends it too. When
WeChat surely did nothing it is tried again; when there was no answer it is left, because a second message would spend
a second grant.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from prometheus_client import Counter

from app.kit import clock, db, jobs
from app.kit.retry import Retry
from app.kit.vault import Vault
from app.orders.messages import rules
from app.orders.messages.enums import MessageState, MessageTemplate
from app.orders.messages.rules import Facts
from app.orders.messages.service import SEND_JOB
from app.payments.errors import NoPayer
from app.payments.payer import openid_of
from app.wechat.client import Message, WeChat
from app.wechat.errors import NoGrant, WeChatBusy, WeChatRefused, WeChatUnavailable

RETRY = Retry(attempts=6, first=timedelta(seconds=20), longest=timedelta(minutes=10))
"""Some minutes: what is told later is no news."""
LOST = timedelta(minutes=10)
"""After so long in sending, its worker was lost and nobody knows whether it left."""

_TAKE = """UPDATE subscribe_message SET state = 'SENDING', tries = tries + 1, sending_at = $2
WHERE id = $1 AND state = 'QUEUED' RETURNING customer_id, order_id, template, occasion_id, tries"""
_FACTS = """SELECT o.id, o.number, p.name, s.ends_at,
  (SELECT sum(r.amount_fen)::bigint FROM order_refund r WHERE r.order_id = o.id AND r.granted_refund_id = $2),
  u.name, u.answer_by
FROM customer_order o JOIN pickup_point p ON p.id = o.pickup_point_id JOIN pickup_slot s ON s.id = o.pickup_slot_id
LEFT JOIN LATERAL (SELECT q.name, b.answer_by FROM substitution b JOIN sku k ON k.id = b.sku_id
  JOIN product q ON q.id = k.product_id WHERE b.id = $2) u ON true
WHERE o.id = $1"""
_END = """UPDATE subscribe_message SET state = $2, code = $3, done_at = $4 WHERE id = $1 AND state = 'SENDING'"""
_AGAIN = "UPDATE subscribe_message SET state = 'QUEUED', sending_at = NULL WHERE id = $1 AND state = 'SENDING'"
_SPENT = "UPDATE message_grant SET remaining = 0 WHERE customer_id = $1 AND template = $2"
_GIVE_BACK = """UPDATE message_grant SET remaining = remaining + 1
WHERE customer_id = $1 AND template = $2 AND remaining < 20"""
_SWEEP = """UPDATE subscribe_message SET state = 'UNKNOWN', done_at = $1
WHERE state = 'SENDING' AND sending_at <= $2"""

_log = structlog.get_logger("messages")
_SENT = Counter("messages_sent", "Subscribe messages, by what became of them.", ["template", "state"])


class Messenger:
    """Sends messages. `templates`: the ids of the templates in the mini-program's console; one without is not sent."""

    def __init__(self, wechat: WeChat, vault: Vault, templates: Mapping[MessageTemplate, str]) -> None:
        self._wechat = wechat
        self._vault = vault
        self._templates = templates

    async def send(self, payload: dict[str, Any]) -> None:
        """The job: sends a message that waits; any other stays as it is. No connection is held while WeChat answers."""
        message_id = int(payload["message"])
        taken = await db.fetch(_TAKE, message_id, clock.now())
        if not taken:
            return
        customer_id, order_id, name, occasion_id, tries = taken[0]
        template = MessageTemplate(name)
        facts = Facts(*(await db.fetch(_FACTS, order_id, occasion_id))[0])
        try:
            openid = await openid_of(self._vault, customer_id)
            data = rules.texts(template, facts, clock.now())
            asked = Message(openid, self._templates[template], rules.page(order_id), data)
            await db.current().rest()
            await self._wechat.send_message(asked)
        except (NoPayer, KeyError):
            await self._end(message_id, customer_id, template, MessageState.FAILED)
        except NoGrant as refused:
            await db.current().execute(_SPENT, customer_id, template.value)
            await self._end(message_id, customer_id, template, MessageState.NOT_GRANTED, refused.code)
        except WeChatRefused as refused:
            _log.error("a message is not taken", template=template, code=refused.code)
            await self._end(message_id, customer_id, template, MessageState.FAILED, refused.code)
        except WeChatBusy:
            await self._again(message_id, customer_id, template, tries)
        except WeChatUnavailable:
            await self._end(message_id, customer_id, template, MessageState.UNKNOWN)
        else:
            await self._end(message_id, customer_id, template, MessageState.SENT)

    async def sweep(self, _: dict[str, Any]) -> None:
        """The job that ends messages whose worker was lost while it sent them; harmless to repeat."""
        now = clock.now()
        await db.current().execute(_SWEEP, now, now - LOST)

    async def _end(
        self, message_id: int, customer_id: int, template: MessageTemplate, state: MessageState, code: int | None = None
    ) -> None:
        """What was surely not sent for a reason of ours leaves its grant for another time."""
        async with db.transaction() as tx:
            ended = await tx.execute(_END, message_id, state.value, code, clock.now())
            if ended == "UPDATE 1" and state is MessageState.FAILED:
                await tx.execute(_GIVE_BACK, customer_id, template.value)
        _SENT.labels(template, state).inc()

    async def _again(self, message_id: int, customer_id: int, template: MessageTemplate, tries: int) -> None:
        if tries >= RETRY.attempts:
            await self._end(message_id, customer_id, template, MessageState.FAILED)
            return
        async with db.transaction() as tx:
            if await tx.execute(_AGAIN, message_id) == "UPDATE 1":
                await jobs.enqueue(tx, SEND_JOB, {"message": message_id}, delay=RETRY.delay(tries))
