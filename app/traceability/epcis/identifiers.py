"""Identifiers of things, places and parties: EPC URN, GS1 Digital Link or any other URI."""

import re
from functools import lru_cache

from app.traceability.epcis import digital_link, epc_urn
from app.traceability.epcis.gs1_keys import Gs1Key

MAX_LENGTH = 1000
"""The longest URI read; a longer one would not fit into an index of PostgreSQL."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:%[0-9A-Fa-f]{2}|[!#$&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~])+\Z")


def is_uri(text: str) -> bool:
    """Whether a text is an absolute URI of RFC 3986 (characters beyond ASCII are percent-encoded there)."""
    return len(text) <= MAX_LENGTH and _URI.match(text) is not None


def is_blank_node(text: str) -> bool:
    """Whether a JSON-LD identifier means something in its own file only (`_:event1`)."""
    return text.startswith("_:")


def gs1_key(uri: str) -> Gs1Key | None:
    """The GS1 key that a URI carries, if it carries one."""
    return _parsed(uri) if len(uri) <= MAX_LENGTH else None


def is_broken_key(uri: str) -> bool:
    """Whether a URI must carry a GS1 key by its form, but does not."""
    return gs1_key(uri) is None and (epc_urn.is_known(uri) or digital_link.is_gs1_domain(uri))


@lru_cache(maxsize=1024)  # check, value and hash of an event ask for the same URIs one after another
def _parsed(uri: str) -> Gs1Key | None:
    return epc_urn.parse(uri) if uri.startswith(epc_urn.PREFIX) else digital_link.parse(uri)
