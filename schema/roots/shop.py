"""Root fields of the shop window."""

import strawberry

from resolvers import category as resolve_category
from resolvers import facets as resolve_facets
from resolvers import listing as resolve_listing
from resolvers import lot as resolve_lot
from resolvers import node as resolve_node
from resolvers import pickup as resolve_pickup
from resolvers import product as resolve_product
from resolvers import suggestion as resolve_suggestion
from schema.binding import field
from schema.inputs.product_filter import ProductFilter
from schema.types.category import Category
from schema.types.coupon import Coupon
from schema.types.facets import ProductFacets
from schema.types.lot import Lot
from schema.types.node import Node
from schema.types.page import Connection
from schema.types.pickup import PickupPoint
from schema.types.product import Product


@strawberry.type
class ShopQueries:
    """Reads of the shop window."""

    product: Product | None = field(
        resolve_product.product, description="A published product by id or slug; null if there is none.", max_age=60
    )
    products: Connection[Product] = field(
        resolve_listing.products,
        unpack=("filter", ProductFilter, "Which products; all without it."),
        description="Published products.",
        max_age=60,
    )
    product_facets: ProductFacets = field(
        resolve_facets.facets,
        unpack=("filter", ProductFilter, "Of which products; all without it."),
        description="How many published products each further choice would leave.",
        max_age=60,
    )
    suggestions: list[str] = field(
        resolve_suggestion.suggestions,
        description="Names of products that fit what has been typed so far, those that begin so first.",
        max_age=300,
    )
    hot_words: list[str] = field(
        resolve_suggestion.hot_words, description="Words the shop proposes to search for, at most 20.", max_age=300
    )
    categories: list[Category] = field(
        resolve_category.roots, description="The categories at the top, in the shop's order.", max_age=300
    )
    lot: Lot | None = field(
        resolve_lot.lot, description="A lot by its traceability lot code; null if there is none.", max_age=60
    )
    pickup_points: list[PickupPoint] = field(
        resolve_listing.pickup_points,
        description="Every pickup point that is not closed for good, in the shop's order.",
        max_age=60,
    )
    pickup_point: PickupPoint | None = field(
        resolve_pickup.pickup_point, description="A pickup point by id; null if there is none, or no id.", max_age=60
    )
    coupons: Connection[Coupon] = field(
        resolve_listing.coupons, description="Coupons one can claim now, those that end soonest first.", max_age=15
    )
    node: Node | None = field(resolve_node.node, description="Whatever has this id; null if there is none.", max_age=15)
    nodes: list[Node | None] = field(
        resolve_node.nodes,
        description="Whatever has these ids, in their order; at most 50.",
        max_age=15,
        list_size=10,
        sized_by="ids",
    )
