"""`yougou`: everything one does with the shop from a terminal."""

import sys
from importlib import import_module

import typer

COMMANDS = {
    "demo": "app.commands.demo",
    "serve": "app.commands.serve",
    "worker": "app.commands.worker",
    "migrate": "app.commands.migrate",
    "migrations-check": "app.commands.migrate",
    "seed": "app.commands.seed",
    "pictures": "app.commands.pictures",
    "import-epcis": "app.commands.import_epcis",
    "documents": "app.commands.documents",
    "token": "app.commands.token",
    "staff": "app.commands.staff",
    "partner": "app.commands.partner",
    "wechat": "app.commands.wechat",
    "wechat-pay": "app.commands.wechat_pay",
    "schema": "app.commands.schema",
    "backup": "app.commands.backup",
    "restore": "app.commands.backup",
    "audit": "app.commands.audit",
    "keys": "app.commands.keys",
    "doctor": "app.commands.doctor",
    "bench": "app.commands.bench",
}
"""Where each command lives, under its own name. Only the one asked for is imported: the schema takes a second."""

HELP = "优购生鲜 Yougou Fresh: the GraphQL backend of a fresh-grocery chain."


def build(arguments: list[str]) -> typer.Typer:
    """The command line with the command that `arguments` ask for, or with all of them to list or to complain."""
    cli = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    cli.callback()(lambda: None)  # with it, one command alone still has to be named
    for name in arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS:
        found = getattr(import_module(COMMANDS[name]), name.replace("-", "_"))
        if isinstance(found, typer.Typer):
            cli.add_typer(found, name=name)
        else:
            cli.command(name)(found)
    return cli


def main() -> None:
    """The console script."""
    build(sys.argv[1:])()


if __name__ == "__main__":
    main()
