"""The preview of the product page, as a customer's phone shows it."""

from pathlib import Path

import pytest

from app.demo.sample import SAMPLE
from tests.shop import IDS
from tests.web.chromium import Browser
from tests.web.pictures import WITHOUT_PICTURES

PHONE = {"width": 390, "height": 844, "mobile": True}
SHOWN = "document.querySelector('.journey')"
# One text of each section, as of tests.shop.NOW.
SECTIONS = {
    ".lead": ("整点秒杀", "距结束 3天 23:5", "17.00", "¥19.90", "约 ¥17.00/500g", "丽江雪桃", "坏果包赔", "约2.5kg/箱"),
    "section[aria-labelledby=coupons]": ("雪桃尝鲜券", "满19元可用", "8.8折", "最高减15元", "剩570张"),
    "#slots": ("今晚22:00前下单，明晚自提", "优购生鲜·五华翠湖店", "17:00–19:00", "余50", "今天 22:00 截单"),
    "section[aria-labelledby=journey]": ("YGTB541J", "采收", "11月14日 05:51", "运输途中", "2.6~7.4°C", "未超温"),
    "section[aria-labelledby=papers]": ("CC202611-000127", "毒死蜱", "≤1 mg/kg", "0.07", "HGZ-LJ-261114-000127"),
    "section[aria-labelledby=reviews]": ("评价（49）", "4.3", "刘***姨", "果然名不虚传", "包装后第2天收到", "示例"),
    "section[aria-labelledby=about]": ("雪山水浇灌", "保质期", "10天", "致敏原"),
    ".bar": ("17.00", "选自提时段"),
}


def tab(label: str) -> str:
    """A script that chooses a kind of medium."""
    return f"[...document.querySelectorAll('.tabs button')].find(each => each.innerText === '{label}').click()"


async def test_one_request_shows_everything(browser: Browser, root: str, picture: Path) -> None:
    """One GraphQL request, none to another host, a clean console, and a text of every section."""
    async with browser.page(f"{root}/preview/product/{SAMPLE.product_slug}", **PHONE) as page:
        await page.until(SHOWN)
        for selector, texts in SECTIONS.items():
            told = await page.text(selector)
            assert [text for text in texts if text not in told] == [], (selector, told)
        await page.screenshot(picture / "preview.png")
        await page.screenshot(picture / "preview-whole.png", whole=True)
        [request] = page.graphql()
        assert request["method"] == "GET"
        assert IDS["ProductDetail"].removeprefix("sha256:") in request["url"]
        assert page.hosts() == {root.removeprefix("http://")}
        assert page.complaints == []


async def test_the_panorama_and_the_turning_product(browser: Browser, root: str, picture: Path) -> None:
    """The viewer draws the field; dragging half the width turns the product half round; arrow keys go on."""
    async with browser.page(f"{root}/preview/product/{SAMPLE.product_slug}", **PHONE) as page:
        await page.until(SHOWN)
        await page.evaluate(tab("产地全景"))
        await page.until(
            "document.querySelector('.panorama canvas') && !document.querySelector('.psv-loader')?.offsetParent"
        )
        await page.screenshot(picture / "panorama.png")
        await page.evaluate(tab("360°环视"))
        await page.until("document.querySelector('.spin img')?.complete")
        where = {"y": 200, "button": "left", "buttons": 1}
        await page.send("Input.dispatchMouseEvent", type="mousePressed", x=300, clickCount=1, **where)
        await page.send("Input.dispatchMouseEvent", type="mouseMoved", x=105, **where)
        await page.send("Input.dispatchMouseEvent", type="mouseReleased", x=105, clickCount=1, **where)
        await page.until("document.querySelector('.spin').ariaValueNow === '19'")
        await page.evaluate("document.querySelector('.spin').focus()")
        await page.send("Input.dispatchKeyEvent", type="keyDown", key="ArrowRight")
        await page.until("document.querySelector('.spin').ariaValueNow === '20'")
        await page.screenshot(picture / "spin.png")
        assert page.complaints == []
        assert len(page.graphql()) == 1


async def test_another_pickup_point_can_be_chosen(browser: Browser, root: str) -> None:
    """The page comes anew for that point, with its own one request."""
    async with browser.page(f"{root}/preview/product/{SAMPLE.product_slug}", **PHONE) as page:
        await page.until(SHOWN)
        await page.evaluate("""(() => { const select = document.querySelector('.point select');
          select.selectedIndex = 1; select.dispatchEvent(new Event('change', { bubbles: true })) })()""")
        await page.until("location.search && document.querySelector('.point select')?.selectedIndex === 1")
        assert len(page.graphql()) == 2
        assert page.complaints == []


async def test_missing_pictures_are_drawn(browser: Browser, root: str, picture: Path) -> None:
    """In their place stands a drawing with their description; nothing else complains."""
    async with browser.page(f"{root}/preview/product/{WITHOUT_PICTURES}", **PHONE) as page:
        await page.until("document.querySelector('.stage .placeholder')")
        assert await page.evaluate("document.querySelector('.stage .placeholder').ariaLabel") == "元谋沙瓤番茄主图"
        await page.screenshot(picture / "placeholder.png")
        assert [each for each in page.complaints if "/media/" not in each] == []


async def test_an_unknown_product_is_told(browser: Browser, root: str, picture: Path) -> None:
    """Without a GraphQL request."""
    async with browser.page(f"{root}/preview/product/no-such-thing", **PHONE) as page:
        await page.until("document.querySelector('.nothing')")
        assert "没有找到这件商品" in await page.text()
        await page.screenshot(picture / "empty.png")
        assert page.graphql() == []


@pytest.mark.parametrize(
    "answer", ["Promise.reject(new Error('断网'))", "Promise.resolve(Response.json({errors: []}))"]
)
async def test_a_failure_can_be_tried_again(answer: str, browser: Browser, root: str, picture: Path) -> None:
    """The page says that it failed; the button asks once more, and then the page is there."""
    async with browser.page("about:blank", **PHONE) as page:
        broken = f"const real = fetch; window.fetch = () => {{ window.fetch = real; return {answer} }}"
        await page.send("Page.addScriptToEvaluateOnNewDocument", source=broken)
        await page.send("Page.navigate", url=f"{root}/preview/product/{SAMPLE.product_slug}")
        await page.until("document.querySelector('.nothing button')")
        assert "没能加载这件商品" in await page.text()
        await page.screenshot(picture / "failed.png")
        await page.evaluate("document.querySelector('.nothing button').click()")
        await page.until(SHOWN)
        assert len(page.graphql()) == 1


async def test_a_sold_out_product_says_so(browser: Browser, root: str, picture: Path) -> None:
    """No size can be chosen, no lot is told, and the bar says it."""
    emptied = """const real = fetch; window.fetch = async (...asked) => {
      const answer = await (await real(...asked)).json(), { product, pickupPoint } = answer.data;
      for (const sku of product.skus) Object.assign(sku.stock, { available: 0, level: "OUT_OF_STOCK" });
      Object.assign(product, { lot: null, reviews: { nodes: [], pageInfo: {} } });
      pickupPoint.openSlots = [];
      return Response.json(answer) }"""
    async with browser.page("about:blank", **PHONE) as page:
        await page.send("Page.addScriptToEvaluateOnNewDocument", source=emptied)
        await page.send("Page.navigate", url=f"{root}/preview/product/{SAMPLE.product_slug}")
        await page.until("document.querySelector('.sold-out')")
        assert await page.text(".bar") == "已售罄"
        assert await page.evaluate("document.querySelectorAll('.sku input:enabled').length") == 0
        told = await page.text()
        for text in ("现在没有在售的批次", "暂时没有可约的自提时段", "还没有评价"):
            assert text in told
        await page.screenshot(picture / "sold-out.png", whole=True)
        assert page.complaints == []
