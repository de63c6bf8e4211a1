"""Every registered query against its committed result and its committed SQL.

Documents that write are tested with what they write. Each query has a folder with `variables.json` (an id may be
written {"$id": "Product:<slug>"}), `result.json` (its exact data) and `queries.sql` (its exact statements, in order,
without values). A review reads their diff. To renew result and SQL after a change that is meant:

    YOUGOU_RENEW_DOCUMENTS=1 make test ARGS='tests/documents/test_documents.py'
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.accounts.rules import CUSTOMER_SCOPES
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.shop import READS, Shop

FOLDER = Path(__file__).parent
HERS = {
    *("FavouriteMarks", "MyCart", "MyCoupons", "MyDevices", "MyFavourites", "MyPrivacy", "OrderDetail", "OrderList"),
    "SeenProducts",
}
RENEWS = "YOUGOU_RENEW_DOCUMENTS" in os.environ


async def variables_of(shop: Shop, name: str) -> dict[str, Any]:
    """The variables in a document's folder, with the ids of this database."""
    given: dict[str, Any] = json.loads((FOLDER / name / "variables.json").read_text("utf-8"))
    return {key: await _meant(shop, value) for key, value in given.items()}


async def _meant(shop: Shop, value: Any) -> Any:
    if isinstance(value, list):
        return [await _meant(shop, each) for each in value]
    return await shop.id(*value["$id"].split(":")) if isinstance(value, dict) and "$id" in value else value


def headers_of(name: str) -> dict[str, str]:
    """The documents of what is a customer's own are asked by the demo's first; the others by a visitor."""
    return bearer(Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES)) if name in HERS else {}


@pytest.mark.parametrize("name", READS)
async def test_a_document_answers_exactly_this_with_exactly_this_sql(name: str, shop: Shop) -> None:
    """The demo shop at a fixed time: any change of a byte or of a statement shows."""
    answer = await shop.registered(name, await variables_of(shop, name), headers_of(name))
    found = {
        "result.json": json.dumps(answer.data, ensure_ascii=False, indent=1) + "\n",
        "queries.sql": "".join(f"{statement};\n\n" for statement in answer.statements).rstrip("\n") + "\n",
    }
    for file, text in found.items():
        if RENEWS:
            (FOLDER / name / file).write_text(text, "utf-8")
        assert text == (FOLDER / name / file).read_text("utf-8")


def test_every_folder_is_of_a_document() -> None:
    """None is missing, none left over from a document that was renamed."""
    assert {path.parent.name for path in FOLDER.glob("*/variables.json")} == set(READS)
