"""Addresses that nobody can invent."""

import pytest

from app.files.addresses import WIDTHS, Addresses, BadWidth
from tests.shop import ADDRESSES, SECRET

KEY = "pictures/1/a/1.webp"


def parts(url: str) -> tuple[str, str]:
    """Width and signature of an address."""
    width, signature = url.partition("?width=")[2].split("&signature=")
    return width, signature


def test_a_signed_width_is_known_again() -> None:
    """In this process and in any other with the same secret; the same address each time, so caches keep it."""
    url = ADDRESSES.public(KEY, 320)
    assert Addresses(SECRET).is_ours(KEY, *parts(url))
    assert url == Addresses(SECRET).public(KEY, 320)


@pytest.mark.parametrize(("key", "width"), [(KEY, "640"), (KEY, "0320"), (KEY, ""), (KEY + "x", "320"), ("", "320")])
def test_nothing_in_it_can_be_changed(key: str, width: str) -> None:
    """A signature holds for one key and one width as they were written."""
    assert not ADDRESSES.is_ours(key, width, parts(ADDRESSES.public(KEY, 320))[1])


@pytest.mark.parametrize("signature", ["", "A" * 22, "é", "\0"])
def test_an_invented_signature_is_none(signature: str) -> None:
    """Whatever it is made of."""
    assert not ADDRESSES.is_ours(KEY, "320", signature)


def test_another_secret_signs_otherwise() -> None:
    """Addresses of one installation are worth nothing in another."""
    assert not Addresses("another secret, as long as the first one").is_ours(KEY, *parts(ADDRESSES.public(KEY, 320)))


@pytest.mark.parametrize("width", [0, -1, 1, WIDTHS[-1] + 1, 2**31 - 1])
def test_other_widths_are_not_offered(width: int) -> None:
    """Each size that exists costs work and room: there are five."""
    with pytest.raises(BadWidth):
        ADDRESSES.public(KEY, width)


def test_a_stored_file_is_public_or_signed() -> None:
    """Below media/ by its plain address; anything else only by a signed one."""
    assert ADDRESSES.stored("media/reports/a.pdf") == "/media/reports/a.pdf"
    path, _, signature = ADDRESSES.stored("uploads/a.pdf").partition("?signature=")
    assert (path, ADDRESSES.is_ours("uploads/a.pdf", "", signature)) == ("/media/uploads/a.pdf", True)
