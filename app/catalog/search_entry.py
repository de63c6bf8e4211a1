"""What a product is found by, made when the product is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.catalog.keys import pairs, prefixes, runs
from app.catalog.pinyin import LONGEST, typed, typed_inside


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """The columns of a row of `product_search` beside its ids; keys are sorted, each once."""

    name: str
    name_keys: list[str]
    topic_keys: list[str]
    keys: list[str]


def entry(
    *, name: str, aliases: Iterable[str], shelves: Iterable[str], origin: str, subtitle: str, description: str
) -> SearchEntry:
    """The entry of a product.

    `aliases` are other names of the same food (土豆 for 洋芋), `shelves` the names of its category and of those above.
    Names are found by characters, pairs and pinyin, topics by characters and pairs. A description is found by pairs
    alone: single characters in it would find nearly everything.
    """
    own, others = runs(name), [run for alias in aliases for run in runs(alias)]
    name_keys = {key for run in (*own, *others) for key in _keys(run)}
    name_keys |= {key for run in own for key in typed_inside(run)} | {key for run in others for key in typed(run)}
    topic_keys = {key for text in (*shelves, origin, subtitle) for run in runs(text) for key in _keys(run)}
    told = {key for run in runs(description) for key in ([run] if run.isascii() else pairs(run))}
    return SearchEntry(
        name="".join(own),
        name_keys=sorted(name_keys),
        topic_keys=sorted(topic_keys),
        keys=sorted(name_keys | topic_keys | told),
    )


def _keys(run: str) -> list[str]:
    return prefixes(run, LONGEST) if run.isascii() else [*run, *pairs(run)]
