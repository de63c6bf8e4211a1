"""Closing an account: nothing that tells who she was is left anywhere, what the law wants stays."""

import asyncio

import orjson
import pytest

from app.accounts.models import Customer
from app.kit import data_keys
from app.kit.crypto import KeyRing
from app.kit.personal import REGISTER
from app.privacy.register import ANONYMOUS, owned
from app.settings import DEMO_KEY_RING
from tests.accounts.conftest import Phone
from tests.kit.conftest import PATIENCE, until_waiting
from tests.privacy.conftest import NAME, NUMBER, OPENID, places_of
from tests.rows import Rows

CLOSE = """mutation ($confirms: Boolean!) { closeMyAccount(input: {confirms: $confirms}) {
  __typename ... on DataRequest { kind state doneAt fileUrl } ... on UserError { message } } }"""
RING = KeyRing.parse(DEMO_KEY_RING)
COUNTS = """SELECT (SELECT count(*) FROM favourite) AS favourites, (SELECT count(*) FROM product_view) AS views,
  (SELECT count(*) FROM phone_code) AS codes, (SELECT count(*) FROM review) AS reviews,
  (SELECT count(*) FROM consent) AS consents, (SELECT count(*) FROM sign_in) AS sign_ins"""


async def counted(rows: Rows) -> dict[str, int]:
    """How many rows about her there are."""
    return dict((await rows.connection.fetch(COUNTS))[0])


async def test_no_byte_of_her_is_left_in_the_whole_database(person: Phone, rows: Rows) -> None:
    """Every table, every column; before, her name stands where it should, her number and openid nowhere in clear."""
    assert await places_of(rows, NAME) == {"customer", "sign_in"}
    answer = (await person.ask(CLOSE, confirms=True)).data["closeMyAccount"]
    assert answer == {
        "__typename": "DataRequest",
        "kind": "CLOSURE",
        "state": "DONE",
        "doneAt": "2026-11-20T02:00:00+00:00",
        "fileUrl": None,
    }
    for value in (OPENID, NUMBER, NAME):
        assert await places_of(rows, value) == set()


async def test_what_identifies_goes_and_what_the_law_wants_stays(person: Phone, rows: Rows) -> None:
    """Column by column as the register declares; the review has an anonymous author, the key is destroyed."""
    await person.ask(CLOSE, confirms=True)
    row = dict((await rows.connection.fetch("SELECT * FROM customer"))[0])
    phone = {"phone_sealed", "phone_index", "phone_tail_index"}
    erased = {"openid_sealed", "openid_index", "avatar_id", "birth_year"} | phone
    assert {name for name in erased if row[name] is not None} == set()
    assert (row["status"], row["display_name"]) == ("CLOSED", ANONYMOUS)
    assert await counted(rows) == {
        "favourites": 0,
        "views": 0,
        "codes": 0,
        "reviews": 1,
        "consents": 1,
        "sign_ins": 1,
    }
    ended = await rows.connection.fetch("SELECT label, end_reason FROM sign_in")
    assert [tuple(each) for each in ended] == [(ANONYMOUS, "CLOSED")]
    assert await rows.connection.fetchval("SELECT referenced_at FROM upload") is None
    async with person.shop.database.session() as connection:
        with pytest.raises(data_keys.DataKeyDestroyed):
            await data_keys.fetch(connection, RING, f"customer:{row['id']}")


async def test_the_proof_has_ids_and_counts_only(person: Phone, rows: Rows) -> None:
    """In the request and in the audit log."""
    await person.ask(CLOSE, confirms=True)
    bought = dict.fromkeys(("defect_claim", "defect_claim_photo", "invoice", "message_grant", "subscribe_message"), 0)
    kept = {"data_request": 0, "review_vote": 0} | bought
    counts = {"cart": 1, "customer": 1, "favourite": 1, "phone_code": 1, "product_view": 1, "sign_in": 1} | kept
    for sql in (
        "SELECT counts::text FROM data_request",
        "SELECT (after -> 'rows')::text FROM audit_entry WHERE action = 'close account'",
    ):
        assert orjson.loads(await rows.connection.fetchval(sql)) == counts


async def test_closing_again_changes_nothing(person: Phone, rows: Rows) -> None:
    """Four at once close it once; later ones are told so."""
    answers = await asyncio.gather(*(person.ask(CLOSE, confirms=True) for _ in range(4)))
    told = sorted(answer.data["closeMyAccount"]["__typename"] for answer in answers)
    assert told == ["AccountClosed"] * 3 + ["DataRequest"]
    assert await rows.connection.fetchval("SELECT count(*) FROM data_request") == 1


async def test_a_wish_without_confirmation_changes_nothing(person: Phone, rows: Rows) -> None:
    """She was not told what it means."""
    before = await counted(rows)
    assert (await person.ask(CLOSE, confirms=False)).codes == ["BAD_USER_INPUT"]
    assert (await counted(rows), await places_of(rows, NAME)) == (before, {"customer", "sign_in"})


async def test_the_same_person_comes_back_as_somebody_new(person: Phone, rows: Rows) -> None:
    """Her openid and number are free again; the old refresh token is worth nothing."""
    old = person.session["refreshToken"]
    await person.ask(CLOSE, confirms=True)
    assert (await person.refresh(old))["__typename"] == "SessionEnded"
    await person.log_in()
    assert (await person.bind(person.phone_code(NUMBER)))["__typename"] == "Customer"
    assert await rows.connection.fetchval("SELECT count(*) FROM customer WHERE status = 'ACTIVE'") == 1


async def test_who_signs_in_while_she_closes_is_somebody_new(person: Phone, rows: Rows) -> None:
    """The sign-in waits for the closing, and leaves nothing with the closed account."""
    closed = await rows.connection.fetchval("SELECT id FROM customer")
    async with asyncio.timeout(PATIENCE):
        async with rows.connection.transaction():
            await rows.connection.execute(
                """UPDATE customer SET status = 'CLOSED', closed_at = now(), birth_year = NULL, openid_sealed = NULL,
                openid_index = NULL, phone_sealed = NULL, phone_index = NULL, phone_tail_index = NULL"""
            )
            signing_in = asyncio.create_task(person.log_in())
            await until_waiting(person.shop.database, 1)
        assert (await signing_in)["__typename"] == "Session"
    last = await rows.connection.fetchval("SELECT customer_id FROM sign_in ORDER BY id DESC LIMIT 1")
    assert last != closed


async def test_a_closing_that_fails_half_way_erases_nothing(person: Phone, rows: Rows) -> None:
    """Whole or not at all."""
    before = await counted(rows)
    await rows.connection.execute("ALTER TABLE customer ADD CONSTRAINT stays CHECK (status <> 'CLOSED') NOT VALID")
    try:
        assert (await person.ask(CLOSE, confirms=True)).codes == ["INTERNAL_SERVER_ERROR"]
    finally:
        await rows.connection.execute("ALTER TABLE customer DROP CONSTRAINT stays")
    assert (await counted(rows), await places_of(rows, NAME)) == (before, {"customer", "sign_in"})
    assert (await person.log_in())["customer"]["phone"] == "+86****5678"


def test_every_table_that_points_at_a_customer_is_erased_or_kept_knowingly() -> None:
    """Those without a statement are kept whole: each of their columns is declared so."""
    assert {each.table for each in owned() if each.erase is None} == {
        "consent",
        "coupon_code",
        "customer_order",
        "hold",
        "payment",
        "personal_access",
        "review",
    }
    pointing = {name for name, entry in REGISTER.items() if "customer_id" in entry.personal}
    assert {each.table for each in owned()} == pointing | {str(Customer._meta.db_table)}
