"""What a checkout offers, signed: every line, lot, discount, the slot and the end. Placing the order honours it.

The text is good for one hold of one customer; whoever changes a byte of it has no quote.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from app.kit.errors import Refused
from app.kit.subkeys import subkey
from app.orders.errors import QuoteInvalid

VERSION = "yq1"
MOST = 64_000  # characters of a quote: a cart of 100 lines is a third of it


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """Units of one SKU at one price, in fen and grams, and the lots they come from as (lot id, units)."""

    sku_id: int
    offer_id: int | None
    quantity: int
    unit_price_fen: int
    subtotal_fen: int
    discount_fen: int
    total_fen: int
    is_gift: bool
    lots: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a customer pays for what, where and when, as long as the hold lasts."""

    hold_id: int
    customer_id: int
    pickup_point_id: int
    pickup_slot_id: int
    coupon_code_id: int | None
    lines: tuple[QuoteLine, ...]
    subtotal_fen: int
    discount_fen: int
    total_fen: int
    ends_at: datetime


class Quotes:
    """Signs with the newest key, reads by any key still in use."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Takes the installation's secrets, newest first."""
        self._keys = [subkey(secret, "quotes") for secret in secrets]

    def sign(self, quote: Quote) -> str:
        """The quote as a text for the client to hand back."""
        body = f"{VERSION}.{_text(orjson.dumps(quote))}"
        return f"{body}.{_text(_mac(self._keys[0], body))}"

    def read(self, text: str) -> Quote:
        """The quote that was signed.

        Raises:
            Refused: QuoteInvalid: this shop signed no such text.
        """
        body, _, signature = text.rpartition(".")
        known = len(text) <= MOST and text.isascii() and body.startswith(f"{VERSION}.")
        if not known or not any(hmac.compare_digest(_text(_mac(key, body)), signature) for key in self._keys):
            raise Refused(QuoteInvalid())
        told = orjson.loads(_bytes(body.removeprefix(f"{VERSION}.")))
        lines = tuple(
            QuoteLine(**{**line, "lots": tuple((lot, units) for lot, units in line["lots"])}) for line in told["lines"]
        )
        ends_at = datetime.fromisoformat(told["ends_at"]).astimezone(UTC)
        return Quote(**{**told, "lines": lines, "ends_at": ends_at})


def _mac(key: bytes, body: str) -> bytes:
    return hmac.digest(key, body.encode(), hashlib.sha256)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
