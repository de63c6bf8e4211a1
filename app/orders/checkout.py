"""Checkout: stock, slot, coupon, offers and gifts kept together for ten minutes, all or nothing, and their quote."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.accounts.queries import lock_customer
from app.carts import buying
from app.carts.buying import Purchase
from app.coupons import holds as coupons
from app.holds import service as holds
from app.holds.enums import HoldOutcome
from app.inventory import holds as stock
from app.inventory.rules import Taken, allocate
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import resources
from app.orders.errors import InsufficientStock, QuoteChanged
from app.orders.quotes import Quote, QuoteLine
from app.orders.resources import Wanted
from app.pickup import places
from app.promotions import gifts
from app.promotions import holds as offers
from app.promotions.price import PricedLine


async def start(caller: Caller, customer_id: int, address_index: bytes, expected_total_fen: int | None = None) -> Quote:
    """A hold on everything in a customer's cart, and what it costs; an older checkout of hers is let go.

    `expected_total_fen`: what she was shown; another price is refused.

    Raises:
        Refused: CartEmpty, PickupNotChosen, QuantityOutOfRange, InsufficientStock, PickupSlotFull, PickupSlotClosed,
            CouponNotApplicable, OfferUnitsGone, GiftGone, QuoteChanged, HoldBudgetSpent, AccountClosed: nothing is
            held then, and an older checkout stays.
    """
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        purchase = await buying.of_cart(customer_id, clock.now())
        quote = await begin(tx, caller, customer_id, address_index, purchase)
        if expected_total_fen not in {None, quote.total_fen}:
            raise Refused(QuoteChanged(expected_total_fen or 0, quote.total_fen))
        return quote


async def begin(
    tx: RequestConnection, caller: Caller, customer_id: int, address_index: bytes, purchase: Purchase
) -> Quote:
    """As `start`, for a purchase of a customer who is locked: the quote of a new hold.

    Raises:
        As `start`.
    """
    old = await holds.open_of(customer_id)
    old_ids = [old.id] if old else []
    await resources.lock(tx, old_ids, _wanted(purchase))
    if old:
        await resources.let_go(tx, caller, old_ids, HoldOutcome.RELEASED)
    purchase = await buying.again(purchase, clock.now())  # as it is now that nobody else changes it
    begun = await holds.begin(tx, customer_id, address_index)
    taken = await _allocate(tx, purchase)
    await stock.hold(tx, caller, begun.id, _by_lot(taken), begun.expires_at)
    await places.hold(tx, begun.id, purchase.pickup_slot_id, begun.expires_at)
    if purchase.coupon_code_id is not None:
        await coupons.hold(tx, customer_id, begun.id, purchase.coupon_code_id, begun.expires_at)
    await offers.hold(tx, customer_id, begun.id, _offer_units(purchase.priced.lines), begun.expires_at)
    await gifts.hold(tx, begun.id, purchase.gift_units, begun.expires_at)
    return Quote(
        hold_id=begun.id,
        customer_id=customer_id,
        pickup_point_id=purchase.pickup_point_id,
        pickup_slot_id=purchase.pickup_slot_id,
        coupon_code_id=purchase.coupon_code_id,
        lines=tuple(_quoted(purchase.priced.lines, taken)),
        subtotal_fen=purchase.priced.subtotal_fen,
        discount_fen=purchase.priced.discount_fen,
        total_fen=purchase.priced.total_fen,
        ends_at=begun.expires_at,
    )


def _wanted(purchase: Purchase) -> Wanted:
    return Wanted(
        pickup_point_id=purchase.pickup_point_id,
        pickup_slot_id=purchase.pickup_slot_id,
        sku_ids=sorted({item.sku_id for item in purchase.items}),
        code_ids=[] if purchase.coupon_code_id is None else [purchase.coupon_code_id],
        offer_ids=sorted({item.offer.id for item in purchase.items if item.offer is not None}),
        gift_rule_ids=sorted(purchase.gift_units),
    )


async def _allocate(tx: RequestConnection, purchase: Purchase) -> list[Taken]:
    units: Counter[int] = Counter()
    for item in purchase.items:  # a gift may be of a SKU that is bought too
        units[item.sku_id] += item.quantity
    today = clock.today()
    lots = await stock.on_sale(tx, sorted(units), purchase.pickup_point_id, today)
    taken, short = allocate(units, lots, purchase.pickup_on, today)
    if short:
        raise Refused(InsufficientStock(tuple(short)))
    return taken


def _by_lot(taken: Iterable[Taken]) -> list[Taken]:
    return sorted(taken, key=lambda each: each.stock_lot_id)


def _offer_units(lines: Sequence[PricedLine]) -> dict[int, int]:
    units: Counter[int] = Counter()
    for line in lines:
        if line.offer_id is not None:
            units[line.offer_id] += line.quantity
    return dict(units)


def _quoted(lines: Sequence[PricedLine], taken: Sequence[Taken]) -> Iterator[QuoteLine]:
    """The lines with their lots: those of a SKU share what was taken of it, the first line from the first to expire."""
    left: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in taken:
        left[each.sku_id].append((each.lot_id, each.quantity))
    for line in lines:
        yield QuoteLine(
            sku_id=line.sku_id,
            offer_id=line.offer_id,
            quantity=line.quantity,
            unit_price_fen=line.unit_price_fen,
            subtotal_fen=line.subtotal_fen,
            discount_fen=line.discount_fen,
            total_fen=line.total_fen,
            is_gift=line.is_gift,
            lots=tuple(_draw(left[line.sku_id], line.quantity)),
        )


def _draw(lots: list[tuple[int, int]], quantity: int) -> Iterator[tuple[int, int]]:
    """So many units off the front of the lots, which have them."""
    while quantity:
        lot_id, units = lots.pop(0)
        drawn = min(units, quantity)
        if drawn < units:
            lots.insert(0, (lot_id, units - drawn))
        quantity -= drawn
        yield lot_id, drawn
