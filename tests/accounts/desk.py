"""Somebody who works for the shop, at her desk."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.accounts import staff
from app.accounts.enums import RoleCode
from app.accounts.staff import NewMember
from app.kit import clock, db, passwords, totp
from app.kit.caller import MACHINE
from tests.accounts.conftest import TOKENS
from tests.rows import Rows
from tests.shop import Answer, Shop, people

PASSWORD = "carrots are orange"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MEMBER = "id username name roles isActive mustChangePassword pickupPoints { name }"
_INTRODUCED = f"... on IntroducedStaffMember {{ password totpUri member {{ {MEMBER} }} }}"
_INTRODUCING = {"createStaff", "resetStaffPassword", "resetStaffTotp"}
SIGN_IN = f"""mutation ($username: String!, $password: String!, $totp: String!, $label: String!) {{
  signInStaff(input: {{username: $username, password: $password, totp: $totp, deviceLabel: $label}}) {{
  __typename ... on Session {{ {TOKENS} staffMember {{ {MEMBER} }} }} ... on UserError {{ message }} }} }}"""


@dataclass
class Desk:
    """A browser in the office. `secret` is in her authenticator app."""

    shop: Shop
    rows: Rows
    id: int
    username: str
    password: str = PASSWORD
    secret: str = SECRET
    session: dict[str, Any] = field(default_factory=dict)

    def code(self, steps: int = 0) -> str:
        """What her app shows, so many steps from now."""
        return totp.code(self.secret, totp.step_at(self.shop.now) + steps)

    async def sign_in(self, **given: str) -> dict[str, Any]:
        """Signs in, with something else than is right where `given` says so; the answer, kept if it is a session."""
        right = {"username": self.username, "password": self.password, "totp": self.code(), "label": "办公室"}
        answer = await self.send(SIGN_IN, **right | given)
        found: dict[str, Any] = answer.data["signInStaff"]
        if found["__typename"] == "Session":
            self.session = found
        return found

    async def send(self, query: str, **variables: Any) -> Answer:
        """Asks as whoever is signed in."""
        token = self.session.get("accessToken")
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.shop.send(json={"query": query, "variables": variables}, headers=headers)

    async def do(self, name: str, given: str) -> dict[str, Any]:
        """Sends a mutation, whose input is written as `given` in GraphQL; its result."""
        success = _INTRODUCED if name in _INTRODUCING else f"... on StaffMember {{ {MEMBER} }}"
        query = f"mutation {{ {name}(input: {{{given}}}) {{ __typename ... on UserError {{ message }} {success} }} }}"
        found: dict[str, Any] = (await self.send(query)).data[name]
        return found

    def later(self, **time: float) -> "Desk":
        """The same desk, after a while."""
        return replace(self, shop=replace(self.shop, now=self.shop.now + timedelta(**time)))


async def hire(shop: Shop, rows: Rows, username: str, *roles: RoleCode) -> Desk:
    """Somebody who chose her password long ago."""
    with clock.moved_to(shop.now):
        async with shop.database.session(), db.transaction() as tx:
            new = NewMember(username, "张敏", list(roles))
            staff_id = await staff.insert(tx, new, await passwords.hashed(PASSWORD), holds_a_day=False)
            await staff.seal(tx, people(shop.wechat).vault, staff_id, SECRET)
            await staff.give(tx, MACHINE, staff_id, list(roles))
    return Desk(shop, rows, staff_id, username)


def secret_of(uri: str) -> str:
    """What an authenticator app keeps of an otpauth address."""
    return parse_qs(urlsplit(uri).query)["secret"][0]
