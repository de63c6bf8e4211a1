"""URIs, and URIs that must carry a key."""

import pytest

from app.traceability.epcis.identifiers import gs1_key, is_broken_key, is_uri


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8", True),
        ("ni:///sha-256;00ff?ver=CBV2.0", True),
        ("geo:47.506694,11.104301", True),
        ("https://example.com/%E6%89%B9", True),
        ("https://example.com/批", False),
        ("https://example.com/%E6%8", False),
        ("urn:a b", False),
        ("urn:", False),
        ("shipping", False),
        ("urn:a:b\n", False),
        ("urn:a:" + "b" * 994, True),
        ("urn:a:" + "b" * 995, False),
    ],
)
def test_is_uri(text: str, *, expected: bool) -> None:
    """Absolute, ASCII, without spaces, percent-encoded where needed."""
    assert is_uri(text) is expected


def test_broken_keys() -> None:
    """A key is broken when the form of its URI promises one."""
    assert is_broken_key("urn:epc:id:sgtin:1.2.3")
    assert is_broken_key("https://id.gs1.org/01/1")
    assert not is_broken_key("https://example.com/01/1")
    assert gs1_key("https://example.com/01/1") is None
