"""What there is to draw, and that it is drawn once."""

import asyncpg
import orjson
import pytest

from app.demo.pictures import fill as filling
from app.demo.pictures import keys, work
from app.demo.pictures.looks import LOOKS
from app.demo.pictures.work import Part, missing, pieces
from app.demo.products import PER_ROUND, facts
from app.demo.sample import FLAGSHIPS, SAMPLE
from app.files.store import Store
from tests.demo.conftest import silent


def test_every_product_has_a_look_of_its_own() -> None:
    """None is missing, none is left over, no two are the same."""
    assert LOOKS.keys() == {slug for _, (slug, *_) in facts()}
    assert len(set(map(id, LOOKS.values()))) == PER_ROUND


def test_covers_come_first_of_them_the_samples() -> None:
    """A shop that just opened has what its lists show, before anything else."""
    parts = [piece.part for piece in pieces()]
    assert parts == [Part.COVER] * PER_ROUND + [Part.MOVING] * len(FLAGSHIPS) + [Part.OTHERS] * PER_ROUND
    assert pieces()[0] == (Part.COVER, SAMPLE.product_slug, "tao-li-xing")


async def test_what_is_drawn_is_what_the_shop_shows(shop: asyncpg.Connection) -> None:
    """Every key of the shop's rows is drawn, with its size, and nothing else is."""
    rows = await shop.fetch("SELECT kind, storage_key, poster_key, frame_count FROM media")
    shown = {row["storage_key"] for row in rows if row["kind"] != "SPIN"}
    shown |= {row["poster_key"] for row in rows if row["kind"] == "VIDEO"}
    for row in rows:
        if row["kind"] == "SPIN":
            shown |= {f"{row['storage_key']}/{number:02}.webp" for number in range(1, row["frame_count"] + 1)}
    reviews = await shop.fetch("SELECT media::text FROM review WHERE jsonb_array_length(media) > 0")
    photographed = {each["key"] for row in reviews for each in orjson.loads(row[0])}
    drawn = {key for piece in pieces() for key in piece.fills()}
    assert shown | photographed <= drawn
    assert drawn - shown - photographed <= {
        keys.snapshot(slug, number) for _, (slug, *_) in facts() for number in range(1, keys.SNAPSHOTS + 1)
    }


def test_only_what_is_not_there_is_missing() -> None:
    """A piece of which one file is gone is drawn again."""
    everything = {key for piece in pieces() for key in piece.fills()}
    assert missing(everything) == []
    assert [piece.part for piece in missing(everything - {keys.frame(SAMPLE.product_slug, 7)})] == [Part.MOVING]


async def test_a_second_run_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two covers are drawn into an empty store; then there is nothing to do."""
    monkeypatch.setattr(work, "pieces", lambda: pieces()[:2])
    store = Store.open("memory:///")
    assert (await filling.fill(store, Part, silent), await filling.fill(store, Part, silent)) == (2, 0)
    stored = {each.key: each.size async for each in store.list("media")}
    assert stored.keys() == {"media/" + key for piece in pieces()[:2] for key in piece.fills()}
    assert all(size > 3_000 for size in stored.values())
