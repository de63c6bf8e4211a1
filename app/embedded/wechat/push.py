"""Messages of the stand-in to the shop: signed and sealed as the real servers do it in safe mode."""

import base64
import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.embedded.wechat.state import State


def message(state: State, event: str, openid: str, now: float, revoked: str = "", *, as_xml: bool = False) -> bytes:
    """The plain message that tells an event."""
    told = {
        "ToUserName": "gh_stand_in",
        "FromUserName": "o-wechat",
        "CreateTime": int(now),
        "MsgType": "event",
        "Event": event,
        "OpenID": openid,
        "AppID": state.appid,
        "RevokeInfo": revoked,
    }
    if as_xml:
        lines = [
            f"<{name}>{value}</{name}>" if isinstance(value, int) else f"<{name}><![CDATA[{value}]]></{name}>"
            for name, value in told.items()
        ]
        return f"<xml>\n{chr(10).join(lines)}\n</xml>".encode()
    return json.dumps(told).encode()


def envelope(state: State, content: bytes, now: float, *, as_xml: bool = False) -> tuple[dict[str, str], bytes]:
    """The query and the body that carry a message."""
    key = base64.b64decode(state.push_key + "=")
    padder = padding.PKCS7(256).padder()
    plain = secrets.token_bytes(16) + struct.pack(">I", len(content)) + content + state.appid.encode()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = base64.b64encode(
        encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    ).decode()
    query = {"timestamp": str(int(now)), "nonce": secrets.token_hex(5), "encrypt_type": "aes"}
    query["signature"] = signed(state.push_token, query["timestamp"], query["nonce"])
    query["msg_signature"] = signed(state.push_token, query["timestamp"], query["nonce"], sealed)
    if as_xml:
        return query, f"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    return query, json.dumps({"ToUserName": "gh", "Encrypt": sealed}).encode()


def signed(*parts: str) -> str:
    """WeChat's signature of these."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - as the real servers
