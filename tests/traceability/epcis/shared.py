"""The EPCIS documents handed to the project, where they are present; nothing of them is copied here."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("YOUGOU_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "epcis"

needs_folder = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared EPCIS folder is not here")


def manifest() -> dict[str, dict[str, Any]]:
    """The manifest's entry of each file, by its path under the folder; empty where there is no folder."""
    if not FOLDER.is_dir():
        return {}
    entries: list[dict[str, Any]] = json.loads((FOLDER / "MANIFEST.json").read_text())
    return {entry["file"]: entry for entry in entries}


def documents() -> list[str]:
    """Every JSON file of the manifest that is no schema."""
    return [file for file in manifest() if file.startswith("share/") and file.endswith((".json", ".jsonld"))]
