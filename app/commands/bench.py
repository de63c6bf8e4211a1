"""`yougou bench`."""

from typing import Annotated

import typer

from app.bench import checkout, cores, report
from app.bench import run as bench_run
from app.bench import shop as bench_shop
from app.bench.buyers import LINES
from app.bench.load import WrongAnswerError
from app.bench.plans import Plans, plans
from app.bench.rounds import ROUNDS
from app.bench.servers import ServerDiedError
from app.commands.console import err, fail, out, progress, run
from app.demo.seed import ScaleError
from app.embedded.errors import EmbeddedServerError
from app.settings import Settings

MOST_SLOWER = 1.3  # times the 99th percentile of scale 1


def bench(
    scale: Annotated[int, typer.Option(min=1, max=100, help="How many times the usual 300 products.")] = 1,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each row is measured in all.")] = 10.0,
    connections: Annotated[int, typer.Option(min=1, max=64, help="Requests under way at once.")] = 8,
    orders: Annotated[int, typer.Option(min=1, max=200, help="Orders bought and paid in each round.")] = 60,
) -> None:
    """CPU per request of the product page and the product list over HTTP, beside what the machine could do at best.

    It brings its own PostgreSQL, Redis and demo shop (kept in .bench of the data folder). The server under test
    has one core for itself. Then customers buy in a copy of the shop that is thrown away, from the cart to the paid
    order, in turns with bare transactions of the same writes. A larger shop is measured in turns with one of scale
    1, and must be hardly slower; and PostgreSQL's plan of every statement of the mini-program's documents is looked at,
    of those it has values for: it names the others.
    """
    divided = cores.available()
    if not divided.are_apart:
        err.print("One core only: the server shares it with PostgreSQL and the load, so times mean little.")
    scales = (scale, 1) if scale > 1 else (scale,)
    shown = None
    try:
        with (
            cores.on(divided.others),
            bench_shop.opened(Settings().data_dir / ".bench", *scales) as (shops, copy),
            progress() as bar,
        ):
            shop, *smaller = shops
            beside = smaller[0] if smaller else None
            task = bar.add_task("starting servers", total=(7 if beside else 5) * (1 + ROUNDS))

            def advance(what: str) -> None:
                bar.update(task, advance=1, description=what)

            rows = run(
                bench_run.rows(shop, divided, beside=beside, connections=connections, seconds=seconds, advance=advance)
            )
            bar.update(task, description="checkouts")
            bought = run(checkout.checkouts(copy, divided, orders=orders, connections=connections))
            if beside:
                shown = run(plans(shop, divided, lambda what: bar.update(task, description=what)))
    except ScaleError as refused:
        fail(str(refused), "Choose a smaller --scale.")
    except EmbeddedServerError as broken:
        fail(str(broken), "Run yougou doctor; when all else fails, remove .bench in the data folder and start again.")
    except (ServerDiedError, WrongAnswerError) as broken:
        fail(str(broken), "Nothing was measured: mend the server first, `yougou serve` shows the same.")
    static, one_statement, _, detail, listed, *small = rows
    out.print(report.table(rows, static=static, one_statement=one_statement))
    out.print(f"Per request; medians of {ROUNDS} rounds in turns, {connections} requests under way at once.")
    out.print("Ratios compare the server's CPU within a round. The load generator limits the static body's requests/s.")
    out.print(checkout.table(bought))
    out.print(f"Per order of {LINES} lines: start, place, stand-in pay, notify. Statements are those of the documents.")
    if shown is not None:
        _judge([(detail, small[0]), (listed, small[1])], shown)


def _judge(pairs: list[tuple[report.Row, report.Row]], shown: Plans) -> None:
    """Says what the larger shop costs and what its plans are; ends with exit code 1 where that is too much."""
    out.print(report.listed(shown.statements))
    for refused in shown.not_asked:
        out.print(f"Not asked: {refused}")
    wrong = shown.problems
    for row, smaller in pairs:
        slower = report.slower(row, smaller)
        out.print(
            f"{row.name}: p99 {slower:.2f} x scale 1, {row.statements:.1f} statements for {smaller.statements:.1f}"
        )
        if slower > MOST_SLOWER or row.statements != smaller.statements:
            wrong.append(f"{row.name} takes more than {MOST_SLOWER} x the p99, or other statements")
    out.print(f"{len(shown.statements)} plans, {len(wrong)} problems.")
    if wrong:
        fail("\n".join(wrong), "See the plans above; an index or another text of the statement mends them.")
