"""`yougou`: everything one does with the shop from a terminal."""

import typer

from app.commands.bench import bench
from app.commands.demo import demo
from app.commands.doctor import doctor
from app.commands.import_epcis import import_epcis
from app.commands.migrate import migrate, migrations_check
from app.commands.schema import schema
from app.commands.seed import seed
from app.commands.serve import serve
from app.commands.token import token
from app.commands.worker import worker

cli = typer.Typer(
    help="优购生鲜 Yougou Fresh: the GraphQL backend of a fresh-grocery chain.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    demo,
    serve,
    worker,
    migrate,
    migrations_check,
    seed,
    import_epcis,
    token,
    schema,
    doctor,
    bench,
):
    cli.command()(command)


def main() -> None:
    """The console script."""
    cli()


if __name__ == "__main__":
    main()
