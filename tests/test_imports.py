"""Imports: none inside a function, and no GraphQL or HTTP in a domain."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app
import resolvers
import schema

ROOT = Path(app.__file__).parent.parent
EDGES = {
    "app/bench",
    "app/cli.py",
    "app/commands",
    "app/context.py",
    "app/embedded/wechat/server.py",
    "app/embedded/wechat_pay/server.py",
    "app/http",
    "app/loaders.py",
    "app/main.py",
    "app/typescript",
}
FOREIGN = {"strawberry", "fastapi", "starlette", "graphql"}


def modules(*packages: str) -> Iterator[tuple[str, str]]:
    """Every module below the packages: its path from the root, and its text."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every module imported anywhere below `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "."


def inside_functions(text: str) -> list[int]:
    """The lines of a module that import inside a function."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return sorted({line for function in functions for line, _ in imported(function)})


def foreign(text: str) -> list[str]:
    """The GraphQL and HTTP libraries a module imports."""
    return sorted({name.partition(".")[0] for _, name in imported(ast.parse(text))} & FOREIGN)


def test_no_import_inside_a_function() -> None:
    """What a module needs stands at its top."""
    packages = [package.__name__ for package in (app, resolvers, schema)]
    assert {path: lines for path, text in modules(*packages) if (lines := inside_functions(text))} == {}


def test_domains_know_no_graphql_and_no_http() -> None:
    """Only the edges of the program do."""
    inner = ((path, text) for path, text in modules("app") if not any(path.startswith(edge) for edge in EDGES))
    assert {path: found for path, text in inner if (found := foreign(text))} == {}


def test_wrong_modules_would_be_found() -> None:
    """Imports in functions of any depth, and libraries by any form of import."""
    assert inside_functions("import os\ndef f():\n    def g():\n        import re\n    from os import path\n") == [4, 5]
    assert inside_functions("class C:\n    async def f(self):\n        import re\n") == [3]
    assert foreign("import strawberry.types\nfrom starlette.requests import Request\nimport strawberryfields") == [
        "starlette",
        "strawberry",
    ]
