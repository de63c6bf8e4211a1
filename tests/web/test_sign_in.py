"""Staff sign in on the page of GraphiQL."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from app.accounts.enums import RoleCode, SignInEnd
from app.accounts.errors import StaffSignInRefused
from app.demo import staff
from app.kit import clock, totp
from app.kit.caller import Caller
from app.kit.tokens import Tokens
from tests.served import served, shop_application
from tests.shop import NOW, SECRET, people, wechat
from tests.web.chromium import Browser, Page
from tests.web.test_graphiql import ANSWER, READY, RUN, STORED, WINDOW, press, write

MEMBERS = "query Members { staffMembers { nodes { username } } }"
SUBSCRIPTION = 'subscription Slots { slotAvailability(pickupPointId: "") { isComplete } }'
PANEL = "document.querySelector('.door')"
REFUSED = StaffSignInRefused.en  # Chromium asks for English
SIGNED = f"{PANEL}.innerText.startsWith('Signed in')"
ALONE = f"{PANEL}?.innerText.startsWith('Staff sign-in')"
SOCKETS = """window.told = []; { const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text) { told.push(text); return send.call(this, text) } }"""


@pytest.fixture
async def members(app_url: str) -> dict[RoleCode, Caller]:
    """The demo's staff, in a shop of this test's own."""
    with clock.moved_to(NOW):
        return await staff.ensure(app_url, people(wechat()).vault, SECRET)


@pytest.fixture
async def office(app_url: str, members: dict[RoleCode, Caller]) -> AsyncIterator[str]:
    """The address of the shop they work for."""
    assert set(members) == set(RoleCode)
    async with shop_application(app_url) as shop, served(shop) as address:
        yield address


@asynccontextmanager
async def opened(browser: Browser, office: str) -> AsyncIterator[Page]:
    """The page with its panel, and a document in it that administrators alone may run."""
    async with browser.page(f"{office}/graphql", **WINDOW) as page:
        await page.until(READY)
        await write(page, ".graphiql-query-editor", MEMBERS)
        await page.until("document.querySelector('.graphiql-tabs').innerText.startsWith('Members')")
        await show(page)
        yield page


async def show(page: Page) -> None:
    """Opens the panel, which a reload leaves open or closed as it was."""
    await page.until(f"({PANEL} || {press('Show Staff sign-in')}, {PANEL})")


async def fill(page: Page, **given: str) -> None:
    """Types into the fields of a form, and sends it."""
    for name, text in given.items():
        await page.evaluate(f"document.querySelector('.door input[name={name}]').focus()")
        await page.evaluate(f"document.querySelector('.door input[name={name}]').select()")
        await page.send("Input.insertText", text=text)
    await page.evaluate(f"document.querySelector('.door input[name={name}]').form.requestSubmit()")


async def sign_in(page: Page, role: RoleCode, *, password: str = staff.PASSWORD, steps: int = 0) -> None:
    """Signs in with what an authenticator shows so many steps from now."""
    code = totp.code(staff.totp_secret(SECRET), totp.step_at(NOW) + steps)
    await fill(page, username=staff.username(role), password=password, totp=code)


async def run(page: Page, *, until: str) -> None:
    """Runs the document until the answer holds a text."""
    await page.evaluate(RUN)
    await page.until(f"{ANSWER}?.includes({json.dumps(until)})")


async def ended(owner_url: str) -> list[str | None]:
    """Why each sign-in ended; None: it goes on."""
    connection = await asyncpg.connect(owner_url)
    try:
        return [each["end_reason"] for each in await connection.fetch("SELECT end_reason FROM sign_in ORDER BY id")]
    finally:
        await connection.close()


async def test_staff_sign_in_and_out(browser: Browser, office: str, owner_url: str, picture: Path) -> None:
    """Refused before, answered after, refused again signed out, where the sign-in ended; from this host alone."""
    async with opened(browser, office) as page:
        await run(page, until="UNAUTHENTICATED")
        await page.screenshot(picture / "sign-in.png")
        page.complaints.clear()  # Chromium counts the refusal as one
        await sign_in(page, RoleCode.ADMINISTRATOR)
        await page.until(SIGNED)
        shown = await page.text(".door")
        assert [word in shown for word in ("赵磊", "administrator", "Until", "Sign out")] == [True] * 4
        await run(page, until="catalogue-editor")
        await page.screenshot(picture / "signed-in.png")
        assert page.complaints == []
        assert await ended(owner_url) == [None]
        await page.evaluate("document.querySelector('.door-card .door-button').click()")
        await page.until(ALONE)
        await run(page, until="UNAUTHENTICATED")
        assert "Authorization" not in page.graphql()[-1]["headers"]
        assert await ended(owner_url) == [SignInEnd.SIGNED_OUT]
        assert page.hosts() == {office.removeprefix("http://")}


async def test_a_reload_forgets(browser: Browser, office: str) -> None:
    """The token is in memory alone: in no storage, no cookie, and gone with the page."""
    async with opened(browser, office) as page:
        await sign_in(page, RoleCode.ADMINISTRATOR)
        await page.until(SIGNED)
        await run(page, until="catalogue-editor")
        token = page.graphql()[-1]["headers"]["Authorization"].removeprefix("Bearer ")
        kept = await page.evaluate(f"{STORED} + document.cookie")
        assert [each in kept for each in (token, staff.PASSWORD)] == [False] * 2
        assert re.search(r"ygr_[\w-]", kept) is None  # a refresh token; an example has "ygr_..."
        await page.send("Page.reload")
        await page.until(f"performance.getEntriesByType('navigation')[0].type === 'reload' && {READY}")
        await show(page)
        await page.until(ALONE)
        await run(page, until="UNAUTHENTICATED")


async def test_what_is_refused_is_said(browser: Browser, office: str, picture: Path) -> None:
    """A wrong password and a used code: in the server's words, which never tell which it was."""
    notice = f"document.querySelector('.door-notice')?.innerText === {json.dumps(REFUSED)}"
    async with opened(browser, office) as page:
        await sign_in(page, RoleCode.ANALYST, password="fresh-every-evening")
        await page.until(notice)
        await page.screenshot(picture / "sign-in-refused.png")
        await sign_in(page, RoleCode.ANALYST)
        await page.until(SIGNED)
        await run(page, until="FORBIDDEN")
        await page.evaluate("document.querySelector('.door-card .door-button').click()")
        await page.until(ALONE)
        await sign_in(page, RoleCode.ANALYST)
        await page.until(notice)
        await sign_in(page, RoleCode.ANALYST, steps=1)
        await page.until(SIGNED)


async def test_a_token_is_taken_instead(browser: Browser, office: str, members: dict[RoleCode, Caller]) -> None:
    """One the demo prints; what is none is refused. It goes into the socket's first message too."""
    with clock.moved_to(NOW):
        token = Tokens([SECRET]).issue(members[RoleCode.ADMINISTRATOR], timedelta(hours=1))
    async with opened(browser, office) as page:
        await page.evaluate("document.querySelector('.door-more summary').click()")
        await fill(page, token="yg2.a.b.c")
        await page.until("document.querySelector('.door-notice')?.innerText.includes('no token')")
        await fill(page, token=token)
        await page.until(SIGNED)
        await run(page, until="catalogue-editor")
        await page.evaluate(SOCKETS)
        await write(page, ".graphiql-query-editor", SUBSCRIPTION)
        await page.until("document.querySelector('.graphiql-tabs').innerText.startsWith('Slots')")
        await page.evaluate(RUN)
        await page.until("told.some(each => each.includes('connection_init'))")
        assert f"Bearer {token}" in await page.evaluate("told[0]")
