"""Opens what WeChat encrypts for the merchant: AES-GCM with the APIv3 key."""

from base64 import b64decode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.payments.wechat_pay.errors import Untrusted

ALGORITHM = "AEAD_AES_256_GCM"


def open_resource(key: bytes, resource: Any) -> bytes:
    """The plain text of a notification's `resource`. Only after its signature was verified.

    Raises:
        Untrusted: it does not open, or was not encrypted as documented.
    """
    if not isinstance(resource, dict) or resource.get("algorithm") != ALGORITHM:
        raise Untrusted("nothing is encrypted as documented")
    try:
        sealed = b64decode(resource["ciphertext"], validate=True)
        nonce, aad = resource["nonce"].encode(), (resource.get("associated_data") or "").encode()
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, KeyError, ValueError, AttributeError, TypeError):
        raise Untrusted("what is encrypted does not open") from None
