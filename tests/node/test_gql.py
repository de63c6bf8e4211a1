"""gql, Python's GraphQL client, against the shop on a port: by httpx, and by a socket."""

from collections.abc import AsyncIterator

import pytest
from gql import Client, gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from websockets.exceptions import ConnectionClosed

from app.kit import ids
from tests.trading import Trading

ADD = gql("""mutation ($id: ID!) { addFavourite(input: {productId: $id}) {
  __typename ... on Product { id isFavourite } ... on UserError { message } } }""")
PRODUCT = "query ($slug: String!) { product(slug: $slug) { slug } }"
WATCH = """subscription ($point: ID!) {
  slotAvailability(pickupPointId: $point) { isComplete slots { id remaining } } }"""


def bearer(trade: Trading) -> dict[str, str]:
    """What speaks for the customer."""
    return {"Authorization": f"Bearer {trade.token}"}


def by_socket(url: str, payload: dict[str, str]) -> Client:
    """A client on a socket, with what `connection_init` carries."""
    protocols = [WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL]
    return Client(
        transport=WebsocketsTransport(url.replace("http", "ws"), init_payload=payload, subprotocols=protocols)
    )


@pytest.fixture
async def session(url: str, trade: Trading) -> AsyncIterator[AsyncClientSession]:
    """A session of the customer over HTTP, for the schema as the client reads it from the shop."""
    client = Client(transport=HTTPXAsyncTransport(url, headers=bearer(trade)), fetch_schema_from_transport=True)
    async with client as opened:
        yield opened


async def test_reads_and_writes(session: AsyncClientSession, trade: Trading) -> None:
    """A query, a mutation, and a refusal, which is data."""
    assert await session.execute(gql("{ categories { slug name } }")) == {
        "categories": [{"slug": "fruit", "name": "水果"}]
    }
    for product, expected in (
        (trade.product, {"__typename": "Product", "id": trade.product, "isFavourite": True}),
        (ids.encode("Product", 10**9), {"__typename": "ProductNotFound", "message": "商品不存在或已下架。"}),
    ):
        ADD.variable_values = {"id": product}
        assert await session.execute(ADD) == {"addFavourite": expected}
    assert await trade.owner.fetchval("SELECT count(*) FROM favourite") == 1


async def test_refusals_are_errors_with_a_code(url: str) -> None:
    """Of a variable, of a field and of who asks."""
    refused = {
        PRODUCT: "BAD_USER_INPUT",
        "{ categories { nmae } }": "GRAPHQL_VALIDATION_FAILED",
        'mutation { addFavourite(input: {productId: "x"}) { __typename } }': "UNAUTHENTICATED",
    }
    async with Client(transport=HTTPXAsyncTransport(url)) as session:
        for text, code in refused.items():
            request = gql(text)
            request.variable_values = {"slug": 1} if text == PRODUCT else {}
            with pytest.raises(TransportQueryError) as caught:
                await session.execute(request)
            assert [error["extensions"]["code"] for error in caught.value.errors or ()] == [code]


async def test_a_socket_tells_of_slots(trade: Trading, url: str) -> None:
    """All of them, then the one of which another process took a place; a query is answered beside it."""
    request = gql(WATCH)
    request.variable_values = {"point": trade.point}
    async with by_socket(url, bearer(trade)) as session:
        events = session.subscribe(request)
        first = await anext(events)
        slots = [{"id": slot, "remaining": 10} for slot in trade.slots]
        assert first == {"slotAvailability": {"isComplete": True, "slots": slots}}
        assert await session.execute(gql("{ me { displayName } }")) == {"me": {"displayName": "王小明"}}
        await trade.take()
        assert await anext(events) == {
            "slotAvailability": {"isComplete": False, "slots": [{"id": trade.slots[0], "remaining": 9}]}
        }
        await events.aclose()


async def test_a_token_that_does_not_hold_opens_no_socket(url: str) -> None:
    """4403."""
    with pytest.raises(TransportConnectionFailed) as caught:
        async with by_socket(url, {"authorization": "Bearer yg1.old"}):
            pass
    closed = caught.value.__cause__
    assert isinstance(closed, ConnectionClosed)
    assert closed.rcvd is not None
    assert closed.rcvd.code == 4403
