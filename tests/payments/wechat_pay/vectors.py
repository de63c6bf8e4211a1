"""The published vectors of WeChat Pay's SDKs, where they lie beside the project."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_SHARED = Path(os.environ.get("YOUGOU_SHARED", Path(__file__).parents[4] / "shared"))
FILE = _SHARED / "data" / "wechatpay" / "apiv3_vectors.json"


def vector(name: str) -> dict[str, Any]:
    """One of them; the test is skipped where they are not."""
    return _all()[name]


def private_key(name: str) -> RSAPrivateKey:
    """A published test key."""
    key = load_pem_private_key(vector(name)["private_key_pem"].encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


@cache
def _all() -> dict[str, dict[str, Any]]:
    if not FILE.is_file():
        pytest.skip("the shared folder of vectors is not here")
    return {each["id"]: each for each in json.loads(FILE.read_text("utf-8"))["vectors"]}
