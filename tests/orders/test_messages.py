"""Subscribe messages: counted grants, each used once, whatever WeChat, workers and retries do."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest

from app.embedded.wechat.server import StandIn
from app.kit import clock, db, retention
from app.orders import waiting
from app.orders.messages import rules, service
from app.orders.messages.enums import MessageTemplate
from app.orders.messages.rules import BadTemplates, Facts
from app.orders.messages.sending import LOST, RETRY, Messenger
from app.orders.messages.service import BadGrants
from app.orders.models import Order
from app.privacy.retention import RULES
from app.wechat.client import WeChat
from tests.orders.counter import Clerk, lines_of, ready
from tests.orders.market import Market, caller_of, reason
from tests.rows import hours
from tests.shop import ACCOUNT, NOW, wechat

READY = MessageTemplate.ORDER_READY
IDS = {each: f"template-{each.lower()}" for each in MessageTemplate}


@dataclass
class Post:
    """The market's messages, and the stand-in that takes them."""

    market: Market
    stand_in: StandIn
    messenger: Messenger

    async def grants(
        self, customer: int, *templates: MessageTemplate, at_wechat: int = 1, key: str = "grant-0001"
    ) -> None:
        """She allows a message of each template, in WeChat and here."""
        for template in templates:
            self.stand_in.state.grants[f"openid-{customer:024}", IDS[template]] += at_wechat
        async with self.market.database.session():
            await service.record_grants(caller_of(customer), customer, idempotency_key=key, templates=templates)

    async def tells(self, order: Order, template: MessageTemplate = READY, occasion: int = 0) -> bool:
        """Somebody who writes to the order tells its customer."""
        async with self.market.database.session(), db.transaction() as tx:
            await tx.fetch("SELECT FROM customer_order WHERE id = $1 FOR UPDATE", order.id)
            return await service.tell(tx, order, template, occasion)

    async def works(self) -> None:
        """A worker runs the jobs that wait."""
        waiting_jobs = "SELECT id FROM subscribe_message WHERE state = 'QUEUED' ORDER BY id"
        for record in await self.market.database.pool.fetch(waiting_jobs):
            await self.sends(record["id"])

    async def sends(self, message: int) -> None:
        """A worker runs one."""
        async with self.market.database.session():
            await self.messenger.send({"message": message})

    async def remaining(self, customer: int, template: MessageTemplate = READY) -> int:
        """How many grants the shop counts."""
        sql = "SELECT remaining FROM message_grant WHERE customer_id = $1 AND template = $2"
        return int(await self.market.value(sql, customer, template.value) or 0)

    async def states(self) -> list[tuple[str, int | None]]:
        """What became of the messages."""
        found = await self.market.rows.connection.fetch("SELECT state, code FROM subscribe_message ORDER BY id")
        return [(record["state"], record["code"]) for record in found]

    def fails(self, *faults: int | str) -> None:
        """What WeChat answers next."""
        self.stand_in.state.faults["subscribe_send"] += faults


@pytest.fixture
async def post(market: Market) -> AsyncIterator[Post]:
    """The real client and the stand-in, which shares no code with it."""
    stand_in = wechat()
    transport = httpx.ASGITransport(stand_in.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://wechat.test") as http:
        yield Post(market, stand_in, Messenger(WeChat(http, ACCOUNT), market.vault, IDS))


async def bought(market: Market) -> Order:
    """A paid order."""
    return await market.paid(await market.customer(), {await market.sells(9): 2})


async def test_a_grant_is_one_message(market: Market, post: Post) -> None:
    """It leaves after the commit, with what WeChat's forms take; the second occasion has no grant left."""
    clerk = await Clerk.at(market)
    order = await bought(market)
    await post.grants(order.customer_id, READY, at_wechat=5)
    await clerk.starts(order)
    await clerk.readies(order)
    assert post.stand_in.state.sent == []
    await post.works()
    await post.works()
    (sent,) = post.stand_in.state.sent
    assert (sent["touser"], sent["template_id"]) == (f"openid-{order.customer_id:024}", IDS[READY])
    assert sent["data"]["character_string1"] == {"value": order.number}
    assert sent["page"].startswith("pages/order/detail?id=")
    assert (await post.states(), await post.remaining(order.customer_id)) == ([("SENT", None)], 0)
    assert not await post.tells(order, READY, 7)


async def test_without_a_grant_nothing_is_queued(market: Market, post: Post) -> None:
    """Nor for a template she did not allow; of one occasion she is told once, with grants left or not."""
    order = await bought(market)
    await post.grants(order.customer_id, MessageTemplate.REFUND_DONE)
    assert not await post.tells(order)
    await post.grants(order.customer_id, READY, key="grant-0002")
    await post.grants(order.customer_id, READY, key="grant-0003")
    assert [await post.tells(order), await post.tells(order)] == [True, False]
    assert await post.remaining(order.customer_id) == 1
    assert await market.value("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'messages.send'") == 1


async def test_what_is_not_committed_is_not_told(market: Market, post: Post) -> None:
    """Neither a job nor a grant is spent."""
    order = await bought(market)
    await post.grants(order.customer_id, READY)

    async def breaks_off() -> None:
        async with market.database.session(), db.transaction() as tx:
            assert await service.tell(tx, order, READY)
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await breaks_off()
    assert (await post.states(), await post.remaining(order.customer_id)) == ([], 1)
    assert await market.value("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'messages.send'") == 0


async def test_two_workers_send_it_once(market: Market, post: Post) -> None:
    """Peers' trap: a job that runs twice. She allowed more at WeChat, so a second one would arrive."""
    order = await bought(market)
    await post.grants(order.customer_id, READY, at_wechat=9)
    assert await post.tells(order)
    message = await market.value("SELECT id FROM subscribe_message")
    await asyncio.gather(*(post.sends(message) for _ in range(6)))
    await post.sends(message)
    assert (len(post.stand_in.state.sent), await post.states()) == (1, [("SENT", None)])


@pytest.mark.parametrize(
    ("fault", "state", "remaining"),
    [(43101, "NOT_GRANTED", 0), (47003, "FAILED", 1), (40037, "FAILED", 1), (40003, "FAILED", 1), (41030, "FAILED", 1)],
)
async def test_what_wechat_refuses_is_not_tried_again(
    market: Market, post: Post, fault: int, state: str, remaining: int
) -> None:
    """43101: she took it back, so the count is wrong; a mistake of ours leaves the grant for another time."""
    order = await bought(market)
    await post.grants(order.customer_id, READY)
    await post.tells(order)
    post.fails(fault)
    await post.works()
    await post.works()
    assert post.stand_in.state.calls["subscribe_send"] == 1
    assert (await post.states(), await post.remaining(order.customer_id)) == ([(state, fault)], remaining)


async def test_a_busy_wechat_is_asked_again(market: Market, post: Post) -> None:
    """-1: nothing was done. After some tries it is given up, and the grant is there for another time."""
    order = await bought(market)
    await post.grants(order.customer_id, READY)
    await post.tells(order)
    post.fails(-1, -1)
    for _ in range(3):
        await post.works()
    assert (await post.states(), len(post.stand_in.state.sent)) == ([("SENT", None)], 1)
    await post.grants(order.customer_id, READY, key="grant-0002")
    await post.tells(order, READY, 7)
    post.fails(*[-1] * RETRY.attempts)
    for _ in range(RETRY.attempts + 2):
        await post.works()
    assert (await post.states())[1] == ("FAILED", None)
    assert await post.remaining(order.customer_id) == 1


async def test_what_may_have_been_sent_is_not_sent_again(market: Market, post: Post) -> None:
    """A page of a gateway is no answer; a worker that dies in the middle leaves it unknown too."""
    order = await bought(market)
    await post.grants(order.customer_id, READY, at_wechat=9)
    await post.tells(order)
    post.fails("html")
    await post.works()
    await post.works()
    assert (await post.states(), await post.remaining(order.customer_id)) == ([("UNKNOWN", None)], 0)
    await market.rows.connection.execute(
        "UPDATE subscribe_message SET state = 'SENDING', done_at = NULL, sending_at = $1", NOW
    )
    for moment, state in ((LOST - timedelta(seconds=1), "SENDING"), (LOST, "UNKNOWN")):
        with clock.moved_to(NOW + moment):
            async with market.database.session():
                await post.messenger.sweep({})
        assert [each for each, _ in await post.states()] == [state]
    assert post.stand_in.state.sent == []


async def test_a_token_that_was_over_is_fetched_anew(market: Market, post: Post) -> None:
    """And the message leaves with the next one."""
    order = await bought(market)
    await post.grants(order.customer_id, READY)
    await post.tells(order)
    post.fails(40001)
    await post.works()
    assert (await post.states(), post.stand_in.state.calls["stable_token"]) == ([("SENT", None)], 2)


async def test_each_occasion_of_an_order_is_told(market: Market, post: Post) -> None:
    """A substitute offered, the window ending, money back: each once, when it happens."""
    clerk, substitute = await Clerk.at(market), await market.sells(9)
    order = await bought(market)
    await post.grants(order.customer_id, MessageTemplate.SUBSTITUTION_OFFER, MessageTemplate.PICKUP_REMINDER)
    await post.grants(order.customer_id, MessageTemplate.REFUND_DONE, key="grant-0002")
    await clerk.starts(order)
    await clerk.shorts((await lines_of(market, order))[0], 1)
    await market.refunds()
    await market.told()
    await market.refunds()
    await clerk.offers((await lines_of(market, order))[0], substitute, 1)
    await post.works()
    told = [each["template_id"] for each in post.stand_in.state.sent]
    assert told == [IDS[MessageTemplate.REFUND_DONE], IDS[MessageTemplate.SUBSTITUTION_OFFER]]
    assert post.stand_in.state.sent[0]["data"]["amount2"] == {"value": "¥10.00"}
    other = await ready(market, clerk, {substitute: 1})
    await post.grants(other.customer_id, MessageTemplate.PICKUP_REMINDER)
    with clock.moved_to(hours(32)):
        for _ in range(2):
            async with market.database.session():
                await waiting.remind({})
        await post.works()
    assert [each["template_id"] for each in post.stand_in.state.sent[2:]] == [IDS[MessageTemplate.PICKUP_REMINDER]]


async def test_grants_are_counted_once_for_a_key(market: Market, post: Post) -> None:
    """Ten taps at once are one; there are twenty at most; three templates at once."""
    customer = await market.customer()
    await asyncio.gather(*(post.grants(customer, READY) for _ in range(10)))
    assert await post.remaining(customer) == 1
    for number in range(30):
        await post.grants(customer, READY, key=f"more-{number:04}")
    assert await post.remaining(customer) == 20
    for templates in ((), (READY, READY), tuple(MessageTemplate)):
        with pytest.raises(BadGrants):
            await post.grants(customer, *templates, key="bad-key-1")
    assert await reason(post.grants(customer, MessageTemplate.REFUND_DONE, key="more-0001")) == "IdempotencyKeyReused"


async def test_many_tellers_take_no_more_than_there_is(market: Market, post: Post) -> None:
    """Twelve occasions at once, five grants."""
    order = await bought(market)
    for number in range(5):
        await post.grants(order.customer_id, READY, key=f"grant-{number:04}")
    outcomes = Counter(await asyncio.gather(*(post.tells(order, READY, number) for number in range(12))))
    assert outcomes == {True: 5, False: 7}
    await post.works()
    assert len(post.stand_in.state.sent) == 5


async def test_a_message_is_forgotten_after_thirty_days(market: Market, post: Post) -> None:
    """When it was sent, not before; one that waits stays."""
    order = await bought(market)
    await post.grants(order.customer_id, READY)
    await post.tells(order)
    (rule,) = (each for each in RULES if each.table == "subscribe_message")
    for days, is_sent, left in ((90, False, 1), (29, True, 1), (31, True, 0)):
        if is_sent:
            await post.works()
        async with market.database.session(), db.transaction() as tx:
            await retention.remove(tx, rule, NOW + timedelta(days=days))
        assert len(await post.states()) == left


@pytest.mark.parametrize("template", list(MessageTemplate))
def test_texts_have_the_forms_of_wechat(template: MessageTemplate) -> None:
    """Whatever a shop or a product is called: at most twenty characters, on one line."""
    facts = Facts(1, "2611201234567890", "很长的门店名称" * 5, NOW, 12345, "名字\n" * 20, NOW)
    texts = rules.texts(template, facts, NOW)
    assert all(len(text) <= rules.MOST_THING for name, text in texts.items() if name.startswith("thing"))
    assert "\n" not in "".join(texts.values())


def test_templates_are_named_in_the_settings() -> None:
    """Another form is refused where the worker starts."""
    assert rules.parse_templates("ORDER_READY=a, REFUND_DONE = b") == {READY: "a", MessageTemplate.REFUND_DONE: "b"}
    assert rules.parse_templates("") == {}
    for text in ("ORDER_READY", "ORDER_READY=", "OTHER=a"):
        with pytest.raises(BadTemplates):
            rules.parse_templates(text)
