"""Keys for each purpose from the one secret of an installation, so that no two purposes share one."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH = 32


def subkey(secret: str, purpose: str) -> bytes:
    """A 32-byte key for `purpose`, such as `tokens` (HKDF-SHA-256, RFC 5869).

    HKDF does not strengthen a weak secret: the installation's secret is at least 32 random bytes.
    """
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_LENGTH, salt=None, info=b"yougou/" + purpose.encode())
    return kdf.derive(secret.encode())
