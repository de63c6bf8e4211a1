"""How deep brackets nest in a text, found before anything parses it: by linear work, without recursion.

Few texts have as many brackets as may nest; those that have are stripped of everything else by one regular
expression, and what is left is counted in C.
"""

import re
from itertools import accumulate

MAX_DEPTH = 100  # of JSON and of documents alike; the deepest that is sent here has 20

_NOT_OF_JSON = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^\[\]{}"]++', re.DOTALL)
_NOT_OF_DOCUMENT = re.compile(
    r'"""(?:[^"\\]++|\\"""|\\|"(?!""))*+(?:"""|\Z)'  # a block string
    r'|"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"?'  # a string, which ends with its line
    r"|#[^\r\n]*+"  # a comment
    r'|[^\[\](){}"#]++'
)
_JSON_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_DOCUMENT_STEPS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def is_deep_json(body: bytes, maximum: int = MAX_DEPTH) -> bool:
    """Whether brackets nest deeper than `maximum` in what is JSON or may be; those in strings do not count."""
    if body.count(b"[") + body.count(b"{") <= maximum:
        return False
    return max(accumulate(map(_JSON_STEPS.__getitem__, _NOT_OF_JSON.sub(b"", body))), default=0) > maximum


def is_deep_document(text: str, maximum: int = MAX_DEPTH) -> bool:
    """Whether brackets nest deeper than `maximum` in a GraphQL document; in strings and comments they do not count."""
    if text.count("{") + text.count("[") + text.count("(") <= maximum:
        return False
    return max(accumulate(map(_DOCUMENT_STEPS.__getitem__, _NOT_OF_DOCUMENT.sub("", text))), default=0) > maximum
