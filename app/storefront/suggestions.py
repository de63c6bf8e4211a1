"""What is proposed to somebody about to search."""

from app.catalog.keys import runs
from app.kit import db, paging
from app.storefront.searching import search_for

MAX_SUGGESTIONS = 20

_HOT_WORDS = f"SELECT word FROM hot_word ORDER BY position, id LIMIT {MAX_SUGGESTIONS}"
# names that begin with what was typed, those that have it inside, those it means otherwise; what is bought most first
_NAMES = """SELECT p.name FROM (
  SELECT p.id, starts_with(s.name, $2::text) AS begins, strpos(s.name, $2::text) > 0 AS has, p.sales_count
  FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
  WHERE s.name_keys @> $1::text[] ORDER BY begins DESC, has DESC, p.sales_count DESC, p.id DESC LIMIT $3
) AS found JOIN product p ON p.id = found.id
ORDER BY found.begins DESC, found.has DESC, found.sales_count DESC, found.id DESC"""


async def hot_words() -> list[str]:
    """The words the shop proposes, in its order, at most MAX_SUGGESTIONS."""
    return [record[0] for record in await db.fetch(_HOT_WORDS)]


async def suggestions(prefix: str, first: int) -> list[str]:
    """Names of published products that fit what has been typed so far, at most `first`; none for a blank text.

    Raises:
        BadSearch: `prefix` is too long.
        BadPageSize: `first` outside 1 to MAX_SUGGESTIONS.
    """
    size = paging.page_size(first, default=MAX_SUGGESTIONS, maximum=MAX_SUGGESTIONS)
    search = search_for(prefix)
    if search is None:
        return []
    return [record[0] for record in await db.fetch(_NAMES, list(search.keys), "".join(runs(prefix)), size)]
