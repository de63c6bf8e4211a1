"""The assortment and the content behind it."""

import re
from itertools import pairwise

from app.demo import products
from app.demo.content.categories import ALLERGENS, PROFILES, TOPS
from app.demo.content.panels import PANELS
from app.demo.content.phrases import TALK
from app.demo.content.specs import SPECS
from app.demo.content.wording import ABOUT
from app.demo.frame import makers
from app.demo.sample import ALARM_PRODUCT, FLAGSHIPS


def test_there_are_300_different_products() -> None:
    """Slugs and names are unique and well formed."""
    found = [facts for _, facts in products.facts()]
    assert len(found) == products.PER_ROUND == 300
    assert len({facts[0] for facts in found}) == 300
    assert len({facts[1] for facts in found}) == 300
    assert all(re.fullmatch(r"[a-z0-9-]{3,60}", facts[0]) for facts in found)
    assert not any(re.search(r"[A-Za-z0-9]", facts[1]) for facts in found)


def test_every_product_finds_what_it_names() -> None:
    """Its child category, producer and spec set exist; panels, phrases and descriptions exist for each profile."""
    children = {slug for top in TOPS for slug, _, _ in top.children}
    known = makers()
    assert children == set(PROFILES)
    for child, (_, _, _, _, producer, _, _, spec_set) in products.facts():
        assert child in children
        assert producer in known
        assert spec_set in SPECS
    assert {profile.panel for profile in PROFILES.values()} == set(PANELS)
    assert {profile.talk for profile in PROFILES.values()} == set(TALK) == set(ABOUT)
    slugs = {facts[0] for _, facts in products.facts()}
    assert set(ALLERGENS) <= slugs
    assert {*FLAGSHIPS, ALARM_PRODUCT} <= slugs
    assert len(set(FLAGSHIPS)) == 12


def test_every_producer_delivers_something() -> None:
    """No producer is there for nothing, and nothing is on the road longer than it keeps."""
    known = makers()
    used = {facts[4] for _, facts in products.facts()}
    assert used == set(known)
    for _, (_, _, _, _, producer, _, life, _) in products.facts():
        assert life - products.promised_days(life) - 1 - known[producer].transit >= 0


def test_a_producer_is_where_its_goods_come_from() -> None:
    """The province in a product's origin is its producer's."""
    for _, (_, name, _, origin, producer, _, _, _) in products.facts():
        assert origin[:2] == makers()[producer].province[:2], name


def test_bigger_packs_cost_more_but_less_per_unit() -> None:
    """Within a spec set the price grows with the content, the price per gram does not."""
    for spec_set in SPECS.values():
        ordered = sorted(spec_set.specs, key=lambda spec: spec.permille)
        for small, big in pairwise(ordered):
            assert small.permille < big.permille
            if small.grams and big.grams:
                assert big.permille * small.grams <= small.permille * big.grams * 1.07


def test_rounds_have_names_of_their_own() -> None:
    """Every brand and grade is named once, in Chinese and in pinyin."""
    names = [products.naming(number) for number in range(products.ROUNDS)]
    assert names[0] == ("", "")
    assert names[1] == ("云岭优选", "yunling-youxuan-")
    assert len({name for name, _ in names}) == products.ROUNDS
    assert len({slug for _, slug in names}) == products.ROUNDS
    longest = max(len(name) for name, _ in names) + max(len(facts[1]) for _, facts in products.facts())
    assert longest <= 60
    assert max(len(slug) for _, slug in names) + max(len(facts[0]) for _, facts in products.facts()) <= 80


def test_what_is_sold_frozen_is_kept_frozen() -> None:
    """The spec set overrides how the category is kept."""
    assert products.profile_of("hai-yu", "frozen")[:3] == ("FROZEN", -25, -18)
    assert products.profile_of("hai-yu", "fish")[:3] == ("CHILLED", 0, 4)
