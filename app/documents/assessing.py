"""Whether a manifest can be answered by the present schema, to callers of its app."""

import asyncio
from collections.abc import Sequence

from app.accounts.rules import CUSTOMER_SCOPES
from app.documents import queries, rules
from app.documents.entries import Entry
from app.documents.errors import ManifestRefused, Problem
from app.documents.models import App
from app.documents.verdict import Check, Verdict
from app.kit import clock
from app.kit.errors import Refused


async def assess(app: App, entries: Sequence[Entry], check: Check) -> list[Verdict]:
    """What the schema says of each document, in their order.

    Raises:
        Refused: ManifestRefused: something is wrong; with every problem there is, those of one kind together.
    """
    held = await _held_scopes(app)
    found, verdicts = await look_at(entries, check)
    if held is not None and len(verdicts) == len(entries):
        found += rules.scope_problems(entries, verdicts, held)
    if found:
        raise Refused(ManifestRefused(tuple(found)))
    return verdicts


async def look_at(entries: Sequence[Entry], check: Check) -> tuple[list[Problem], list[Verdict]]:
    """Every problem but those of scopes, and the verdicts; no verdict where the manifest itself is wrong.

    Other requests of the process are served between two documents: each takes some milliseconds.
    """
    if found := rules.manifest_problems(entries):
        return found, []
    verdicts = []
    for each in entries:
        verdicts.append(check(each.text))
        await asyncio.sleep(0)
    return rules.complaints(entries, verdicts) + rules.name_problems(entries, verdicts), verdicts


async def _held_scopes(app: App) -> frozenset[str] | None:
    """The scopes that callers of the app can have; None: any. A partner's are known once it has a key."""
    if app.partner_id is not None:
        return await queries.partner_scopes(app.partner_id, clock.now())
    return CUSTOMER_SCOPES if app.code == rules.MINIPROGRAM else None
