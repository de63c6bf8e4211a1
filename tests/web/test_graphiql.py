"""GraphiQL, as a developer uses it."""

from pathlib import Path

from tests.web.chromium import Browser

EDITORS = "monaco.editor.getModels()"


async def test_an_example_runs_and_shows_data(browser: Browser, root: str, picture: Path) -> None:
    """The first tab is a registered document; the button answers it, from this host alone, with a clean console."""
    async with browser.page(f"{root}/graphql", width=1440, height=900) as page:
        await page.until("document.querySelector('.graphiql-tab')")
        tabs = await page.text(".graphiql-tabs")
        assert tabs.split("\n")[:2] == ["CategoryTree", "CouponCenter"]
        await page.until("document.querySelector('.graphiql-query-editor .view-line')")
        await page.until("document.querySelector('.graphiql-doc-explorer-root-type, .graphiql-execute-button')")
        await page.screenshot(picture / "graphiql-before.png")
        await page.evaluate("document.querySelector('.graphiql-execute-button').click()")
        await page.until("document.querySelector('.result-window .view-lines')?.innerText.includes('categories')")
        await page.screenshot(picture / "graphiql.png")
        assert page.complaints == []
        assert page.hosts() == {root.removeprefix("http://")}
