"""Global ids: one spelling per row, and a typed refusal for everything else."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import ids

TYPES = st.from_regex(r"[A-Z][A-Za-z0-9]{0,39}", fullmatch=True)
KEYS = st.integers(0, ids.MAX_KEY)


def spelled(plain: str | bytes) -> str:
    """The base64url text of `plain` without padding."""
    raw = plain.encode() if isinstance(plain, str) else plain
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_the_form_is_base64url_of_type_and_key() -> None:
    """A known id, spelled out."""
    assert ids.encode("Product", 42) == "UHJvZHVjdDo0Mg"
    assert ids.decode("UHJvZHVjdDo0Mg", "Product") == 42


@given(name=TYPES, key=KEYS)
def test_every_row_has_an_id_that_leads_back(name: str, key: int) -> None:
    """decode(encode(x)) is x."""
    text = ids.encode(name, key)
    assert ids.parse(text) == (name, key)
    assert ids.decode(text, name) == key
    assert len(text) <= ids.MAX_LENGTH


@given(st.one_of(st.text(), st.binary().map(spelled)))
def test_any_text_is_an_id_in_its_one_spelling_or_refused(text: str) -> None:
    """Nothing but BadId comes out of garbage, and what is read is spelled as encode spells it."""
    try:
        name, key = ids.parse(text)
    except ids.BadId:
        return
    assert ids.encode(name, key) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="no base64"),
        pytest.param("UHJvZHVjdDo0Mg==", id="padded"),
        pytest.param("UHJvZHVjdDo0Mh", id="stray bits in the last character"),
        pytest.param("UHJvZHVjdDo0Mg\n", id="line end"),
        pytest.param("UHJv ZHVjdDo0Mg", id="blank within"),
        pytest.param("UHJvZHVjdDo0Mg\0", id="null byte"),
        pytest.param("商品", id="not ASCII"),
        pytest.param(spelled("Product:４２"), id="digits of another script"),
        pytest.param(spelled("Product:042"), id="leading zero"),
        pytest.param(spelled("Product:+42"), id="plus sign"),
        pytest.param(spelled("Product:-1"), id="negative"),
        pytest.param(spelled("Product:4_2"), id="underscore"),
        pytest.param(spelled("Product: 42"), id="blank"),
        pytest.param(spelled("Product:42\0"), id="null byte inside"),
        pytest.param(spelled("Product:42\n"), id="line end inside"),
        pytest.param(spelled("Product:"), id="no key"),
        pytest.param(spelled("Product"), id="no colon"),
        pytest.param(spelled(":42"), id="no type"),
        pytest.param(spelled("product:42"), id="not a type's name"),
        pytest.param(spelled("Product:9223372036854775808"), id="beyond a bigint"),
        pytest.param(spelled("Product:" + "9" * 1000), id="very long key"),
        pytest.param("A" * 10_000_000, id="very long"),
        pytest.param(spelled(b"\xff\xfe\xfd"), id="no text inside"),
    ],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    """Malformed ids of every sort."""
    with pytest.raises(ids.BadId):
        ids.parse(text)


def test_an_id_of_another_type_is_refused_by_name() -> None:
    """The message says what is expected and nothing of the key."""
    with pytest.raises(ids.BadId, match=r"^an id of Product or Sku is expected here$"):
        ids.decode(ids.encode("Lot", 1), "Product", "Sku")


def test_several_types_may_be_asked_for() -> None:
    """Any of them is read."""
    assert ids.decode(ids.encode("Sku", ids.MAX_KEY), "Product", "Sku") == 2**63 - 1
