"""Which products a text finds, and how well they fit it."""

from dataclasses import dataclass
from typing import Any

from app.catalog.keys import pairs, runs, term
from app.kit.errors import BadInput

MAX_SEARCH = 50  # characters
NOTHING = "?"  # a key no product has: punctuation is never one

# the parameters a search takes before all others, and what they are
PARAMETERS = 4
# keys are matched by the indexes on them and never read from a row: a common character is in half of all products;
# weights are added up by a grouping, and each product found is looked up by its id (OFFSET 0 keeps the planner from
# another order), because a planner that expects few rows would join each with each
FOUND = """(WITH exact AS MATERIALIZED (
  SELECT s.product_id, s.name FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
  WHERE s.keys @> $1::text[]
), best AS (
  SELECT hit.product_id, max(hit.weight) - 10 AS weight FROM unnest($2::text[]) WITH ORDINALITY AS term(keys, place)
  CROSS JOIN LATERAL (
    SELECT s.product_id, 100 AS weight FROM product_search s WHERE s.name_keys @> string_to_array(term.keys, ' ')
    UNION ALL
    SELECT s.product_id, 30 FROM product_search s WHERE s.topic_keys @> string_to_array(term.keys, ' ')
  ) AS hit GROUP BY term.place, hit.product_id
) SELECT product_id, sum(weight) AS relevance FROM (
    SELECT product_id, true AS is_found,
      CASE WHEN right(name, length($4::text)) = $4::text THEN 20 ELSE 0 END + 10 * cardinality($2::text[]) AS weight
    FROM exact UNION ALL SELECT product_id, false, weight FROM best
  ) AS weighed GROUP BY product_id HAVING bool_or(is_found)
  UNION ALL SELECT s.product_id,
    sum(CASE WHEN strpos(s.name, split_part(slip.keys, ' ', 1)) > 0 THEN 2 ELSE 1 END)
  FROM unnest($3::text[]) AS slip(keys)
  JOIN product_search s ON s.name_keys @> string_to_array(slip.keys, ' ')
  WHERE NOT EXISTS (SELECT FROM exact) GROUP BY s.product_id) AS f
CROSS JOIN LATERAL (SELECT * FROM product WHERE id = f.product_id AND status = 'PUBLISHED' OFFSET 0) AS p"""


class BadSearch(BadInput):
    """The text is too long to search for."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, taken apart.

    A product is found when it has `keys`. `terms` (keys joined by a space) weigh where: most in the name, then
    among category, origin and subtitle, least in the description; a name that ends in the last word, as Chinese
    nouns do (沙瓤番茄), weighs a little more. Only when nothing is found so, names are that have the keys of one of
    `slips`: each leaves one character out as if it were mistyped.
    """

    keys: tuple[str, ...]
    terms: tuple[str, ...]
    slips: tuple[str, ...]
    tail: str

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of `FOUND`'s parameters."""
        return list(self.keys), list(self.terms), list(self.slips), self.tail


def search_for(text: str | None) -> Search | None:
    """What `text` searches for; None for none or a blank one, which is no search.

    A text without a letter, digit or character finds nothing.

    Raises:
        BadSearch: more than MAX_SEARCH characters.
    """
    if text is None:
        return None
    if len(text) > MAX_SEARCH:
        raise BadSearch(f"search must not be longer than {MAX_SEARCH} characters")
    if not text.strip():
        return None
    words = list(dict.fromkeys(runs(text)))
    terms = [term(word) for word in words]
    keys = dict.fromkeys(key for keys in terms for key in keys)
    return Search(
        keys=tuple(keys) or (NOTHING,),
        terms=tuple(" ".join(keys) for keys in terms),
        slips=tuple(_slips(words)),
        tail=words[-1] if words else "",
    )


def _slips(words: list[str]) -> list[str]:
    """The keys of the words with each character left out in turn; Latin words are left as they are."""
    found = []
    for place, word in enumerate(words):
        others = [key for other in (*words[:place], *words[place + 1 :]) for key in term(other)]
        if not word.isascii():
            found += [[*others, *_without(word, wrong)] for wrong in range(len(word))]
    return list(dict.fromkeys(" ".join(keys) for keys in found if keys))


def _without(word: str, wrong: int) -> list[str]:
    """The keys of what stands before and behind the wrong character."""
    return [key for part in (word[:wrong], word[wrong + 1 :]) if part for key in (pairs(part) or [part])]
