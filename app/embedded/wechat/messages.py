"""Subscribe messages as WeChat checks them: who, which template, which page, and the form of each field."""

import re
from collections.abc import Mapping
from typing import Any

_FIELD = re.compile(r"(thing|character_string|time|amount|number|phrase)[0-9]{1,2}")
_FORMS = {
    "thing": re.compile(r".{1,20}"),
    "character_string": re.compile(r"[!-~]{1,32}"),
    "time": re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日( [0-9]{2}:[0-9]{2}(~[0-9]{2}:[0-9]{2})?)?"),
    "amount": re.compile(r"[¥￥]?[0-9]{1,10}(\.[0-9]{1,2})?元?"),
    "number": re.compile(r"[0-9]{1,32}"),
    "phrase": re.compile(r"[\u4e00-\u9fff]{1,5}"),
}
_PAGE = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\?[!-~]*)?")


def wrong(asked: Mapping[str, Any]) -> int | None:
    """The error code for what cannot be sent, whoever it is for; None when all is well."""
    who, template, page, data = (asked.get(name) for name in ("touser", "template_id", "page", "data"))
    if not isinstance(who, str) or not who.startswith("o"):
        return 40003
    if not isinstance(template, str) or not template:
        return 40037
    if not isinstance(page, str) or _PAGE.fullmatch(page) is None:
        return 41030
    if not isinstance(data, dict) or not data or not all(_is_field(name, each) for name, each in data.items()):
        return 47003
    return None


def _is_field(name: str, given: Any) -> bool:
    kind = _FIELD.fullmatch(name)
    value = given.get("value") if isinstance(given, dict) else None
    return kind is not None and isinstance(value, str) and _FORMS[kind[1]].fullmatch(value) is not None
