"""What certificates changed since a revision was begun."""

from app.catalog.diff import Change
from app.catalog.enums import ChangeKind, ChangeSeverity
from app.inventory import certificates
from tests.rows import TODAY, Rows, days
from tests.shop import Shop


async def certify(rows: Rows, lot: int, issued: int, until: int | None) -> None:
    """A certificate of the lot, issued and ending so many days from today."""
    await rows.insert(
        "conformity_certificate",
        lot_id=lot,
        number=f"HGZ-{lot}-{issued}",
        product_name="土豆",
        quantity="5kg",
        origin="云南",
        issuer="农场",
        basis="SELF_TEST",
        issued_on=days(issued),
        expires_on=None if until is None else days(until),
    )


async def shelve(rows: Rows, product: int, **values: object) -> int:
    """A lot of the product with units at a point."""
    sku = await rows.sku(product)
    lot = await rows.lot(sku, **{"expires_on": days(90), **values})
    await rows.stock(await rows.point(), sku, lot)
    return lot


async def changes(shop: Shop, product: int, known: int = -5) -> list[tuple[str | None, str | None]]:
    """Before and after, for a revision begun so many days from today."""
    async with shop.database.session():
        (found,) = await certificates.changes([(product, days(known))], TODAY)
    assert [(each.field, each.kind, each.severity) for each in found] == [
        ("certificates", ChangeKind.CERTIFICATE, ChangeSeverity.HIGH)
    ] * len(found)
    return [(each.before, each.after) for each in found]


async def test_a_newer_certificate_is_told(bare_shop: Shop, rows: Rows) -> None:
    """Only one issued since; the lot that is proven for the shortest counts, each by the paper that holds longest."""
    product = await rows.product()
    short, long = await shelve(rows, product), await shelve(rows, product)
    await certify(rows, long, -20, 60)
    await certify(rows, short, -20, 10)
    assert await changes(bare_shop, product) == []
    await certify(rows, short, -2, 40)
    assert await changes(bare_shop, product) == [(str(days(10)), str(days(40)))]
    assert await changes(bare_shop, product, known=-1) == []
    await certify(rows, short, -1, None)
    assert await changes(bare_shop, product) == [(str(days(10)), str(days(60)))]


async def test_a_first_certificate_and_one_without_an_end(bare_shop: Shop, rows: Rows) -> None:
    """What did not exist is told as nothing, what never ends as that."""
    product, other = await rows.product(), await rows.product()
    await certify(rows, await shelve(rows, product), -2, 40)
    await certify(rows, await shelve(rows, other), -2, None)
    assert await changes(bare_shop, product) == [(None, str(days(40)))]
    assert await changes(bare_shop, other) == [(None, "no end")]


async def test_only_what_could_be_sold_counts(bare_shop: Shop, rows: Rows) -> None:
    """Lots that are held back, expired or sold out have no say; products are answered in their order."""
    product = await rows.product()
    for values in ({"status": "ON_HOLD"}, {"expires_on": days(-1)}):
        await certify(rows, await shelve(rows, product, **values), -2, 40)
    empty = await shelve(rows, product)
    await certify(rows, empty, -2, 40)
    await rows.connection.execute("UPDATE stock_lot SET on_hand = 0 WHERE lot_id = $1", empty)
    stocked = await rows.product()
    await certify(rows, await shelve(rows, stocked), -2, 40)
    async with bare_shop.database.session():
        found = await certificates.changes([(stocked, days(-5)), (product, days(-5)), (stocked, days(0))], TODAY)
    assert found == [[Change("certificates", ChangeKind.CERTIFICATE, None, str(days(40)))], [], []]
