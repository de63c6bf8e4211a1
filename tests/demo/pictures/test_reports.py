"""Laboratory reports: PDF files that say what their rows say."""

from hashlib import sha256
from pathlib import Path

import asyncpg
import orjson
import pypdfium2
import pytest

from app.demo.pictures import file_reports as filing
from app.demo.pictures.file_reports import WITHOUT_FILE, file_reports
from app.demo.pictures.reports import Facts, pdf
from app.demo.sample import SAMPLE
from app.files.store import Store
from tests.demo.conftest import silent


def text_of(content: bytes) -> str:
    """What a reader of a PDF finds, without spaces."""
    document = pypdfium2.PdfDocument(content)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(found.split())


async def facts_of(shop: asyncpg.Connection, slug: str) -> Facts:
    """The facts of a product's newest report."""
    row = (await shop.fetch(WITHOUT_FILE, [slug]))[0]
    return Facts._make((*row[1:-1], tuple(orjson.loads(row[-1]))))


@pytest.mark.parametrize("slug", [SAMPLE.product_slug, "saba-wuhua", "dounan-kaluola"])
async def test_a_report_says_what_its_row_says(slug: str, shop: asyncpg.Connection) -> None:
    """In Chinese that any viewer finds: laboratory, number, sample, lot, dates and every item."""
    facts = await facts_of(shop, slug)
    told = text_of(pdf(facts))
    days = [f"{day.year}年{day.month}月{day.day}日" for day in (facts.sampled_on, facts.issued_on)]
    items = [each[name] for each in facts.items for name in ("name", "method", "limit", "value", "unit")]
    wanted = [facts.lab, facts.number, facts.sample, facts.lot, facts.producer, facts.origin, *days, *items]
    assert [each for each in wanted if "".join(each.split()) not in told] == []
    assert "所检项目均符合限量要求，判定为合格" in told
    assert "不具法律效力" in told


async def test_the_font_comes_with_it(shop: asyncpg.Connection) -> None:
    """Embedded, cut down to the characters used; the same facts give the same bytes."""
    facts = await facts_of(shop, SAMPLE.product_slug)
    made = pdf(facts)
    assert made == pdf(facts)
    assert made != pdf(facts._replace(number="X-1"))
    assert b"NotoSansSC" in made
    assert len(made) < 100_000


async def test_a_failed_report_says_so(shop: asyncpg.Connection) -> None:
    """The conclusion is the row's."""
    facts = await facts_of(shop, SAMPLE.product_slug)
    first, *others = facts.items
    told = text_of(pdf(facts._replace(verdict="FAIL", items=({**first, "verdict": "FAIL"}, *others))))
    assert "所检项目不全符合限量要求，判定为不合格" in told


async def test_reports_are_filed_once(
    own_shop: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row gets the file it describes, measured; the second run finds nothing to do."""
    monkeypatch.setattr(filing, "facts", lambda: [("shelf", (SAMPLE.product_slug,))])
    store = Store.open(tmp_path.as_uri())
    waiting = await own_shop.fetchval(
        "SELECT count(*) FROM inspection_report r JOIN lot l ON l.id = r.lot_id JOIN sku k ON k.id = l.sku_id"
        " JOIN product p ON p.id = k.product_id WHERE p.slug = $1",
        SAMPLE.product_slug,
    )
    assert waiting > 0
    assert await file_reports(own_shop, store, silent) == waiting
    assert await file_reports(own_shop, store, silent) == 0
    rows = await own_shop.fetch(
        "SELECT r.number, u.* FROM inspection_report r JOIN upload u ON u.id = r.file_id ORDER BY r.id"
    )
    assert len(rows) == waiting
    for row in rows:
        opened = await store.get(row["storage_key"])
        assert opened is not None
        content = await opened.read()
        assert (row["size_bytes"], row["sha256"]) == (len(content), sha256(content).hexdigest())
        assert row["storage_key"] == f"media/reports/{row['sha256']}.pdf"
        assert (row["content_type"], row["referenced_at"] is not None) == ("application/pdf", True)
        assert row["number"] in text_of(content)
