"""A copy of everything: asked for, made by a job, fetched by a link that ends."""

import asyncio
import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx
import orjson
import pytest
from starlette.applications import Starlette

from app.files.store import Store
from app.http.exports import Exports
from app.kit import clock
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.payments.missing import NoGateway
from app.privacy.exports import KEPT, LINK
from app.privacy.register import owned
from app.privacy.rules import due_on
from app.settings import DEMO_KEY_RING
from app.worker import handlers
from tests.accounts.conftest import Phone
from tests.privacy.conftest import NAME, NUMBER, OPENID
from tests.privacy.test_closing import CLOSE
from tests.rows import NOW, Rows
from tests.shop import ADDRESSES, NO_FILES, WEBHOOKS, people, wechat, with_state

EXPORT = """mutation { exportMyData(input: {confirms: true}) {
  __typename ... on DataRequest { id kind state dueOn fileUrl } ... on UserError { message } } }"""
MINE = "{ me { dataRequests { kind state expiresAt fileUrl } } }"
JOBS = "SELECT payload FROM pgqueuer WHERE entrypoint = $1 ORDER BY id"


@dataclass(frozen=True, slots=True)
class Office:
    """Where the jobs run that answer what `person` asks for."""

    person: Phone
    rows: Rows
    store: Store

    async def ask(self) -> dict[str, Any]:
        """Asks for a copy; the answer."""
        found: dict[str, Any] = (await self.person.ask(EXPORT)).data["exportMyData"]
        return found

    async def mine(self) -> list[dict[str, Any]]:
        """What she asked for."""
        found: list[dict[str, Any]] = (await self.person.ask(MINE)).data["me"]["dataRequests"]
        return found

    async def work(self, name: str, later: timedelta = timedelta(0)) -> None:
        """Runs every job of a name that was queued, as if it were `later`."""
        vault = Vault(KeyRing.parse(DEMO_KEY_RING), "unused")
        run = handlers(self.store, WEBHOOKS, vault, NoGateway(), people(wechat()).wechat, templates={})[name]
        for record in await self.rows.connection.fetch(JOBS, name):
            with clock.moved_to(NOW + later):
                async with self.person.shop.database.session():
                    await run(orjson.loads(record["payload"]))

    async def files(self) -> list[str]:
        """What is in the store."""
        return [each.key async for each in self.store.list("exports")]

    async def fetch(self, url: str, later: timedelta = timedelta(0)) -> httpx.Response:
        """Fetches a link, as if it were `later`."""
        app = with_state(Starlette(routes=[Exports(ADDRESSES).route()]), {"files": self.store})  # type: ignore[typeddict-item]  # all it needs
        transport = httpx.ASGITransport(app)
        with clock.moved_to(NOW + later):
            async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
                return await client.get(url)


@pytest.fixture
def office(person: Phone, rows: Rows) -> Office:
    """Nobody asked for anything yet."""
    return Office(person, rows, Store.open(NO_FILES))


async def test_she_gets_everything_that_is_declared_unsealed(office: Office, rows: Rows) -> None:
    """JSON of every table, a CSV for each; her number and openid in clear, no blind index, and who saw her number."""
    her = await rows.connection.fetchval("SELECT id FROM customer")
    given = {"username": "clerk", "name": "小李", "password_hash": "$argon2id$x", "is_active": True, "created_at": NOW}
    seen = {"value": "PHONE", "reason": "取货时联系不上", "seen_at": NOW}
    await rows.insert("personal_access", customer_id=her, staff_id=await rows.insert("staff", **given), **seen)
    asked = await office.ask()
    assert (asked["kind"], asked["state"], asked["dueOn"], asked["fileUrl"]) == ("EXPORT", "OPEN", "2026-12-11", None)
    await office.work("privacy.export")
    (mine,) = await office.mine()
    assert (mine["state"], mine["expiresAt"]) == ("DONE", "2026-11-27T02:00:00+00:00")
    answer = await office.fetch(mine["fileUrl"])
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(archive.namelist()) == sorted(["data.json", *(f"{each.table}.csv" for each in owned())])
    data = orjson.loads(archive.read("data.json"))
    (customer,) = data["customer"]
    assert (customer["phone_sealed"], customer["openid_sealed"]) == (f"+86{NUMBER}", OPENID)
    assert (customer["display_name"], customer["birth_year"]) == (NAME, 1990)
    assert not any(name.endswith("_index") for name in customer)
    assert {table: len(rows) for table, rows in data.items() if rows} == {
        "cart": 1,
        "consent": 1,
        "customer": 1,
        "data_request": 1,
        "favourite": 1,
        "personal_access": 1,
        "phone_code": 1,
        "product_view": 1,
        "review": 1,
        "sign_in": 1,
    }
    (line,) = csv.DictReader(io.StringIO(archive.read("customer.csv").decode("utf-8-sig")))
    assert (line["display_name"], line["phone_sealed"]) == (NAME, f"+86{NUMBER}")


async def test_one_request_at_a_time(office: Office, rows: Rows) -> None:
    """Four at once are one; when it is answered, the next is another."""
    answers = await asyncio.gather(*(office.ask() for _ in range(4)))
    assert len({answer["id"] for answer in answers}) == 1
    assert len(await rows.connection.fetch(JOBS, "privacy.export")) == 1
    await office.work("privacy.export")
    assert (await office.ask())["id"] != answers[0]["id"]


async def test_a_job_that_runs_twice_makes_one_file(office: Office) -> None:
    """The second finds it answered."""
    await office.ask()
    await office.work("privacy.export")
    before = await office.files()
    await office.work("privacy.export")
    assert (len(before), await office.files()) == (1, before)


async def test_a_link_ends_and_cannot_be_made_up(office: Office) -> None:
    """After a quarter of an hour, with another time, for another file, without a signature."""
    await office.ask()
    await office.work("privacy.export")
    url = (await office.mine())[0]["fileUrl"]
    expires = str(int((NOW + LINK).timestamp()))
    bad = [
        url.replace(expires, str(int(expires) + 60)),
        url.replace("exports/2", "exports/1"),
        url.partition("?")[0],
        url.replace("signature=", "signature=x"),
        url.replace(expires, "²" * 3),
    ]
    for each in bad:
        assert (await office.fetch(each)).status_code == 403
    assert (await office.fetch(url, LINK)).status_code == 403
    assert (await office.fetch(url, LINK - timedelta(seconds=1))).status_code == 200


async def test_the_file_goes_after_a_week(office: Office, rows: Rows) -> None:
    """The request stays as proof."""
    await office.ask()
    await office.work("privacy.export")
    await rows.connection.execute("UPDATE pgqueuer SET entrypoint = 'privacy.drop_exports', payload = '{}'")
    await office.work("privacy.drop_exports", KEPT - timedelta(seconds=1))
    assert len(await office.files()) == 1
    await office.work("privacy.drop_exports", KEPT)
    assert await office.files() == []
    assert await office.mine() == [{"kind": "EXPORT", "state": "ENDED", "expiresAt": None, "fileUrl": None}]


async def test_closing_the_account_takes_the_file_and_the_request_along(office: Office, rows: Rows) -> None:
    """A file that is there is deleted; one that is under way is not left behind."""
    await office.ask()
    await office.work("privacy.export")
    await office.ask()
    await office.person.ask(CLOSE, confirms=True)
    await office.work("privacy.export")
    await office.work("privacy.drop_exports")
    assert await office.files() == []
    states = await rows.connection.fetch("SELECT kind, state FROM data_request ORDER BY id")
    assert [tuple(each) for each in states] == [("EXPORT", "ENDED"), ("EXPORT", "ENDED"), ("CLOSURE", "DONE")]


async def test_a_visitor_and_one_who_left_get_nothing(office: Office, rows: Rows) -> None:
    """Refused; nothing is queued."""
    assert (await office.person.shop.send(json={"query": EXPORT})).codes == ["UNAUTHENTICATED"]
    await office.person.ask(CLOSE, confirms=True)
    assert (await office.ask())["__typename"] == "AccountClosed"
    assert await rows.connection.fetch(JOBS, "privacy.export") == []


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 20), date(2026, 12, 11)),
        (date(2026, 11, 21), date(2026, 12, 11)),
        (date(2026, 11, 23), date(2026, 12, 14)),
    ],
)
def test_requests_are_due_after_fifteen_working_days(asked: date, due: date) -> None:
    """A Friday, a Saturday, a Monday."""
    assert due_on(asked) == due
