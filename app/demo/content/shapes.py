"""The shapes of the tuples that content is written in."""

from typing import NamedTuple, TypeAlias

ProductFacts: TypeAlias = tuple[str, str, str, str, str, int, int, str]
"""Slug, name, subtitle, origin, producer code, price in fen of the first spec, shelf life in days, spec set."""


class Spec(NamedTuple):
    """One of the three specifications of a spec set; `permille` scales the price of the first."""

    text: str
    grams: int | None
    pieces: int
    permille: int


class SpecSet(NamedTuple):
    """The specifications a product is sold in. `weighed` goods are billed by weight (catch weight)."""

    weighed: bool
    specs: tuple[Spec, Spec, Spec]


class Profile(NamedTuple):
    """What all products of a child category share.

    `storage` is AMBIENT, CHILLED or FROZEN; `lag` the days from harvest to packing, None for what is made in a
    factory; `panel` names the inspection items; `talk` the phrases of its reviews.
    """

    storage: str
    min_c: int | None
    max_c: int | None
    panel: str
    allergens: tuple[str, ...]
    lag: int | None
    talk: str


class Top(NamedTuple):
    """A top category with its children: (slug, name, icon)."""

    slug: str
    name: str
    icon: str
    children: tuple[tuple[str, str, str], ...]
