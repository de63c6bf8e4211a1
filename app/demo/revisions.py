"""Edits that wait in the demo's queue: two handed in by the editor, one that she still writes. Never in production."""

from datetime import timedelta
from typing import Any

from app.accounts.enums import RoleCode
from app.catalog import drafting
from app.catalog.editing import Edit
from app.kit import clock, db
from app.kit.caller import Caller
from app.tables import Database

_IS_THERE = "SELECT EXISTS (SELECT FROM product_revision)"
_BEST_SELLERS = "SELECT id FROM product WHERE status = 'PUBLISHED' ORDER BY sales_count DESC, id LIMIT 3"
# how long ago it was begun, what changes, and whether it is handed in
_EDITS: tuple[tuple[timedelta, dict[str, Any], bool], ...] = (
    (timedelta(hours=20), {"origin": "云南省昭通市", "subtitle": "高原日照足，清甜多汁"}, True),
    (timedelta(hours=3), {"allergens": ["坚果"], "min_days_left": 1}, True),
    (timedelta(minutes=25), {"subtitle": "今晚下单，明日自提"}, False),
)


async def ensure(url: str, members: dict[RoleCode, Caller]) -> None:
    """Makes them where there is no revision at all; those of the three products that sell best."""
    database, editor = await Database.open(url, size=1), members[RoleCode.CATALOGUE_EDITOR]
    try:
        async with database.session():
            if (await db.fetch(_IS_THERE))[0][0]:
                return
            products = [int(row["id"]) for row in await db.fetch(_BEST_SELLERS)]
        for product_id, (ago, fields, is_handed_in) in zip(products, _EDITS, strict=False):
            with clock.moved_to(clock.now() - ago):
                async with database.session():
                    edit = Edit(fields)
                    draft = await drafting.edit_product(editor, product_id, edit, expected_hash=None, rebases=False)
                    if is_handed_in:
                        await drafting.submit(editor, draft.id, draft.content_hash)
    finally:
        await database.close()
