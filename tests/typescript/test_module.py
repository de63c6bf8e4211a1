"""TypeScript of documents: exact for what the schema says, and accepted by the compiler with the client's types."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
from graphql import build_schema
from typer.testing import CliRunner

from app import cli
from app.documents.files import DocumentFile
from app.typescript.module import HEAD, module
from schema.documents import MINIPROGRAM
from tests.needs import missing

SCHEMA = build_schema("""
  enum Size { S L }
  scalar Fen
  scalar JSON
  interface Node { id: ID! }
  type Box implements Node { id: ID! size: Size! price: Fen tags: [String]! inner: Box facts: JSON }
  type Lid implements Node { id: ID! size: Size }
  type Refused { message: String! }
  union Thing = Box | Lid | Refused
  input Filter { sizes: [Size!] least: Fen! = 1 most: Fen! other: Filter }
  type Query { things(filter: Filter, first: Int! = 3): [Thing!]! node(id: ID!): Node box: Box }
""")


def typed(text: str) -> str:
    """The TypeScript of one document named A, without the heading."""
    return module(SCHEMA, [DocumentFile("A", "sha256:1", text)]).removeprefix(HEAD)


def data(text: str) -> str:
    """What the document answers."""
    return typed(text).partition("export type AData = ")[2].partition("\n\nexport type Operations")[0]


def test_leaves_lists_and_nulls() -> None:
    """Null where the schema allows it; enums by value; what JSON carries."""
    assert data("query A { box { id size price tags facts } }") == (
        "{\n  box: {\n    id: string\n    size: Size\n    price: number | null\n    tags: Array<string | null>\n"
        "    facts: unknown | null\n  } | null\n}"
    )


def test_a_union_is_told_apart_by_typename() -> None:
    """One object per set of types that answer the same fields."""
    text = "query A { things { __typename ... on Box { size } ... on Node { id } } }"
    assert data(text) == (
        "{\n  things: Array<{\n    __typename: 'Box'\n    size: Size\n    id: string\n  } | {\n    __typename: 'Lid'\n"
        "    id: string\n  } | {\n    __typename: 'Refused'\n  }>\n}"
    )


def test_types_that_answer_the_same_are_one_object() -> None:
    """With all their names."""
    assert data('query A { node(id: "1") { __typename id } }') == (
        "{\n  node: {\n    __typename: 'Box' | 'Lid'\n    id: string\n  } | null\n}"
    )


def test_fragments_aliases_and_fields_asked_twice_are_one_selection() -> None:
    """As the answer has them; what a condition may leave out is optional."""
    text = """query A($yes: Boolean!) { box { inner { id } ...F mine: id price @include(if: $yes) } }
      fragment F on Box { inner { size } }"""
    assert data(text) == (
        "{\n  box: {\n    inner: {\n      id: string\n      size: Size\n    } | null\n    mine: string\n"
        "    price?: number | null\n  } | null\n}"
    )


def test_variables_are_required_where_they_are() -> None:
    """Not with a default, not when they may be null; inputs are declared once."""
    text = "query A($filter: Filter!, $first: Int! = 2) { things(filter: $filter, first: $first) { __typename } }"
    assert typed(text).startswith(
        "\nexport interface Filter {\n  sizes?: Array<Size> | null\n  least?: number\n  most: number\n"
        "  other?: Filter | null\n}\n\nexport type Size = 'S' | 'L'\n\nexport type AVariables = {\n  filter: Filter\n"
        "  first?: number\n}\n"
    )


def test_the_map_says_where_each_operation_is_found() -> None:
    """As the client takes it."""
    text = typed("query A { box { id } }")
    assert "export type AVariables = Record<string, never>\n" in text
    assert "export type Operations = {\n  A: { type: 'query'; variables: AVariables; data: AData }\n}\n" in text
    assert text.endswith("export const operations = {\n  A: { id: 'sha256:1', type: 'query' },\n} as const\n")


USER = """
import { createClient } from './client'
import { operations, type Operations, type HomePageData } from './operations'

declare const wx: { request: Function; uploadFile: Function; connectSocket: Function }
const client = createClient<Operations>({ root: 'https://shop.example', operations, wx })

export async function use(): Promise<void> {
  const words: string[] = (await client.query('HotWords')).hotWords
  const product = (await client.query('ProductDetail', { id: words[0] })).product
  // @ts-expect-error it may be null
  product.name
  // @ts-expect-error there is no such operation
  await client.query('Nothing')
  // @ts-expect-error a mutation is no query
  await client.query('AddFavourite', { productId: '1' })
  // @ts-expect-error the variable is missing
  await client.mutate('AddFavourite', {})
  // @ts-expect-error the variable is a text
  await client.mutate('AddFavourite', { productId: 1 })
  // @ts-expect-error no such order
  await client.query('ProductList', { sort: 'RANDOM' })
  const added = (await client.mutate('AddFavourite', { productId: '1' })).addFavourite
  if (added.__typename === 'Product') {
    const kept: boolean = added.isFavourite
    void kept
  } else {
    const why: string = added.message
    void why
  }
}
export type Home = HomePageData
"""


async def test_the_compiler_takes_it_with_the_clients_types(tmp_path: Path) -> None:
    """Strictly, and refuses what the schema does not have."""
    root = Path(__file__).parents[2]
    compiler = root / "node_modules" / "typescript" / "bin" / "tsc"
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node")
    if node is None or not compiler.exists():
        missing("there is no Node with the packages of package.json: make web")
    shutil.copy(MINIPROGRAM / "client" / "client.d.ts", tmp_path / "client.d.ts")
    given = ["documents", "typescript", "--output", str(tmp_path / "operations.ts")]
    assert CliRunner().invoke(cli.build(given), given).exit_code == 0
    (tmp_path / "user.ts").write_text(USER, "utf-8")
    process = await asyncio.create_subprocess_exec(
        node,
        str(compiler),
        *("--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"),
        *("--types", "", "user.ts"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert (process.returncode, said.decode()) == (0, "")


@pytest.mark.parametrize("app", ["nobody", "client", "../documents"])
def test_an_app_without_a_folder_is_refused(app: str) -> None:
    """It says what to name instead."""
    given = ["documents", "typescript", app]
    result = CliRunner().invoke(cli.build(given), given)
    assert result.exit_code == 1
    assert "There is no folder of documents" in result.output
