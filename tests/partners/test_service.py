"""Partners and their keys: made, issued, rotated with overlap, revoked; refused with nothing changed."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.kit import clock
from app.kit.errors import BadInput, Refused
from app.kit.idempotency import IdempotencyKeyReused
from app.partners import rules, service
from app.partners.enums import PartnerKind
from app.partners.errors import (
    ApiKeyEnded,
    ApiKeyExpired,
    ApiKeyNotFound,
    ApiKeyRevoked,
    ApiKeyTimeNotAllowed,
    PartnerCodeTaken,
    PartnerInactive,
    PartnerNotFound,
    PartnerSwitchedOff,
    ScopesNotAllowed,
)
from app.partners.known_keys import KnownKeys
from app.partners.service import Grant, Issued, NewPartner, Rotation
from tests.partners.conftest import STAFF, Office
from tests.shop import NOW

YEAR = NOW + timedelta(days=365)
LIMIT = NOW + timedelta(days=400)
AUDIT = "SELECT caller, scope, action, entity, entity_id, after::text FROM audit_entry ORDER BY id"


async def issue(office: Office, partner_id: int, *, idempotency_key: str = "issue-key-1", **values: Any) -> Issued:
    """A key of a partner that may file reports for a year."""
    given: dict[str, Any] = {"scopes": ["reports:file"], "expires_at": YEAR}
    async with office.database.session():
        return await service.issue_key(
            STAFF, idempotency_key=idempotency_key, grant=Grant(partner_id, **given | values)
        )


async def text_of(office: Office, partner_id: int) -> str:
    """The text of a new key."""
    text = (await issue(office, partner_id)).text
    assert text is not None
    return text


async def refused(office: Office, doing: Awaitable[object], reason: object) -> None:
    """It is refused for this reason, and nothing was changed."""
    before = await office.everything()
    async with office.database.session():
        with pytest.raises(Refused) as found:
            await doing
    assert found.value.reason == reason
    assert await office.everything() == before


async def test_a_partner_is_made_once_per_idempotency_key(office: Office) -> None:
    """A retry answers the same; the audit log has one entry."""
    first, again = await office.partner(), await office.partner()
    assert first == again
    assert await office.rows("SELECT code, name, kind, is_active, calls_per_minute, calls_per_day FROM partner") == [
        ("lab", "检测中心", "LAB", True, 60, 99)
    ]
    assert await office.rows(AUDIT) == [
        ("staff:1", "partners:write", "create", "Partner", first, '{"code": "lab", "kind": "LAB"}')
    ]


async def test_a_code_names_one_partner(office: Office) -> None:
    """The second is refused, also under a key of its own."""
    await office.partner()
    new = NewPartner("lab", "另一家", PartnerKind.LAB, 60, 99)
    await refused(office, service.create(STAFF, idempotency_key="another-1", new=new), PartnerCodeTaken())
    await refused(
        office,
        service.create(STAFF, idempotency_key="partner-lab", new=new._replace(code="lab2")),
        IdempotencyKeyReused(),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Lab"},
        {"code": "l"},
        {"code": "a" * 41},
        {"code": "lab\n"},
        {"name": "  "},
        {"name": "名" * 81},
        {"calls_per_minute": 0},
        {"calls_per_minute": 100_001, "calls_per_day": 200_000},
        {"calls_per_day": 59},
        {"calls_per_day": 10**9},
    ],
    ids=str,
)
async def test_a_partner_that_cannot_be_is_bad_input(office: Office, wrong: dict[str, Any]) -> None:
    """Before any statement."""
    before = await office.everything()
    with pytest.raises(BadInput):
        await office.partner(**wrong)
    assert await office.everything() == before


async def test_a_key_is_shown_once(office: Office) -> None:
    """Stored as a hash; a retry gets the row without the key, and makes no second one."""
    partner = await office.partner()
    made = await issue(office, partner)
    again = await issue(office, partner)
    assert made.text is not None
    prefix, secret = rules.split(made.text)
    assert again == Issued(again.api_key, None)
    assert again.api_key.id == made.api_key.id
    assert await office.rows("SELECT prefix, key_hash, scopes, created_at, expires_at, last_used_at FROM api_key") == [
        (prefix, rules.hash_of(secret), ["reports:file"], NOW, YEAR, None)
    ]
    written = await office.everything()
    assert secret.encode() not in written
    assert made.text.encode() not in written


async def test_what_a_key_may_not_be_is_refused(office: Office) -> None:
    """Scopes by the partner's kind, an end within 400 days, an active partner."""
    lab = await office.partner()
    supplier = await office.partner(code="farm", kind=PartnerKind.SUPPLIER)
    await refused(office, issue(office, supplier), ScopesNotAllowed([]))
    allowed = ScopesNotAllowed(["reports:file"])
    await refused(office, issue(office, lab, scopes=["reports:file", "partners:write"]), allowed)
    for wrong in (NOW, NOW - timedelta(days=1), LIMIT + timedelta(seconds=1)):
        await refused(office, issue(office, lab, expires_at=wrong), ApiKeyTimeNotAllowed(LIMIT))
    await refused(office, issue(office, 10**6), PartnerNotFound())
    async with office.database.session():
        await service.switch(STAFF, lab, is_active=False)
    await refused(office, issue(office, lab), PartnerSwitchedOff())
    assert (await issue(office, supplier, scopes=[], expires_at=LIMIT)).text


async def test_a_rotated_key_and_its_successor_overlap(office: Office) -> None:
    """The old one ends at the given time, the new one has its scopes."""
    text = await text_of(office, await office.partner())
    old_id = (await office.rows("SELECT id FROM api_key"))[0][0]
    ends = NOW + timedelta(days=7)

    async def rotate() -> Issued:
        async with office.database.session():
            return await service.rotate_key(STAFF, idempotency_key="rotate-1", rotation=Rotation(old_id, ends, YEAR))

    new, again = await rotate(), await rotate()
    assert (again.api_key.id, again.text) == (new.api_key.id, None)
    assert new.text is not None
    assert await office.rows("SELECT scopes, expires_at FROM api_key ORDER BY id") == [
        (["reports:file"], ends),
        (["reports:file"], YEAR),
    ]
    keys = KnownKeys()
    with clock.moved_to(ends - timedelta(seconds=1)):
        assert {(await keys.prove(each, office.database)).id for each in (text, new.text)} == {old_id, new.api_key.id}
    with clock.moved_to(ends):
        assert await keys.prove(new.text, office.database)
        with pytest.raises(ApiKeyExpired):
            await keys.prove(text, office.database)
    assert [row[2] for row in await office.rows(AUDIT)] == ["create", "issue", "rotate", "issue"]


async def test_a_rotation_never_prolongs(office: Office) -> None:
    """A key that ends sooner than the overlap ends when it was to; one that has ended is not rotated."""
    partner = await office.partner()
    key = (await issue(office, partner, expires_at=NOW + timedelta(days=1))).api_key

    def rotate(key_id: int, old_ends_at: Any = YEAR) -> Awaitable[Issued]:
        return service.rotate_key(STAFF, idempotency_key="rotate-2", rotation=Rotation(key_id, old_ends_at, YEAR))

    await refused(office, rotate(key.id, NOW), ApiKeyTimeNotAllowed(LIMIT))
    await refused(office, rotate(10**6), ApiKeyNotFound())
    async with office.database.session():
        await rotate(key.id)
    assert await office.rows("SELECT expires_at FROM api_key WHERE id = $1", key.id) == [(NOW + timedelta(days=1),)]
    with clock.moved_to(NOW + timedelta(days=1)):
        await refused(
            office,
            service.rotate_key(STAFF, idempotency_key="rotate-3", rotation=Rotation(key.id, YEAR, YEAR)),
            ApiKeyEnded(),
        )


async def test_a_revoked_key_is_over_and_stays_so(office: Office) -> None:
    """The second time changes nothing, nor its time."""
    text = await text_of(office, await office.partner())
    key_id = (await office.rows("SELECT id FROM api_key"))[0][0]
    async with office.database.session():
        assert (await service.revoke_key(STAFF, key_id)).revoked_at == NOW
    before = await office.everything()
    with clock.moved_to(NOW + timedelta(hours=1)):
        async with office.database.session():
            assert (await service.revoke_key(STAFF, key_id)).revoked_at == NOW
    assert await office.everything() == before
    with pytest.raises(ApiKeyRevoked):
        await KnownKeys().prove(text, office.database)
    await refused(office, service.revoke_key(STAFF, 10**6), ApiKeyNotFound())


async def test_a_partner_is_switched_off_and_on(office: Office) -> None:
    """Its keys hold again afterwards; the audit log tells both."""
    partner = await office.partner()
    text = await text_of(office, partner)
    for is_active in (False, False, True):
        async with office.database.session():
            assert (await service.switch(STAFF, partner, is_active=is_active)).is_active == is_active
        if not is_active:
            with pytest.raises(PartnerInactive):
                await KnownKeys().prove(text, office.database)
    assert await KnownKeys().prove(text, office.database)
    assert [row[2] for row in await office.rows(AUDIT)] == ["create", "issue", "deactivate", "activate"]
    await refused(office, service.switch(STAFF, 10**6, is_active=True), PartnerNotFound())


async def test_the_database_keeps_budgets_and_hashes_right(office: Office) -> None:
    """Whoever writes them."""
    await text_of(office, await office.partner())
    for wrong in (
        "UPDATE partner SET calls_per_minute = 0",
        "UPDATE partner SET calls_per_day = 1",
        "UPDATE api_key SET key_hash = 'x'",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await office.owner.execute(wrong)
