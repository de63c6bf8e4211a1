"""Writes of carts. A customer's run one at a time under her row's lock, a visitor's under her cart's.

All but `add` may be repeated: the second time they change nothing more, so they take no idempotency key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.accounts.queries import lock_customer
from app.carts import queries
from app.carts.errors import CartFull, CartNotFound, QuantityOutOfRange, TooManyCarts
from app.carts.models import Cart
from app.carts.queries import CartView
from app.carts.tokens import new_token, token_hash
from app.catalog.errors import ProductNotFound
from app.coupons.enums import CouponReason
from app.coupons.errors import CouponNotApplicable
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.kit.rows import select
from app.pickup import queries as pickup
from app.pickup.enums import PickupPointStatus
from app.pickup.errors import PickupPointNotFound, PickupSlotClosed
from app.promotions import wallet
from app.promotions.price import Item, price
from app.promotions.queries import items as items_of

MOST_LINES = 100
PER_ADDRESS = 60  # visitors' carts begun within the window; a family or an office shares one address
WINDOW = timedelta(hours=1)

_LOCK_ADDRESS = (
    "SELECT pg_advisory_xact_lock(('x' || encode(substring($1::bytea FROM 1 FOR 8), 'hex'))::bit(64)::bigint)"
)
_BEGUN = "SELECT count(*), min(created_at) FROM cart WHERE address_index = $1 AND created_at > $2"
_MAKE = "INSERT INTO cart (token_hash, address_index, created_at, touched_at) VALUES ($1, $2, $3, $3) RETURNING id"
_ENSURE = """INSERT INTO cart (customer_id, created_at, touched_at) VALUES ($1, $2, $2)
ON CONFLICT (customer_id) DO UPDATE SET touched_at = $2 RETURNING id"""
_BY_TOKEN = f"SELECT {select(Cart, 'c')} FROM cart c WHERE c.token_hash = $1 FOR NO KEY UPDATE"
_TOUCH = "UPDATE cart SET touched_at = $2 WHERE id = $1"
_PUT = """INSERT INTO cart_line (cart_id, sku_id, quantity, seen_price_fen, added_at)
SELECT $1, *, $5 FROM unnest($2::bigint[], $3::int[], $4::bigint[])
ON CONFLICT (cart_id, sku_id) DO UPDATE SET quantity = EXCLUDED.quantity, seen_price_fen = EXCLUDED.seen_price_fen"""
_REMOVE = "DELETE FROM cart_line WHERE cart_id = $1 AND ($2::bigint IS NULL OR sku_id = $2)"
_PICKUP = "UPDATE cart SET pickup_point_id = $2, pickup_slot_id = $3 WHERE id = $1"
_ADOPT_PICKUP = """UPDATE cart SET pickup_point_id = v.pickup_point_id, pickup_slot_id = v.pickup_slot_id
FROM cart v WHERE cart.id = $1 AND cart.pickup_point_id IS NULL AND v.id = $2"""
_COUPON = "UPDATE cart SET coupon_code_id = $2 WHERE id = $1"
_MERGED = "UPDATE cart SET merged_into_id = $2 WHERE id = $1"
_FORGET_LINES = "DELETE FROM cart_line WHERE cart_id = (SELECT id FROM cart WHERE customer_id = $1)"
_FORGET_MERGED = "DELETE FROM cart WHERE merged_into_id = (SELECT id FROM cart WHERE customer_id = $1)"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose cart it is: a customer, or whoever has the token of a visitor's cart."""

    customer_id: int | None
    token_hash: bytes | None

    @classmethod
    def of(cls, customer_id: int | None, token: str | None) -> "Owner":
        """A customer has her own cart, whatever token she brings.

        Raises:
            Refused: CartNotFound: a visitor without a token, or with what is none.
        """
        if customer_id is not None:
            return cls(customer_id, None)
        known = token_hash(token) if token is not None else None
        if known is None:
            raise Refused(CartNotFound())
        return cls(None, known)


@dataclass(frozen=True, slots=True)
class Adding:
    """Units of a SKU to put into a cart; `seen_price_fen`: what one cost when it was looked at, or None."""

    sku_id: int
    quantity: int
    seen_price_fen: int | None = None


async def create(customer_id: int | None, address_index: bytes, point_id: int | None = None) -> CartView:
    """A visitor's new cart with its token, to be collected at a point; or the cart of a customer, who has one anyway.

    Raises:
        Refused: TooManyCarts: PER_ADDRESS were begun from there within WINDOW; PickupPointNotFound, AccountClosed.
    """
    now = clock.now()
    if customer_id is not None:
        async with db.transaction() as tx:
            await _locked(tx, Owner(customer_id, None))
        return await _answer(Owner(customer_id, None))
    token = new_token()
    async with db.transaction() as tx:
        await tx.fetch(_LOCK_ADDRESS, address_index)
        begun, first_at = (await tx.fetch(_BEGUN, address_index, now - WINDOW))[0]
        if begun >= PER_ADDRESS:
            raise Refused(TooManyCarts(first_at + WINDOW))
        made = await tx.fetch(_MAKE, token_hash(token), address_index, now)
        if point_id is not None:
            await _pickup(tx, made[0]["id"], point_id, None)
    return replace(await _answer(Owner(None, token_hash(token))), token=token)


async def add(caller: Caller, owner: Owner, sku_id: int, quantity: int, idempotency_key: str) -> CartView:
    """The cart with so many units more of a SKU; the same key adds them once.

    Raises:
        Refused: ProductNotFound, QuantityOutOfRange, CartFull, CartNotFound, AccountClosed, IdempotencyKeyReused.
    """
    async with db.transaction() as tx:
        cart_id = await _locked(tx, owner)

        async def act() -> Reference:
            there = {line.sku_id: line.quantity for line in await queries.lines_of(cart_id)}
            await _put(
                tx, owner, cart_id, sku_id, there.get(sku_id, 0) + quantity, is_new=sku_id not in there, least=quantity
            )
            return Reference("Cart", cart_id)

        by = str(caller) if owner.customer_id is not None else f"cart:{cart_id}"
        given = [sku_id, quantity]
        await idempotency.once(tx, caller=by, operation="addToCart", key=idempotency_key, input=given, act=act)
    return await _answer(owner)


async def set_line(owner: Owner, sku_id: int, quantity: int) -> CartView:
    """The cart with exactly so many units of a SKU, whether it was in it or not.

    Raises:
        Refused: ProductNotFound, QuantityOutOfRange, CartFull, CartNotFound, AccountClosed.
    """
    async with db.transaction() as tx:
        cart_id = await _locked(tx, owner)
        there = {line.sku_id for line in await queries.lines_of(cart_id)}
        await _put(tx, owner, cart_id, sku_id, quantity, is_new=sku_id not in there, least=quantity)
    return await _answer(owner)


async def remove(owner: Owner, sku_id: int | None) -> CartView:
    """The cart without a SKU, or without any (None), sold or not.

    Raises:
        Refused: CartNotFound, AccountClosed.
    """
    async with db.transaction() as tx:
        await tx.execute(_REMOVE, await _locked(tx, owner), sku_id)
    return await _answer(owner)


async def choose_pickup(owner: Owner, point_id: int, slot_id: int | None) -> CartView:
    """The cart, to be collected there and then; without a slot none is chosen yet. A full one is a problem of the cart.

    Raises:
        Refused: PickupPointNotFound; PickupSlotClosed: no slot of that point, or past its cut-off; CartNotFound,
            AccountClosed.
    """
    async with db.transaction() as tx:
        await _pickup(tx, await _locked(tx, owner), point_id, slot_id)
    return await _answer(owner)


async def choose_coupon(customer_id: int, code_id: int | None) -> CartView:
    """The cart with a coupon of the customer's, or without any (None). Below its minimum it is a problem of the cart.

    Raises:
        Refused: CouponNotApplicable: it is not hers, over, or used; AccountClosed.
    """
    owner = Owner(customer_id, None)
    now = clock.now()
    async with db.transaction() as tx:
        cart_id = await _locked(tx, owner)
        if code_id is not None:
            row = await queries.row_of_customer(customer_id, now)
            held = await wallet.code_of(customer_id, code_id, now, row.own_hold_id if row else None)
            if held is None:
                raise Refused(CouponNotApplicable(CouponReason.UNKNOWN))
            if held.reason is not None:
                raise Refused(CouponNotApplicable(held.reason))
        await tx.execute(_COUPON, cart_id, code_id)
    return await _answer(owner)


async def merge(customer_id: int, token: str) -> CartView:
    """The customer's cart with the lines of a visitor's, whose token is dead from now on; again, nothing more happens.

    Quantities add up to the limit of each SKU; lines that do not fit any more are left out. She keeps the pickup she
    had chosen, or takes over the visitor's.

    Raises:
        Refused: CartNotFound: no such cart, or another customer took it over; AccountClosed.
    """
    owner = Owner(customer_id, None)
    async with db.transaction() as tx:
        cart_id = await _locked(tx, owner)
        found = await db.rows(Cart, _BY_TOKEN, token_hash(token))
        if not found or found[0].merged_into_id not in {None, cart_id}:
            raise Refused(CartNotFound())
        visitors = found[0]
        if visitors.merged_into_id is None:
            lines = await queries.lines_of(visitors.id)
            await add_many(tx, customer_id, cart_id, [Adding(x.sku_id, x.quantity, x.seen_price_fen) for x in lines])
            await tx.execute(_ADOPT_PICKUP, cart_id, visitors.id)
            await tx.execute(_REMOVE, visitors.id, None)
            await tx.execute(_MERGED, visitors.id, cart_id)
    return await _answer(owner)


async def cart_of(tx: RequestConnection, customer_id: int) -> int:
    """The key of the cart of a customer, locked until the transaction ends.

    Raises:
        Refused: AccountClosed.
        NoTransactionError: outside a transaction.
    """
    return await _locked(tx, Owner(customer_id, None))


async def add_many(tx: RequestConnection, customer_id: int, cart_id: int, wanted: Sequence[Adding]) -> dict[int, int]:
    """Puts as much of `wanted` into a customer's cart, locked before, as is sold and fits; what went in, by SKU.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    there = {line.sku_id: line for line in await queries.lines_of(cart_id)}
    sold = await items_of([each.sku_id for each in wanted], clock.now(), customer_id)
    added: dict[int, int] = {}
    put: list[tuple[int, int, int]] = []
    for each in wanted:
        if each.sku_id not in sold:
            continue
        item, limit = sold[each.sku_id]
        line = there.get(each.sku_id)
        before = line.quantity if line else 0
        units = min(before + each.quantity, limit) - before
        if units <= 0 or (line is None and len(there) + len(put) >= MOST_LINES):
            continue
        seen = (line.seen_price_fen if line else each.seen_price_fen) or _unit_price(item, before + units)
        put.append((each.sku_id, before + units, seen))
        added[each.sku_id] = units
    if put:
        await tx.execute(_PUT, cart_id, *map(list, zip(*put, strict=True)), clock.now())
    return added


async def forget(tx: RequestConnection, customer_id: int) -> None:
    """Empties the cart of a customer who closes her account; the row itself goes as the register says.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_FORGET_LINES, customer_id)
    await tx.execute(_FORGET_MERGED, customer_id)


async def _put(
    tx: RequestConnection, owner: Owner, cart_id: int, sku_id: int, quantity: int, *, is_new: bool, least: int
) -> None:
    """Writes a line with the price it has now. `least`: the number that was asked for, which is to be positive."""
    now = clock.now()
    sold = await items_of([sku_id], now, owner.customer_id)
    if sku_id not in sold:
        raise Refused(ProductNotFound())
    item, limit = sold[sku_id]
    if least < 1 or quantity > limit:
        raise Refused(QuantityOutOfRange(limit))
    if is_new and len(await queries.lines_of(cart_id)) >= MOST_LINES:
        raise Refused(CartFull(MOST_LINES))
    await tx.execute(_PUT, cart_id, [sku_id], [quantity], [_unit_price(item, quantity)], now)


async def _pickup(tx: RequestConnection, cart_id: int, point_id: int, slot_id: int | None) -> None:
    now = clock.now()
    points = await pickup.by_ids([point_id])
    if not points or points[0].status is PickupPointStatus.CLOSED:
        raise Refused(PickupPointNotFound())
    if slot_id is not None:
        slots = await pickup.slots_by_ids([slot_id], now)
        if not slots or slots[0].pickup_point_id != point_id or slots[0].withdrawn_at or slots[0].cutoff_at <= now:
            raise Refused(PickupSlotClosed())
    await tx.execute(_PICKUP, cart_id, point_id, slot_id)


def _unit_price(item: Item, quantity: int) -> int:
    return price([replace(item, quantity=quantity)]).lines[0].unit_price_fen


async def _locked(tx: RequestConnection, owner: Owner) -> int:
    """The key of the owner's cart, which nobody else writes until the transaction ends; a customer's is made."""
    now = clock.now()
    if owner.customer_id is not None:
        await lock_customer(tx, owner.customer_id)
        return int((await tx.fetch(_ENSURE, owner.customer_id, now))[0]["id"])
    found = await db.rows(Cart, _BY_TOKEN, owner.token_hash)
    if not found or found[0].merged_into_id is not None:
        raise Refused(CartNotFound())
    await tx.execute(_TOUCH, found[0].id, now)
    return int(found[0].id)


async def _answer(owner: Owner) -> CartView:
    now: datetime = clock.now()
    if owner.customer_id is not None:
        view = await queries.of_customer(owner.customer_id, now)
    else:
        view = await queries.of_token(owner.token_hash or b"", now)
    if view is None:
        raise Refused(CartNotFound())
    return view
