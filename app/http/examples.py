"""What GraphiQL shows first: the registered documents, each with variables that find something in this shop."""

from typing import Any, TypedDict

from graphql import OperationDefinitionNode, OperationType, parse

from app.catalog.models import Product
from app.context import Context
from app.documents.files import DocumentFile
from app.http.preview import open_points
from app.kit import ids
from app.storefront.filters import ProductFilter
from app.storefront.listing import listing
from app.storefront.orders import ProductSort
from app.storefront.shelf import ANYWHERE

# What the demo's stand-in for WeChat takes; tokens and devices are whoever's asks. Nothing is agreed to or closed by
# running an example as it stands.
_GIVEN = {
    "code": "demo-anna",
    "deviceLabel": "GraphiQL",
    "refreshToken": "ygr_...",
    "deviceId": "...",
    "confirms": False,
    "agrees": False,
    "granted": False,
    "purpose": "PERSONALIZATION",
    "policyVersion": "2026-11",
    "birthYear": 1995,
    "idempotencyKey": "graphiql-1",
    "quote": "yq1...",
    "confirmsReturnExceptions": False,
    "orderId": "...",
    "templates": ["ORDER_READY"],
    "invoiceKind": "PERSONAL",
    "invoiceTitle": "...",
    "email": "...",
    "orderLineId": "...",
    "defectReason": "ROTTEN",
    "text": "...",
    "photoUploadIds": [],
    "pickupSlotId": "...",
    "substitutionId": "...",
    "accepts": False,
    "kind": "OTHER",
    "subject": "OTHER",
    "wish": "...",
    "cartToken": "ygc_...",
    "couponId": "...",
    "quantity": 1,
}

_SECRETS = frozenset({"cartToken"})


class Example(TypedDict):
    """A tab: the text of a registered document, and what to ask it with."""

    name: str
    text: str
    variables: dict[str, Any]


async def examples(documents: list[DocumentFile], context: Context) -> list[Example]:
    """One example per document, reads first; a variable this shop has nothing for is left out."""
    known = await _values(context)
    return [
        Example(name=each.name, text=each.text, variables={name: known[name] for name in names(each) if name in known})
        for each in sorted(documents, key=_comes_late)
    ]


def _operations(document: DocumentFile) -> list[OperationDefinitionNode]:
    return [each for each in parse(document.text).definitions if isinstance(each, OperationDefinitionNode)]


def _comes_late(document: DocumentFile) -> bool:
    """Whether it has anything but queries, or opens with a secret: nobody should find it before what only shows."""
    is_write = any(operation.operation is not OperationType.QUERY for operation in _operations(document))
    return is_write or not _SECRETS.isdisjoint(names(document))


def names(document: DocumentFile) -> list[str]:
    """The variables of a document, as it declares them."""
    return [
        each.variable.name.value for operation in _operations(document) for each in operation.variable_definitions or ()
    ]


async def _values(context: Context) -> dict[str, Any]:
    """What a variable of this name is given: the best seller, how its name begins, its next lot, a pickup point."""
    values: dict[str, Any] = dict(_GIVEN)
    if points := await open_points():
        values["pickupPointId"] = points[0]["id"]
    if (product := await _best_seller(context)) is not None:
        beginning = product.name[:2]  # what somebody who looks for it types
        product_id = ids.encode("Product", product.id)
        values |= {"id": product_id, "productId": product_id, "productIds": [product_id], "slug": product.slug}
        values |= {"search": beginning, "prefix": beginning}
        if skus := await context.loaders.skus_by_product.load(product.id):
            values["skuId"] = ids.encode("Sku", skus[0].id)
        shelf = await context.loaders.shelf.load((product.id, ANYWHERE))
        if (lot := shelf.stock().next_lot) is not None:
            values["lotCode"] = lot.lot_code
    return values


async def _best_seller(context: Context) -> Product | None:
    asked = listing(ProductFilter(), ProductSort.BEST_SELLING, search=None, first=1, after=None)
    page = await context.loaders.product_pages.load(asked)
    return next(iter(page.rows), None)
