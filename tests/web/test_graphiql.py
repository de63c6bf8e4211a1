"""GraphiQL, as a developer uses it."""

import json
from pathlib import Path

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.shop import IDS, NOW
from tests.web.chromium import Browser, Page

WINDOW = {"width": 1440, "height": 900}
READY = "document.querySelector('.graphiql-query-editor .view-line')"
ANSWER = "document.querySelector('.result-window .view-lines')?.innerText"
RUN = "document.querySelector('.graphiql-execute-button').click()"
DOCUMENT = "document.querySelector('.graphiql-query-editor .view-lines').innerText"
HEADERS = ".graphiql-editor-tool .graphiql-editor:not(.hidden)"
DOCS = "document.querySelector('.graphiql-doc-explorer-content')"
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"


def press(label: str) -> str:
    """A script that presses the button of this label."""
    return f"document.querySelector('button[aria-label=\"{label}\"]').click()"


async def write(page: Page, editor: str, text: str) -> None:
    """Replaces what an editor (a selector) holds, as a paste does."""
    await page.until(f"document.querySelector('{editor} .view-lines')?.checkVisibility()")
    box = await page.evaluate(f"document.querySelector('{editor} .view-lines').getBoundingClientRect().toJSON()")
    where = {"x": box["x"] + 5, "y": box["y"] + 5, "button": "left", "clickCount": 1}
    for kind in ("mousePressed", "mouseReleased"):
        await page.send("Input.dispatchMouseEvent", type=kind, **where)
    for kind in ("rawKeyDown", "keyUp"):
        await page.send(
            "Input.dispatchKeyEvent", type=kind, key="a", code="KeyA", windowsVirtualKeyCode=65, modifiers=2
        )
    await page.send("Input.insertText", text=text)


async def test_an_example_runs_and_shows_data(browser: Browser, root: str, picture: Path) -> None:
    """The tabs are the registered documents; the button answers one, from this host alone, with a clean console."""
    async with browser.page(f"{root}/graphql", **WINDOW) as page:
        await page.until(READY)
        tabs = await page.text(".graphiql-tabs")
        assert sorted(tabs.split("\n")) == sorted(IDS)
        await page.evaluate(RUN)
        await page.until(f"{ANSWER}?.includes('categories')")
        await page.screenshot(picture / "graphiql.png")
        assert page.complaints == []
        assert page.hosts() == {root.removeprefix("http://")}


async def test_a_subscription_runs(browser: Browser, root: str) -> None:
    """Over a socket to this host, which the policy of the page lets through."""
    async with browser.page(f"{root}/graphql", **WINDOW) as page:
        await page.until(READY)
        tab = (
            "[...document.querySelectorAll('.graphiql-tab button')].find(each => each.innerText === 'SlotAvailability')"
        )
        await page.evaluate(f"{tab}.click()")
        await page.until(f"{DOCUMENT}.startsWith('subscription')")
        await page.evaluate(RUN)
        # for a moment after a change of tabs GraphiQL asks for the operation of the last one
        again = f"{ANSWER}?.includes('OPERATION_RESOLUTION_FAILURE') && {RUN}"
        await page.until(f"({again}, {ANSWER}?.includes('slotAvailability'))")
        assert page.complaints == []


async def test_the_explorer_writes_the_document(browser: Browser, root: str, picture: Path) -> None:
    """Its plugin shows the schema as a form: the document's fields are ticked, and a click takes one away."""
    async with browser.page(f"{root}/graphql", **WINDOW) as page:
        await page.until(READY)
        await page.evaluate(press("Show GraphiQL Explorer"))
        await page.until("document.querySelectorAll('[data-field-name=slug]').length === 2")
        await page.screenshot(picture / "graphiql-explorer.png")
        assert (await page.evaluate(DOCUMENT)).count("slug") == 2
        await page.evaluate("document.querySelector('[data-field-name=slug]').click()")
        await page.until(f"{DOCUMENT}.split('slug').length === 2")
        assert page.complaints == []


async def test_the_docs_speak_plainly(browser: Browser, root: str, picture: Path) -> None:
    """A type's page has its description, and that of each field."""
    async with browser.page(f"{root}/graphql", **WINDOW) as page:
        await page.until(READY)
        await page.evaluate(press("Show Documentation Explorer"))
        await page.until(f"{DOCS}?.innerText.includes('Query')")
        await page.evaluate("[...document.querySelectorAll('a.graphiql-doc-explorer-type-name')][0].click()")
        await page.until(f"{DOCS}.innerText.includes('Words the shop proposes to search for, at most 20.')")
        await page.screenshot(picture / "graphiql-docs.png")
        assert page.complaints == []


async def test_headers_are_forgotten(browser: Browser, root: str) -> None:
    """A bearer token is sent, and is nowhere in the browser's storage, while the document is."""
    with clock.moved_to(NOW):
        token = bearer(Caller(CallerKind.CUSTOMER, 7))["authorization"]
    async with browser.page(f"{root}/graphql", **WINDOW) as page:
        await page.until(READY)
        await page.evaluate(
            "[...document.querySelectorAll('button')].find(each => each.innerText === 'Headers').click()"
        )
        await write(page, HEADERS, json.dumps({"Authorization": token}))
        await write(page, ".graphiql-query-editor", "query Kept { __typename }")
        await page.until("document.querySelector('.graphiql-tabs').innerText.startsWith('Kept')")
        await page.evaluate(RUN)
        await page.until(f"{ANSWER}?.includes('__typename')")
        assert page.graphql()[-1]["headers"]["Authorization"] == token
        await page.until(f"{STORED}.includes('query Kept')")
        assert token.removeprefix("Bearer ") not in await page.evaluate(STORED)
        assert page.complaints == []
