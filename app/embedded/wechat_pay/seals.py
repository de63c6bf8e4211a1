"""How WeChat Pay signs, encrypts and checks; written from the documentation and tried with the published vectors."""

import base64
import re
import secrets
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SCHEME = "WECHATPAY2-SHA256-RSA2048"
FIVE_MINUTES = 300
_FACT = re.compile(r'(\w+)="([^"]*)"')


def signature(key: rsa.RSAPrivateKey, message: bytes) -> str:
    """Of a message, base64."""
    return base64.b64encode(key.sign(message, padding.PKCS1v15(), hashes.SHA256())).decode()


def fits(key: rsa.RSAPublicKey, message: bytes, given: str) -> bool:
    """Whether `given` signs the message."""
    try:
        key.verify(base64.b64decode(given), message, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def headers(key: rsa.RSAPrivateKey, serial: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What WeChat puts beside a body it signs."""
    nonce = secrets.token_urlsafe(24)
    message = b"%d\n%s\n%s\n" % (timestamp, nonce.encode(), body)
    return {
        "Wechatpay-Timestamp": str(timestamp),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": signature(key, message),
        "Wechatpay-Signature-Type": SCHEME,
    }


def resource(key: bytes, kind: str, plain: dict[str, Any]) -> dict[str, str]:
    """What only the merchant can read."""
    nonce = secrets.token_hex(6)
    sealed = AESGCM(key).encrypt(nonce.encode(), orjson.dumps(plain), kind.encode())
    return {
        "original_type": kind,
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": base64.b64encode(sealed).decode(),
        "associated_data": kind,
        "nonce": nonce,
    }


def facts_of(authorization: str) -> dict[str, str] | None:
    """What an Authorization header says; None when it is another scheme."""
    scheme, _, rest = authorization.partition(" ")
    return dict(_FACT.findall(rest)) if scheme == SCHEME else None


def request_message(method: str, target: str, facts: dict[str, str], body: bytes) -> bytes:
    """What a merchant's request signs."""
    head = "\n".join((method, target, facts.get("timestamp", ""), facts.get("nonce_str", ""), ""))
    return head.encode() + body + b"\n"
