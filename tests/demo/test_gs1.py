"""GS1 keys of the demo."""

import asyncpg
import pytest

from app.demo import gs1


def _is_valid(key: str) -> bool:
    """The mod-10 rule, written out anew (GS1 General Specifications, 7.9.1)."""
    weights = [3 if index % 2 else 1 for index in range(len(key))]
    return sum(int(digit) * weight for digit, weight in zip(reversed(key), weights, strict=True)) % 10 == 0


@pytest.mark.parametrize(("company", "item"), [(0, 1), (0, 900), (99, 900), (400, 99_999)])
def test_gtins_have_a_chinese_prefix_and_a_right_check_digit(company: int, item: int) -> None:
    """14 digits that begin with 0 and 690 to 699."""
    gtin = gs1.gtin14(company, item)
    assert len(gtin) == 14
    assert 690 <= int(gtin[:4]) <= 699
    assert _is_valid(gtin)


async def test_every_key_in_the_shop_is_valid(shop: asyncpg.Connection) -> None:
    """GTINs of SKUs and lots, GLNs of points and producers."""
    keys = await shop.fetch(
        "SELECT gtin AS key FROM sku UNION SELECT gtin FROM lot UNION SELECT gln FROM pickup_point"
        " UNION SELECT gln FROM producer"
    )
    assert len(keys) == 900 + 6 + 49
    assert all(_is_valid(row["key"]) for row in keys)


def test_lot_codes_are_distinct() -> None:
    """The codes of the first hundred thousand lots differ and are short."""
    codes = {gs1.lot_code(number) for number in range(1, 100_001)}
    assert len(codes) == 100_000
    assert {len(code) for code in codes} == {8}


def test_uris_are_digital_links() -> None:
    """The forms that EPCIS events name lots, places and lorries by."""
    assert gs1.lot_uri("06971000000014", "YG1") == "https://id.gs1.org/01/06971000000014/10/YG1"
    assert gs1.place_uri("6979900000017") == "https://id.gs1.org/414/6979900000017"
    assert gs1.place_uri("6979900000017", "DOCK") == "https://id.gs1.org/414/6979900000017/254/DOCK"
    assert gs1.truck_uri(7) == "https://id.gs1.org/8004/6979900TRUCK07"
