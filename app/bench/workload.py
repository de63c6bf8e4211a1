"""What is asked for: many products and pickup points, so that nothing is fast for being asked twice."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product as pairs
from random import Random
from typing import Any

import asyncpg
import orjson

from app.bench.load import ask
from app.documents import files
from app.kit import ids
from app.storefront.orders import ProductSort
from schema.documents import MINIPROGRAM

PRODUCTS = 2_000  # different ones asked for, at most
PAGES = 3  # of a list, as far as a shopper scrolls
PAGE = 20  # products on a page

DETAIL = "ProductDetail"
LIST = "ProductList"
TRIVIAL = "Reachable"  # costs what the door itself costs
BROWSED = [sort for sort in ProductSort if sort is not ProductSort.RELEVANCE]  # which needs a search

_HEAD = b"POST /graphql HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n%bcontent-length: %d\r\n\r\n"
_PRODUCTS = "SELECT id FROM product WHERE status = 'PUBLISHED' ORDER BY id"
_POINTS = "SELECT id FROM pickup_point WHERE status = 'OPEN' ORDER BY id"


class UselessWorkloadError(RuntimeError):
    """The shop does not answer what the bench would measure."""


def requests(name: str, variables: Iterable[Mapping[str, Any]], headers: bytes = b"") -> list[bytes]:
    """The HTTP requests, as they go over the wire, for a registered document with each of these variables.

    `headers`: more of them, each with its end of line.
    """
    document = next(each for each in files.read(MINIPROGRAM) if each.name == name)
    made = (orjson.dumps({"documentId": document.id, "variables": each}) for each in variables)
    return [_HEAD % (headers, len(body)) + body for body in made]


async def places(database_url: str) -> tuple[list[str], list[str]]:
    """Global ids of published products in no order, at most PRODUCTS, and of every open pickup point."""
    connection = await asyncpg.connect(database_url)
    try:
        products = [row["id"] for row in await connection.fetch(_PRODUCTS)]
        points = [row["id"] for row in await connection.fetch(_POINTS)]
    finally:
        await connection.close()
    chosen = Random(0).sample(products, min(len(products), PRODUCTS))  # noqa: S311 - the same ones in each run
    return [ids.encode("Product", each) for each in chosen], [ids.encode("PickupPoint", each) for each in points]


def trivial() -> list[bytes]:
    """A request for a document that reads nothing."""
    return requests(TRIVIAL, [{}])


def details(products: Sequence[str], points: Sequence[str]) -> list[bytes]:
    """A request for the page of each product, the pickup points in turn."""
    return requests(DETAIL, ({"id": each, "pickupPointId": points[n % len(points)]} for n, each in enumerate(products)))


async def lists(port: int, points: Sequence[str]) -> list[bytes]:
    """Requests for full pages of products: every order and pickup point, as deep as a shopper scrolls.

    Raises:
        UselessWorkloadError: the shop has fewer products than a page.
    """
    scrolled = [await _scroll(port, sort, point) for sort, point in pairs(BROWSED, points)]
    found = [request for pages in scrolled for request in pages]
    if not found:
        raise UselessWorkloadError(f"the shop has fewer than {PAGE} products")
    Random(0).shuffle(found)  # noqa: S311 - the same order in each run
    return found


async def _scroll(port: int, sort: ProductSort, point: str) -> list[bytes]:
    """The requests for the full pages of one list, from its first on."""
    full: list[bytes] = []
    after = None
    while len(full) < PAGES:
        (request,) = requests(LIST, [{"first": PAGE, "after": after, "sort": sort, "pickupPointId": point}])
        page = orjson.loads(await ask(port, request))["data"]["products"]
        if len(page["nodes"]) < PAGE:
            break
        full.append(request)
        after = page["pageInfo"]["endCursor"]
    return full
