"""Where the documents of each app are kept: one folder per app, one operation per file."""

from pathlib import Path

TREE = Path(__file__).parent
MINIPROGRAM = TREE / "miniprogram"
STAFF = TREE / "staff"
