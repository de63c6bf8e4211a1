"""Schemathesis asks every root field, with any selection and arguments the schema allows, over the whole application.

Random ids and sizes are refused before anything is read. So the schema it works from names other scalars for
them, whose values are often real ones; what it sends is valid for the schema as it is.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest
import schemathesis
from anyio.from_thread import start_blocking_portal
from graphql import GraphQLObjectType, IntValueNode, StringValueNode
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error

from app.demo.sample import FLAGSHIPS, SAMPLE
from app.demo.seed import seed
from app.embedded import databases, postgres
from app.kit import ids
from app.main import create_app
from schema.built import GRAPHQL
from tests.http.arguments import Kind, is_open, of_kind
from tests.schema.test_printed import COMMITTED
from tests.served import served
from tests.shop import NOW, with_state
from tests.shop import settings as settings_of

MANY = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
FEW = settings(MANY, max_examples=5)  # refused before it runs, whatever is asked
KINDS = ["Product", "Product", "PickupPoint", "PickupPoint", "Lot", "Sku", "Review", "TraceEvent", "Producer"]
_STAND_INS = {
    r"\b(pickupPointId|categoryId): ID": r"\1: \1",
    r"\b(id|ids): (\[?)ID": r"\1: \2AnyId",
    r"\bfirst: Int": "first: Size",
    r"\bafter: String": "after: Cursor",
    r"\b(slug|lotCode): String": r"\1: \1",
}


LABELS = {
    f"{kind.name}.{name}": field
    for kind in (GRAPHQL.query_type, GRAPHQL.mutation_type)
    for name, field in kind.fields.items()
}
CLOSED = {label for label, field in LABELS.items() if not is_open(field)}
CLOSED_BELOW = {
    name
    for kind in GRAPHQL.type_map.values()
    if isinstance(kind, GraphQLObjectType) and kind not in {GRAPHQL.query_type, GRAPHQL.mutation_type}
    for name, field in kind.fields.items()
    if not is_open(field)
}


def _texts(values: st.SearchStrategy[str]) -> st.SearchStrategy[StringValueNode]:
    return values.map(lambda text: StringValueNode(value=text))


def _ids(kind: str) -> st.SearchStrategy[str]:
    return st.integers(1, 40).map(lambda key: ids.encode(kind, key))


def _sdl() -> str:
    """The schema with a scalar of its own for each kind of argument that is seldom right by chance."""
    scalars = {
        "pickupPointId": _texts(_ids("PickupPoint")),
        "categoryId": _texts(_ids("Category")),
        "AnyId": _texts(st.sampled_from(KINDS).flatmap(_ids)),
        "Size": st.integers(-1, 52).map(lambda size: IntValueNode(value=str(size))),
        "Cursor": _texts(st.sampled_from([argument.cursor for argument in of_kind(Kind.CURSOR)])),
        "slug": _texts(st.sampled_from(FLAGSHIPS)),
        "lotCode": _texts(st.just(SAMPLE.alarm_lot_code)),
        "Decimal": _texts(st.decimals(-200, 200, places=5).map(str)),
    }
    text = COMMITTED.read_text("utf-8")
    for pattern, stand_in in _STAND_INS.items():
        text = re.sub(pattern, stand_in, text)
    for name, values in scalars.items():
        schemathesis.graphql.scalar(name, values)
        if f"scalar {name}" not in text:
            text += f"\nscalar {name}"
    return text


api = schemathesis.graphql.from_file(_sdl())
api.location = "/graphql"


@pytest.fixture(scope="module")
async def demo_url(server: postgres.Running, migrated: str) -> AsyncIterator[str]:
    """A demo shop of its own: wrong guesses of passwords are written down."""
    made = await databases.clone(server, migrated, f"schemathesis_{uuid4().hex[:12]}")
    connection = await asyncpg.connect(made.owner_dsn)
    await seed(connection, scale=1, now=NOW, progress=lambda *_: None)
    await connection.close()
    yield made.app_dsn
    await databases.drop(server, made.name)


@pytest.fixture(scope="module")
def address(demo_url: str) -> Iterator[str]:
    """Where the application answers, once for all cases: schemathesis itself would start it anew for every field."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(_open(demo_url)) as opened:
        yield f"{opened}/graphql"


@asynccontextmanager
async def _open(app_url: str) -> AsyncIterator[str]:
    app = create_app(settings_of(app_url))
    async with app.router.lifespan_context(app) as state, served(with_state(app, state)) as opened:
        yield opened


@api.exclude(name=sorted(CLOSED)).parametrize()
@MANY
def test_no_open_root_field_fails(case: schemathesis.Case, address: str) -> None:
    """A GraphQL answer with data, or an error that is the client's; what needs a scope is not answered at all."""
    response = case.call_and_validate(base_url=address, checks=[not_a_server_error])
    if any(name in case.body for name in CLOSED_BELOW):
        assert "data" not in response.json()
    else:
        assert response.status_code == 200


@api.include(name=sorted(CLOSED)).parametrize()
@FEW
def test_no_closed_root_field_is_answered(case: schemathesis.Case, address: str) -> None:
    """Nor does it fail."""
    assert "data" not in case.call_and_validate(base_url=address, checks=[not_a_server_error]).json()


def test_every_root_field_is_asked() -> None:
    """The cases are made of the schema as it is served."""
    labels = {result.ok().label for result in api.get_all_operations()}
    assert labels == LABELS.keys()
