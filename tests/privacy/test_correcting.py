"""What a customer corrects herself: at once, proven, and nothing that is not hers to change."""

import asyncio
from typing import Any

import pytest

from app.kit import ids
from tests.accounts.conftest import Phone
from tests.privacy.conftest import NAME, NUMBER, places_of
from tests.rows import NOW, Rows

CORRECT = """mutation ($input: CorrectMyDataInput!) { correctMyData(input: $input) {
  __typename ... on DataRequest { kind state doneAt } ... on UserError { message } } }"""
DONE = {
    "__typename": "DataRequest",
    "kind": "CORRECTION",
    "state": "DONE",
    "doneAt": "2026-11-20T02:00:00+00:00",
}
ROW = "SELECT display_name, avatar_id, birth_year, phone_index FROM customer"
PROOFS = "SELECT count(*) FROM data_request WHERE kind = 'CORRECTION'"
NEW = "林小雨"


async def correct(person: Phone, key: str = "correct-1", **given: Any) -> dict[str, Any]:
    """A correction; its answer."""
    answer = await person.ask(CORRECT, input={"idempotencyKey": key, **given})
    found: dict[str, Any] = answer.data["correctMyData"]
    return found


async def state_of(rows: Rows) -> tuple[Any, ...]:
    """What is known of her, and how much is proven."""
    row = await rows.connection.fetchrow(ROW)
    return (*row, await rows.connection.fetchval(PROOFS))


async def test_name_picture_and_year_are_corrected_together(person: Phone, rows: Rows) -> None:
    """The picture before is let go, the year has its consent, the audit log has nothing of it in clear."""
    before = await rows.connection.fetchrow(ROW)
    customer = await rows.connection.fetchval("SELECT id FROM customer")
    avatar = await rows.upload(f"customer:{customer}", content_type="image/png", width=10, height=10)
    given = {"displayName": f" {NEW} ", "avatarUploadId": await upload_id(avatar), "birthYear": 1991}
    assert await correct(person, **given, policyVersion="2026-11") == DONE
    assert (await state_of(rows))[:3] == (NEW, avatar, 1991)
    uploads = "SELECT referenced_at FROM upload WHERE id = $1"
    assert await rows.connection.fetchval(uploads, before["avatar_id"]) is None
    assert await rows.connection.fetchval(uploads, avatar) == NOW
    decided = "SELECT granted FROM consent WHERE purpose = 'BIRTH_YEAR'"
    assert [row[0] for row in await rows.connection.fetch(decided)] == [True]
    assert await places_of(rows, NEW) == {"customer"}
    entry = await rows.connection.fetchval("SELECT after -> 'columns' FROM audit_entry WHERE action = 'correct data'")
    assert entry == '["name", "avatar", "birth_year"]'


async def upload_id(key: int) -> str:
    """The global id of an upload."""
    return ids.encode("Upload", key)


async def test_another_phone_is_bound_anew(person: Phone, rows: Rows) -> None:
    """As bindPhone does it; the code is asked about once, whatever is sent again."""
    before = await state_of(rows)
    code = person.phone_code("13912345678")
    person.shop.wechat.state.calls.clear()
    assert await correct(person, phoneCode=code) == DONE
    assert await correct(person, phoneCode=code) == DONE
    assert person.shop.wechat.state.calls["getuserphonenumber"] == 1
    after = await state_of(rows)
    assert (after[:3], after[4]) == (before[:3], 1)
    assert after[3] != before[3]
    assert await places_of(rows, "13912345678") == set()


async def test_a_retry_corrects_once(person: Phone, rows: Rows) -> None:
    """Four at once with one key leave one proof; the key with another name is refused."""
    answers = await asyncio.gather(*(correct(person, displayName=NEW) for _ in range(4)))
    assert answers == [DONE] * 4
    assert (await correct(person, displayName="别人"))["__typename"] == "IdempotencyKeyReused"
    assert ((await state_of(rows))[0], (await state_of(rows))[4]) == (NEW, 1)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"displayName": " "},
        {"displayName": "名" * 41},
        {"displayName": "a\u202eb"},
        {"displayName": "4111 1111 1111 1111"},
        {"birthYear": 1850, "policyVersion": "1"},
        {"birthYear": 1990, "policyVersion": "?"},
        {"displayName": NEW, "phoneCode": "x"},
        {"avatarUploadId": "UHJvZHVjdDox"},
        {"displayName": NEW, "idempotencyKey": "short"},
    ],
)
async def test_what_cannot_be_meant_changes_nothing(given: dict[str, Any], person: Phone, rows: Rows) -> None:
    """Nothing to correct, too much at once, names that are none, years and keys out of bounds."""
    before = await state_of(rows)
    answer = await person.ask(CORRECT, input={"idempotencyKey": "correct-1", **given})
    assert answer.codes == ["BAD_USER_INPUT"]
    assert await state_of(rows) == before


@pytest.mark.parametrize("field", ["openid", "openidIndex", "status", "consents", "orders", "id"])
async def test_what_is_not_hers_to_change_is_no_field(field: str, person: Phone, rows: Rows) -> None:
    """The document is refused; staff are asked about it with askAboutMyData, which says why."""
    before = await state_of(rows)
    answer = await person.ask(CORRECT, input={"idempotencyKey": "correct-1", "displayName": NEW, field: "x"})
    assert answer.codes == ["BAD_USER_INPUT"]
    assert await state_of(rows) == before


async def test_refusals_leave_everything_as_it_was(person: Phone, rows: Rows) -> None:
    """A year without a policy; a picture of somebody else, and one that is in use; a phone of another account."""
    other = await rows.upload("customer:999", content_type="image/png", width=10, height=10)
    used = (await state_of(rows))[1]
    taken = Phone(person.shop, openid="o-other")
    await taken.log_in()
    await taken.bind(taken.phone_code("13911112222"))
    mine = "SELECT display_name, birth_year, avatar_id, phone_index FROM customer WHERE display_name = $1"
    before = await rows.connection.fetch(mine, NAME)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"birthYear": 1991}, "ConsentMissing"),
        ({"displayName": NEW, "avatarUploadId": await upload_id(other)}, "UploadNotFound"),
        ({"displayName": NEW, "avatarUploadId": await upload_id(used)}, "UploadAlreadyUsed"),
        ({"phoneCode": person.phone_code("13911112222")}, "PhoneTaken"),
        ({"phoneCode": "no code of WeChat's"}, "PhoneCodeInvalid"),
    ]
    for number, (given, refusal) in enumerate(cases):
        assert (await correct(person, key=f"correct-{number}", **given))["__typename"] == refusal
        assert await rows.connection.fetch(mine, NAME) == before
    assert await rows.connection.fetchval(PROOFS) == 0
    assert await places_of(rows, NUMBER) == set()
