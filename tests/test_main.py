"""Putting the application together fails early when a part is wrong."""

import shutil
from pathlib import Path

import pytest

from app import main
from app.http.engine import BrokenDocumentError
from app.settings import MissingAddressError
from tests.shop import settings

URL = "postgresql://nobody@/nowhere?host=/nowhere"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("query Broken { nothing }", "Cannot query field 'nothing'"),
        ("query Broken {", "Syntax Error"),
        ("query Broken($x: Int) { categories { id } }", "never used"),
    ],
)
def test_a_broken_document_stops_the_start(
    text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deploy, not a shopper; the message names the file."""
    shutil.copytree(main.MINIPROGRAM, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(main, "MINIPROGRAM", tmp_path)
    assert main.create_app(settings(URL))
    (tmp_path / "Broken.graphql").write_text(text, "utf-8")
    with pytest.raises(BrokenDocumentError, match=f"^Broken: .*{why}"):
        main.create_app(settings(URL))


async def test_a_database_address_that_is_not_set_is_named() -> None:
    """The message says which variable, and what to do."""
    app = main.create_app(settings(URL).model_copy(update={"database_url": None}))
    with pytest.raises(MissingAddressError, match=r"^DATABASE_URL is not set"):
        async with app.router.lifespan_context(app):
            pass
