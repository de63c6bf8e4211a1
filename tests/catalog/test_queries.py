"""Reads of the catalogue: the tree, media in their order, covers."""

from tests.rows import Rows
from tests.shop import Shop


async def test_the_tree_of_categories(rows: Rows, bare_shop: Shop) -> None:
    """By position, then id; however deep, one statement."""
    fruit, _ = await rows.category(slug="fruit", position=2), await rows.category(slug="fish", position=1)
    stone = await rows.category(slug="stone", parent_id=fruit, position=5)
    await rows.category(slug="citrus", parent_id=fruit, position=5)
    await rows.category(slug="peach", parent_id=stone, position=1)
    answer = await bare_shop.ask("{ categories { slug children { slug children { slug children { slug } } } } }")
    peach = {"slug": "peach", "children": []}
    assert answer.data["categories"] == [
        {"slug": "fish", "children": []},
        {
            "slug": "fruit",
            "children": [{"slug": "stone", "children": [peach]}, {"slug": "citrus", "children": []}],
        },
    ]
    assert len(answer.statements) == 1


async def test_media_come_in_their_order_and_the_first_image_is_the_cover(rows: Rows, bare_shop: Shop) -> None:
    """A film before it is no cover; a product without an image has none."""
    peach, bare = await rows.product(slug="peach"), await rows.product(slug="bare")
    size = {"alt": "图", "width": 800, "height": 600}
    for position, kind, key, facts in (
        (3, "SPIN", "p/spin", {"frame_count": 3}),
        (1, "VIDEO", "p/v.mp4", {"duration_seconds": 9, "poster_key": "p/v.webp"}),
        (2, "IMAGE", "p/2.webp", {}),
        (4, "IMAGE", "p/4.webp", {}),
    ):
        await rows.insert(
            "media",
            **{
                "product_id": peach,
                "position": position,
                "kind": kind,
                "storage_key": key,
                "frame_count": 1,
                **size,
                **facts,
            },
        )
    await rows.insert("media", product_id=bare, position=1, kind="PANORAMA", storage_key="b", frame_count=1, **size)
    answer = await bare_shop.ask(
        "{ products { nodes { slug image { url } media { kind url posterUrl frames durationSeconds } } } }"
    )
    found = {node["slug"]: node for node in answer.data["products"]["nodes"]}
    assert (found["peach"]["image"], found["bare"]["image"]) == ({"url": "/media/p/2.webp"}, None)
    video, second, spin, fourth = found["peach"]["media"]
    assert video == {
        "kind": "VIDEO",
        "url": "/media/p/v.mp4",
        "posterUrl": "/media/p/v.webp",
        "frames": [],
        "durationSeconds": 9,
    }
    assert (second["url"], fourth["url"]) == ("/media/p/2.webp", "/media/p/4.webp")
    assert spin["frames"] == ["/media/p/spin/01.webp", "/media/p/spin/02.webp", "/media/p/spin/03.webp"]
    assert (spin["url"], spin["posterUrl"]) == (spin["frames"][0], None)
