"""Signatures of webhooks, as a receiver checks them."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from uuid import UUID

from app.partners import signing

# the example of the Standard Webhooks reference implementations
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EVENT = UUID("0198c2a8-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 20, 2, 0, 0, 900_000, tzinfo=UTC)


def test_a_receiver_verifies_by_hand() -> None:
    """HMAC-SHA-256 over id, time and body, with the bytes behind the secret's base64."""
    content = signing.body("SlotFull", NOW, {"slot": "x"})
    headers = signing.headers(EVENT, NOW, content, [signing.secret_of(SECRET)])
    assert content == b'{"data":{"slot":"x"},"timestamp":"2026-11-20T02:00:00.900000+00:00","type":"SlotFull"}'
    name, stamp = f"evt_{EVENT.hex}", str(int(NOW.timestamp()))
    digest = hmac.new(
        b64decode(SECRET.removeprefix("whsec_")), f"{name}.{stamp}.".encode() + content, hashlib.sha256
    ).digest()
    assert headers == {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + b64encode(digest).decode(),
    }


def test_the_published_example_has_its_signature() -> None:
    """Message `msg_p5jXN8AQM9LWM0D4loKWxJek` of the standard's libraries."""
    signed = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signing._signature(signing.secret_of(SECRET), signed) == expected


def test_while_a_secret_is_replaced_both_sign() -> None:
    """Separated by a blank, the newest first; each as it signs alone."""
    old, new = signing.new_secret(), signing.new_secret()
    alone = [signing.headers(EVENT, NOW, b"{}", [secret])["webhook-signature"] for secret in (new, old)]
    assert signing.headers(EVENT, NOW, b"{}", [new, old])["webhook-signature"] == " ".join(alone)
    assert alone[0] != alone[1]


def test_a_secret_is_32_random_bytes_shown_as_the_standard_says() -> None:
    """And comes back from its shown form."""
    secret = signing.new_secret()
    assert len(secret) == 32
    assert signing.shown(secret).startswith("whsec_")
    assert signing.secret_of(signing.shown(secret)) == secret
