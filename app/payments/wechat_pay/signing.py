"""Signatures, by the byte: what the shop sends, what the phone pays with, and what WeChat sent."""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from app.payments.wechat_pay.errors import Untrusted
from app.payments.wechat_pay.keys import Merchant

SCHEME = "WECHATPAY2-SHA256-RSA2048"
WINDOW = timedelta(minutes=5)
"""Older or younger is a replay, or a clock that is wrong."""
PROBE = "WECHATPAY/SIGNTEST/"
"""WeChat sends wrong signatures of this form now and then, to see whether the shop looks."""


def nonce() -> str:
    """32 random characters."""
    return secrets.token_hex(16).upper()


def sign(key: RSAPrivateKey, message: str | bytes) -> str:
    """SHA256 with RSA (PKCS #1 v1.5), base64."""
    content = message.encode() if isinstance(message, str) else message
    return b64encode(key.sign(content, PKCS1v15(), SHA256())).decode()


def request_message(method: str, path: str, timestamp: str, nonce_str: str, body: bytes) -> bytes:
    """What a request's signature signs; `path` with its query, `body` exactly as sent."""
    return f"{method}\n{path}\n{timestamp}\n{nonce_str}\n".encode() + body + b"\n"


def authorization(merchant: Merchant, method: str, path: str, body: bytes, *, timestamp: str, nonce_str: str) -> str:
    """The Authorization header of a request."""
    signature = sign(merchant.private_key, request_message(method, path, timestamp, nonce_str, body))
    facts = (
        f'mchid="{merchant.mchid}",nonce_str="{nonce_str}",timestamp="{timestamp}",'
        f'serial_no="{merchant.serial}",signature="{signature}"'
    )
    return f"{SCHEME} {facts}"


def pay_message(appid: str, timestamp: str, nonce_str: str, package: str) -> str:
    """What the signature signs that `wx.requestPayment` takes."""
    return f"{appid}\n{timestamp}\n{nonce_str}\n{package}\n"


def verify(platform: Mapping[str, RSAPublicKey], headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Lets pass what WeChat signed for this body within five minutes. `headers` are found in lower case.

    Raises:
        Untrusted: it is not proven. Nothing in the body may be used, not even decrypted.
    """
    signature = headers.get("wechatpay-signature", "")
    if signature.startswith(PROBE):
        raise Untrusted("a probe with a wrong signature")
    if headers.get("wechatpay-signature-type", SCHEME) != SCHEME:
        raise Untrusted("signed in another way")
    timestamp, nonce_str = headers.get("wechatpay-timestamp", ""), headers.get("wechatpay-nonce", "")
    if not timestamp.isascii() or not timestamp.isdigit() or abs(int(timestamp) - now.timestamp()) > WINDOW.seconds:
        raise Untrusted("signed at another time")
    key = platform.get(headers.get("wechatpay-serial", ""))
    if key is None:
        raise Untrusted("signed with an unknown key")
    message = f"{timestamp}\n{nonce_str}\n".encode() + body + b"\n"
    try:
        key.verify(b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        raise Untrusted("the signature is wrong") from None
