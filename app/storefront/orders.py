"""In which order products can be listed. Each order ends in the id, so that it is total."""

from datetime import datetime
from enum import StrEnum

from app.kit.cursors import Column, Sort

# the mean of the stars and of ten reviews of four stars each, in thousandths: few reviews count for less
RATING_SCORE = (
    "((p.rating_sum * 1000 + 40000) / (10 + p.star_counts[1] + p.star_counts[2] + p.star_counts[3]"
    " + p.star_counts[4] + p.star_counts[5]))"
)


class ProductSort(StrEnum):
    """In which order products are listed."""

    NEWEST = "NEWEST"
    BEST_SELLING = "BEST_SELLING"
    PRICE_ASC = "PRICE_ASC"
    PRICE_DESC = "PRICE_DESC"
    RATING = "RATING"
    RELEVANCE = "RELEVANCE"


def _sort(name: ProductSort, *columns: Column) -> Sort:
    return Sort(f"products {name}", (*columns, Column("id", int, "p.id", columns[0].descending)))


_SALES = Column("sales_count", int, "p.sales_count", descending=True)
SORTS = {
    ProductSort.NEWEST: _sort(ProductSort.NEWEST, Column("published_at", datetime, "p.published_at", descending=True)),
    ProductSort.BEST_SELLING: _sort(ProductSort.BEST_SELLING, _SALES),
    ProductSort.PRICE_ASC: _sort(ProductSort.PRICE_ASC, Column("price_from_fen", int, "p.price_from_fen")),
    ProductSort.PRICE_DESC: _sort(
        ProductSort.PRICE_DESC, Column("price_from_fen", int, "p.price_from_fen", descending=True)
    ),
    ProductSort.RATING: _sort(ProductSort.RATING, Column("rating_score", int, RATING_SCORE, descending=True)),
    ProductSort.RELEVANCE: _sort(
        ProductSort.RELEVANCE, Column("relevance", int, "f.relevance", descending=True), _SALES
    ),
}
COMPUTED = {
    ProductSort.RATING: f", {RATING_SCORE} AS rating_score",
    ProductSort.RELEVANCE: ", f.relevance::int8 AS relevance",
}
"""What a statement selects beside the product's columns, for the cursor."""
