"""Notifications: put into an outbox, sent when they are due, sent again when nobody took them, or worse."""

import secrets
from typing import Any

import httpx
import orjson
from cryptography.hazmat.primitives.asymmetric import rsa

from app.embedded.wechat_pay import seals
from app.embedded.wechat_pay.state import RETRIES, Message, State, told

SECONDS = 5.0  # for an answer
PROBE = "WECHATPAY/SIGNTEST/"
LATE = seals.FIVE_MINUTES + 60
_FOREIGN = {"amount": {"total": 1, "refund": 1}, "mchid": "1900000999", "appid": "wx-another"}


def put(state: State, url: str, event: str, plain: dict[str, Any], now: float) -> None:
    """A notification about something that happened now."""
    if state.switches.lose > 0:
        state.switches.lose -= 1
        return
    due = now + state.switches.delay
    ids = [f"EV-{secrets.token_hex(12)}"] * state.switches.repeat
    state.outbox += [Message(url, event, plain, due, each) for each in ids]


async def deliver(state: State, client: httpx.AsyncClient, now: float) -> int:
    """Sends what is due; how many were taken. What was not comes back later, 15 times in all."""
    due = [each for each in state.outbox if each.due_at <= now]
    state.outbox = [each for each in state.outbox if each.due_at > now]
    taken = 0
    for message in reversed(due) if state.switches.reorder else due:
        headers, body = written(state, message, now)
        try:
            answer = await client.post(message.url, content=body, headers=headers, timeout=SECONDS)
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        state.sent.append((headers, body, status))
        taken += status in {200, 204}
        if status not in {200, 204} and message.tries < len(RETRIES):
            message.due_at = now + RETRIES[message.tries]
            message.tries += 1
            state.outbox.append(message)
    return taken


def written(state: State, message: Message, now: float) -> tuple[dict[str, str], bytes]:
    """A notification as it is sent, spoilt as the switches say."""
    spoil, keys = state.switches.spoil, state.keys
    kind = "transaction" if message.event.startswith("TRANSACTION") else "refund"
    plain = message.plain
    if spoil in _FOREIGN:
        foreign = _FOREIGN[spoil]
        plain = plain | {spoil: plain[spoil] | foreign if isinstance(foreign, dict) else foreign}
    apiv3 = secrets.token_bytes(32) if spoil == "key" else keys.apiv3
    said = {
        "id": message.id,
        "create_time": told(now),
        "event_type": message.event,
        "resource_type": "encrypt-resource",
        "summary": "支付成功" if kind == "transaction" else "退款通知",
        "resource": seals.resource(apiv3, kind, plain),
    }
    body = orjson.dumps(said)
    timestamp = int(now) - (LATE if spoil == "late" else 0)
    signer = rsa.generate_private_key(65537, 2048) if spoil == "signature" else keys.platform
    serial = "PUB_KEY_ID_9999999999" if spoil == "serial" else keys.platform_serial
    headers = {"content-type": "application/json", **seals.headers(signer, serial, timestamp, body)}
    if spoil == "probe":
        headers["Wechatpay-Signature"] = PROBE + headers["Wechatpay-Signature"][len(PROBE) :]
    return headers, body
