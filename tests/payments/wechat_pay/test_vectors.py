"""Both sides against what WeChat Pay published: the client, and the stand-in that shares no code with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from app.embedded.wechat_pay import seals
from app.kit import clock
from app.payments.gateway import Charge, RefundReport, RefundStatus
from app.payments.wechat_pay import sealed, signing
from app.payments.wechat_pay.errors import Untrusted
from app.payments.wechat_pay.keys import Merchant, parse_public
from app.payments.wechat_pay.notify import Notifications
from tests.payments.wechat_pay.vectors import private_key, vector


def headers(known: dict[str, Any]) -> dict[str, str]:
    """As a server finds them."""
    return {name.lower(): value for name, value in known["headers"].items()}


def test_both_sign_as_published() -> None:
    """PKCS #1 v1.5 gives each message one signature."""
    known, key = vector("go-sign"), private_key("go-sign")
    assert signing.sign(key, known["message"]) == known["signature_b64"]
    assert seals.signature(key, known["message"].encode()) == known["signature_b64"]


def test_both_sign_requests_and_payments_alike() -> None:
    """Five lines of a request with its body, four lines of paySign with `prepay_id=` in the last."""
    asked, paid, key = vector("derived-request-sign-go-key"), vector("derived-paysign-go-key"), private_key("go-sign")
    _, path, timestamp, nonce, _ = asked["message"].split("\n", 4)
    message = signing.request_message("POST", path, timestamp, nonce, asked["body"].encode())
    assert message == asked["message"].encode()
    assert signing.sign(key, message) == asked["signature_b64"]
    facts = {"timestamp": timestamp, "nonce_str": nonce}
    assert seals.request_message("POST", path, facts, asked["body"].encode()) == message
    assert seals.fits(key.public_key(), message, asked["signature_b64"])
    appid, second, nonce, package, _ = paid["message"].split("\n")
    assert signing.pay_message(appid, second, nonce, package) == paid["message"]
    assert signing.sign(key, paid["message"]) == paid["paySign"]


def test_the_official_example_has_the_form_of_ours() -> None:
    """Its private key is not published: its four lines are, with the trailing newline."""
    known = vector("official-paysign")
    given = (known["appId"], known["timeStamp"], known["nonceStr"], known["package"])
    assert signing.pay_message(*given) == known["message"]


def test_the_authorization_header_is_as_published() -> None:
    """All five facts, in the order of the SDK; the message without a body ends in an empty line."""
    known = vector("go-authorization-header")
    timestamp, nonce = str(known["timestamp"]), known["nonce"]
    assert signing.request_message("GET", known["url_path"], timestamp, nonce, b"").decode() == known["message_to_sign"]
    key = private_key("go-sign")
    shop = Merchant(known["mchid"], "wx", known["serial"], key, {}, b"")
    header = signing.authorization(shop, "GET", known["url_path"], b"", timestamp=timestamp, nonce_str=nonce)
    scheme, facts = known["header_with_mock_signer"].split(" ", 1)
    assert scheme == "WECHATPAY2-Mock"
    signature = signing.sign(key, known["message_to_sign"])
    assert header == f"{signing.SCHEME} {facts.replace('Sign:<message_to_sign>', signature)}"


def test_the_published_certificate_verifies_the_published_notification() -> None:
    """At its time, not six minutes later; and what is inside opens only with the key it was sealed with."""
    known = vector("go-notify")
    platform = {known["headers"]["Wechatpay-Serial"]: parse_public(known["certificate_pem"].encode())}
    body, at = known["body"].encode(), datetime.fromtimestamp(known["clock"], UTC)
    signing.verify(platform, headers(known), body, at)
    for wrong_body, when in ((body + b" ", at), (body, at + timedelta(minutes=6)), (body, at - timedelta(minutes=6))):
        with pytest.raises(Untrusted):
            signing.verify(platform, headers(known), wrong_body, when)
    resource = orjson.loads(body)["resource"]
    assert sealed.open_resource(known["apiv3_key"].encode(), resource).decode() == known["plaintext"]
    with pytest.raises(Untrusted):
        sealed.open_resource(b"0" * 16, resource)


def test_aes_gcm_is_as_published() -> None:
    """32 bytes of key, the tag behind the ciphertext."""
    known = vector("java-aesgcm")
    resource = {
        "algorithm": sealed.ALGORITHM,
        "nonce": known["nonce"],
        "associated_data": known["associated_data"],
        "ciphertext": known["ciphertext_b64"],
    }
    assert sealed.open_resource(known["apiv3_key"].encode(), resource).decode() == known["plaintext"]


def test_the_java_signature_verifies() -> None:
    """With its certificate, by the stand-in's own check too."""
    known = vector("java-verify")
    key = parse_public(known["certificate_pem"].encode())
    assert seals.fits(key, known["message"].encode(), known["signature_b64"])
    assert not seals.fits(key, b"another", known["signature_b64"])


@pytest.mark.parametrize("name", ["derived-notify-transaction", "derived-notify-refund"])
def test_notifications_open(name: str) -> None:
    """Verified by the key of its serial, decrypted, read."""
    known, key = vector(name), private_key("go-sign")
    plain, serial = known["plaintext"], known["headers"]["Wechatpay-Serial"]
    shop = Merchant(
        plain["mchid"], plain.get("appid", "wx"), "S", key, {serial: key.public_key()}, known["apiv3_key"].encode()
    )
    at = datetime.fromtimestamp(int(known["headers"]["Wechatpay-Timestamp"]), UTC)
    with clock.moved_to(at):
        told = Notifications(shop).open(headers(known), known["body"].encode())
    happened = datetime.fromisoformat("2018-06-08T10:34:56+08:00")
    if name == "derived-notify-transaction":
        assert told == Charge(plain["out_trade_no"], plain["transaction_id"], 100, happened)
    else:
        number = plain["out_refund_no"]
        assert told == RefundReport(number, plain["out_trade_no"], RefundStatus.SUCCESS, 999, None, happened)
