"""A whole run: servers up, every row measured in turns, statements counted."""

from collections.abc import Callable
from contextlib import ExitStack

from app.bench import floors, servers, statements, workload
from app.bench.cores import Cores
from app.bench.report import Row
from app.bench.rounds import Target, measure
from app.bench.shop import Shop
from app.bench.workload import DETAIL, LIST

STATIC = "static body"
ONE_STATEMENT = "one statement"


async def rows(
    shop: Shop, cores: Cores, *, connections: int, seconds: float, advance: Callable[[str], None]
) -> list[Row]:
    """The two floors and the two documents, in this order.

    Raises:
        ServerDiedError: a server under test did not come up.
        WrongAnswerError: one answered anything but what it should.
        UselessWorkloadError: the shop is too small to measure.
    """
    with ExitStack() as stack:
        given, core = shop.environment, cores.server
        static = stack.enter_context(servers.raw("app.bench.floors:static", given, core))
        one = stack.enter_context(servers.raw("app.bench.floors:one_statement", given, core))
        full = stack.enter_context(servers.shop(given, core))
        products, points = await workload.places(shop.database_url)
        pages, listed = workload.details(products, points), await workload.lists(full.port, points)
        targets = [
            Target(STATIC, static, pages, floors.STATIC_BEGINS),
            Target(ONE_STATEMENT, one, pages, floors.ONE_STATEMENT_BEGINS),
            Target(DETAIL, full, pages, b'{"data":{"product":{'),
            Target(LIST, full, listed, b'{"data":{"products":{'),
        ]
        found = await measure(
            targets, postgres_pid=shop.postgres_pid, connections=connections, seconds=seconds, advance=advance
        )
        counted = {STATIC: 0.0, ONE_STATEMENT: 1.0}  # the floors' own code says so
        counted |= {name: await statements.per_request(full.port, name) for name in (DETAIL, LIST)}
        return [Row(name, rounds, counted[name]) for name, rounds in found.items()]
