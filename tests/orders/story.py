"""Random things that happen to a market: what buyers, clerks, WeChat and jobs do, one after another or at once."""

from contextlib import suppress
from datetime import timedelta

from app.claims import queries as claimed
from app.kit import clock
from app.kit.errors import Refused
from app.orders import queries, substitutions
from app.orders.models import Order, OrderLine
from tests.claims.desk import claims, decides, photos, service_of
from tests.orders.counter import Clerk, answers, lines_of
from tests.orders.market import Market
from tests.shop import NOW

AT_THE_DESK = frozenset(
    {
        *("start", "weigh", "short", "offer", "accept", "decline", "ready", "hand over", "cancel lines"),
        *("claim", "reject"),
    }
)


class Story:
    """Random things that happen to a market, one after another or two at once."""

    def __init__(self, market: Market, customers: list[int], skus: list[int], clerk: Clerk | None = None) -> None:
        self.market, self.customers, self.skus, self.clerk = market, customers, skus, clerk
        self.cheaper = 0  # what the clerk offers instead
        self.orders: list[Order] = []
        self.now = NOW

    async def happens(self, what: str, who: int) -> None:
        """A step, by one of the customers or about one of the orders; a refusal is an outcome like any other."""
        try:
            if what == "buy":
                await self._buys(who)
            elif what in {"pay", "cancel", "cancel for shop"}:
                await self._about_an_order(what, who)
            elif self.clerk is not None and what in AT_THE_DESK:
                await self._at_the_desk(self.clerk, what, who)
            else:
                await self._elsewhere(what)
        except Refused:
            pass

    async def _buys(self, who: int) -> None:
        customer = self.customers[who % len(self.customers)]
        quantities = {self.skus[who % len(self.skus)]: 1 + who % 3, self.skus[(who + 1) % len(self.skus)]: 1}
        await self.market.fills(customer, quantities)
        checkout = await self.market.starts(customer)
        self.orders.append(await self.market.places(customer, checkout.text, f"key-{len(self.orders):08}-{who}"))

    async def _about_an_order(self, what: str, who: int) -> None:
        if not self.orders:
            return
        order = self.orders[who % len(self.orders)]
        if what == "pay":
            await self.market.tries_to_pay(order)
        elif what == "cancel":
            await self.market.cancels(order)
        else:
            await self.market.cancels_for_shop(order)

    async def _at_the_desk(self, clerk: Clerk, what: str, who: int) -> None:
        if not self.orders:
            return
        order = await self.market.order(self.orders[who % len(self.orders)].id)
        lines = await lines_of(self.market, order)
        line = lines[who % len(lines)]
        if what == "start":
            await clerk.starts(order)
        elif what == "weigh":
            await clerk.weighs(line, 100 + 73 * who)
        elif what == "short":
            await clerk.shorts(line, 1 + who % 2, writes_off=who % 3 == 0)
        elif what == "offer":
            await clerk.offers(line, self.cheaper, 1 + who % 2, writes_off=who % 3 == 0)
        elif what == "cancel lines":
            await clerk.cancels_lines(order, [(line.id, 1)])
        elif what in {"claim", "reject"}:
            await self._claims(clerk, order, line, 1 + who % 2, percent=100 if what == "claim" else 0)
        else:
            await self._about_a_packed_order(clerk, what, order)

    async def _about_a_packed_order(self, clerk: Clerk, what: str, order: Order) -> None:
        if what in {"accept", "decline"}:
            await self._answers(order, accepts=what == "accept")
        elif what == "ready":
            await clerk.readies(order)
        elif order.pickup_code is not None:
            await clerk.hands_over(order.pickup_code)

    async def _answers(self, order: Order, *, accepts: bool) -> None:
        async with self.market.database.session():
            lines = await queries.lines_by_order([order.id])
            offered = await queries.substitutions_by_line([line.id for line in lines])
        if offered:
            await answers(self.market, order, order.customer_id, accepts=accepts)

    async def _claims(self, clerk: Clerk, order: Order, line: OrderLine, quantity: int, *, percent: int) -> None:
        async with self.market.writing:
            uploads = await photos(self.market, order.customer_id)
        claim = await claims(self.market, order, line, quantity=quantity, uploads=uploads)
        await decides(self.market, service_of(clerk), claim, percent)

    async def claims_the_rest(self) -> None:
        """Whatever customers took home is claimed to the last unit, and all of it is accepted."""
        assert self.clerk is not None
        with clock.moved_to(self.now):
            for order in self.orders:
                for line in await lines_of(self.market, order):
                    async with self.market.database.session():
                        left = (await claimed.claimable(line.id)).claimable_units
                    with suppress(Refused):  # nothing is left of it, or nobody took it home
                        await self._claims(self.clerk, order, line, max(left, 1), percent=100)

    async def _elsewhere(self, what: str) -> None:
        if what == "tell twice":
            await self.market.counter.play("switch", {"repeat": 2})
        if what in {"tell", "tell twice"}:
            await self.market.told()
        elif what == "expire":
            await self.market.expires()
        elif what == "wait":
            self.now += timedelta(minutes=6)
        elif what == "lapse":
            async with self.market.database.session():
                await substitutions.lapse({})
        elif what == "refund":
            await self.market.refunds()
        elif what == "sweep":
            await self.market.sweeps()

    async def ends(self) -> None:
        """All that is under way comes to its end: nothing is stuck."""
        with clock.moved_to(self.now + timedelta(hours=1)):
            await self.market.told()
            await self.market.expires()
            await self.market.sweeps()
            for _ in range(3):
                await self.market.refunds()
                await self.market.told()
