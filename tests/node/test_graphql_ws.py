"""Sockets, as npm graphql-ws, the protocol's own client, uses them."""

from app.demo.sample import SAMPLE
from tests.node.conftest import Node
from tests.shop import Shop


async def test_the_protocols_own_client_is_answered(node: Node, root: str, shop: Shop) -> None:
    """A subscription, a query, a refusal that leaves the socket open, and a token that does not hold."""
    point = await shop.id("PickupPoint", SAMPLE.pickup_point_code)
    told = await node("graphql_ws.mjs", f"{root.replace('http', 'ws', 1)}/graphql", point)
    news = told["watched"]["data"]["slotAvailability"]
    assert news["isComplete"] is True
    assert news["slots"]
    assert told["asked"]["data"]["categories"]
    assert [error["extensions"]["code"] for error in told["refused"]["errors"]] == ["BAD_USER_INPUT"]
    assert (told["closed"]["code"], told["closed"]["reason"]) == (4403, "not a token")
