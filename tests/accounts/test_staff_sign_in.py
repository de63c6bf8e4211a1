"""Staff sign in with name, password and code; whoever guesses is told nothing and gets slower."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from prometheus_client import REGISTRY

from app.accounts import attempts
from app.accounts.enums import RoleCode
from tests.accounts.conftest import REFRESH
from tests.accounts.desk import PASSWORD, SIGN_IN, Desk, hire
from tests.rows import Rows
from tests.shop import Shop

REFUSED = {
    "__typename": "StaffSignInRefused",
    "message": "用户名、密码或动态码不正确，或尝试次数过多，请稍后再试。",
}
STATEMENTS = ["BEGIN;", "INSERT", "SELECT", "UPDATE", "COMMIT;", "SELECT", "SELECT"]


@pytest.fixture
async def desk(office: Shop, rows: Rows) -> Desk:
    """A catalogue editor, who has not signed in yet."""
    return await hire(office, rows, "li.na", RoleCode.CATALOGUE_EDITOR)


async def signed_in(rows: Rows) -> int:
    """How many sign-ins there are."""
    found: int = await rows.connection.fetchval("SELECT count(*) FROM sign_in")
    return found


async def test_she_is_let_in_with_all_three(desk: Desk, rows: Rows) -> None:
    """For half an hour unused and twelve hours at most; her token has the scopes of her roles. The act is audited."""
    answer = await desk.sign_in(username=" Li.Na ")
    assert answer["__typename"] == "Session"
    assert answer["customer"] is None
    assert answer["staffMember"] | {"id": ""} == {
        "id": "",
        "username": "li.na",
        "name": "张敏",
        "roles": ["CATALOGUE_EDITOR"],
        "isActive": True,
        "mustChangePassword": False,
        "pickupPoints": [],
    }
    assert answer["refreshExpiresAt"] == "2026-11-20T02:30:00+00:00"
    sign_in = await rows.connection.fetchrow("SELECT staff_id, expires_at - created_at AS lasts FROM sign_in")
    assert tuple(sign_in) == (desk.id, timedelta(hours=12))
    audited = await rows.connection.fetch("SELECT caller, action, entity_id FROM audit_entry")
    assert [tuple(each) for each in audited] == [(f"staff:{desk.id}", "sign in", desk.id)]
    refused = await desk.send("{ staffMembers { nodes { id } } }")
    assert refused.codes == ["FORBIDDEN"]


async def test_her_session_goes_on_while_she_works(desk: Desk) -> None:
    """Half an hour unused ends it."""
    await desk.sign_in()
    then = replace(desk, session={}).later(minutes=29)
    again = (await then.send(REFRESH, token=desk.session["refreshToken"])).data["refreshSession"]
    assert again["refreshExpiresAt"] == "2026-11-20T02:59:00+00:00"
    ended = await then.later(minutes=31).send(REFRESH, token=again["refreshToken"])
    assert ended.data["refreshSession"]["__typename"] == "SessionEnded"


@pytest.mark.parametrize(
    "wrong",
    [{"username": "wang.wei"}, {"password": "carrots are green"}, {"totp": "000000"}, {"totp": "abc"}],
    ids=["name", "password", "code", "no code"],
)
async def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(
    wrong: dict[str, str], desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same sentence, the same statements and one password verified; the guess is counted, nothing else changes."""
    verified: list[str] = []
    right = PasswordHasher.verify

    def watched(self: PasswordHasher, stored: str, given: str) -> Any:
        verified.append(given)
        return right(self, stored, given)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    before = REGISTRY.get_sample_value("staff_sign_ins_total", {"outcome": "wrong"}) or 0
    asked = {"username": desk.username, "password": desk.password, "totp": desk.code(), "label": "x"} | wrong
    answer = await desk.send(SIGN_IN, **asked)
    assert answer.data["signInStaff"] == REFUSED
    assert verified == [asked["password"]]
    assert [text.split()[0] for text in answer.statements] == STATEMENTS
    assert await signed_in(rows) == 0
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry") == 0
    assert await rows.connection.fetch("SELECT wrong FROM sign_in_attempts") == [(1,), (1,)]
    assert REGISTRY.get_sample_value("staff_sign_ins_total", {"outcome": "wrong"}) == before + 1


async def test_a_code_is_good_once(desk: Desk, rows: Rows) -> None:
    """Also for two at once; the code after it is good, the one before it is not any more."""
    answers = await asyncio.gather(*(replace(desk).sign_in() for _ in range(3)))
    assert sorted(each["__typename"] for each in answers) == ["Session", "StaffSignInRefused", "StaffSignInRefused"]
    assert await desk.sign_in() == REFUSED
    assert await desk.sign_in(totp=desk.code(-1)) == REFUSED
    assert (await desk.sign_in(totp=desk.code(1)))["__typename"] == "Session"
    assert await signed_in(rows) == 2


async def test_five_wrong_ones_lock_the_name_for_longer_each_time(desk: Desk, rows: Rows) -> None:
    """While it is locked the right password is refused by the same work, and nothing is counted."""
    for _ in range(5):
        assert await desk.sign_in(password="carrots are green") == REFUSED
    locked = await desk.send(SIGN_IN, username="li.na", password=PASSWORD, totp=desk.code(), label="x")
    assert locked.data["signInStaff"] == REFUSED
    assert [text.split()[0] for text in locked.statements] == [each for each in STATEMENTS if each != "UPDATE"]
    assert await rows.connection.fetchval("SELECT max(wrong) FROM sign_in_attempts") == 5
    assert await desk.later(seconds=59).sign_in() == REFUSED
    minute = desk.later(seconds=61)
    assert await minute.sign_in(password="carrots are green") == REFUSED
    assert await minute.later(seconds=119).sign_in() == REFUSED
    assert (await minute.later(seconds=121).sign_in())["__typename"] == "Session"
    assert await signed_in(rows) == 1


async def test_many_guesses_at_once_are_five(desk: Desk, rows: Rows) -> None:
    """Each is counted before it is looked at, so the right one among them does not help."""
    guesses = [f"carrots are {number}" for number in range(12)]
    await asyncio.gather(*(replace(desk).sign_in(password=guess) for guess in guesses))
    assert await desk.sign_in() == REFUSED
    assert await rows.connection.fetchval("SELECT max(wrong) FROM sign_in_attempts") == 5


async def test_who_has_one_account_guesses_no_faster_at_others(desk: Desk, rows: Rows, office: Shop) -> None:
    """Signing in takes back its own attempt of the address, not those of others."""
    other = await hire(office, rows, "wang.wei")
    for number in range(4):
        await desk.sign_in(username=f"guess-{number}")
    assert (await other.sign_in())["__typename"] == "Session"
    assert await desk.sign_in(username="guess-5") == REFUSED
    assert await desk.sign_in() == REFUSED
    assert (await desk.later(seconds=61).sign_in())["__typename"] == "Session"


async def test_a_lock_is_audited_once(desk: Desk, rows: Rows) -> None:
    """Of name and address, with whose name it is and nothing that was typed; guesses on meanwhile add no entry."""
    for _ in range(4):
        await desk.sign_in(password="carrots are green")
    assert await locks(rows) == []
    for _ in range(3):
        assert await desk.sign_in(password="carrots are green") == REFUSED
    first = {"wrong": 5, "locked_until": "2026-11-20T02:01:00+00:00", "staff": desk.id}
    assert await locks(rows) == [("visitor", first), ("visitor", first)]
    assert await desk.later(seconds=61).sign_in(totp="000000") == REFUSED
    second = {"wrong": 6, "locked_until": "2026-11-20T02:03:01+00:00", "staff": desk.id}
    assert await locks(rows) == [("visitor", first), ("visitor", first), ("visitor", second), ("visitor", second)]


async def test_a_name_nobody_has_is_locked_and_audited_by_the_same_work(desk: Desk, rows: Rows) -> None:
    """The fifth wrong one of a name sends the same statements whether somebody has it; the log has no name."""
    said = []
    for username in ("li.na", "nobody-here"):
        await rows.connection.execute("TRUNCATE sign_in_attempts")
        asked = {"username": username, "password": "carrots are green", "totp": desk.code(), "label": "x"}
        answers = [await desk.send(SIGN_IN, **asked) for _ in range(5)]
        said.append([text.split()[0] for text in answers[-1].statements])
    assert said[0] == said[1] == [*STATEMENTS, "BEGIN;", "WITH", "WITH", "COMMIT;"]
    assert [after["staff"] for _, after in await locks(rows)] == [desk.id, desk.id, None, None]
    kept = await rows.connection.fetchval("SELECT string_agg(e::text, '') FROM audit_entry e")
    assert [text in kept for text in ("nobody-here", "li.na", "127.0.0.1", "carrots")] == [False] * 4


async def test_the_right_one_in_the_last_moment_locks_nothing(desk: Desk, rows: Rows) -> None:
    """A fifth attempt that is right leaves no entry but that of the sign-in; one with a used code does."""
    for _ in range(4):
        await desk.sign_in(password="carrots are green")
    assert (await desk.sign_in())["__typename"] == "Session"
    assert await locks(rows) == []
    for _ in range(5):
        await desk.sign_in()
    assert len(await locks(rows)) > 0


async def locks(rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """What the audit log has of locks: who, and what then was so, oldest first."""
    found = await rows.connection.fetch("SELECT caller, after FROM audit_entry WHERE action = 'lock' ORDER BY id")
    return [(each["caller"], json.loads(each["after"])) for each in found]


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (30_000, 60)]
)
def test_the_pause_doubles_up_to_an_hour(wrong: int, minutes: int) -> None:
    """From the fifth on."""
    assert attempts.pause(wrong) == timedelta(minutes=minutes)


async def test_guesses_are_forgotten_after_a_day(desk: Desk) -> None:
    """Four yesterday and one today are no five."""
    for _ in range(4):
        await desk.sign_in(password="carrots are green")
    tomorrow = desk.later(hours=25)
    await tomorrow.sign_in(password="carrots are green")
    assert (await tomorrow.sign_in())["__typename"] == "Session"


async def test_who_left_is_not_let_in(desk: Desk, rows: Rows) -> None:
    """Nor does her session go on."""
    await desk.sign_in()
    await rows.connection.execute("UPDATE staff SET is_active = false")
    assert await desk.sign_in(totp=desk.code(1)) == REFUSED
    answer = await desk.send(REFRESH, token=desk.session["refreshToken"])
    assert answer.data["refreshSession"]["__typename"] == "SessionEnded"


async def test_a_hash_of_old_parameters_is_made_anew(desk: Desk, rows: Rows) -> None:
    """When she signs in, since only then the password is there."""
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await rows.connection.execute("UPDATE staff SET password_hash = $1", old)
    assert (await desk.sign_in())["__typename"] == "Session"
    stored = await rows.connection.fetchval("SELECT password_hash FROM staff")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("given", [{"username": "x" * 129}, {"password": "x" * 129}, {"totp": ""}, {"label": " "}])
async def test_what_nobody_types_is_refused_before_any_work(given: dict[str, str], desk: Desk, rows: Rows) -> None:
    """Nothing is counted."""
    asked = {"username": "li.na", "password": PASSWORD, "totp": desk.code(), "label": "x"} | given
    answer = await desk.send(SIGN_IN, **asked)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert answer.statements == []
    assert await rows.connection.fetchval("SELECT count(*) FROM sign_in_attempts") == 0


async def test_neither_name_nor_address_nor_secret_can_be_read(desk: Desk, rows: Rows) -> None:
    """Of who guessed nothing but blind indexes is stored, of the secret only what is sealed."""
    await desk.sign_in(username="secret-name")
    stored = await rows.connection.fetchval(
        "SELECT (SELECT string_agg(a::text, '') FROM sign_in_attempts a)"
        " || (SELECT string_agg(s::text, '') FROM staff s)"
    )
    for text in ("secret-name", "127.0.0.1", desk.secret, PASSWORD):
        assert text not in stored
        assert text.encode().hex() not in stored
