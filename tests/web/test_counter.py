"""From the shelf to the pickup code, and over the counter: two pages, one order."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from app.demo import staff
from app.orders.errors import PickupCodeUnknown
from tests.conftest import Addresses
from tests.orders.market import DIFFERENCES
from tests.web.chromium import Browser, Page
from tests.web.counter import CLERK, code_now, filled, open_counter

PHONE = {"width": 375, "height": 812, "mobile": True}
# The mutation of this number from now on is lost: on its way, or what the shop answered it.
LOSE = """{ let left = %d; const real = fetch; window.fetch = async (url, asked) => {
  if (asked?.method !== 'POST' || --left) return real(url, asked);
  window.fetch = real; if (%s) await real(url, asked); throw new TypeError('lost') } }"""
# A camera that shows nothing, and a browser that reads in it what the test wants.
CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas'); canvas.getContext('2d').fillRect(0, 0, 9, 9);
    return canvas.captureStream() };
  window.looks = 0;
  window.BarcodeDetector = class { detect() { looks++; return Promise.resolve([{ rawValue: window.seen }]) } }"""
# whatever the hour, the first slot of tomorrow takes orders; today's may or may not
TOMORROW = (
    "[...document.querySelectorAll('.times button:not(:disabled)')].find(each => each.innerText.startsWith('明天'))"
)
NO_PICTURES = "the server responded with a status of 404 (Not Found)"  # nobody drew any for this shop


@pytest.fixture
async def counter(addresses: Addresses, redis_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The shop's address."""
    await filled(addresses)
    async with open_counter(addresses, redis_url, tmp_path / "pay") as address:
        yield address


def button(text: str) -> str:
    """The button that shows a text."""
    return f"[...document.querySelectorAll('button')].find(each => each.innerText.includes({json.dumps(text)}))"


async def press(page: Page, text: str) -> None:
    """Presses a button, once it can be."""
    await page.until(f"{button(text)} && !{button(text)}.disabled")
    await page.evaluate(f"{button(text)}.click()")


async def shows(page: Page, text: str) -> None:
    """Waits until the page shows a text."""
    await page.until(f"document.body?.innerText.includes({json.dumps(text)})")


async def fill(page: Page, selector: str, text: str) -> None:
    """Types into a field."""
    field = f"document.querySelector({json.dumps(selector)})"
    await page.until(f"{field} !== null")
    await page.evaluate(f"{field}.focus()")
    await page.evaluate(f"{field}.select()")
    await page.send("Input.insertText", text=text)


async def buy(page: Page, picture: Path) -> str:
    """From the shelf to the pickup code."""
    await page.until("document.querySelectorAll('.product .add:not(:disabled)').length > 2")
    for count in (1, 2):
        await page.evaluate(f"document.querySelectorAll('.product .add:not(:disabled)')[{count}].click()")
        await page.until(f"document.querySelector('.units').innerText === '{count}'")
    await page.screenshot(picture / "shop-shelf.png")
    await press(page, "去购物车")
    await page.until("document.querySelectorAll('.basket select option').length > 1")
    await page.evaluate("document.querySelector('[aria-label=加一件]').click()")  # two units of what is weighed
    await page.until("document.querySelector('.stepper b').innerText === '2'")
    choose = "const s = document.querySelector('.basket select'); s.value = s.options[1].value;"
    await page.evaluate(f"{choose} s.dispatchEvent(new Event('change', {{bubbles: true}}))")
    await page.until(f"{TOMORROW} !== undefined")
    await page.evaluate(f"{TOMORROW}.click()")
    await page.until(f"{button('去结算')} !== undefined")
    await page.screenshot(picture / "shop-basket.png")
    await page.evaluate(LOSE % (2, "false"))  # signed in, but the cart is not taken over
    await press(page, "去结算")
    await shows(page, "lost")
    await page.until("document.querySelectorAll('.line .stepper').length === 2")  # nothing of it is gone
    await press(page, "去结算")
    await shows(page, "已为您保留 00:09:")
    await page.screenshot(picture / "shop-checkout.png")
    await press(page, "提交订单")
    await shows(page, "待付款")
    await press(page, "付款 ¥")
    await shows(page, "已付款，等待备货")
    await page.screenshot(picture / "shop-receipt.png", whole=True)
    return str(await page.evaluate("document.querySelector('.code').innerText"))


async def enter(page: Page, picture: Path) -> None:
    """Signs in, and looks at tomorrow's first slot."""
    await fill(page, "[name=username]", CLERK)
    await fill(page, "[name=password]", staff.PASSWORD)
    await fill(page, "[name=totp]", code_now())
    await page.screenshot(picture / "clerk-door.png")
    await press(page, "登录")
    await press(page, "明天")
    await page.until("document.querySelector('.times button[aria-pressed=true]') !== null")
    assert await page.evaluate("document.querySelectorAll('.order').length") == 0


async def pack(page: Page, picture: Path) -> None:
    """From the order that the board tells of to the bag that waits; each of the two lines is weighed."""
    await shows(page, "待拣货")
    await shows(page, "2 件")
    await press(page, "开始拣货")
    await page.until("document.querySelectorAll('.packing .weigh').length === 2")
    await press(page, "备货完成")
    await page.until("document.querySelector('.order .notice') !== null")
    assert "称重" in await page.text(".order .notice")
    for line in (1, 2):
        await fill(page, f".packing:nth-child({line}) .weigh input", "240")
        await page.evaluate(f"document.querySelector('.packing:nth-child({line}) .weigh').requestSubmit()")
        await page.until(f"document.querySelector('.packing:nth-child({line})')?.innerText.includes('实重 240g')")
    await page.screenshot(picture / "clerk-packing.png", whole=True)
    await press(page, "备货完成")
    await shows(page, "待取货")


async def refuses(page: Page, why: str) -> None:
    """Waits until the counter says why not."""
    await page.until(f"document.querySelector('.hand-over .notice')?.innerText === {json.dumps(why)}")


async def hand(page: Page, code: str) -> None:
    """Types a code as customers read it out, and hands over."""
    await fill(page, "[aria-label=取货码]", code)
    await press(page, "交货")


async def scan(page: Page, *seen: str) -> None:
    """Where the browser cannot scan, it says so; where it can, the camera sees one thing after another."""
    await press(page, "扫码")
    await refuses(page, "这台设备的浏览器不能扫码，请输入取货码。")
    await press(page, "扫码")
    await page.evaluate(CAMERA)
    await page.evaluate(f"window.seen = {json.dumps(seen[0])}")
    await press(page, "扫码")
    for text in seen:
        await page.evaluate(f"window.seen = {json.dumps(text)}; window.looks = 0")
        await page.until("looks > 0")


def attempts(page: Page) -> list[str]:
    """The codes that were sent, also those sent again."""
    inputs = [
        json.loads(each["postData"])["variables"].get("input", {}) for each in page.graphql() if "postData" in each
    ]
    return [each["pickupCode"] for each in inputs if "pickupCode" in each]


async def test_an_order_goes_from_the_shelf_over_the_counter(
    browser: Browser, counter: str, picture: Path, owner_url: str
) -> None:
    """By registered documents alone, from one host, by the strict policy; a code survives a reload and works once.

    Also where the first answer is lost: the same attempt is sent again.
    """
    owner = await asyncpg.connect(owner_url)
    before = await owner.fetch(DIFFERENCES)
    async with (
        browser.page(f"{counter}/preview/shop", **PHONE) as shop,
        browser.page(f"{counter}/clerk", **PHONE) as clerk,
    ):
        await enter(clerk, picture)
        code = await buy(shop, picture)
        await shop.send("Page.reload")
        await shows(shop, code)
        await pack(clerk, picture)
        paid_for = "SELECT sum(nominal_grams)::int FROM order_line"
        assert sum(map(int, re.findall(r"上限 (\d+)g", await clerk.text()))) == await owner.fetchval(paid_for)
        back = await owner.fetchval("SELECT refund_granted_fen FROM customer_order")
        await shows(clerk, f"退顾客 ¥{back / 100:.2f}")
        await shows(shop, "已备好，请来自提")
        await hand(clerk, "2222 2222")
        await refuses(clerk, PickupCodeUnknown.zh)
        assert await owner.fetchval("SELECT status FROM customer_order") == "READY"
        await clerk.evaluate(LOSE % (1, "true"))
        await hand(clerk, code.lower().replace(" ", "-"))
        await shows(clerk, "已交货")
        await clerk.screenshot(picture / "clerk-handed.png")
        await shows(shop, "已取货")
        await shows(shop, "实重 240g")
        await shop.screenshot(picture / "shop-collected.png")
        plain = code.replace(" ", "")
        await scan(clerk, "https://example.com/a-poster", plain)
        await refuses(clerk, PickupCodeUnknown.zh)
        assert attempts(clerk) == ["22222222", plain, plain, plain]  # the second of them by the key of the first
        for page in (shop, clerk):
            assert [each for each in page.complaints if NO_PICTURES not in each] == []
            assert page.hosts() == {counter.removeprefix("http://")}
            sent = [json.loads(each["postData"]) for each in page.graphql() if "postData" in each]
            assert len(sent) > 4
            assert all("query" not in each for each in sent)
    assert await owner.fetchval("SELECT status FROM customer_order") == "COLLECTED"
    assert await owner.fetch(DIFFERENCES) == before
    await owner.close()
