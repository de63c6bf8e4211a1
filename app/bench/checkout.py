"""Checkouts measured from the cart to the notified payment, beside bare transactions with the same writes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import asyncpg
import httpx
from granian.constants import Interfaces
from granian.server.embed import Server as Granian
from rich.box import SIMPLE_HEAD
from rich.table import Table

from app.bench import bare, cpu, servers, statements
from app.bench.buyers import DOCUMENTS, Buyers, full_carts, paid
from app.bench.cores import Cores
from app.bench.load import WrongAnswerError
from app.bench.rounds import ROUNDS, Round, percentile
from app.bench.shop import Shop
from app.embedded.wechat_pay import keys
from app.embedded.wechat_pay.server import StandIn
from app.embedded.wechat_pay.state import State
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Measured:
    """Rounds of checkouts and of bare transactions in turns, and the SQL statements of each, of one order."""

    checkouts: Sequence[Round]
    bare: Sequence[Round]
    statements: float  # of the three documents; the notification's are not counted
    bare_statements: float


async def checkouts(shop: Shop, cores: Cores, *, orders: int, connections: int) -> Measured:
    """So many orders in each of ROUNDS rounds, after half a round of warm-up; `connections` buyers at once.

    The shop is a copy that is thrown away: carts, stock and orders stay in it.

    Raises:
        WrongAnswerError: an order was not paid, or the shop is too small.
        ServerDiedError: the server under test did not come up.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        owner, *hands = [await stack.enter_async_context(_connected(shop.admin_url)) for _ in range(connections + 1)]
        warm_up = max(orders // 2, 1)
        customers = await full_carts(owner, shop.database_url, warm_up + orders * ROUNDS)
        await bare.prepare(owner)
        async with _stand_in(folder) as (stand_in, settings):
            full = stack.enter_context(servers.shop({**shop.environment, **settings}, cores.server))
            buyers = Buyers(full.port, stand_in)
            rounds: list[Round] = []
            beside: list[Round] = []
            written: list[bare.Writes] = []
            sizes = [warm_up, *[orders] * ROUNDS]
            for number, size in enumerate(sizes):
                own = customers[sum(sizes[:number]) :][:size]
                before = await bare.marks(owner)
                rounds.append(await _round([partial(buyers.buy, each) for each in own], connections, full.pid, shop))
                if await paid(owner, own) != size:
                    raise WrongAnswerError("an order whose payment was told is not paid")
                written = await bare.since(owner, before, size)
                beside.append(await _bare_round(written, hands, shop))
            counted = [await statements.per_request(full.port, name) for name in DOCUMENTS]
        return Measured(rounds[1:], beside[1:], sum(counted), sum(each.statements for each in written) / len(written))


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _stand_in(folder: Path) -> AsyncIterator[tuple[StandIn, dict[str, str]]]:
    """WeChat Pay in this process, and what a shop is told to use it; it notifies only when it is asked to."""
    port = servers.free_port()
    async with httpx.AsyncClient(trust_env=False) as client:
        stand_in = StandIn(State(keys.ensure(folder), Settings().wechat_appid), client)
        server = Granian(stand_in.app(), port=port, interface=Interfaces.ASGI, log_enabled=False)
        serving = asyncio.create_task(server.serve())
        paying = {"WECHAT_PAY_URL": f"http://127.0.0.1:{port}", "YOUGOU_TRUSTED_HOPS": "1"}
        try:
            yield stand_in, {**paying, **keys.settings_of(folder)}
        finally:
            server.stop()  # type: ignore[no-untyped-call]  # granian leaves it untyped
            await serving


async def _bare_round(written: Sequence[bare.Writes], hands: Sequence[asyncpg.Connection], shop: Shop) -> Round:
    free = list(hands)

    async def write(writes: bare.Writes) -> None:
        connection = free.pop()
        await bare.write(connection, writes)
        free.append(connection)

    return await _round([partial(write, each) for each in written], len(hands), None, shop)


async def _round(
    works: Sequence[Callable[[], Awaitable[None]]], at_once: int, server_pid: int | None, shop: Shop
) -> Round:
    """Does all of these, so many at once."""
    waiting: Iterator[Callable[[], Awaitable[None]]] = iter(works)
    latencies: list[float] = []

    async def go_on() -> None:
        for work in waiting:
            began = perf_counter()
            await work()
            latencies.append(perf_counter() - began)

    server = cpu.seconds(server_pid) if server_pid else 0.0
    postgres, began = cpu.seconds(shop.postgres_pid), perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(go_on())
    seconds, count = perf_counter() - began, len(works)
    ordered = sorted(latencies)
    return Round(
        requests=count,
        seconds=seconds,
        p50=percentile(ordered, 0.5),
        p99=percentile(ordered, 0.99),
        cpu=(cpu.seconds(server_pid) - server) / count if server_pid else 0.0,
        postgres_cpu=(cpu.seconds(shop.postgres_pid) - postgres) / count,
        bytes=0,
    )


def table(measured: Measured) -> Table:
    """A line per figure; the last column is taken within each round, equally busy for both."""
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("", "checkout", "bare transaction", "ratio"):
        drawn.add_column(name, justify="right" if name else "left", no_wrap=True)
    pairs = list(zip(measured.checkouts, measured.bare, strict=True))
    for name, figure in _FIGURES.items():
        own, least = (median(map(figure, rounds)) for rounds in (measured.checkouts, measured.bare))
        is_seen = all(map(figure, measured.bare))  # else there is no server, or less CPU than the system counts
        times = f"{median(figure(one) / figure(other) for one, other in pairs):.2f}" if is_seen else ""
        drawn.add_row(name, f"{own:.2f}", f"{least:.2f}", times)
    drawn.add_row("SQL statements", f"{measured.statements:.1f}", f"{measured.bare_statements:.1f}", "")
    return drawn


_FIGURES: dict[str, Callable[[Round], float]] = {
    "orders/s": lambda seen: seen.requests / seen.seconds,
    "p50 ms": lambda seen: seen.p50 * 1000,
    "p99 ms": lambda seen: seen.p99 * 1000,
    "database CPU ms": lambda seen: seen.postgres_cpu * 1000,
    "server CPU ms": lambda seen: seen.cpu * 1000,
}
