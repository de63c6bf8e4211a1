"""The first administrator is made from a terminal; all others are made by administrators."""

from app.accounts import rules, staff
from app.accounts.enums import RoleCode
from app.accounts.errors import AdministratorExists
from app.kit import db, passwords, totp
from app.kit.caller import MACHINE
from app.kit.errors import Refused
from app.kit.vault import Vault

# of two at once the second waits here, and then finds the first
_LOCK = "SELECT id FROM role WHERE code = $1 FOR UPDATE"
_HOLDERS = """SELECT 1 FROM staff_role h JOIN staff s ON s.id = h.staff_id
WHERE h.role_id = $1 AND s.is_active LIMIT 1"""


async def create(vault: Vault, username: str, name: str, password: str) -> str:
    """Makes her, with the password she chose; what her authenticator app is to read, told this once.

    Raises:
        Refused: AdministratorExists, UsernameTaken, PasswordTooWeak.
        BadInput: no user name or name.
    """
    rules.check_member(username, name)
    rules.check_password(password, username)
    password_hash, secret = await passwords.hashed(password), totp.new_secret()
    roles = [RoleCode.ADMINISTRATOR]
    async with db.transaction() as tx:
        role_id = (await tx.fetch(_LOCK, RoleCode.ADMINISTRATOR))[0]["id"]
        if await tx.fetch(_HOLDERS, role_id):
            raise Refused(AdministratorExists())
        staff_id = await staff.insert(tx, staff.NewMember(username, name, roles), password_hash, holds_a_day=False)
        await staff.seal(tx, vault, staff_id, secret)
        await staff.give(tx, MACHINE, staff_id, roles)
        await staff.note(tx, MACHINE, "create", staff_id, after={"roles": roles})
    return totp.uri(secret, username, staff.ISSUER)
