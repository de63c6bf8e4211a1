"""API keys remembered in the process: no statement per request, an end within seconds, last use in one write."""

import asyncio
from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.partners.errors import ApiKeyRevoked, ApiKeyUnknown, PartnerInactive
from app.partners.known_keys import KEPT, KnownKeys, caller_of
from app.tables import Database
from tests.rows import Rows
from tests.shop import NOW, Shop

REVOKE = "UPDATE api_key SET revoked_at = $1"
LAST_USE = "SELECT last_used_at FROM api_key ORDER BY id"


@pytest.fixture
def keys() -> KnownKeys:
    """The memory of a process that just started."""
    return KnownKeys()


async def prove(keys: KnownKeys, text: str, shop: Shop, after: timedelta = timedelta(0)) -> tuple[Caller, int]:
    """The caller of a key so long after NOW, and how many statements that took."""
    told = len(shop.log)
    with clock.moved_to(NOW + after):
        found = await keys.prove(text, shop.database)
    return caller_of(found), len(shop.log) - told


async def test_a_key_speaks_for_its_partner_with_a_statement_the_first_time_only(
    rows: Rows, bare_shop: Shop, keys: KnownKeys
) -> None:
    """The hot path has none; after a few seconds it is looked up again."""
    partner = await rows.partner()
    text = await rows.api_key(partner, scopes=["reports:file", "lots:read"])
    caller = Caller(CallerKind.PARTNER, partner, frozenset({"reports:file", "lots:read"}))
    assert await prove(keys, text, bare_shop) == (caller, 1)
    assert await prove(keys, text, bare_shop, KEPT - timedelta(seconds=1)) == (caller, 0)
    assert await prove(keys, text, bare_shop, KEPT) == (caller, 1)


async def test_a_revocation_is_noticed_within_seconds_and_at_once_by_who_is_told(
    rows: Rows, bare_shop: Shop, keys: KnownKeys
) -> None:
    """Every process notices by itself; a message makes it sooner, for this partner's keys alone."""
    partner = await rows.partner()
    text, other = await rows.api_key(partner), await rows.api_key(await rows.partner())
    await prove(keys, text, bare_shop)
    await prove(keys, other, bare_shop)
    await rows.connection.execute(REVOKE + " WHERE partner_id = $2", NOW, partner)
    assert await prove(keys, text, bare_shop, KEPT - timedelta(seconds=1))
    with pytest.raises(ApiKeyRevoked):
        await prove(keys, text, bare_shop, KEPT)
    await rows.connection.execute(REVOKE + " WHERE partner_id = $2", None, partner)
    keys.forget_all()
    await prove(keys, text, bare_shop)
    await prove(keys, other, bare_shop)
    await rows.connection.execute("UPDATE partner SET is_active = false WHERE id = $1", partner)
    keys.forget(partner)
    with pytest.raises(PartnerInactive):
        await prove(keys, text, bare_shop)
    assert (await prove(keys, other, bare_shop))[1] == 0


async def test_a_wrong_secret_takes_the_same_statement_as_an_unknown_prefix(
    rows: Rows, bare_shop: Shop, keys: KnownKeys
) -> None:
    """Also while the true key is remembered, so that neither answer nor work tells them apart."""
    text = await rows.api_key(await rows.partner())
    await prove(keys, text, bare_shop)
    taken = []
    for wrong in (text[:-8] + "0" * 8, "ygk_" + "0" * 12 + text[16:]):
        for _ in range(2):
            told = len(bare_shop.log)
            with pytest.raises(ApiKeyUnknown):
                await prove(keys, wrong, bare_shop)
            taken.append(bare_shop.log[told:])
    assert taken == [taken[0]] * 4
    assert len(taken[0]) == 1


async def test_uses_are_noted_together_and_only_go_forward(rows: Rows, bare_shop: Shop, keys: KnownKeys) -> None:
    """One statement for all keys; a process that is behind changes nothing."""
    partner = await rows.partner()
    first, second, _ = [await rows.api_key(partner) for _ in range(3)]
    for text, after in ((second, 3), (first, 1), (first, 2)):
        await prove(keys, text, bare_shop, timedelta(seconds=after))
    told = len(bare_shop.log)
    await keys.note_uses(bare_shop.database)
    await keys.note_uses(bare_shop.database)
    assert len(bare_shop.log) - told == 1
    noted = [NOW + timedelta(seconds=2), NOW + timedelta(seconds=3), None]
    assert [row[0] for row in await rows.connection.fetch(LAST_USE)] == noted
    await prove(keys, first, bare_shop)
    await keys.note_uses(bare_shop.database)
    assert [row[0] for row in await rows.connection.fetch(LAST_USE)] == noted


async def test_uses_that_could_not_be_noted_wait(rows: Rows, bare_shop: Shop, keys: KnownKeys, app_url: str) -> None:
    """A database that is away loses nothing."""
    text = await rows.api_key(await rows.partner())
    await prove(keys, text, bare_shop)
    away = await Database.open(app_url, size=1)
    await away.close()
    await keys.note_uses(away)
    await keys.note_uses(bare_shop.database)
    assert await rows.connection.fetchval(LAST_USE) == NOW


async def test_the_last_uses_are_noted_when_the_process_stops(rows: Rows, bare_shop: Shop, keys: KnownKeys) -> None:
    """A restart loses none."""
    text = await rows.api_key(await rows.partner())
    await prove(keys, text, bare_shop)
    noting = asyncio.create_task(keys.keep_noting(bare_shop.database))
    await asyncio.sleep(0)  # it runs until its first wait
    noting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await noting
    assert await rows.connection.fetchval(LAST_USE) == NOW
