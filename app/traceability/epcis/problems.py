"""One broken rule at one place, and how places and values are written."""

import re
from dataclasses import dataclass

from app.traceability.epcis.rules import Rule

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken rule, the JSON path of the place (`$.epcisBody.eventList[2].action`) and what is wrong."""

    rule: Rule
    path: str
    message: str


def member_path(path: str, name: str) -> str:
    """The path of a member: `$.bizStep`, or `$['example:field']` for a name that is not plain."""
    return f"{path}.{name}" if _PLAIN_NAME.match(name) else f"{path}[{shown(name)}]"


def shown(value: object) -> str:
    """A value as a message quotes it: short, on one line and always encodable, however deep it is."""
    if isinstance(value, str):
        return repr(value[:_SHOWN_LENGTH]).encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
