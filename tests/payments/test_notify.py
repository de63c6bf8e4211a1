"""POST /wechat-pay/notify: what is not proven, not fresh or not ours changes nothing, whatever it says."""

import asyncio
from datetime import timedelta

import httpx
import orjson
import pytest

from app.embedded.wechat_pay import notifications
from app.embedded.wechat_pay.state import Message
from app.http.notify import MOST
from app.kit import clock
from app.payments.models import Payment
from tests.payments.counter import NOTIFY, Counter
from tests.shop import NOW

OPEN = ("OPEN", 0, 0)


async def paid_there(counter: Counter) -> Payment:
    """A payment WeChat has money for, and its notification waits in the outbox."""
    payment = await counter.till.open()
    await counter.pay(await counter.prepare(payment))
    return payment


def written(counter: Counter) -> tuple[dict[str, str], bytes]:
    """The notification that waits, as it is sent."""
    return notifications.written(counter.state, counter.state.outbox[0], clock.now().timestamp())


async def post(counter: Counter, headers: dict[str, str], body: bytes, url: str = NOTIFY) -> httpx.Response:
    """Sends it to the shop."""
    return await counter.http.post(url, content=body, headers=headers)


@pytest.mark.parametrize("spoil", ["signature", "probe", "serial", "late", "key", "mchid", "appid", "amount"])
async def test_what_is_wrong_is_refused_and_changes_nothing(counter: Counter, spoil: str) -> None:
    """4xx with FAIL, as WeChat asks. Polling finds the money by itself, and what is told again is taken."""
    payment = await paid_there(counter)
    counter.state.switches.spoil = spoil
    before = await counter.till.everything()
    assert await counter.stand_in.deliver() == 0
    assert counter.state.sent[-1][2] in {401, 422}
    assert await counter.till.everything() == before
    counter.state.switches.spoil = ""
    with clock.moved_to(NOW + timedelta(seconds=21)):
        await counter.poll()
        assert await counter.state_of(payment) == ("PAID", 1000, 0)
        assert await counter.stand_in.deliver() == 1  # WeChat tells it again after 15 seconds, and is answered


@pytest.mark.parametrize("part", ["body", "timestamp", "nonce", "serial", "signature", "nothing"])
async def test_each_part_that_was_tampered_with_is_noticed(counter: Counter, part: str) -> None:
    """One byte is enough; the answer says FAIL and nothing else. Untouched, it is taken."""
    payment = await paid_there(counter)
    headers, body = written(counter)
    before = await counter.till.everything()
    if part == "body":
        body = body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.SUCCES5")
    elif part != "nothing":
        name = f"Wechatpay-{part.title()}"
        headers[name] = str(int(headers[name]) + 1) if part == "timestamp" else f"x{headers[name][1:]}"
    answer = await post(counter, headers, body)
    if part == "nothing":
        assert (answer.status_code, answer.content) == (204, b"")
        assert await counter.state_of(payment) == ("PAID", 1000, 0)
        return
    assert (answer.status_code, answer.json()) == (401, {"code": "FAIL", "message": "not accepted"})
    assert await counter.till.everything() == before
    assert await counter.state_of(payment) == OPEN


@pytest.mark.parametrize("header", ["Timestamp", "Nonce", "Serial", "Signature"])
async def test_a_missing_header_is_no_signature(counter: Counter, header: str) -> None:
    """Whatever the rest says."""
    payment = await paid_there(counter)
    headers, body = written(counter)
    del headers[f"Wechatpay-{header}"]
    assert (await post(counter, headers, body)).status_code == 401
    assert await counter.state_of(payment) == OPEN


async def test_a_replay_holds_for_five_minutes_and_does_nothing(counter: Counter) -> None:
    """Within them it is taken and changes nothing; afterwards it is refused."""
    payment = await paid_there(counter)
    headers, body = written(counter)
    assert (await post(counter, headers, body)).status_code == 204
    before = await counter.till.everything()
    with clock.moved_to(NOW + timedelta(minutes=5)):
        assert (await post(counter, headers, body)).status_code == 204
    with clock.moved_to(NOW + timedelta(minutes=5, seconds=1)):
        assert (await post(counter, headers, body)).status_code == 401
    with clock.moved_to(NOW - timedelta(minutes=5, seconds=1)):
        assert (await post(counter, headers, body)).status_code == 401
    assert await counter.till.everything() == before
    assert await counter.state_of(payment) == ("PAID", 1000, 0)


async def test_fifty_doubled_notifications_at_once(counter: Counter) -> None:
    """All are answered 204; the ledger has one charge."""
    payment = await paid_there(counter)
    headers, body = written(counter)
    answers = await asyncio.gather(*(post(counter, headers, body) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {204}
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    assert await counter.till.events(payment) == [("CHARGE", "REQUEST", 1000), ("CHARGE", "SUCCESS", 1000)]


async def test_an_unknown_payment_is_refused(counter: Counter) -> None:
    """Signed and all: WeChat tells it again, and the daily bill shows it."""
    payment = await paid_there(counter)
    plain = counter.state.outbox[0].plain | {"out_trade_no": "YG20261120000000099999"}
    counter.state.outbox[0].plain = plain
    before = await counter.till.everything()
    assert await counter.stand_in.deliver() == 0
    assert counter.state.sent[-1][2] == 422
    assert await counter.till.everything() == before
    assert await counter.state_of(payment) == OPEN


@pytest.mark.parametrize("changed", [{"out_refund_no": "YG-nobody"}, {"amount": {"refund": 1, "total": 1000}}])
async def test_a_refund_nobody_granted_is_refused(counter: Counter, changed: dict[str, object]) -> None:
    """Or one of another amount."""
    payment = await counter.bought()
    counter.state.switches.refund_ends = ""
    refund = await counter.till.grant(payment, "k", 400)
    await counter.refund(refund.id)
    await counter.play("settle", {"out_refund_no": refund.number, "status": "SUCCESS"})
    counter.state.outbox[0].plain |= changed
    before = await counter.till.everything()
    assert await counter.stand_in.deliver() == 0
    assert await counter.till.everything() == before
    assert await counter.state_of(payment) == ("PAID", 1000, 0)


async def test_an_address_with_a_query_or_too_large_a_body_is_refused(counter: Counter) -> None:
    """WeChat's address has none, and its bodies have about a thousand bytes."""
    payment = await paid_there(counter)
    headers, body = written(counter)
    assert (await post(counter, headers, body, f"{NOTIFY}?x=1")).status_code == 401
    assert (await post(counter, headers, body + b" " * MOST)).status_code == 413
    assert (await post(counter, headers | {"content-encoding": "gzip"}, body)).status_code == 415
    assert await counter.state_of(payment) == OPEN


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"{}", b"\xff", b'{"event_type": 1, "resource": {}}', b'{"event_type": "TRANSACTION.SUCCESS"}'],
)
async def test_what_is_signed_and_not_as_documented_is_refused(counter: Counter, said: bytes) -> None:
    """Nothing internal is told."""
    keys = counter.state.keys
    headers = notifications.seals.headers(keys.platform, keys.platform_serial, int(NOW.timestamp()), said)
    answer = await post(counter, headers, said)
    assert (answer.status_code, answer.json()) == (401, {"code": "FAIL", "message": "not accepted"})


@pytest.mark.parametrize("event", ["PAYSCORE.USER_OPEN_SERVICE", "COUPON.USE", ""])
async def test_an_event_the_shop_never_asked_for_is_refused(counter: Counter, event: str) -> None:
    """Signed and sealed."""
    payment = await paid_there(counter)
    counter.state.outbox[0].event = event
    assert await counter.stand_in.deliver() == 0
    assert await counter.state_of(payment) == OPEN


async def test_what_was_not_taken_is_told_again(counter: Counter) -> None:
    """The stand-in's own schedule, as WeChat publishes it: after 15 seconds, 15 more, 30."""
    payment = await paid_there(counter)
    counter.state.switches.spoil = "late"
    tried = []
    for after in (0, 15, 30, 60):
        with clock.moved_to(NOW + timedelta(seconds=after - 1)):
            await counter.stand_in.deliver()
            tried.append(len(counter.state.sent))
        with clock.moved_to(NOW + timedelta(seconds=after)):
            await counter.stand_in.deliver()
            tried.append(len(counter.state.sent))
    assert tried == [0, 1, 1, 2, 2, 3, 3, 4]
    counter.state.switches.spoil = ""
    with clock.moved_to(NOW + timedelta(minutes=4)):
        assert await counter.stand_in.deliver() == 1
    assert await counter.state_of(payment) == ("PAID", 1000, 0)


async def test_no_openid_or_body_is_logged(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    """A refused notification is logged by its reason."""
    await paid_there(counter)
    counter.state.outbox.append(Message(NOTIFY, "TRANSACTION.SUCCESS", {}, NOW.timestamp(), "EV"))
    headers, body = written(counter)
    await counter.stand_in.deliver()
    await post(counter, headers, body + b" ")
    told = "".join(capsys.readouterr())
    assert "a notification was refused" in told
    assert orjson.loads(body)["resource"]["ciphertext"][:20] not in told
    assert counter.state.orders.popitem()[1].facts["payer"]["openid"] not in told
