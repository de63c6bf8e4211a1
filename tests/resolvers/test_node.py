"""Global ids go out and come back, for every type that can be fetched again."""

import pytest

from app.kit import ids
from app.kit.ids import BadId
from app.loaders import Loaders
from resolvers.node import LOADERS, loader_of
from tests.shop import NOW, Shop

TABLES = {
    "Category": "category",
    "Coupon": "coupon",
    "InspectionReport": "inspection_report",
    "Lot": "lot",
    "PickupPoint": "pickup_point",
    "PickupSlot": "pickup_slot",
    "Producer": "producer",
    "Product": "product",
    "Review": "review",
    "Sku": "sku",
    "TraceEvent": "trace_event",
}

# a customer's, and what only staff read: tests/orders and tests/catalog ask for them
OWN = {"Order", "OrderLine", "ProductRevision"}


def test_every_node_is_in_the_table() -> None:
    """A new one is not forgotten here."""
    assert TABLES.keys() | OWN == LOADERS.keys()


@pytest.mark.parametrize("kind", TABLES)
async def test_a_node_is_fetched_again_by_its_id(kind: str, shop: Shop) -> None:
    """The id it was asked by is the id it answers, and it is of the type the id says."""
    key = await shop.database.pool.fetchval(f"SELECT max(id) FROM {TABLES[kind]}")
    asked = ids.encode(kind, key)
    answer = await shop.ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=asked)
    assert answer.data == {"node": {"__typename": kind, "id": asked}}


@pytest.mark.parametrize("kind", ["Customer", "product", "Money", "Node", "Query"])
def test_a_type_that_is_no_node_has_no_loader(kind: str) -> None:
    """Tables are not opened by guessing their names."""
    with pytest.raises(BadId):
        loader_of(Loaders(NOW), kind)
