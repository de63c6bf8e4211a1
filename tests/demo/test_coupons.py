"""Coupons of the demo."""

import asyncpg


async def test_coupons_cover_every_kind_and_scope(shop: asyncpg.Connection) -> None:
    """Amount and percent, for all, a category or a product; a limited scope has targets."""
    pairs = {tuple(row) for row in await shop.fetch("SELECT DISTINCT kind, scope FROM coupon")}
    assert pairs == {(kind, scope) for kind in ("AMOUNT", "PERCENT") for scope in ("ALL", "CATEGORY", "PRODUCT")}
    assert (
        await shop.fetch(
            "SELECT c.id FROM coupon c WHERE (scope = 'ALL') ="
            " EXISTS (SELECT FROM coupon_target t WHERE t.coupon_id = c.id)"
        )
        == []
    )


async def test_claims_are_counted_right(shop: asyncpg.Connection) -> None:
    """The claimed count equals the codes that customers hold."""
    wrong = await shop.fetch(
        "SELECT c.id FROM coupon c WHERE claimed_count <> (SELECT count(*) FROM coupon_code k WHERE k.coupon_id = c.id)"
    )
    assert wrong == []
