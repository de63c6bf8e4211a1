"""The file of an export: one JSON document of everything, and a CSV per table for spreadsheets."""

import asyncio
import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

Rows = Sequence[Mapping[str, Any]]


async def zipped(columns: Mapping[str, Sequence[str]], tables: Mapping[str, Rows]) -> bytes:
    """A zip with `data.json` and `<table>.csv`: `columns` and rows by table. Made outside the event loop's thread."""
    return await asyncio.to_thread(_zip, columns, tables)


def _zip(columns: Mapping[str, Sequence[str]], tables: Mapping[str, Rows]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", orjson.dumps(tables, default=str, option=orjson.OPT_INDENT_2))
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", _csv(columns[name], rows))
    return output.getvalue()


def _csv(columns: Sequence[str], rows: Rows) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # with the mark that spreadsheets want before Chinese
