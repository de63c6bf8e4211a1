"""Reads of carts."""

from dataclasses import dataclass
from datetime import datetime

from app.carts import rules
from app.carts.assembling import Assembled, Wanted, assemble
from app.carts.models import Cart, CartLine
from app.carts.problems import Problem
from app.carts.rules import LineView
from app.kit import db
from app.kit.rows import select
from app.promotions import wallet
from app.promotions.price import PricedLine
from app.promotions.wallet import Tried

_CART = f"""SELECT {select(Cart, "c")}, b.id AS own_hold_id, s.pickup_slot_id AS own_slot_id
FROM cart c LEFT JOIN hold b ON b.customer_id = c.customer_id AND b.ended_at IS NULL
LEFT JOIN slot_hold s ON s.hold_id = b.id AND s.released_at IS NULL AND s.expires_at > $2"""
_OF_CUSTOMER = f"{_CART} WHERE c.customer_id = $1"
_OF_TOKEN = f"{_CART} WHERE c.token_hash = $1 AND c.merged_into_id IS NULL"
_LINES = f"SELECT {select(CartLine, 'l')} FROM cart_line l WHERE l.cart_id = $1 ORDER BY l.id"


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as it is shown, in fen. `token`: a visitor's secret, in the answer that made the cart and nowhere else."""

    id: int
    assembled: Assembled
    lines: tuple[LineView, ...]
    gifts: tuple[PricedLine, ...]
    problems: list[Problem]
    token: str | None = None

    @property
    def subtotal_fen(self) -> int:
        """Before the coupon."""
        return self.assembled.priced.subtotal_fen

    @property
    def discount_fen(self) -> int:
        """What the coupon takes off."""
        return self.assembled.priced.discount_fen

    @property
    def total_fen(self) -> int:
        """What is paid: exactly the sum of the lines."""
        return self.assembled.priced.total_fen


async def row_of_customer(customer_id: int, now: datetime) -> Cart | None:
    """The cart of a customer, with her open hold; None when she never had one."""
    found = await db.rows(Cart, _OF_CUSTOMER, customer_id, now)
    return found[0] if found else None


async def lines_of(cart_id: int) -> list[CartLine]:
    """The lines of a cart, in the order they were put in."""
    return await db.rows(CartLine, _LINES, cart_id)


async def of_customer(customer_id: int, now: datetime) -> CartView | None:
    """The cart of a customer as it is at `now`; None when she never had one."""
    row = await row_of_customer(customer_id, now)
    return None if row is None else await _view(row, now)


async def of_token(token_hash: bytes, now: datetime) -> CartView | None:
    """A visitor's cart as it is at `now`; None when there is none, or a customer took it over."""
    found = await db.rows(Cart, _OF_TOKEN, token_hash, now)
    return await _view(found[0], now) if found else None


def wanted_in(row: Cart, lines: list[CartLine]) -> Wanted:
    """What a cart says is wanted."""
    return Wanted(
        customer_id=row.customer_id,
        quantities={line.sku_id: line.quantity for line in lines},
        pickup_point_id=row.pickup_point_id,
        pickup_slot_id=row.pickup_slot_id,
        coupon_code_id=row.coupon_code_id,
        own_hold_id=row.own_hold_id,
        own_slot_id=row.own_slot_id,
    )


async def applicable(view: CartView, now: datetime) -> list[Tried]:
    """The coupons of a cart's owner tried on it, best first; a visitor has none."""
    wanted = view.assembled.wanted
    if wanted.customer_id is None:
        return []
    codes = await wallet.live_codes(wanted.customer_id, now, wanted.own_hold_id)
    return wallet.tried(list(view.assembled.items), codes)


async def _view(row: Cart, now: datetime) -> CartView:
    lines = await lines_of(row.id)
    assembled = await assemble(wanted_in(row, lines), now)
    shown = rules.lines(assembled)
    seen = {line.sku_id: line.seen_price_fen for line in lines}
    return CartView(
        id=row.id,
        assembled=assembled,
        lines=shown,
        gifts=rules.gift_lines(assembled),
        problems=rules.found_problems(assembled, shown, seen),
    )
