"""The rows that do not grow with the scale: categories, stores, slots, producers, places and partners."""

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from app.demo import gs1
from app.demo.content.categories import TOPS
from app.demo.content.producers import PRODUCERS
from app.demo.content.searched import HOT_WORDS
from app.demo.content.stores import CENTRE, LABS, PARTNERS, STORES
from app.demo.goods import Maker
from app.demo.moments import wall
from app.demo.tables import Ids, Rows
from app.kit.clock import business_day, days
from app.pickup.service import planned_slots

SLOT_DAYS = 14
TRUCKS = 12
STORE_GLN, CENTRE_LOCATION, PRODUCER_GLN = 100, 1, 1000
FIELD, PACKHOUSE, DOCK = "FIELD", "PACK", "DOCK"
_SITES = {
    "FARM": "种植地块",
    "COOPERATIVE": "社员基地",
    "RANCH": "养殖场",
    "FISHERY": "养殖水域",
    "FACTORY": "生产车间",
}
# starts, ends, days before, cut-off, capacity: order by the same morning, or by 22:00 the evening before
_WINDOWS = {
    "STORE": (
        ((11, 30), (13, 0), 0, (9, 30), 20),
        ((17, 0), (19, 0), 1, (22, 0), 40),
        ((19, 0), (21, 0), 1, (22, 0), 30),
    ),
    "COMMUNITY": (((12, 0), (13, 0), 0, (10, 0), 10), ((17, 30), (20, 30), 1, (22, 0), 36)),
}
_WEEKEND = 6  # Saturday, from which the evening windows are wider


def makers() -> dict[str, Maker]:
    """The producers by code, with ids from 1 in the order of the content."""
    return {
        code: Maker(index, code, name, gs1.gln13(PRODUCER_GLN + index), province, transit)
        for index, (code, name, _, province, _, transit, _) in enumerate(PRODUCERS, 1)
    }


def store_uris() -> tuple[str, ...]:
    """The location URIs of the stores, by position."""
    return tuple(gs1.place_uri(gs1.gln13(STORE_GLN + index)) for index in range(len(STORES)))


def centre_uri(part: str | None = None) -> str:
    """The location URI of the distribution centre."""
    return gs1.place_uri(gs1.gln13(CENTRE_LOCATION), part)


def category_ids() -> dict[str, int]:
    """The ids of all categories by slug: tops first, then their children."""
    slugs = [top.slug for top in TOPS] + [slug for top in TOPS for slug, _, _ in top.children]
    return {slug: index for index, slug in enumerate(slugs, 1)}


def rows(now: datetime) -> Rows:
    """The rows of an empty shop at `now`."""
    ids = Ids()
    opened = now - days(900)
    made: Rows = {
        "category": _categories(),
        "hot_word": [(ids.take("hot_word"), word, place) for place, word in enumerate(HOT_WORDS)],
        "partner": [
            *((ids.take("partner"), code, name, "LAB", True, opened) for code, name, _ in LABS),
            *((ids.take("partner"), code, name, kind, True, opened) for code, name, kind in PARTNERS),
        ],
        "producer": _producers(now),
        "place": [(ids.take("place"), *place) for place in _places()],
    }
    return made | _pickup(now, ids)


def _categories() -> list[tuple[Any, ...]]:
    ids = category_ids()
    tops = [(ids[top.slug], None, top.slug, top.name, top.icon, place) for place, top in enumerate(TOPS)]
    children = [
        (ids[slug], ids[top.slug], slug, name, icon, place)
        for top in TOPS
        for place, (slug, name, icon) in enumerate(top.children)
    ]
    return tops + children


def _producers(now: datetime) -> list[tuple[Any, ...]]:
    found = []
    for index, (code, name, kind, province, city, _, story) in enumerate(PRODUCERS, 1):
        licence = f"{'SC' if kind == 'FACTORY' else 'NY'}{53_0100_0000 + index * 7919:010d}"
        expires = business_day(now) + timedelta(days=400 + index * 17)
        gln = gs1.gln13(PRODUCER_GLN + index)
        found.append((index, code, name, kind, province, city, story, gln, licence, expires, now - days(800)))
    return found


def _places() -> list[tuple[str, str, str, str]]:
    found = []
    for index, (_, name, kind, province, city, _, _) in enumerate(PRODUCERS, 1):
        gln = gs1.gln13(PRODUCER_GLN + index)
        found += [
            (gs1.place_uri(gln), name, province, city),
            (gs1.place_uri(gln, FIELD), f"{name}·{_SITES[kind]}", province, city),
            (gs1.place_uri(gln, PACKHOUSE), f"{name}·预冷包装间", province, city),
        ]
    yunnan, kunming = "云南省", "昆明市"
    found += [(centre_uri(), CENTRE, yunnan, kunming), (centre_uri(DOCK), f"{CENTRE}·收货月台", yunnan, kunming)]
    found += [(uri, store.name, yunnan, kunming) for uri, store in zip(store_uris(), STORES, strict=True)]
    found += [(gs1.truck_uri(n), f"云A冷链{n:02d}号冷藏车", yunnan, kunming) for n in range(1, TRUCKS + 1)]
    return found


def _pickup(now: datetime, ids: Ids) -> Rows:
    today = business_day(now)
    points: list[tuple[Any, ...]] = []
    rules: list[SimpleNamespace] = []
    for index, store in enumerate(STORES):
        point = index + 1
        place = (store.district, store.address, store.phone, Decimal(store.latitude), Decimal(store.longitude))
        hours = (wall(store.opens_at.hour, store.opens_at.minute), wall(store.closes_at.hour, store.closes_at.minute))
        gln = gs1.gln13(STORE_GLN + index)
        setting = (*place, gln, *hours, store.prep_minutes, index, now - days(700 - index * 60))
        points.append((point, store.code, store.name, store.kind, "OPEN", "昆明市", *setting))
        rules += [_rule(point, day, window) for day in range(1, 8) for window in _WINDOWS[store.kind]]
    closure = SimpleNamespace(pickup_point_id=len(STORES), closed_on=today + timedelta(days=9))
    slots = planned_slots(today, SLOT_DAYS, rules, [closure])
    return {
        "pickup_point": points,
        "slot_rule": [(ids.take("slot_rule"), *vars(rule).values()) for rule in rules],
        "slot_closure": [(ids.take("slot_closure"), *vars(closure).values(), "社区配电检修")],
        "pickup_slot": [(ids.take("pickup_slot"), *slot, 0) for slot in slots],
    }


def _rule(point: int, weekday: int, window: tuple[Any, ...]) -> SimpleNamespace:
    starts, ends, days_before, cutoff, capacity = window
    wider = weekday >= _WEEKEND and days_before == 1
    return SimpleNamespace(
        pickup_point_id=point,
        weekday=weekday,
        starts_at=wall(*starts),
        ends_at=wall(*ends),
        cutoff_days_before=days_before,
        cutoff_at=wall(*cutoff),
        capacity=capacity + 10 if wider else capacity,
        is_active=True,
    )
