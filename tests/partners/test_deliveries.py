"""Events on their way to webhooks: after commit, signed, retried with back-off, dead and replayed; never lost."""

import asyncio
import hashlib
import hmac
import sys
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from app.kit import clock, db
from app.kit.crypto import KeyRing, new_key
from app.kit.errors import Refused
from app.partners import events, jobs, service, webhooks
from app.partners.errors import DeliveryNotDead, WebhookNotFound, WebhookNotPaused
from app.partners.jobs import DELIVER, RETRY, Deliverer
from app.partners.sender import Sender
from app.partners.webhooks import OVERLAP, Webhooks
from app.privacy.retention import retain
from app.tables import Database
from tests.kit.conftest import PATIENCE, working
from tests.partners.conftest import STAFF, Office
from tests.partners.receiver import FAILS, Got, Receiver
from tests.partners.telling import (
    DELIVERIES,
    REPORT_FILED,
    RING,
    SLOT_FULL,
    deliver,
    emit,
    fan_out,
    handlers,
    next_try,
    told,
    webhook,
)
from tests.shop import NOW

SENT = ("DELIVERED", 1, 204, None)


def signatures(got: Got, secret: str) -> str:
    """What a receiver that knows `secret` expects as signature."""
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    return "v1," + b64encode(hmac.digest(b64decode(secret[6:]), signed, hashlib.sha256)).decode()


async def test_an_event_arrives_signed(office: Office, receiver: Receiver) -> None:
    """Trap 12 (no event id): type, time and ids in the body; id, time and signature in the headers."""
    made = await webhook(office, await office.partner(), receiver.url)
    delivery = await told(office)
    later = NOW + timedelta(seconds=7)
    await deliver(office, delivery, later)
    (got,) = receiver.got
    assert orjson.loads(got.body) == {
        "type": "SlotFull",
        "timestamp": "2026-11-20T02:00:00+00:00",
        "data": {"pickupSlot": "x"},
    }
    uid = await office.owner.fetchval("SELECT uid FROM partner_event")
    assert got.headers["webhook-id"] == f"evt_{uid.hex}"
    assert got.headers["webhook-timestamp"] == str(int(later.timestamp()))
    assert made.secret is not None
    assert got.headers["webhook-signature"] == signatures(got, made.secret)
    assert await office.rows(DELIVERIES) == [SENT]
    assert await office.rows("SELECT finished_at, next_try_at FROM webhook_delivery") == [(later, None)]


async def test_what_rolls_back_tells_nobody(office: Office) -> None:
    """Trap 12 (webhooks sent before the commit): the event is part of the business write."""
    await office.partner()
    before = await office.everything()

    async def fail() -> None:
        async with db.transaction() as tx:
            await events.emit(tx, SLOT_FULL, {"pickupSlot": "x"})
            raise LookupError

    async with office.database.session():
        with pytest.raises(LookupError):
            await fail()
        with pytest.raises(db.NoTransactionError):
            await events.emit(db.current(), SLOT_FULL, {"pickupSlot": "x"})
    assert await office.everything() == before


async def test_an_event_goes_to_those_who_listen_and_whom_it_concerns(office: Office) -> None:
    """By type, by partner; not to who is switched off. Repeated, to none twice."""
    lab, other, off = [await office.partner(code=code) for code in ("lab", "other", "off-lab")]
    for partner in (lab, other, off):
        await webhook(office, partner, f"http://127.0.0.1:1/{partner}/slots", SLOT_FULL)
        await webhook(office, partner, f"http://127.0.0.1:1/{partner}/reports", REPORT_FILED)
    async with office.database.session():
        await service.switch(STAFF, off, is_active=False)
    await emit(office, SLOT_FULL)
    await emit(office, REPORT_FILED, {"inspectionReport": "x"}, partner_id=lab)
    assert len(await fan_out(office)) == 3
    sql = """SELECT e.type, w.url FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
    JOIN partner_event e ON e.id = d.event_id ORDER BY e.id, w.id"""
    there = [
        ("SlotFull", f"http://127.0.0.1:1/{lab}/slots"),
        ("SlotFull", f"http://127.0.0.1:1/{other}/slots"),
        ("InspectionReportFiled", f"http://127.0.0.1:1/{lab}/reports"),
    ]
    assert await office.rows(sql) == there
    for (event,) in await office.rows("SELECT id FROM partner_event"):
        async with office.database.session():
            await jobs.fan_out({"event": event})
    assert await office.rows(sql) == there
    assert len(await office.queued()) == 3


async def test_a_failure_is_tried_again_with_back_off_under_the_same_id(office: Office, receiver: Receiver) -> None:
    """The signature is of each attempt's own time; success clears the webhook."""
    await webhook(office, await office.partner(), receiver.url)
    delivery = await told(office)
    receiver.answers = [FAILS, FAILS]
    at = NOW
    for failures in (1, 2):
        await deliver(office, delivery, at)
        assert await office.rows(DELIVERIES) == [("PENDING", failures, 500, "answered 500")]
        assert await office.rows("SELECT failing_since FROM webhook") == [(NOW,)]
        waits = await next_try(office, delivery) - at
        longest = RETRY.first * 2 ** (failures - 1)
        assert longest / 2 <= waits <= longest
        assert len(await office.queued()) == 1 + failures
        at += waits
    await deliver(office, delivery, at)
    assert await office.rows(DELIVERIES) == [("DELIVERED", 3, 204, None)]
    assert await office.rows("SELECT failing_since, paused_at FROM webhook") == [(None, None)]
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
    assert len({got.body for got in receiver.got}) == 1
    assert len({got.headers["webhook-timestamp"] for got in receiver.got}) == 3
    await deliver(office, delivery, at)
    assert len(receiver.got) == 3


async def test_a_job_that_comes_too_early_is_a_duplicate(office: Office, receiver: Receiver) -> None:
    """It sends nothing; the one that is due does."""
    await webhook(office, await office.partner(), receiver.url)
    delivery = await told(office)
    receiver.answers = [FAILS] * 5
    at = NOW
    for _ in range(5):
        await deliver(office, delivery, at)
        at = await next_try(office, delivery)
    await deliver(office, delivery, at - timedelta(seconds=61))
    assert len(receiver.got) == 5
    await deliver(office, delivery, at - timedelta(seconds=59))
    assert len(receiver.got) == 6


async def test_what_never_arrives_is_a_dead_letter_that_staff_replay(office: Office, receiver: Receiver) -> None:
    """After 16 attempts in about two days; then it has 16 again. Another replay of the same is refused."""
    await webhook(office, await office.partner(), receiver.url)
    delivery, at = await told(office), NOW
    receiver.usual = FAILS
    for _ in range(RETRY.attempts - 1):
        await deliver(office, delivery, at)
        at = await next_try(office, delivery)
    assert timedelta(days=1) < at - NOW < timedelta(days=3)
    with pytest.raises(Refused) as refused:
        async with office.database.session():
            await webhooks.replay(STAFF, delivery)
    assert refused.value.reason == DeliveryNotDead()
    await deliver(office, delivery, at)
    assert await office.rows(DELIVERIES) == [("DEAD", 16, 500, "answered 500")]
    queued = len(await office.queued())
    receiver.usual = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
    with clock.moved_to(at):
        async with office.database.session():
            replayed = await webhooks.replay(STAFF, delivery)
    assert (replayed.status.value, replayed.attempts) == ("PENDING", 0)
    assert (await office.queued())[queued:] == [(DELIVER, {"delivery": delivery})]
    await deliver(office, delivery, at)
    assert await office.rows(DELIVERIES) == [("DELIVERED", 1, 200, None)]
    assert await office.rows("SELECT caller FROM audit_entry WHERE action = 'replay'") == [("staff:1",)]
    before = await office.everything()
    for wrong in (delivery, 10**6):
        with pytest.raises(Refused):
            async with office.database.session():
                await webhooks.replay(STAFF, wrong)
    assert await office.everything() == before


async def test_a_webhook_that_fails_for_days_is_paused_and_staff_are_told(office: Office, receiver: Receiver) -> None:
    """What waits and what follows are dead letters; resumed, it is told of what happens from then on."""
    made = await webhook(office, await office.partner(), receiver.url)
    receiver.usual = FAILS
    first, waiting = await told(office), await told(office)
    await deliver(office, first)
    limit = NOW + jobs.PAUSED_AFTER
    await office.owner.execute("UPDATE webhook_delivery SET next_try_at = $1", limit)
    await deliver(office, first, limit - timedelta(seconds=1))
    assert await office.rows("SELECT paused_at FROM webhook") == [(None,)]
    await deliver(office, first, await next_try(office, first))
    paused = (await office.rows("SELECT paused_at FROM webhook"))[0][0]
    assert paused >= limit
    assert await office.rows("SELECT caller, action, entity_id FROM audit_entry WHERE entity = 'Webhook'") == [
        ("staff:1", "create", made.webhook.id),
        ("machine", "pause", made.webhook.id),
    ]
    await deliver(office, waiting, paused)
    assert len(receiver.got) == 3
    await emit(office)
    await fan_out(office)
    assert await office.rows(DELIVERIES) == [
        ("DEAD", 3, 500, "answered 500"),
        ("DEAD", 0, None, "paused"),
        ("DEAD", 0, None, "paused"),
    ]
    receiver.usual = FAILS.replace(b"500", b"200")
    async with office.database.session():
        resumed = await webhooks.resume(STAFF, made.webhook.id)
        assert (resumed.paused_at, resumed.failing_since) == (None, None)
        await webhooks.replay(STAFF, waiting)
    await deliver(office, waiting)
    assert [row[0] for row in await office.rows(DELIVERIES)] == ["DEAD", "DELIVERED", "DEAD"]
    before = await office.everything()
    for wrong, reason in ((made.webhook.id, WebhookNotPaused()), (10**6, WebhookNotFound())):
        with pytest.raises(Refused) as refused:
            async with office.database.session():
                await webhooks.resume(STAFF, wrong)
        assert refused.value.reason == reason
    assert await office.everything() == before


async def test_a_replaced_secret_signs_too_for_a_day(office: Office, receiver: Receiver) -> None:
    """So that a receiver can change over without missing an event."""
    old = await webhook(office, await office.partner(), receiver.url)
    async with office.database.session():
        new = await office.webhooks.replace_secret(STAFF, idempotency_key="replace-1", webhook_id=old.webhook.id)
        again = await office.webhooks.replace_secret(STAFF, idempotency_key="replace-1", webhook_id=old.webhook.id)
    assert again.secret is None
    assert old.secret is not None
    assert new.secret is not None
    await deliver(office, await told(office))
    await emit(office)
    end = NOW + OVERLAP
    await deliver(office, (await fan_out(office))[-1], end)
    during, after = receiver.got
    expected = f"{signatures(during, new.secret)} {signatures(during, old.secret)}"
    assert during.headers["webhook-signature"] == expected
    assert after.headers["webhook-signature"] == signatures(after, new.secret)


async def test_a_secret_that_does_not_open_is_a_failed_attempt(office: Office, receiver: Receiver) -> None:
    """The key ring lost its key: nothing is sent unsigned, and the delivery ends as any other."""
    await webhook(office, await office.partner(), receiver.url)
    delivery = await told(office)
    stranger = Webhooks(KeyRing({"k2": new_key()}), allows_loopback=True)
    async with office.database.session():
        await Deliverer(stranger, Sender(allows_loopback=True)).deliver({"delivery": delivery})
    assert await office.rows(DELIVERIES) == [("PENDING", 1, None, "its secret does not open")]
    assert receiver.got == []


async def test_no_connection_is_held_while_a_receiver_is_waited_for(
    office: Office, receiver: Receiver, app_url: str
) -> None:
    """Four slow deliveries on a pool of one, and statements in between."""
    await webhook(office, await office.partner(), receiver.url)
    deliveries = [await told(office) for _ in range(4)]
    receiver.usual = None
    narrow = await Database.open(app_url, size=1)
    deliverer = Deliverer(office.webhooks, Sender(allows_loopback=True, seconds=1))

    async def slow(delivery: int) -> None:
        async with narrow.session():
            await deliverer.deliver({"delivery": delivery})

    sending = [asyncio.create_task(slow(each)) for each in deliveries]
    await receiver.until(lambda it: len(it.got) == 4)
    async with narrow.session():
        assert (await db.fetch("SELECT 1"))[0][0] == 1
    assert not any(each.done() for each in sending)
    await asyncio.gather(*sending)
    await narrow.close()
    assert await office.rows(DELIVERIES) == [("PENDING", 1, None, "no answer within 1 seconds")] * 4


async def test_two_workers_with_one_attempt_write_it_down_once(office: Office, receiver: Receiver) -> None:
    """The receiver may be told twice; the row counts one attempt, and one next attempt is queued."""
    await webhook(office, await office.partner(), receiver.url)
    delivery = await told(office)
    receiver.usual, receiver.together = FAILS, 2
    await asyncio.gather(deliver(office, delivery), deliver(office, delivery))
    assert await office.rows(DELIVERIES) == [("PENDING", 1, 500, "answered 500")]
    assert len(await office.queued()) == 2  # the first, and its successor


async def test_a_lost_job_is_queued_again(office: Office) -> None:
    """Once, however often one looks; what waits for its time is left alone."""
    await webhook(office, await office.partner(), "http://127.0.0.1:1/")
    delivery = await told(office)
    await office.owner.execute("DELETE FROM pgqueuer")
    for minutes, queued in ((15, 0), (16, 1), (26, 1)):
        with clock.moved_to(NOW + timedelta(minutes=minutes)):
            async with office.database.session():
                await jobs.sweep({})
        assert await office.queued() == [(DELIVER, {"delivery": delivery})] * queued


async def test_what_is_over_is_forgotten_in_time(office: Office, receiver: Receiver) -> None:
    """Deliveries after a month, dead letters after three, then their events; what waits never."""
    await webhook(office, await office.partner(), receiver.url)
    await deliver(office, await told(office))
    _, dead, _ = [await told(office) for _ in range(3)]
    await emit(office, REPORT_FILED)
    await fan_out(office)
    await office.owner.execute(
        "UPDATE webhook_delivery SET status = 'DEAD', next_try_at = NULL, finished_at = $2 WHERE id = $1", dead, NOW
    )
    left = []
    for days in (30, 31, 90, 91):
        with clock.moved_to(NOW + timedelta(days=days)):
            async with office.database.session():
                await retain({})
        deliveries = [row[0] for row in await office.rows(DELIVERIES)]
        left.append((deliveries, (await office.rows("SELECT count(*) FROM partner_event"))[0][0]))
    assert left == [
        (["DELIVERED", "PENDING", "DEAD", "PENDING"], 5),
        (["PENDING", "DEAD", "PENDING"], 3),
        (["PENDING", "DEAD", "PENDING"], 3),
        (["PENDING", "PENDING"], 2),
    ]


async def test_a_worker_tells_by_itself(office: Office, receiver: Receiver) -> None:
    """From the commit to the receiver: fan-out, a failure, the next attempt."""
    await webhook(office, await office.partner(), receiver.url)
    async with working(office.database, handlers(office.webhooks)):
        await emit(office)
        await receiver.until(lambda it: len(it.got) == 1)
    assert await office.rows(DELIVERIES) == [SENT]
    assert await office.queued() == []


async def test_an_event_survives_the_death_of_its_worker(
    office: Office, database: Database, receiver: Receiver, app_url: str
) -> None:
    """SIGKILL while the receiver is asked: another worker sends it again, under the same id."""
    known = Office(database, office.owner, Webhooks(KeyRing.parse(RING), allows_loopback=True))
    await webhook(known, await known.partner(), receiver.url)
    receiver.answers = [None]
    program = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.partners.telling", app_url)
    await emit(known)
    await receiver.until(lambda it: len(it.got) == 1)
    program.kill()
    await program.wait()
    assert await known.rows(DELIVERIES) == [("PENDING", 0, None, None)]
    with clock.moved_to(datetime.now(UTC) + timedelta(minutes=1)):  # the process went by the machine's clock
        async with working(database, handlers(known.webhooks)):
            await receiver.until(lambda it: len(it.got) == 2)
            async with asyncio.timeout(PATIENCE):
                while await known.rows(DELIVERIES) != [SENT]:
                    pass
    assert receiver.got[0].headers["webhook-id"] == receiver.got[1].headers["webhook-id"]
    assert receiver.got[0].body == receiver.got[1].body
