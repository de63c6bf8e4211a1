"""The plans of the mini-program's documents' statements, as PostgreSQL ran them for the server under test.

PostgreSQL's own module auto_explain writes each plan with its row counts into the server's log. The statements are
the server's prepared ones, once with a plan made for the very values and once with the plan for any values.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import orjson

from app.accounts.rules import CUSTOMER_SCOPES
from app.bench import servers
from app.bench.asked import known, variants
from app.bench.cores import Cores
from app.bench.explained import Explained, explained
from app.bench.load import ask
from app.bench.shop import Shop
from app.documents import files
from app.documents.files import DocumentFile
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import Settings
from schema.documents import MINIPROGRAM

MODES = ("force_custom_plan", "force_generic_plan")
_EXPLAINS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
    "auto_explain.log_parameter_max_length": "0",
}
_PLAN = re.compile(r"LOG:  duration: [\d.]+ ms  plan:\n((?:\t.*\n)+)")
_SIZES = "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_HEAD = (
    b"POST /graphql HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nauthorization: Bearer %s\r\n"
    b"content-length: %d\r\n\r\n"
)
_DECLARED = re.compile(r"\$(\w+)\s*:")


@dataclass(frozen=True, slots=True)
class Plans:
    """Every statement with its plan, and the documents that could not be asked with what is known here."""

    statements: list[Explained]
    not_asked: list[str]

    @property
    def problems(self) -> list[str]:
        """What is wrong, each once."""
        return list(
            dict.fromkeys(
                f"{each.document} ({each.mode}): {said}" for each in self.statements for said in each.problems
            )
        )


async def plans(shop: Shop, cores: Cores, advance: Callable[[str], None]) -> Plans:
    """Asks every document as a signed-in customer, with all its variants, in each mode.

    Raises:
        ServerDiedError: the server under test did not come up.
        WrongAnswerError: it answered another status than 200.
    """
    given = await known(shop.database_url)
    token = Tokens([Settings().secret.get_secret_value()]).issue(
        Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES), timedelta(hours=1)
    )
    worst: dict[tuple[str, str, str], Explained] = {}
    refused: dict[str, None] = {}
    patient = {**shop.environment, "YOUGOU_DEADLINE": "120"}  # a bad plan is shown, not cut off
    for mode in MODES:
        async with _explaining(shop, mode) as sizes:
            with servers.shop(patient, cores.server) as server:
                for document in files.read(MINIPROGRAM):
                    advance(f"plans of {document.name}")
                    for variables in (_own(document, given), *variants(document.name, given)):
                        before = shop.log.stat().st_size
                        body = orjson.dumps({"documentId": document.id, "variables": variables})
                        answer = orjson.loads(await ask(server.port, _HEAD % (token.encode(), len(body)) + body))
                        if "errors" in answer:
                            refused[f"{document.name}: {answer['errors'][0]['message']}"] = None
                        for plan in _written(shop, before):
                            one = explained(document.name, mode, plan, sizes)
                            key = document.name, mode, one.text
                            worst[key] = max(one, worst.get(key, one), key=_badness)
    return Plans(list(worst.values()), list(refused))


def _badness(one: Explained) -> tuple[int, int]:
    return len(one.problems), one.read


def _own(document: DocumentFile, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in _DECLARED.findall(document.text.partition("{")[0]) if name in given}


def _written(shop: Shop, before: int) -> list[dict[str, Any]]:
    """The plans in the log behind a place, without those of what the driver asks for itself."""
    with shop.log.open("rb") as log:
        log.seek(before)
        text = log.read().decode(errors="replace")
    found = [orjson.loads(plan.replace("\n\t", "\n")) for plan in _PLAN.findall(text)]
    return [plan for plan in found if "pg_catalog" not in plan["Query Text"] and "set_config" not in plan["Query Text"]]


@asynccontextmanager
async def _explaining(shop: Shop, mode: str) -> AsyncIterator[dict[str, float]]:
    """New sessions of the shop's database tell their plans inside the block; the rows of each table."""
    connection = await asyncpg.connect(shop.admin_url)
    name = await connection.fetchval("SELECT quote_ident(current_database())")
    try:
        for setting, value in {**_EXPLAINS, "plan_cache_mode": mode}.items():
            await connection.execute(f"ALTER DATABASE {name} SET {setting} = '{value}'")
        yield {row["relname"]: row["reltuples"] for row in await connection.fetch(_SIZES)}
    finally:
        await connection.execute(f"ALTER DATABASE {name} RESET ALL")
        await connection.close()
