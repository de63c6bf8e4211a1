"""Whose money it is: the merchant's keys, and WeChat's public keys by their serials."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

from app.payments.wechat_pay.errors import BadKeys

APIV3_KEY_LENGTH = 32
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who asks. `platform` holds WeChat's keys by serial, the one asked for first.

    While the merchant moves from platform certificates to the public key both kinds of serials come.
    """

    mchid: str
    appid: str
    serial: str  # of the merchant's certificate
    private_key: RSAPrivateKey
    platform: Mapping[str, RSAPublicKey]
    apiv3_key: bytes

    @property
    def asked_serial(self) -> str:
        """The key WeChat is asked to sign with."""
        return next(iter(self.platform))


def read_private(path: Path) -> RSAPrivateKey:
    """The merchant's key (apiclient_key.pem).

    Raises:
        BadKeys: no such file, or no RSA key in it.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        raise BadKeys("the merchant's key file holds no private key") from None
    if not isinstance(key, RSAPrivateKey):
        raise BadKeys("the merchant's key is no RSA key")
    return key


def read_platform(text: str) -> dict[str, RSAPublicKey]:
    """WeChat's keys of `SERIAL=file,SERIAL=file`: public keys or platform certificates, the newest first.

    Raises:
        BadKeys: another form, no such file, or no RSA key in it.
    """
    found: dict[str, RSAPublicKey] = {}
    for each in filter(None, (part.strip() for part in text.split(","))):
        serial, equals, path = each.partition("=")
        if not serial or not equals or serial in found:
            raise BadKeys("WeChat's keys are written SERIAL=file, each serial once")
        found[serial] = parse_public(_read(Path(path)))
    if not found:
        raise BadKeys("none of WeChat's keys is named")
    return found


def parse_public(pem: bytes) -> RSAPublicKey:
    """The key of a PEM: a public key, or a certificate.

    Raises:
        BadKeys: no RSA key.
    """
    try:
        is_certificate = _CERTIFICATE in pem
        key = load_pem_x509_certificate(pem).public_key() if is_certificate else load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise BadKeys("a file of WeChat's keys holds no public key") from None
    if not isinstance(key, RSAPublicKey):
        raise BadKeys("a key of WeChat's is no RSA key")
    return key


def check_apiv3(text: str) -> bytes:
    """The APIv3 key.

    Raises:
        BadKeys: not 32 bytes.
    """
    key = text.encode()
    if len(key) != APIV3_KEY_LENGTH:
        raise BadKeys("the APIv3 key is not 32 bytes")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BadKeys("a file of WeChat's keys cannot be read") from None
