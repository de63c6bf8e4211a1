"""The keys of a merchant and of its WeChat Pay, made once in a folder: what the real merchant platform hands out."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

MCHID = "1900000109"
MERCHANT_SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026112500000001"
MERCHANT, PLATFORM, PLATFORM_PUBLIC, APIV3 = "apiclient_key.pem", "platform_key.pem", "pub_key.pem", "apiv3.key"
_BITS = 2048


@dataclass(frozen=True, slots=True)
class Keys:
    """All of them. The platform's private key is WeChat's alone."""

    merchant: rsa.RSAPrivateKey
    platform: rsa.RSAPrivateKey
    apiv3: bytes
    mchid: str = MCHID
    merchant_serial: str = MERCHANT_SERIAL
    platform_serial: str = PUBLIC_KEY_ID


def new() -> Keys:
    """Keys nobody had before."""
    return Keys(rsa.generate_private_key(65537, _BITS), rsa.generate_private_key(65537, _BITS), _apiv3())


def ensure(folder: Path) -> Keys:
    """The keys of `folder`, made at the first time, readable by this user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / APIV3).exists():  # written last
        made = new()
        _write(folder / MERCHANT, _private(made.merchant))
        _write(folder / PLATFORM, _private(made.platform))
        _write(folder / PLATFORM_PUBLIC, public(made.platform))
        _write(folder / APIV3, made.apiv3)
    return Keys(_load(folder / MERCHANT), _load(folder / PLATFORM), (folder / APIV3).read_bytes())


def settings_of(folder: Path) -> dict[str, str]:
    """The environment of a shop that is this merchant."""
    return {
        "WECHAT_PAY_MCHID": MCHID,
        "WECHAT_PAY_SERIAL": MERCHANT_SERIAL,
        "WECHAT_PAY_KEY_FILE": str(folder / MERCHANT),
        "WECHAT_PAY_PUBLIC_KEYS": f"{PUBLIC_KEY_ID}={folder / PLATFORM_PUBLIC}",
        "WECHAT_PAY_APIV3_KEY": (folder / APIV3).read_text("ascii"),
    }


def public(key: rsa.RSAPrivateKey) -> bytes:
    """The public half, PEM."""
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, kind)


def _apiv3() -> bytes:
    return secrets.token_hex(16).encode()


def _private(key: rsa.RSAPrivateKey) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def _load(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    return key


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
