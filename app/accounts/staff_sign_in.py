"""Staff sign in: user name, password and a code of their authenticator app.

Whatever is wrong (the name, the password, the code, too many attempts, an account that ended), the answer is the
same and so is the work: nobody learns which names exist or how far a guess came.
"""

from dataclasses import dataclass

import asyncpg
import structlog
from prometheus_client import Counter

from app.accounts import attempts, sessions
from app.accounts.errors import StaffSignInRefused
from app.accounts.people import People
from app.accounts.places import TOTP
from app.accounts.queries import scopes_of_staff
from app.accounts.sessions import STAFF, Session
from app.kit import audit, clock, db, passwords, totp
from app.kit.caller import VISITOR, Caller, CallerKind
from app.kit.crypto import CannotOpen
from app.kit.data_keys import DataKeyDestroyed, NoDataKey
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refused
from app.kit.vault import Vault

MAX_TEXT = 128  # characters of a user name or password: more is no attempt
MAX_LABEL = 60

_log = structlog.get_logger(__name__)
_ATTEMPTS = Counter("staff_sign_ins", "Attempts of staff to sign in.", ["outcome"])
_NOBODY = "A" * 32  # the secret codes are compared with where there is none

_BY_NAME = "SELECT id, password_hash, totp_sealed FROM staff WHERE username = $1"
# the row's lock lets one of two uses of a code through; what was verified must still be what is stored
_USE = """UPDATE staff SET totp_step = $2, password_hash = $5
WHERE id = $1 AND is_active AND password_hash = $3 AND totp_sealed = $4
  AND coalesce(totp_step, 0) < $2 AND coalesce(password_ends_at > $6, true) RETURNING id"""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody says to be let in, and on what device. Its text shows nothing of it."""

    username: str
    password: str
    totp: str
    label: str

    def __repr__(self) -> str:
        """Nothing that a log should not keep."""
        return "Credentials(...)"


async def sign_in(people: People, given: Credentials, address: str) -> Session:
    """A new sign-in of a member of staff, asked for from `address`.

    Raises:
        Refused: StaffSignInRefused, for every reason.
        BadInput: a text that is too long for any, or no label.
    """
    _check(given)
    username = given.username.strip().lower()
    both = attempts.subjects(people.vault, username, address)
    async with db.transaction() as tx:
        taken = await attempts.take(tx, both)
    found = await db.fetch(_BY_NAME, username)
    row = found[0] if found else None
    secret = await _secret_of(people.vault, row)
    await db.current().rest()
    stored = (row and row["password_hash"]) or passwords.NOBODYS
    is_right = await passwords.verify(stored, given.password)
    step = totp.step_of(secret, given.totp, clock.now())
    if row is None or not (taken.may_try and is_right and step):
        await attempts.note(VISITOR, taken, row and row["id"])
        raise _refused("wrong" if taken.may_try else "locked")
    new_hash = await passwords.hashed(given.password) if passwords.is_outdated(stored) else stored
    async with db.transaction() as tx:
        used = await tx.fetch(_USE, row["id"], step, stored, row["totp_sealed"], new_hash, clock.now())
        if used:
            await attempts.forgive(tx, both)
            session = await _begin(tx, people, row["id"], given.label.strip())
    if not used:
        await attempts.note(VISITOR, taken, row["id"])
        raise _refused("used")
    _ATTEMPTS.labels("ok").inc()
    return session


async def _begin(tx: RequestConnection, people: People, staff_id: int, label: str) -> Session:
    scopes = await scopes_of_staff(tx, staff_id)
    caller = Caller(CallerKind.STAFF, staff_id, scopes or frozenset())
    session = await sessions.begin(tx, people.tokens, caller, label, STAFF)
    after = {"sign_in": session.caller.session}
    await audit.append(
        tx, session.caller, scope=None, action="sign in", entity="Staff", entity_id=staff_id, after=after
    )
    return session


async def _secret_of(vault: Vault, row: asyncpg.Record | None) -> str:
    """The secret of the codes. Where there is none, another that took the same statement."""
    staff_id, sealed = (0, b"") if row is None else (row["id"], row["totp_sealed"] or b"")
    try:
        return await vault.unseal(db.current(), f"staff:{staff_id}", TOTP, sealed)
    except (NoDataKey, DataKeyDestroyed, CannotOpen):
        return _NOBODY


def _refused(outcome: str) -> Refused:
    _ATTEMPTS.labels(outcome).inc()
    _log.warning("staff sign-in refused", outcome=outcome)
    return Refused(StaffSignInRefused())


def _check(given: Credentials) -> None:
    texts = (given.username, given.password, given.totp)
    if not all(0 < len(each) <= MAX_TEXT for each in texts):
        raise BadInput(f"user name, password and code have 1 to {MAX_TEXT} characters")
    if not 0 < len(given.label.strip()) <= MAX_LABEL:
        raise BadInput(f"a device's label has 1 to {MAX_LABEL} characters")
