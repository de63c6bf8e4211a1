"""After a full life and a closing nothing that is kept anywhere tells who she was.

Trap: a table, a log or a retry's answer that came later and nobody thought of (a row of the queue, a webhook, the audit
log); so whatever there is gets searched, by itself.
"""

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import httpx
import orjson
import pytest

from app.accounts.enums import RoleCode
from app.accounts.places import OPENID as OPENID_PLACE
from app.accounts.places import PHONE
from app.embedded import redis as embedded_redis
from app.http.state import State
from app.kit import clock
from app.main import create_app
from app.payments.missing import NoGateway
from app.worker import handlers
from tests.accounts.conftest import Phone
from tests.accounts.desk import hire
from tests.conftest import STAFF_TABLES
from tests.http.test_wechat_events import REVOKE, event, tell
from tests.privacy.conftest import NAME, NUMBER, OPENID
from tests.privacy.leftovers import forms, holds, in_database, in_redis, in_store
from tests.privacy.test_closing import CLOSE
from tests.privacy.test_correcting import correct
from tests.privacy.test_exports import EXPORT
from tests.privacy.test_requests import answer, ask
from tests.rows import NOW, Rows
from tests.shop import NOWHERE, WEBHOOKS, Shop, settings, state, with_state

FORMER = "13911112222"  # the number before the one she has


@dataclass(frozen=True, slots=True)
class Life:
    """A customer with a past, and everything the shop keeps anything in."""

    person: Phone
    state: State
    rows: Rows

    async def work(self) -> None:
        """Runs every queued job that has a handler, as a worker would."""
        people = self.state["people"]
        run = handlers(self.state["files"], WEBHOOKS, people.vault, NoGateway(), people.wechat, templates={})
        for job in await self.rows.connection.fetch("SELECT entrypoint, payload FROM pgqueuer ORDER BY id"):
            with clock.moved_to(NOW):
                async with self.state["database"].session():
                    await run[job["entrypoint"]](orjson.loads(job["payload"] or b"{}"))

    async def places(self, value: str | bytes) -> set[str]:
        """Wherever a value stands."""
        return {
            *await in_database(self.rows.connection, value),
            *await in_redis(self.state["redis"], value),
            *await in_store(self.state["files"], value),
        }


@pytest.fixture
async def life(person: Phone, rows: Rows, own_redis: embedded_redis.Running) -> AsyncIterator[Life]:
    """She did whatever a customer can do, and was served by a shop with Redis and a store."""
    rows.tables |= STAFF_TABLES | {"idempotent_answer", "retention_report"}
    opened = await state(person.shop.database, own_redis.url, stand_in=person.shop.wechat)
    transport = httpx.ASGITransport(with_state(create_app(settings(NOWHERE, redis_url=own_redis.url)), opened))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        shop = Shop(person.shop.database, client, wechat=person.shop.wechat)
        her = Life(replace(person, shop=shop), opened, rows)
        await live(her)
        yield her
    await opened["redis"].aclose()


async def live(her: Life) -> None:
    """Another phone, a second device, refusals, corrections, wishes with everything in them, a copy, a revocation."""
    person = her.person
    assert (await correct(person, "key-phone", phoneCode=person.phone_code(FORMER)))["__typename"] == "DataRequest"
    assert (await person.bind(person.phone_code(NUMBER)))["__typename"] == "Customer"
    assert (await correct(person, "key-name-1", displayName=NAME))["__typename"] == "DataRequest"
    await person.log_in(person.code())
    await person.log_in("no code")
    await person.bind("no code either")
    wish = f"我是{NAME}，微信{OPENID}，手机{NUMBER}，旧号{FORMER}。"
    asked = await ask(person, wish=wish)
    boss = await hire(person.shop, her.rows, "boss", RoleCode.ADMINISTRATOR)
    await boss.sign_in()
    assert (await answer(boss, asked["id"], f"{NAME}，{NUMBER}：已更正。", done=True))["state"] == "DONE"
    await ask(person, "MINOR", "OTHER", wish, "ask-key-2")
    assert (await person.ask(EXPORT)).data["exportMyData"]["state"] == "OPEN"
    await her.work()
    told = await tell(person.shop, person.shop.wechat.state, event(person.shop, REVOKE, "13,18"))
    assert told.response.text == "success"


async def test_no_byte_of_her_is_left_anywhere(life: Life) -> None:
    """Number, former number, openid, name, and what they were found by: in no table, column, key of Redis or file.

    Before, each stands where it may and nowhere else, so that the search is seen to find.
    """
    vault = life.state["people"].vault
    indexes = [vault.index(PHONE, f"+86{number}") for number in (NUMBER, FORMER)]
    values = [NUMBER, FORMER, OPENID, NAME, *indexes, vault.index(OPENID_PLACE, OPENID)]
    export = await life.rows.connection.fetchval("SELECT storage_key FROM data_request WHERE kind = 'EXPORT'")
    written = {"data_request.wish", export}
    assert await life.state["redis"].dbsize() > 0
    assert await life.places(NUMBER) == {*written, "data_request.answer"}
    assert await life.places(FORMER) == written
    assert await life.places(OPENID) == written
    assert await life.places(NAME) == {*written, "data_request.answer", "customer.display_name", "sign_in.label"}
    assert await life.places(indexes[0]) == {"customer.phone_index"}
    assert (await life.person.ask(CLOSE, confirms=True)).data["closeMyAccount"]["state"] == "DONE"
    await life.work()
    for value in values:
        assert await life.places(value) == set()


async def test_what_is_kept_of_her_is_a_number(life: Life) -> None:
    """The proofs are there: who asked for what and when, the closing, the audit log of all of it."""
    customer = await life.rows.connection.fetchval("SELECT id FROM customer")
    await life.person.ask(CLOSE, confirms=True)
    kinds = await life.rows.connection.fetch("SELECT kind, state FROM data_request WHERE customer_id = $1", customer)
    assert sorted(tuple(row) for row in kinds) == [
        ("CLOSURE", "DONE"),
        ("CORRECTION", "DONE"),
        ("CORRECTION", "DONE"),
        ("CORRECTION", "DONE"),
        ("EXPORT", "ENDED"),
        ("MINOR", "ENDED"),
    ]
    about = "SELECT count(*) FROM audit_entry WHERE entity = 'Customer' AND entity_id = $1"
    assert await life.rows.connection.fetchval(about, customer) > 8


@pytest.mark.parametrize("kind", ["text", "bytea", "jsonb", "text[]", "varchar(99)"])
async def test_a_table_of_tomorrow_is_searched(kind: str, rows: Rows) -> None:
    """In any type of column, the number in the middle of something, coded: found."""
    plain = f"x{NUMBER}y"
    coded = [plain, plain.encode().hex().upper(), *(base64.b64encode(plain[at:].encode()).decode() for at in range(2))]
    async with rows.connection.transaction():
        await rows.connection.execute(f"CREATE TABLE tomorrow (id int, what {kind})")
        for number, text in enumerate(coded):
            value = {"bytea": text.encode(), "jsonb": f'{{"a": ["{text}"]}}', "text[]": ["a", text]}.get(kind, text)
            await rows.connection.execute("INSERT INTO tomorrow VALUES ($1, $2)", number, value)
            assert "tomorrow.what" in await in_database(rows.connection, NUMBER)
            await rows.connection.execute("DELETE FROM tomorrow")
            assert "tomorrow.what" not in await in_database(rows.connection, NUMBER)
        await rows.connection.execute("DROP TABLE tomorrow")


def test_a_value_is_known_in_every_form() -> None:
    """At each offset of base64, in both alphabets, and escaped; another value is not taken for it."""
    for before in ("", "a", "ab", "abc"):
        for after in ("", "z", "zy"):
            text = f"{before}{NAME}{after}"
            assert holds(base64.b64encode(text.encode()), NAME)
            assert holds(base64.urlsafe_b64encode(text.encode()).decode(), NAME)
            assert holds(orjson.dumps({"name": text}), NAME)
    assert holds({"a": [memoryview(NUMBER.encode())]}, NUMBER)
    assert not holds([NUMBER[::-1], base64.b64encode(NUMBER[1:].encode())], NUMBER)
    assert all(len(form) > 7 for form in forms(NUMBER))
