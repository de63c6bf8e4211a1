"""What certificates changed since a revision was begun."""

from app.catalog.diff import Change
from app.catalog.enums import ChangeKind, ChangeSeverity
from app.inventory import certificates
from tests.inventory.shelves import certify, shelve
from tests.rows import TODAY, Rows, days
from tests.shop import Shop


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
    await certify(rows, long, 60, issued=-20)
    await certify(rows, short, 10, issued=-20)
    assert await changes(bare_shop, product) == []
    await certify(rows, short, 40, issued=-2)
    assert await changes(bare_shop, product) == [(str(days(10)), str(days(40)))]
    assert await changes(bare_shop, product, known=-1) == []
    await certify(rows, short, None, issued=-1)
    assert await changes(bare_shop, product) == [(str(days(10)), str(days(60)))]


async def test_a_first_certificate_and_one_without_an_end(bare_shop: Shop, rows: Rows) -> None:
    """What did not exist is told as nothing, what never ends as that."""
    product, other = await rows.product(), await rows.product()
    await certify(rows, await shelve(rows, product), 40, issued=-2)
    await certify(rows, await shelve(rows, other), None, issued=-2)
    assert await changes(bare_shop, product) == [(None, str(days(40)))]
    assert await changes(bare_shop, other) == [(None, "no end")]


async def test_only_what_could_be_sold_counts(bare_shop: Shop, rows: Rows) -> None:
    """Lots that are held back, expired or sold out have no say; products are answered in their order."""
    product = await rows.product()
    for values in ({"status": "ON_HOLD"}, {"expires_on": days(-1)}):
        await certify(rows, await shelve(rows, product, **values), 40, issued=-2)
    empty = await shelve(rows, product)
    await certify(rows, empty, 40, issued=-2)
    await rows.connection.execute("UPDATE stock_lot SET on_hand = 0 WHERE lot_id = $1", empty)
    stocked = await rows.product()
    await certify(rows, await shelve(rows, stocked), 40, issued=-2)
    async with bare_shop.database.session():
        found = await certificates.changes([(stocked, days(-5)), (product, days(-5)), (stocked, days(0))], TODAY)
    assert found == [[Change("certificates", ChangeKind.CERTIFICATE, None, str(days(40)))], [], []]
