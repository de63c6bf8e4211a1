"""A phone that signs in."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.rows import Rows
from tests.shop import Answer, Shop

TOKENS = "accessToken accessExpiresAt refreshToken refreshExpiresAt customer { displayName phone }"
LOGIN = f"""mutation ($code: String!, $label: String!) {{
  loginWithWeChat(input: {{code: $code, deviceLabel: $label}}) {{
  __typename ... on Session {{ {TOKENS} }} ... on UserError {{ message }} }} }}"""
REFRESH = f"""mutation ($token: String!) {{ refreshSession(input: {{refreshToken: $token}}) {{
  __typename ... on Session {{ {TOKENS} }} ... on UserError {{ message }} }} }}"""
BIND = """mutation ($code: String!) { bindPhone(input: {code: $code}) {
  __typename ... on Customer { phone } ... on UserError { message } } }"""
SIGN_OUT = """mutation ($everywhere: Boolean!) { signOut(input: {everywhere: $everywhere}) {
  __typename ... on Customer { devices { label } } ... on UserError { message } } }"""
END = """mutation ($id: ID!) { endDevice(input: {deviceId: $id}) {
  __typename ... on Customer { devices { label } } ... on UserError { message } } }"""
DEVICES = "{ me { devices { id label isCurrent } } }"


@dataclass
class Phone:
    """The mini-program on somebody's phone."""

    shop: Shop
    openid: str = "o-1"
    label: str = "小米 15"
    session: dict[str, Any] = field(default_factory=dict)

    def code(self) -> str:
        """What `wx.login` answers."""
        return self.shop.wechat.state.give_login_code(self.openid, self.shop.now.timestamp())

    async def ask(self, query: str, **variables: Any) -> Answer:
        """Asks as whoever is signed in."""
        token = self.session.get("accessToken")
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.shop.send(json={"query": query, "variables": variables}, headers=headers)

    async def log_in(self, code: str | None = None) -> dict[str, Any]:
        """Signs in; the answer, which is kept if it is a session."""
        answer = await self.shop.ask(LOGIN, code=code or self.code(), label=self.label)
        return self._keep(answer.data["loginWithWeChat"])

    async def refresh(self, token: str | None = None) -> dict[str, Any]:
        """Gets the next tokens."""
        answer = await self.shop.ask(REFRESH, token=token or self.session["refreshToken"])
        return self._keep(answer.data["refreshSession"])

    async def bind(self, code: str) -> dict[str, Any]:
        """Binds a number."""
        found: dict[str, Any] = (await self.ask(BIND, code=code)).data["bindPhone"]
        return found

    def phone_code(self, number: str = "13800138000") -> str:
        """What `getPhoneNumber` answers."""
        return self.shop.wechat.state.give_phone_code(number, self.shop.now.timestamp())

    def _keep(self, answer: dict[str, Any]) -> dict[str, Any]:
        if answer["__typename"] == "Session":
            self.session = answer
        return answer


TABLES = ("customer", "data_key", "sign_in", "refresh_token", "phone_code", "audit_entry", "audit_unsealed")


@pytest.fixture
async def phone(bare_shop: Shop, rows: Rows) -> Phone:
    """Nobody has signed in yet."""
    rows.tables |= set(TABLES)
    bare_shop.wechat.state.faults.clear()
    bare_shop.wechat.state.calls.clear()
    return Phone(bare_shop)


async def counts(rows: Rows) -> dict[str, int]:
    """How many rows there are of each kind."""
    return {table: await rows.connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}
