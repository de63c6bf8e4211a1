"""From a new product to the shop and off it again, as staff do it: by registered documents, in two pairs of hands."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.documents import files
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from schema.documents import TREE
from tests.catalog.editors import GTIN, staff
from tests.conftest import STAFF_TABLES
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import Shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}
NODE = "query ($id: ID!) { node(id: $id) { __typename id ... on ProductRevision { status } } }"
PUBLIC = """query ($id: ID!, $slug: String!) { product(slug: $slug) { id } node(id: $id) { id }
  products(search: "石榴") { nodes { slug } totalCount } suggestions(prefix: "石榴")
  productFacets(search: "石榴") { categories { count } origins { origin count } storages { count } } }"""


class Desk:
    """A maker and a checker over an empty shop with one category."""

    def __init__(self, shop: Shop, rows: Rows, maker: Caller, checker: Caller, category: str) -> None:
        self.shop = shop
        self.rows = rows
        self.maker = maker
        self.checker = checker
        self.category = category

    async def ask(self, who: Caller, document: str, /, **variables: Any) -> Any:
        """The one field a document asks for."""
        sent = {"documentId": IDS[document], "variables": variables}
        headers = {"accept-language": "en", **bearer(who)}
        (answer,) = (await self.shop.send(json=sent, headers=headers)).data.values()
        return answer

    async def write(self, who: Caller, document: str, /, **given: Any) -> Any:
        """What a mutation answers."""
        return await self.ask(who, document, input=given)


@pytest.fixture
async def desk(bare_shop: Shop, rows: Rows) -> Desk:
    """Two people who work for the shop."""
    rows.tables |= STAFF_TABLES | {"product_revision", "price_history", "product_search", "media", "upload"}
    made, checked = await staff(rows, "maker"), await staff(rows, "checker")
    maker = Caller(CallerKind.STAFF, made.id, frozenset({"catalog:read", "catalog:unpublish", "catalog:write"}))
    checker = Caller(CallerKind.STAFF, checked.id, frozenset({"catalog:read", "catalog:approve"}))
    return Desk(bare_shop, rows, maker, checker, ids.encode("Category", await rows.category()))


async def picture(desk: Desk) -> str:
    """A picture the maker sent."""
    size = {"content_type": "image/jpeg", "width": 640, "height": 480}
    return ids.encode("Upload", await desk.rows.upload(str(desk.maker), **size))


async def begun(desk: Desk, key: str = "create-1") -> Any:
    """A new product with what a draft must have."""
    given: dict[str, Any] = {
        "categoryId": desk.category,
        "slug": "shiliu",
        "name": "石榴",
        "soldBy": "EACH",
        "returnPolicy": "FRESH",
    }
    given |= {"storage": "CHILLED", "shelfLifeDays": 20, "minDaysLeft": 3}
    return await desk.write(desk.maker, "ProductCreate", idempotencyKey=key, content=given)


async def completed(desk: Desk) -> Any:
    """The same with the rest."""
    draft = await begun(desk)
    content = {
        "subtitle": "粒粒饱满",
        "description": "蒙自石榴。",
        "origin": "云南蒙自",
        "temperature": {"minC": 2, "maxC": 8},
        "skus": [{"code": "SL-1", "gtin": GTIN, "spec": "约500g/个", "price": 990}],
        "media": [{"uploadId": await picture(desk), "alt": "石榴"}],
    }
    given = {"productId": draft["productId"], "expectedHash": draft["contentHash"], "content": content}
    first = await desk.write(desk.maker, "ProductEdit", **given)
    assert await desk.write(desk.maker, "ProductEdit", **given) == first
    return first


async def test_a_product_from_its_first_draft_to_its_end(desk: Desk) -> None:
    """Begun once, refused with its lines, approved by its hash, published, taken off: all that the public sees."""
    draft = await begun(desk)
    assert await begun(desk) == draft
    seen = {"revisionId": draft["id"], "contentHash": draft["contentHash"]}
    refused = await desk.write(desk.maker, "RevisionSubmit", **seen)
    assert refused["__typename"] == "ContentNotReady"
    assert [(each["field"], each["rule"]) for each in refused["problems"]] == [
        (field, "MISSING") for field in ("subtitle", "description", "origin", "skus", "media")
    ]
    full = await completed(desk)
    seen = {"revisionId": full["id"], "contentHash": full["contentHash"]}
    assert (await desk.write(desk.maker, "RevisionSubmit", **seen))["status"] == "SUBMITTED"
    public = {"id": full["productId"], "slug": "shiliu"}
    nothing: dict[str, Any] = {
        "product": None,
        "node": None,
        "products": {"nodes": [], "totalCount": 0},
        "suggestions": [],
        "productFacets": {"categories": [], "origins": [], "storages": []},
    }
    assert (await desk.shop.ask(PUBLIC, **public)).data == nothing
    later = replace(desk.shop, now=desk.shop.now + timedelta(hours=2))
    office = Desk(later, desk.rows, desk.maker, desk.checker, desk.category)
    (waiting,) = (await office.ask(desk.checker, "ProductRevisionList"))["nodes"]
    assert (waiting["id"], waiting["waitingSeconds"], waiting["maker"]["name"]) == (full["id"], 7200, "maker")
    told = await office.ask(desk.checker, "ProductRevisionDetail", id=full["id"])
    (medium,) = told["content"]["media"]
    assert medium["url"].startswith("/media/uploads/")
    assert "signature=" in medium["url"]
    assert told["content"]["skus"][0]["price"] == {"fen": 990}
    other = await desk.write(desk.checker, "RevisionApprove", revisionId=full["id"], contentHash=draft["contentHash"])
    assert (other["__typename"], other["contentHash"]) == ("ContentMoved", full["contentHash"])
    assert (await desk.write(desk.checker, "RevisionApprove", **seen))["status"] == "APPROVED"
    assert (await desk.shop.ask(PUBLIC, **public)).data == nothing
    published = await desk.write(desk.checker, "RevisionPublish", revisionId=full["id"])
    assert (published["status"], published["publishedAt"]) == ("PUBLISHED", "2026-11-20T02:00:00+00:00")
    shown = (await desk.shop.ask(PUBLIC, **public)).data
    assert (shown["product"], shown["products"]["totalCount"]) == ({"id": full["productId"]}, 1)
    assert shown["productFacets"]["origins"] == [{"origin": "云南蒙自", "count": 1}]
    gone = await desk.write(desk.maker, "ProductUnpublish", productId=full["productId"], reason="停产")
    assert (gone["slug"], gone["name"]) == ("shiliu", "石榴")
    assert (await desk.shop.ask(PUBLIC, **public)).data == nothing
    audited = "SELECT caller, scope FROM audit_entry WHERE action = 'unpublish product'"
    assert [tuple(row) for row in await desk.rows.connection.fetch(audited)] == [(str(desk.maker), "catalog:unpublish")]
    back = await desk.write(desk.checker, "ProductRollBack", revisionId=full["id"], reason="恢复销售")
    assert (back["status"], back["contentHash"]) == ("PUBLISHED", full["contentHash"])
    assert (await desk.shop.ask(PUBLIC, **public)).data == shown


async def test_a_rejected_draft_goes_back_and_is_given_up(desk: Desk) -> None:
    """With the reason; its maker hands it in anew, takes it back, and drops it; then it stays dropped."""
    full = await completed(desk)
    key = {"revisionId": full["id"]}
    await desk.write(desk.maker, "RevisionSubmit", **key, contentHash=full["contentHash"])
    assert (await desk.write(desk.checker, "RevisionReject", **key, reason="图片不清楚"))["status"] == "REJECTED"
    told = await desk.ask(desk.maker, "ProductRevisionDetail", id=full["id"])
    assert (told["reason"], told["checker"]["name"]) == ("图片不清楚", "checker")
    given = {"productId": full["productId"], "expectedHash": full["contentHash"], "content": {"subtitle": "又红又甜"}}
    again = await desk.write(desk.maker, "ProductEdit", **given)
    assert again["status"] == "DRAFT"
    await desk.write(desk.maker, "RevisionSubmit", **key, contentHash=again["contentHash"])
    assert (await desk.write(desk.maker, "RevisionWithdraw", **key))["status"] == "DRAFT"
    assert (await desk.write(desk.maker, "RevisionDiscard", **key))["status"] == "DISCARDED"
    refused = await desk.write(desk.checker, "RevisionPublish", **key)
    assert (refused["__typename"], refused["status"]) == ("RevisionNotThere", "DISCARDED")
    history = await desk.ask(desk.maker, "ProductRevisionList", status=None, productId=full["productId"])
    assert [(each["id"], each["status"]) for each in history["nodes"]] == [(full["id"], "DISCARDED")]


async def test_a_roll_back_by_its_document(desk: Desk) -> None:
    """Only what was published can be brought back."""
    full = await completed(desk)
    refused = await desk.write(desk.checker, "ProductRollBack", revisionId=full["id"], reason="误改")
    assert (refused["__typename"], refused["status"]) == ("RevisionNotThere", "DRAFT")


async def test_nobody_else_is_answered_a_revision(desk: Desk) -> None:
    """By its id it is not there for visitors, customers and staff without the scope."""
    draft = await begun(desk)
    customer = Caller(CallerKind.CUSTOMER, await desk.rows.customer(), frozenset({"me"}))
    clerk = replace(desk.maker, scopes=frozenset({"pickup:serve", "catalog:write"}))
    sent = {"query": NODE, "variables": {"id": draft["id"]}}
    for headers in ({}, bearer(customer), bearer(clerk)):
        assert (await desk.shop.send(json=sent, headers=headers)).data == {"node": None}
    found = (await desk.shop.send(json=sent, headers=bearer(desk.checker))).data["node"]
    assert found == {"__typename": "ProductRevision", "id": draft["id"], "status": "DRAFT"}
