"""A customer and what she writes."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import NOW, Answer, Shop

_PRODUCT = "... on Product { slug isFavourite }"
_CUSTOMER = "... on Customer { favourites { nodes { slug } } seenProducts { nodes { slug } } }"
_SELECTED = {
    "addFavourite": f"{_PRODUCT} ... on TooManyFavourites {{ limit }}",
    "removeFavourite": _CUSTOMER,
    "recordProductView": _PRODUCT,
    "forgetProductViews": _CUSTOMER,
}


def writing(name: str) -> str:
    """The document of a mutation that takes a product as `$id`."""
    selected = f"__typename ... on UserError {{ message }} {_SELECTED[name]}"
    return f"mutation ($id: ID!) {{ {name}(input: {{productId: $id}}) {{ {selected} }} }}"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer who signed in, at the shop over the rows of a test."""

    shop: Shop
    id: int

    @property
    def headers(self) -> dict[str, str]:
        """What speaks for her, from the shop's now on."""
        return bearer(Caller(CallerKind.CUSTOMER, self.id, CUSTOMER_SCOPES))

    async def ask(self, query: str, language: str = "zh", **variables: Any) -> Answer:
        """Asks as this customer."""
        headers = self.headers | {"accept-language": language}
        return await self.shop.send(json={"query": query, "variables": variables}, headers=headers)

    async def write(self, name: str, product: int, language: str = "zh") -> dict[str, Any]:
        """One of the mutations that take a product; its answer."""
        answer = await self.ask(writing(name), language, id=ids.encode("Product", product))
        found: dict[str, Any] = answer.data[name]
        return found


@pytest.fixture
async def customer(bare_shop: Shop, rows: Rows) -> Customer:
    """A customer without anything, who agreed to personalisation; what she keeps is taken away after the test."""
    rows.tables |= {"favourite", "product_view"}
    made = await rows.customer()
    decided = {"policy_version": "1", "granted": True, "channel": "test", "decided_at": NOW}
    await rows.insert("consent", customer_id=made, purpose="PERSONALIZATION", **decided)
    return Customer(bare_shop, made)
