"""Lots on the shelves and their papers."""

from typing import Any

from tests.rows import Rows, days


async def shelve(rows: Rows, product: int, **values: Any) -> int:
    """A lot of the product with units at a point, that keeps for a year."""
    sku = await rows.sku(product)
    lot = await rows.lot(sku, **{"expires_on": days(365), **values})
    await rows.stock(await rows.point(), sku, lot)
    return lot


async def certify(rows: Rows, lot: int, until: int | None, *, issued: int = -100) -> None:
    """A certificate of the lot, issued and ending so many days from today."""
    await rows.insert(
        "conformity_certificate",
        lot_id=lot,
        number=f"HGZ-{lot}-{issued}-{until}",
        product_name="土豆",
        quantity="5kg",
        origin="云南",
        issuer="农场",
        basis="SELF_TEST",
        issued_on=days(issued),
        expires_on=None if until is None else days(until),
    )
