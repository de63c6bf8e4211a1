"""The phone number: asked of WeChat once per code, sealed, found by a blind index, shown masked."""

import asyncio
from dataclasses import replace

import pytest

from app.accounts.places import PHONE_TAIL
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.settings import DEMO_KEY_RING
from tests.accounts.conftest import Phone, counts
from tests.rows import Rows

VAULT = Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests")


async def test_a_number_is_bound_and_shown_masked(phone: Phone, rows: Rows) -> None:
    """Nowhere in the row does it stand in clear; the next sign-in shows it again."""
    await phone.log_in()
    assert await phone.bind(phone.phone_code()) == {"__typename": "Customer", "phone": "+86****8000"}
    assert (await phone.log_in())["customer"]["phone"] == "+86****8000"
    stored = await rows.connection.fetchval("SELECT string_agg(c::text, '') FROM customer c")
    assert "13800138000" not in stored
    assert b"13800138000".hex() not in stored
    tail = await rows.connection.fetchval("SELECT phone_tail_index FROM customer")
    assert tail == VAULT.index(PHONE_TAIL, "8000")


async def test_wechat_is_asked_once_for_a_code(phone: Phone) -> None:
    """A retry of a bound code answers the same without a question; so do eight at once together ask one."""
    await phone.log_in()
    code = phone.phone_code()
    answers = await asyncio.gather(*(phone.bind(code) for _ in range(8)))
    assert {answer["__typename"] for answer in answers} <= {"Customer", "PhoneCodeUsed"}
    assert (await phone.bind(code))["__typename"] == "Customer"
    assert phone.shop.wechat.state.calls["getuserphonenumber"] == 1


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [(40029, "PhoneCodeInvalid"), (40163, "PhoneCodeUsed"), (45011, "SignInTooFrequent"), (-1, "WeChatAway")],
)
async def test_wechats_refusals_are_told(fault: int, refusal: str, phone: Phone, rows: Rows) -> None:
    """Nothing is bound, and the code is not asked about again: the answer may have been lost on its way."""
    await phone.log_in()
    code = phone.phone_code()
    phone.shop.wechat.state.faults["getuserphonenumber"] = [fault]
    assert (await phone.bind(code))["__typename"] == refusal
    assert (await phone.bind(code))["__typename"] == "PhoneCodeUsed"
    assert phone.shop.wechat.state.calls["getuserphonenumber"] == 1
    assert await rows.connection.fetchval("SELECT count(*) FROM customer WHERE phone_index IS NOT NULL") == 0


async def test_somebody_elses_code_is_used_up(phone: Phone) -> None:
    """A code that was bound by another is not answered to this one."""
    await phone.log_in()
    code = phone.phone_code()
    await phone.bind(code)
    other = replace(phone, openid="o-2")
    await other.log_in()
    assert (await other.bind(code))["__typename"] == "PhoneCodeUsed"


async def test_a_number_belongs_to_one_account(phone: Phone, rows: Rows) -> None:
    """Two accounts at once: one gets it, the other is told."""
    await phone.log_in()
    other = replace(phone, openid="o-2")
    await other.log_in()
    answers = await asyncio.gather(phone.bind(phone.phone_code()), other.bind(other.phone_code()))
    assert sorted(answer["__typename"] for answer in answers) == ["Customer", "PhoneTaken"]
    assert await rows.connection.fetchval("SELECT count(*) FROM customer WHERE phone_index IS NOT NULL") == 1


async def test_a_number_can_be_changed(phone: Phone, rows: Rows) -> None:
    """The old one is free again."""
    await phone.log_in()
    await phone.bind(phone.phone_code())
    assert (await phone.bind(phone.phone_code("13900139000")))["phone"] == "+86****9000"
    other = replace(phone, openid="o-2")
    await other.log_in()
    assert (await other.bind(other.phone_code()))["__typename"] == "Customer"
    assert (await counts(rows))["customer"] == 2


async def test_a_visitor_binds_nothing(phone: Phone) -> None:
    """She is asked who she is."""
    assert (await phone.ask('mutation { bindPhone(input: {code: "x"}) { __typename } }')).codes == ["UNAUTHENTICATED"]
    assert phone.shop.wechat.state.calls == {}
