"""Keeping and forgetting products, as a client does it."""

import asyncio

import pytest

from app.favourites import service
from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.privacy.retention import retain
from tests.favourites.conftest import Customer, writing
from tests.http.test_bad_input import BAD_IDS
from tests.http.toy import bearer
from tests.rows import Rows, hours
from tests.shop import NOW

MUTATIONS = ("addFavourite", "removeFavourite", "recordProductView", "forgetProductViews")
MINE = "{ me { favourites { nodes { slug } totalCount } seenProducts { nodes { slug } totalCount } } }"


async def kept(rows: Rows) -> tuple[int, int]:
    """How many favourites and views there are of anybody."""
    found = await rows.connection.fetchrow(
        "SELECT (SELECT count(*) FROM favourite) f, (SELECT count(*) FROM product_view) v"
    )
    return found["f"], found["v"]


async def test_a_product_becomes_a_favourite_once(customer: Customer, rows: Rows) -> None:
    """The answer reads what was written; a second time is the first."""
    peach = await rows.product(slug="peach")
    first = await customer.write("addFavourite", peach)
    assert first == {"__typename": "Product", "slug": "peach", "isFavourite": True}
    assert await customer.write("addFavourite", peach) == first
    assert await kept(rows) == (1, 0)


async def test_a_favourite_is_removed_sold_or_not(customer: Customer, rows: Rows) -> None:
    """And removing what is none answers the same."""
    gone = await rows.product(slug="gone", status="UNPUBLISHED")
    await rows.insert("favourite", customer_id=customer.id, product_id=gone, created_at=NOW)
    for _ in range(2):
        answer = await customer.write("removeFavourite", gone)
        assert answer == {"__typename": "Customer", "favourites": {"nodes": []}, "seenProducts": {"nodes": []}}
    assert await kept(rows) == (0, 0)


@pytest.mark.parametrize("name", ["addFavourite", "recordProductView"])
async def test_only_what_is_sold_can_be_kept(name: str, customer: Customer, rows: Rows) -> None:
    """A draft is as unknown as a product that does not exist."""
    for product in (await rows.product(status="DRAFT", published_at=None), 2**62):
        assert await customer.write(name, product) == {
            "__typename": "ProductNotFound",
            "message": "商品不存在或已下架。",
        }
    assert (await customer.write(name, 0, "en"))["message"] == "There is no such product, or it is not sold any more."
    assert await kept(rows) == (0, 0)


async def test_favourites_have_an_end(customer: Customer, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third of two is refused with the limit, one that is there already is not."""
    monkeypatch.setattr(service, "MOST_FAVOURITES", 2)
    products = [await rows.product() for _ in range(3)]
    for product in products[:2]:
        await customer.write("addFavourite", product)
    refused = await customer.write("addFavourite", products[2])
    assert refused == {
        "__typename": "TooManyFavourites",
        "message": "最多收藏 2 件商品，请先取消一些收藏。",
        "limit": 2,
    }
    assert (await customer.write("addFavourite", products[0]))["__typename"] == "Product"
    assert await kept(rows) == (2, 0)


async def test_no_race_makes_more_favourites_than_allowed(
    customer: Customer, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve at once for five places: five are written, seven refused."""
    monkeypatch.setattr(service, "MOST_FAVOURITES", 5)
    products = [await rows.product() for _ in range(12)]
    answers = await asyncio.gather(*(customer.write("addFavourite", product) for product in products))
    names = sorted(answer["__typename"] for answer in answers)
    assert names == ["Product"] * 5 + ["TooManyFavourites"] * 7
    assert await kept(rows) == (5, 0)


async def test_what_was_seen_again_moves_to_the_front(customer: Customer, rows: Rows) -> None:
    """One row per product, the latest look first; older looks than the last hundred are forgotten."""
    products = [await rows.product(slug=f"seen-{number}") for number in range(3)]
    for hour, product in enumerate([*products, products[0]]):
        with clock.moved_to(hours(hour)):
            async with customer.shop.database.session():
                await service.record_view(customer.id, product)
    mine = (await customer.ask(MINE)).data["me"]["seenProducts"]
    assert mine == {"nodes": [{"slug": "seen-0"}, {"slug": "seen-2"}, {"slug": "seen-1"}], "totalCount": 3}


async def test_only_the_last_looks_are_kept(customer: Customer, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go, of this customer only."""
    monkeypatch.setattr(service, "MOST_VIEWS", 2)
    other = await rows.customer()
    products = [await rows.product(slug=f"seen-{number}") for number in range(4)]
    await rows.insert("product_view", customer_id=other, product_id=products[0], viewed_at=hours(-100))
    for hour, product in enumerate(products):
        with clock.moved_to(hours(hour)):
            async with customer.shop.database.session():
                await service.record_view(customer.id, product)
    mine = (await customer.ask(MINE)).data["me"]["seenProducts"]
    assert [each["slug"] for each in mine["nodes"]] == ["seen-3", "seen-2"]
    assert await kept(rows) == (0, 3)


async def test_looks_are_forgotten_one_or_all(customer: Customer, rows: Rows) -> None:
    """Another customer's stay."""
    products = [await rows.product(slug=f"seen-{number}") for number in range(3)]
    other = await rows.customer()
    for viewer in (customer.id, other):
        for product in products:
            await rows.insert("product_view", customer_id=viewer, product_id=product, viewed_at=hours(-product % 7))
    answer = await customer.write("forgetProductViews", products[1])
    assert {each["slug"] for each in answer["seenProducts"]["nodes"]} == {"seen-0", "seen-2"}
    everything = await customer.ask("mutation { forgetProductViews(input: {}) { ... on UserError { message } } }")
    assert everything.data == {"forgetProductViews": {}}
    assert await kept(rows) == (0, 3)


async def test_old_looks_are_purged(customer: Customer, rows: Rows) -> None:
    """What is older than 90 days is not kept (PIPL article 19); the job may run twice."""
    rows.tables.add("retention_report")
    old, young = await rows.product(), await rows.product(slug="young")
    for product, age in ((old, 24 * 90 + 1), (young, 24 * 90 - 1)):
        await rows.insert("product_view", customer_id=customer.id, product_id=product, viewed_at=hours(-age))
    for _ in range(2):
        with clock.moved_to(NOW):
            async with customer.shop.database.session():
                await retain({})
    mine = (await customer.ask(MINE)).data["me"]["seenProducts"]
    assert mine == {"nodes": [{"slug": "young"}], "totalCount": 1}


async def test_a_closed_account_writes_nothing(customer: Customer, rows: Rows) -> None:
    """Her token holds until it expires; every write is refused."""
    product = await rows.product()
    closed = await rows.customer(status="CLOSED", closed_at=NOW)
    gone = Customer(customer.shop, closed)
    for name in MUTATIONS:
        assert await gone.write(name, product) == {"__typename": "AccountClosed", "message": "账号已注销。"}
    assert (await gone.ask(MINE)).data == {"me": None}
    assert await kept(rows) == (0, 0)


@pytest.mark.parametrize("kind", [CallerKind.STAFF, CallerKind.PARTNER])
async def test_nobody_else_keeps_products(kind: CallerKind, customer: Customer, rows: Rows) -> None:
    """A member of staff of the customer's number is not the customer, whatever scopes she has."""
    product = ids.encode("Product", await rows.product())
    headers = bearer(Caller(kind, customer.id, frozenset({"me"})))
    query = {"query": writing("addFavourite"), "variables": {"id": product}}
    answer = await customer.shop.send(json=query, headers=headers)
    assert answer.codes == ["FORBIDDEN"]
    assert (await customer.shop.send(json={"query": MINE}, headers=headers)).data == {"me": None}
    assert await kept(rows) == (0, 0)


@pytest.mark.parametrize("name", MUTATIONS)
async def test_a_visitor_is_asked_who_she_is(name: str, customer: Customer, rows: Rows) -> None:
    """Before anything runs."""
    variables = {"id": ids.encode("Product", await rows.product())}
    answer = await customer.shop.send(json={"query": writing(name), "variables": variables})
    assert (answer.response.status_code, answer.codes) == (401, ["UNAUTHENTICATED"])
    assert answer.statements == []
    assert await kept(rows) == (0, 0)


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.parametrize("bad", BAD_IDS.values(), ids=BAD_IDS)
async def test_a_bad_id_is_refused(name: str, bad: object, customer: Customer, rows: Rows) -> None:
    """Malformed or of another type."""
    answer = await customer.ask(writing(name), id=bad)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert await kept(rows) == (0, 0)


async def test_the_registered_documents_do_it(customer: Customer, rows: Rows) -> None:
    """Each write of the mini-program, with the number of its statements, BEGIN and COMMIT among them."""
    variables = {"productId": ids.encode("Product", await rows.product())}
    done = {}
    for name in ("AddFavourite", "RecordProductView", "RemoveFavourite", "ForgetProductViews"):
        answer = await customer.shop.registered(name, variables, customer.headers)
        (result,) = answer.data.values()
        done[name] = (result["__typename"], len(answer.statements))
    assert done == {
        "AddFavourite": ("Product", 7),
        "RecordProductView": ("Product", 7),
        "RemoveFavourite": ("Customer", 4),
        "ForgetProductViews": ("Customer", 4),
    }
