"""A small schema with what the shop's has not yet, or must never have: a write, a fault, a value out of range."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
from graphql import GraphQLSchema, build_schema
from strawberry.dataloader import DataLoader

from app.accounts.ended import Ended
from app.documents.files import DocumentFile
from app.http.admission import Admission
from app.http.callers import Callers
from app.http.cross_site import Origins
from app.http.door import Door
from app.http.engine import Engine
from app.http.graphql import GraphQLEndpoint
from app.http.lookup import Lookup
from app.http.registry import Registry, Served
from app.http.rights import Rights
from app.http.state import State
from app.kit import db
from app.kit.bucket import Plan
from app.kit.caller import Caller
from app.kit.leases import Leases
from app.kit.tokens import Tokens
from app.partners.known_keys import KnownKeys
from tests.shop import ADDRESSES, SECRET, with_state

WRITTEN: list[int] = []  # one for each `staffWrite` that ran
SCHEMA = build_schema("""
  type Query { fails: Int, never: Int!, outOfRange: Int, caller: String, list(ids: [Int!]!): Int,
    short: Int, long: Int, dear: Int, box: Box, staffBox: Box, paint(with: Colour!): Int,
    sleeps: Int, loads: [Int] }
  enum Colour { RED BLUE }
  type Box { plain: Int, brief: Int, secret: Int }
  type Mutation { write: Int, staffWrite: Int, dear: Int, notes(note: String!, sleeps: Boolean! = false): Int }
""")
TOKENS = Tokens([SECRET])
SLEEP = "SELECT pg_sleep(60)"
SITE = "https://admin.shop.test"  # whose pages may call
ORIGINS = Origins([SITE])
WIDE = Plan(10**9, 10**8)
WRITE = DocumentFile("Write", "sha256:" + "0" * 64, "mutation { write }")


def _fault(*_: Any) -> int:
    raise RuntimeError("password=hunter2 at /etc/shop.conf")


def _resolve(name: str, resolver: Callable[..., Any], kind: str = "Query") -> None:
    SCHEMA.type_map[kind].fields[name].resolve = resolver  # type: ignore[attr-defined]  # an object type


_resolve("fails", _fault)
_resolve("never", lambda *_: None)
_resolve("outOfRange", lambda *_: 2**40)
_resolve("caller", lambda _, info: str(info.context.caller))
_resolve("dear", lambda *_: 1)
_resolve("dear", lambda *_: 1, "Mutation")
_resolve("short", lambda *_: 1)
_resolve("long", lambda *_: 1)
_resolve("box", lambda *_: {"plain": 1, "brief": 1, "secret": 7})
_resolve("staffBox", lambda *_: {"plain": 2})
_resolve("write", lambda *_: 1, "Mutation")
_resolve("staffWrite", lambda *_: WRITTEN.append(1) or 1, "Mutation")
for _name, _age in {"short": 15, "long": 300, "box": 60}.items():
    SCHEMA.type_map["Query"].fields[_name].extensions["max_age"] = _age  # type: ignore[attr-defined]  # as above
SCHEMA.type_map["Box"].fields["brief"].extensions["max_age"] = 5  # type: ignore[attr-defined]  # as above
for _kind, _name, _scopes in (
    ("Query", "staffBox", ("box:read",)),
    ("Box", "secret", ("box:read", "secret:read")),
    ("Mutation", "staffWrite", ("box:write",)),
):
    SCHEMA.type_map[_kind].fields[_name].extensions["scopes"] = _scopes  # type: ignore[attr-defined]  # as above
for _kind in ("Query", "Mutation"):
    SCHEMA.type_map[_kind].fields["dear"].extensions["cost"] = 1_000  # type: ignore[attr-defined]  # as above


async def _sleeps(*_: Any) -> int:
    await db.fetch(SLEEP)
    return 1


async def _slept(keys: list[int]) -> list[int]:
    await db.fetch(SLEEP)
    return keys


def _loads(*_: Any) -> list[Any]:
    loader = DataLoader(_slept)
    return [loader.load(1), loader.load(2)]


async def _notes(_: Any, __: Any, *, note: str, sleeps: bool) -> int:
    async with db.transaction() as tx:
        await tx.execute("INSERT INTO note VALUES ($1)", note)
        if sleeps:
            await tx.fetch(SLEEP)
    return 1


_resolve("sleeps", _sleeps)
_resolve("loads", _loads)
_resolve("notes", _notes, "Mutation")
for _name in ("sleeps", "loads"):
    SCHEMA.type_map["Query"].fields[_name].extensions["plain"] = True  # type: ignore[attr-defined]  # as above


def endpoint(
    *,
    plan: Plan = WIDE,
    address_plan: Plan = WIDE,
    trusted_hops: int = 0,
    seconds: float = 10,
    is_production: bool = False,
) -> GraphQLEndpoint:
    """The toy schema's endpoint."""
    lookup, callers = Lookup(Engine(SCHEMA), lambda _: True), Callers(TOKENS, KnownKeys(), Ended())
    admission = Admission(Leases(), caller=plan, address=address_plan, trusted_hops=trusted_hops)
    rights = Rights(is_open=not is_production)
    return GraphQLEndpoint(lookup, callers, admission, ORIGINS, rights, addresses=ADDRESSES, seconds=seconds)


def client(state: State, *, is_production: bool = False) -> httpx.AsyncClient:
    """A client of the toy schema's endpoint alone, behind the door. Free documents are answered in production too."""
    door = Door(endpoint(is_production=is_production), ORIGINS, is_production=is_production)
    served = with_state(door, {**state, "documents": OneDocument(SCHEMA, WRITE)})
    return httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://shop.test")


class OneDocument(Registry):
    """Has one document of a toy schema, for everybody."""

    def __init__(self, schema: GraphQLSchema, file: DocumentFile) -> None:
        super().__init__(Engine(schema).registered)
        self._id, self._served = file.id, Served(1, "miniprogram", "0" * 64, self._prepare(file.text, file.name))

    def find(self, caller: Caller, document_id: str, app: str | None = None) -> Served | None:
        """It, or what a registry without documents finds."""
        return self._served if document_id == self._id else super().find(caller, document_id, app)


def bearer(caller: Caller, lifetime: timedelta = timedelta(hours=1)) -> dict[str, str]:
    """The header that speaks for a caller from now on."""
    return {"authorization": f"Bearer {TOKENS.issue(caller, lifetime)}"}
