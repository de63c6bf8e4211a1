"""The demo's staff: one member for each role, who sign in with what the banner prints. Never in production."""

from base64 import b32encode

from app.accounts import queries, staff
from app.accounts.enums import RoleCode
from app.accounts.staff import NewMember
from app.demo.sample import SAMPLE
from app.kit import db, passwords
from app.kit.caller import MACHINE, Caller, CallerKind
from app.kit.subkeys import subkey
from app.kit.vault import Vault
from app.tables import Database

PASSWORD = "fresh-every-morning"  # noqa: S105 - everybody's in the demo, which production refuses to run
NAMES = {
    RoleCode.CATALOGUE_EDITOR: "李娜",
    RoleCode.CATALOGUE_APPROVER: "王伟",
    RoleCode.STORE_CLERK: "张敏",
    RoleCode.PROMOTION_MANAGER: "刘洋",
    RoleCode.QUALITY_MANAGER: "陈静",
    RoleCode.ANALYST: "杨帆",
    RoleCode.ADMINISTRATOR: "赵磊",
}
_THERE = "SELECT id, username FROM staff WHERE username = ANY($1)"
_BIND = """INSERT INTO staff_pickup_point (staff_id, pickup_point_id) SELECT $1, id FROM pickup_point WHERE code = $2
ON CONFLICT (staff_id, pickup_point_id) DO NOTHING"""


def username(role: RoleCode) -> str:
    """What the member of a role signs in with: `store-clerk`."""
    return role.lower().replace("_", "-")


def totp_secret(secret: str) -> str:
    """The secret of the codes of all of them, which follows from the installation's: it can be printed again."""
    return b32encode(subkey(secret, "demo staff codes")[:20]).decode()


async def ensure(url: str, vault: Vault, secret: str) -> dict[RoleCode, Caller]:
    """Whoever of them is missing is made; who they are, and what each may do."""
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            there = await _there()
            if missing := [role for role in RoleCode if role not in there]:
                await _make(missing, vault, totp_secret(secret))
            return {role: await _caller(staff_id) for role, staff_id in (await _there()).items()}
    finally:
        await database.close()


async def _there() -> dict[RoleCode, int]:
    found = {row["username"]: row["id"] for row in await db.fetch(_THERE, [username(role) for role in RoleCode])}
    return {role: found[username(role)] for role in RoleCode if username(role) in found}


async def _caller(staff_id: int) -> Caller:
    return Caller(CallerKind.STAFF, staff_id, await queries.scopes_of_staff(db.current(), staff_id) or frozenset())


async def _make(roles: list[RoleCode], vault: Vault, totp: str) -> None:
    password_hash = await passwords.hashed(PASSWORD)
    async with db.transaction() as tx:
        for role in roles:
            new = NewMember(username(role), NAMES[role], [role])
            staff_id = await staff.insert(tx, new, password_hash, holds_a_day=False)
            await staff.seal(tx, vault, staff_id, totp)
            await staff.give(tx, MACHINE, staff_id, [role])
            if role is RoleCode.STORE_CLERK:
                await tx.execute(_BIND, staff_id, SAMPLE.pickup_point_code)
