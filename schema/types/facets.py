"""Choices among the products of a list."""

from decimal import Decimal

import strawberry

from app.catalog.enums import Storage
from resolvers import facets as resolve
from schema.binding import field
from schema.types.category import Category
from schema.types.money import Money


@strawberry.type(description="How many products of a category the list has.")
class CategoryCount:
    """Its source is app.storefront.facets.CategoryCount."""

    category: Category = field(description="The category.")
    count: int = field(description="How many products, with those of the categories below it.")


@strawberry.type(description="How many products from a place the list has.")
class OriginCount:
    """Its source is app.storefront.facets.OriginCount."""

    origin: str = field(description="The place.")
    count: int = field(description="How many products.")


@strawberry.type(description="How many products kept alike the list has.")
class StorageCount:
    """Its source is app.storefront.facets.StorageCount."""

    storage: Storage = field(description="Where they are kept.")
    count: int = field(description="How many products.")


@strawberry.type(description="How many products of a price band the list has, by the lowest regular price of each.")
class PriceBandCount:
    """Its source is app.storefront.facets.PriceBandCount."""

    at_least: Money | None = field(resolve.at_least, description="Where the band begins; null: at the cheapest.")
    below: Money | None = field(resolve.below, description="What it stays below; null: it has no end.")
    count: int = field(description="How many products.")


@strawberry.type(description="How many products rated so or better the list has.")
class RatingCount:
    """Its source is app.storefront.facets.RatingCount."""

    at_least: Decimal = field(description="The least mean rating, unrounded.")
    count: int = field(description="How many products.")


@strawberry.type(
    description=(
        "The choices there are in a list of products, with how many products each would leave. A facet ignores its own"
        " filter, so that one can change one's mind; choices that leave nothing are not listed."
    )
)
class ProductFacets:
    """Its source is app.storefront.facets.ProductFacets."""

    categories: list[CategoryCount] = field(description="Categories, in the shop's order.")
    origins: list[OriginCount] = field(description="Places they come from, those with most products first.")
    storages: list[StorageCount] = field(description="How they are kept.")
    price_bands: list[PriceBandCount] = field(description="Price bands, cheapest first.")
    ratings: list[RatingCount] = field(description="Ratings, best first; each counts the better ones too.")
    on_offer: int = field(description="How many have an offer now.")
    in_stock: int | None = field(description="How many can be had now at the pickup point; null where none was named.")
