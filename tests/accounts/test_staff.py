"""Administrators look after staff, and everybody after her own password."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.accounts.enums import RoleCode
from app.kit import ids
from tests.accounts.conftest import REFRESH
from tests.accounts.desk import PASSWORD, SECRET, Desk, hire, secret_of
from tests.rows import Rows
from tests.shop import Shop

MEMBERS = "{ staffMembers { totalCount nodes { username roles isActive pickupPoints { name } } } }"
NEW = 'username: "zhao.lei", name: "赵磊", roles: [STORE_CLERK]'
WRITES = {
    "setStaffRoles": 'staffMemberId: "%s", roles: [ADMINISTRATOR, ANALYST]',
    "bindPickupPoints": 'staffMemberId: "%s", pickupPointIds: []',
    "deactivateStaff": 'staffMemberId: "%s"',
    "resetStaffPassword": 'staffMemberId: "%s", idempotencyKey: "reset-password"',
    "resetStaffTotp": 'staffMemberId: "%s", idempotencyKey: "reset-codes"',
}


@pytest.fixture
async def boss(office: Shop, rows: Rows) -> Desk:
    """An administrator, signed in."""
    desk = await hire(office, rows, "boss", RoleCode.ADMINISTRATOR)
    await desk.sign_in()
    return desk


@pytest.fixture
async def clerk(office: Shop, rows: Rows) -> Desk:
    """A store clerk, signed in."""
    desk = await hire(office, rows, "clerk", RoleCode.STORE_CLERK)
    await desk.sign_in()
    return desk


def of(desk: Desk) -> str:
    """The global id of who sits there."""
    return ids.encode("Staff", desk.id)


async def everything(rows: Rows) -> list[Any]:
    """All that is known of staff."""
    tables = ("staff", "staff_role", "staff_pickup_point", "data_key", "sign_in", "audit_entry")
    return [await rows.connection.fetchval(f"SELECT json_agg(t ORDER BY id) FROM {table} t") for table in tables]


async def audited(rows: Rows) -> list[tuple[Any, ...]]:
    """What was done, but for signing in: by whom, what, to whom."""
    found = await rows.connection.fetch(
        "SELECT caller, scope, action, entity_id FROM audit_entry WHERE action <> 'sign in' ORDER BY id"
    )
    return [tuple(each) for each in found]


async def test_a_new_member_begins_by_choosing_a_password(boss: Desk, rows: Rows) -> None:
    """What she is given is shown once, holds for a day, and lets her do nothing else."""
    made = await boss.do("createStaff", f'idempotencyKey: "create-1", {NEW}')
    assert (made["member"]["username"], made["member"]["roles"]) == ("zhao.lei", ["STORE_CLERK"])
    assert made["member"]["mustChangePassword"]
    again = await boss.do("createStaff", f'idempotencyKey: "create-1", {NEW}')
    assert again == made | {"password": None, "totpUri": None}
    stored = str(await everything(rows))
    assert made["password"] not in stored
    assert secret_of(made["totpUri"]) not in stored
    staff_id = ids.decode(made["member"]["id"], "Staff")
    desk = Desk(boss.shop, rows, staff_id, "zhao.lei", made["password"], secret_of(made["totpUri"]))
    assert (await desk.later(hours=25).sign_in())["__typename"] == "StaffSignInRefused"
    assert (await desk.sign_in())["staffMember"]["mustChangePassword"]
    changed = await desk.do("changeMyPassword", f'present: "{desk.password}", new: "potatoes are yellow"')
    assert changed["__typename"] == "StaffMember"
    desk.password = "potatoes are yellow"
    assert not (await desk.sign_in(totp=desk.code(1)))["staffMember"]["mustChangePassword"]
    assert await audited(rows) == [
        (f"staff:{boss.id}", "staff:write", "create", staff_id),
        (f"staff:{staff_id}", "staff:self", "change password", staff_id),
    ]


async def test_given_passwords_carry_no_role(boss: Desk, rows: Rows) -> None:
    """Until she has chosen her own, an administrator is none."""
    other = await hire(boss.shop, rows, "other", RoleCode.ADMINISTRATOR)
    reset = await boss.do("resetStaffPassword", f'staffMemberId: "{of(other)}", idempotencyKey: "reset-password"')
    assert reset["totpUri"] is None
    other.password = reset["password"]
    await other.sign_in()
    assert (await other.send(MEMBERS)).codes == ["FORBIDDEN"]
    await other.do("changeMyPassword", f'present: "{other.password}", new: "potatoes are yellow"')
    renewed = (await other.send(REFRESH, token=other.session["refreshToken"])).data["refreshSession"]
    other.session = renewed
    assert (await other.send(MEMBERS)).data["staffMembers"]["totalCount"] == 2


async def test_members_are_listed(boss: Desk, clerk: Desk) -> None:
    """Newest first, those who left too."""
    await boss.do("deactivateStaff", WRITES["deactivateStaff"] % of(clerk))
    assert (await boss.send(MEMBERS)).data["staffMembers"] == {
        "totalCount": 2,
        "nodes": [
            {"username": "clerk", "roles": ["STORE_CLERK"], "isActive": False, "pickupPoints": []},
            {"username": "boss", "roles": ["ADMINISTRATOR"], "isActive": True, "pickupPoints": []},
        ],
    }


@pytest.mark.parametrize("name", list(WRITES))
async def test_nobody_changes_her_own_rights(name: str, boss: Desk, rows: Rows) -> None:
    """An administrator asks another."""
    before = await everything(rows)
    answer = await boss.do(name, WRITES[name] % of(boss))
    assert answer["__typename"] == "NotOnYourself"
    assert await everything(rows) == before


async def test_the_database_refuses_a_role_given_to_oneself(boss: Desk, rows: Rows) -> None:
    """Whatever a program does."""
    give = "INSERT INTO staff_role (staff_id, role_id, granted_at, granted_by_id) VALUES ($1, 1, now(), $1)"
    with pytest.raises(asyncpg.CheckViolationError, match="giver_is_not_holder"):
        await rows.connection.execute(give, boss.id)


@pytest.mark.parametrize("name", list(WRITES))
@pytest.mark.parametrize("who", ["unknown", "left"])
async def test_only_who_works_here_is_changed(name: str, who: str, boss: Desk, clerk: Desk, rows: Rows) -> None:
    """Whoever never did or does not any more is not found."""
    await rows.connection.execute("UPDATE staff SET is_active = false WHERE id = $1", clerk.id)
    before = await everything(rows)
    target = of(clerk) if who == "left" else ids.encode("Staff", 2**62)
    assert (await boss.do(name, WRITES[name] % target))["__typename"] == "StaffNotFound"
    assert await everything(rows) == before


@pytest.mark.parametrize("name", [each for each in WRITES if each != "bindPickupPoints"])
async def test_what_changes_her_rights_signs_her_out(name: str, boss: Desk, clerk: Desk, rows: Rows) -> None:
    """At once, wherever she is signed in; it is audited, without what was handed out."""
    given = WRITES[name] % of(clerk)
    answer = await boss.do(name, given)
    assert "message" not in answer
    refresh = {"token": clerk.session["refreshToken"]}
    clerk.session = {}
    assert (await clerk.send(REFRESH, **refresh)).data["refreshSession"]["__typename"] == "SessionEnded"
    reason = await rows.connection.fetchval("SELECT end_reason FROM sign_in WHERE staff_id = $1", clerk.id)
    assert reason == "BY_ADMINISTRATOR"
    assert [entry[0::3] for entry in await audited(rows)] == [(f"staff:{boss.id}", clerk.id)]
    written = str(await rows.connection.fetch("SELECT * FROM audit_entry"))
    for secret in filter(None, (answer.get("password"), answer.get("totpUri"))):
        assert secret not in written


async def test_the_same_roles_again_change_nothing(boss: Desk, clerk: Desk, rows: Rows) -> None:
    """And leave her signed in."""
    before = await everything(rows)
    await boss.do("setStaffRoles", f'staffMemberId: "{of(clerk)}", roles: [STORE_CLERK, STORE_CLERK]')
    assert await everything(rows) == before


async def test_other_codes_hold_after_a_reset(boss: Desk, clerk: Desk) -> None:
    """The old ones do not."""
    reset = await boss.do("resetStaffTotp", WRITES["resetStaffTotp"] % of(clerk))
    assert reset["password"] is None
    clerk.session = {}
    assert (await clerk.sign_in(totp=clerk.code(1)))["__typename"] == "StaffSignInRefused"
    clerk.secret = secret_of(reset["totpUri"])
    assert clerk.secret != SECRET
    assert (await clerk.sign_in())["__typename"] == "Session"


async def test_a_clerk_serves_the_points_she_is_bound_to(boss: Desk, clerk: Desk, rows: Rows) -> None:
    """All given and no others; an unknown point binds none."""
    first, second = await rows.point(name="一号店"), await rows.point(name="二号店")
    points = [ids.encode("PickupPoint", each) for each in (first, second)]
    member = f'staffMemberId: "{of(clerk)}", pickupPointIds: '
    bound = await boss.do("bindPickupPoints", f'{member} ["{points[1]}", "{points[0]}"]')
    assert bound["pickupPoints"] == [{"name": "一号店"}, {"name": "二号店"}]
    before = await everything(rows)
    unknown = ids.encode("PickupPoint", 2**62)
    refused = await boss.do("bindPickupPoints", f'{member} ["{points[0]}", "{unknown}"]')
    assert refused["__typename"] == "PickupPointNotFound"
    assert await everything(rows) == before
    bound = await boss.do("bindPickupPoints", f'{member} ["{points[0]}"]')
    assert bound["pickupPoints"] == [{"name": "一号店"}]


async def test_a_user_name_is_given_once(boss: Desk, rows: Rows) -> None:
    """Of two at once one is refused, and nothing of hers is left."""
    given = [f'idempotencyKey: "create-{number}", {NEW}' for number in range(2)]
    answers = await asyncio.gather(*(boss.do("createStaff", each) for each in given))
    assert sorted(each["__typename"] for each in answers) == ["IntroducedStaffMember", "UsernameTaken"]
    assert await rows.connection.fetchval("SELECT count(*) FROM staff") == 2
    assert await rows.connection.fetchval("SELECT count(*) FROM data_key") == 2


@pytest.mark.parametrize("username", ["", "a", "Zhao", "zhao lei", "赵磊", "x" * 41])
async def test_what_is_no_user_name_is_refused(username: str, boss: Desk, rows: Rows) -> None:
    """With a word on its form."""
    before = await everything(rows)
    given = f'idempotencyKey: "create-1", username: "{username}", name: "x", roles: []'
    query = f"mutation {{ createStaff(input: {{{given}}}) {{ __typename }} }}"
    assert (await boss.send(query)).codes == ["BAD_USER_INPUT"]
    assert await everything(rows) == before


@pytest.mark.parametrize(
    "new", ["short", "elevenchars", "clerk-clerk-2026", "PASSWORD1234", "202611202026", "aaaaaaaabbbbbbbb"]
)
async def test_weak_passwords_are_refused(new: str, clerk: Desk, rows: Rows) -> None:
    """Short ones, the user name, those everybody knows, digits alone."""
    before = await everything(rows)
    answer = await clerk.do("changeMyPassword", f'present: "{PASSWORD}", new: "{new}"')
    assert answer["__typename"] == "PasswordTooWeak"
    assert await everything(rows) == before


async def test_a_password_is_changed_by_who_knows_it(clerk: Desk, rows: Rows) -> None:
    """Guesses with a stolen token are counted as those at the door; elsewhere she is signed out."""
    here = clerk.session
    await clerk.sign_in(totp=clerk.code(1))
    before = await everything(rows)
    for number in range(5):
        answer = await clerk.do("changeMyPassword", f'present: "guess {number}", new: "potatoes are yellow"')
        assert answer["__typename"] == "PasswordWrong"
    locked = await everything(rows)
    assert locked[:-1] == before[:-1]
    assert [each[2] for each in await audited(rows)] == ["lock", "lock"]  # of the name, and of the address
    right = f'present: "{PASSWORD}", new: "potatoes are yellow"'
    assert (await clerk.do("changeMyPassword", right))["__typename"] == "PasswordWrong"
    assert await everything(rows) == locked
    assert (await clerk.later(seconds=61).do("changeMyPassword", right))["__typename"] == "StaffMember"
    elsewhere = Desk(clerk.shop, rows, clerk.id, "clerk")
    ended = await elsewhere.send(REFRESH, token=here["refreshToken"])
    assert ended.data["refreshSession"]["__typename"] == "SessionEnded"
    goes_on = await elsewhere.send(REFRESH, token=clerk.session["refreshToken"])
    assert goes_on.data["refreshSession"]["__typename"] == "Session"


@pytest.mark.parametrize(("everywhere", "left"), [("false", 1), ("true", 0)])
async def test_she_signs_out(everywhere: str, left: int, clerk: Desk, rows: Rows) -> None:
    """Here, or everywhere."""
    await clerk.sign_in(totp=clerk.code(1))
    assert (await clerk.do("signOutStaff", f"everywhere: {everywhere}"))["username"] == "clerk"
    assert await rows.connection.fetchval("SELECT count(*) FROM sign_in WHERE ended_at IS NULL") == left
