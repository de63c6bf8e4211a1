"""Sealing, wrapping and blind indexes."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import crypto
from app.kit.subkeys import subkey

KEY, OTHER = b"k" * 32, b"o" * 32
PLACE = b"customer.phone_sealed:7"


@given(plaintext=st.binary(max_size=200), aad=st.binary(max_size=50))
def test_what_is_sealed_opens_again(plaintext: bytes, aad: bytes) -> None:
    """The same bytes, for the same key and place."""
    assert crypto.unseal(KEY, crypto.seal(KEY, plaintext, aad), aad) == plaintext


def test_sealing_twice_looks_different() -> None:
    """Equal phones cannot be seen to be equal."""
    assert crypto.seal(KEY, b"13800138000", PLACE) != crypto.seal(KEY, b"13800138000", PLACE)


def test_another_key_or_place_does_not_open() -> None:
    """A value copied to another row stays shut."""
    sealed = crypto.seal(KEY, b"13800138000", PLACE)
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal(OTHER, sealed, PLACE)
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal(KEY, sealed, b"customer.phone_sealed:8")


@given(st.integers(0, 8 * 40 - 1))
def test_no_bit_can_be_changed(bit: int) -> None:
    """Every bit of the sealed value is authenticated."""
    sealed = bytearray(crypto.seal(KEY, b"13800138000", PLACE))
    assert len(sealed) == 40
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal(KEY, bytes(sealed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 12, b"\x02" + b"x" * 60, b"\x01" + b"x" * 27])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    """Too short, of another form, or noise."""
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal(KEY, sealed, PLACE)


def test_keys_are_random_and_long_enough() -> None:
    """256 bits each."""
    assert len(crypto.new_key()) == 32
    assert crypto.new_key() != crypto.new_key()


def ring(*names: str) -> crypto.KeyRing:
    """A ring with a key made from each name, newest first."""
    return crypto.KeyRing.parse(",".join(f"{name}:{b64encode(name.encode() * 16).decode()}" for name in names))


def test_the_newest_ring_key_wraps_and_all_unwrap() -> None:
    """Rotation: a new key in front changes what wraps, not what opens."""
    before, after = ring("k1"), ring("k2", "k1")
    name, wrapped = before.wrap(KEY, b"customer:7")
    assert name == "k1"
    assert after.unwrap(name, wrapped, b"customer:7") == KEY
    assert after.wrap(KEY, b"customer:7")[0] == "k2"


def test_a_key_wrapped_for_another_person_does_not_open() -> None:
    """A data key cannot be moved to another subject."""
    name, wrapped = ring("k1").wrap(KEY, b"customer:7")
    with pytest.raises(crypto.CannotOpen):
        ring("k1").unwrap(name, wrapped, b"customer:8")


def test_a_ring_without_the_key_says_which_is_missing() -> None:
    """So that the operator can put it back."""
    name, wrapped = ring("k1").wrap(KEY, b"customer:7")
    with pytest.raises(crypto.UnknownRingKey, match="k1"):
        ring("k2").unwrap(name, wrapped, b"customer:7")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        ":" + b64encode(KEY).decode(),
        "k1:not base64",
        "k1:" + b64encode(KEY[:31]).decode(),
        "a name of over twenty:" + b64encode(KEY).decode(),
        f"k1:{b64encode(KEY).decode()},k1:{b64encode(OTHER).decode()}",
        f"k1:{b64encode(KEY).decode()},",
    ],
)
def test_a_text_that_is_no_ring_is_refused_without_being_repeated(text: str) -> None:
    """The message must not carry key material into a log."""
    with pytest.raises(crypto.BadKeyRing) as refused:
        crypto.KeyRing.parse(text)
    assert b64encode(KEY).decode()[:8] not in str(refused.value)


def test_a_blind_index_is_the_hmac_of_the_value() -> None:
    """RFC 4231, test case 2."""
    assert crypto.blind_index(b"Jefe", "what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_subkeys_of_two_purposes_differ_and_stay() -> None:
    """A purpose has one key for ever; a changed derivation would lose every blind index."""
    assert subkey("secret", "tokens") != subkey("secret", "blind index")
    assert subkey("secret", "tokens").hex() == "10b93f8d5865d50693924596081d876c95bf46916a2d6365ba80547b7ba17cbf"
