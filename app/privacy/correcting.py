"""What a customer corrects herself, at once: her name, picture, birth year and phone (PIPL article 46)."""

from dataclasses import astuple, dataclass

import orjson

from app.accounts.models import Customer
from app.accounts.people import People
from app.accounts.queries import lock_customer
from app.accounts.service import bind_phone
from app.files import service as files
from app.files.enums import FileKind
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.privacy import requests, rules
from app.privacy.consents import keep_birth_year
from app.privacy.errors import ConsentMissing
from app.privacy.models import DataRequest
from app.privacy.rules import BadDecision

NAME = "customer.display_name"

_COLUMNS = ("name", "avatar", "birth_year", "phone_code")
_NAME = "UPDATE customer SET display_name = $2 WHERE id = $1"
_AVATAR = "UPDATE customer SET avatar_id = $2 WHERE id = $1"
_LET_GO = "UPDATE upload SET referenced_at = NULL WHERE id = $1"  # swept with those nobody refers to
_PROVE = """INSERT INTO data_request (customer_id, kind, state, requested_at, due_on, done_at, counts)
VALUES ($1, 'CORRECTION', 'DONE', $2, $3, $2, $4) RETURNING id"""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be otherwise; None: stays as it is. `avatar`: an upload's key. Its text shows nothing of it.

    `version`: of the policy under which she agrees to her birth year being kept; needed with one.
    """

    name: str | None = None
    avatar: int | None = None
    birth_year: int | None = None
    phone_code: str | None = None
    version: str | None = None

    @property
    def columns(self) -> list[str]:
        """What is corrected, by name."""
        return [name for name in _COLUMNS if getattr(self, name) is not None]

    def __repr__(self) -> str:
        """Nothing that a log should not keep."""
        return f"Correction({', '.join(self.columns)})"


async def correct(
    people: People, caller: Caller, customer_id: int, *, idempotency_key: str, wanted: Correction
) -> DataRequest:
    """The proof that it was corrected; a retry answers the same. A phone is bound anew, and is corrected by itself.

    Raises:
        Refused: ConsentMissing, UploadNotFound, UploadAlreadyUsed, UploadOfWrongKind, AccountClosed,
            IdempotencyKeyReused, and what binding a phone refuses.
        BadInput: nothing or too much to correct, the name, the year, the version, the code.
    """
    columns, version = wanted.columns, wanted.version
    if not columns or ("phone_code" in columns and len(columns) > 1):
        raise BadDecision("send name, picture or birth year, or phoneCode by itself")
    name = None if wanted.name is None else rules.check_text(wanted.name, "displayName", rules.MAX_NAME)
    if wanted.birth_year is not None:
        rules.check_birth_year(wanted.birth_year, clock.today())
        if version is None:
            raise Refused(ConsentMissing())
        rules.check_version(version)
    if wanted.phone_code is not None:
        await bind_phone(people, caller, customer_id, wanted.phone_code)
    async with db.transaction() as tx:

        async def act() -> Reference:
            customer = await lock_customer(tx, customer_id)
            before: dict[str, object] = {}
            after: dict[str, object] = {}
            if name is not None and name != customer.display_name:
                before["display_name_sealed"] = await _sealed(tx, people, customer_id, customer.display_name)
                after["display_name_sealed"] = await _sealed(tx, people, customer_id, name)
                await tx.execute(_NAME, customer_id, name)
            if wanted.avatar is not None:
                before["avatar"], after["avatar"] = await _show(tx, caller, customer, wanted.avatar)
            if wanted.birth_year is not None and version is not None:
                await keep_birth_year(tx, caller, customer_id, wanted.birth_year, version)
            return await _prove(tx, caller, customer_id, before, after | {"columns": columns})

        asked = astuple(wanted)
        reference = await once(tx, caller=caller, operation="correctMyData", key=idempotency_key, input=asked, act=act)
    return (await requests.by_id([reference.key]))[0]


async def _show(tx: RequestConnection, caller: Caller, customer: Customer, avatar: int) -> tuple[int | None, int]:
    await files.reference(tx, avatar, caller, {FileKind.IMAGE})
    await tx.execute(_AVATAR, customer.id, avatar)
    if customer.avatar_id is not None:
        await tx.execute(_LET_GO, customer.avatar_id)
    return customer.avatar_id, avatar


async def _sealed(tx: RequestConnection, people: People, customer_id: int, name: str) -> str:
    return (await people.vault.seal(tx, f"customer:{customer_id}", NAME, name)).hex()


async def _prove(
    tx: RequestConnection, caller: Caller, customer_id: int, before: dict[str, object], after: dict[str, object]
) -> Reference:
    today = clock.today()
    counts = orjson.dumps({"customer": 1}).decode()
    made = int((await tx.fetch(_PROVE, customer_id, clock.now(), today, counts))[0]["id"])
    await audit.append(
        tx,
        caller,
        scope="me",
        action="correct data",
        entity="Customer",
        entity_id=customer_id,
        before=before or None,
        after=after | {"request": made},
    )
    return Reference("DataRequest", made)
