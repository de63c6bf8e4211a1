"""A whole run: servers up, every row measured in turns, statements counted."""

from collections.abc import Callable
from contextlib import ExitStack

from app.bench import floors, servers, statements, workload
from app.bench.cores import Cores
from app.bench.report import Row
from app.bench.rounds import Target, measure
from app.bench.servers import Server
from app.bench.shop import Shop
from app.bench.workload import DETAIL, LIST, TRIVIAL

STATIC = "static body"
ONE_STATEMENT = "one statement"
BESIDE = " x1"  # behind the name of a document that was asked over the shop of scale 1


async def rows(
    shop: Shop,
    cores: Cores,
    *,
    beside: Shop | None,
    connections: int,
    seconds: float,
    advance: Callable[[str], None],
) -> list[Row]:
    """The two floors, the document that reads nothing and the two that do, then those two again over the shop `beside`.

    All are measured in turns: what else the machine does troubles both shops alike.

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
        pages, targets = await _documents(shop, full, "")
        targets = [
            Target(STATIC, static, pages, floors.STATIC_BEGINS),
            Target(ONE_STATEMENT, one, pages, floors.ONE_STATEMENT_BEGINS),
            Target(TRIVIAL, full, workload.trivial(), b'{"data":{"__typename":"Query"}}'),
            *targets,
        ]
        counted = {STATIC: 0.0, ONE_STATEMENT: 1.0}  # the floors' own code says so
        running = {"": full}
        if beside is not None:
            running[BESIDE] = stack.enter_context(servers.shop(beside.environment, core))
            targets += (await _documents(beside, running[BESIDE], BESIDE))[1]
        found = await measure(
            targets, postgres_pid=shop.postgres_pid, connections=connections, seconds=seconds, advance=advance
        )
        counted[TRIVIAL] = await statements.per_request(full.port, TRIVIAL)
        for end, server in running.items():
            counted |= {name + end: await statements.per_request(server.port, name) for name in (DETAIL, LIST)}
        return [Row(name, rounds, counted[name]) for name, rounds in found.items()]


async def _documents(shop: Shop, server: Server, end: str) -> tuple[list[bytes], list[Target]]:
    products, points = await workload.places(shop.database_url)
    pages, listed = workload.details(products, points), await workload.lists(server.port, points)
    return pages, [
        Target(DETAIL + end, server, pages, b'{"data":{"product":{'),
        Target(LIST + end, server, listed, b'{"data":{"products":{'),
    ]
