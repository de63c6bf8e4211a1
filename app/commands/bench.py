"""`yougou bench`."""

from typing import Annotated

import typer

from app.bench import cores, report
from app.bench import run as bench_run
from app.bench import shop as bench_shop
from app.bench.load import WrongAnswerError
from app.bench.rounds import ROUNDS
from app.bench.servers import ServerDiedError
from app.commands.console import err, fail, out, progress, run
from app.demo.seed import ScaleError
from app.embedded.errors import EmbeddedServerError
from app.settings import Settings


def bench(
    scale: Annotated[int, typer.Option(min=1, max=100, help="How many times the usual 300 products.")] = 1,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each row is measured in all.")] = 10.0,
    connections: Annotated[int, typer.Option(min=1, max=256, help="Requests under way at once.")] = 8,
) -> None:
    """CPU per request of the product page and the product list over HTTP, beside what the machine could do at best.

    It brings its own PostgreSQL, Redis and demo shop (kept in .bench of the data folder). The server under test
    has one core for itself.
    """
    divided = cores.available()
    if not divided.are_apart:
        err.print("One core only: the server shares it with PostgreSQL and the load, so times mean little.")
    try:
        with (
            cores.on(divided.others),
            bench_shop.opened(Settings().data_dir / ".bench", scale) as shop,
            progress() as bar,
        ):
            task = bar.add_task("starting servers", total=4 * (1 + ROUNDS))

            def advance(what: str) -> None:
                bar.update(task, advance=1, description=what)

            rows = run(bench_run.rows(shop, divided, connections=connections, seconds=seconds, advance=advance))
    except ScaleError as refused:
        fail(str(refused), "Choose a smaller --scale.")
    except EmbeddedServerError as broken:
        fail(str(broken), "Run yougou doctor; when all else fails, remove .bench in the data folder and start again.")
    except (ServerDiedError, WrongAnswerError) as broken:
        fail(str(broken), "Nothing was measured: mend the server first, `yougou serve` shows the same.")
    static, one_statement, *_ = rows
    out.print(report.table(rows, static=static, one_statement=one_statement))
    out.print(f"Per request; medians of {ROUNDS} rounds in turns, {connections} requests under way at once.")
    out.print("Ratios compare the server's CPU within a round. The load generator limits the static body's requests/s.")
