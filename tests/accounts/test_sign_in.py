"""Customers sign in with WeChat, as the mini-program does it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest

from app.kit import clock, db
from app.privacy.retention import retain
from tests.accounts.conftest import DEVICES, END, LOGIN, SIGN_OUT, Phone, counts
from tests.rows import Rows
from tests.shop import NOW

NOTHING = dict.fromkeys(
    ("customer", "data_key", "sign_in", "refresh_token", "phone_code", "audit_entry", "audit_unsealed"), 0
)


def later(phone: Phone, **time: float) -> Phone:
    """The same phone, after a while."""
    return replace(phone, shop=replace(phone.shop, now=NOW + timedelta(**time)))


async def test_the_first_sign_in_makes_an_account_and_the_second_finds_it(phone: Phone, rows: Rows) -> None:
    """The openid is sealed and never answered; each sign-in is a device of its own."""
    first = await phone.log_in()
    assert first["__typename"] == "Session"
    assert first["customer"]["displayName"].startswith("优友")
    assert first["accessExpiresAt"] == "2026-11-20T02:10:00+00:00"
    assert first["refreshExpiresAt"] == "2026-12-20T02:00:00+00:00"
    second = await phone.log_in()
    assert second["customer"] == first["customer"]
    assert (await counts(rows))["customer"] == 1
    devices = (await phone.ask(DEVICES)).data["me"]["devices"]
    assert [(each["label"], each["isCurrent"]) for each in devices] == [("小米 15", True), ("小米 15", False)]
    stored = await rows.connection.fetchval("SELECT string_agg(c::text, '') FROM customer c")
    assert "o-1" not in stored
    assert b"o-1".hex() not in stored


async def test_two_first_sign_ins_at_once_make_one_account(phone: Phone, rows: Rows) -> None:
    """Ten phones of one person."""
    answers = await asyncio.gather(*(replace(phone).log_in() for _ in range(10)))
    assert {answer["__typename"] for answer in answers} == {"Session"}
    assert (await counts(rows)) | {"customer": 1, "data_key": 1, "sign_in": 10} == await counts(rows)


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (40029, "LoginCodeInvalid"),
        (40163, "LoginCodeUsed"),
        (45011, "SignInTooFrequent"),
        (40226, "SignInBlocked"),
        (40013, "LoginCodeInvalid"),
        (-1, "WeChatAway"),
        ("html", "WeChatAway"),
    ],
)
async def test_wechats_refusals_are_told(fault: int | str, refusal: str, phone: Phone, rows: Rows) -> None:
    """By type, with a sentence, and nothing is written."""
    phone.shop.wechat.state.faults["jscode2session"] = [fault]
    answer = await phone.log_in()
    assert answer["__typename"] == refusal
    assert answer["message"].endswith("。")
    assert await counts(rows) == NOTHING


async def test_a_code_used_twice_at_once_signs_in_once(phone: Phone, rows: Rows) -> None:
    """WeChat takes it once."""
    code = phone.code()
    answers = await asyncio.gather(*(replace(phone).log_in(code) for _ in range(2)))
    assert sorted(answer["__typename"] for answer in answers) == ["LoginCodeUsed", "Session"]
    assert (await counts(rows))["sign_in"] == 1


@pytest.mark.parametrize(
    ("code", "label"), [("", "x"), ("x" * 201, "x"), ("码", "x"), ("x", ""), ("x", "  "), ("x", "x" * 61)]
)
async def test_what_is_no_code_or_label_is_refused(code: str, label: str, phone: Phone, rows: Rows) -> None:
    """Before WeChat is asked."""
    answer = await phone.shop.ask(LOGIN, code=code, label=label)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert phone.shop.wechat.state.calls == {}
    assert await counts(rows) == NOTHING


async def test_a_refresh_token_is_exchanged_for_the_next(phone: Phone) -> None:
    """The new access token speaks for the same customer on the same device."""
    await phone.log_in()
    before = phone.session
    then = later(phone, minutes=9)
    after = await then.refresh()
    assert after["customer"] == before["customer"]
    assert after["refreshToken"] != before["refreshToken"]
    assert after["accessExpiresAt"] == "2026-11-20T02:19:00+00:00"
    devices = (await then.ask(DEVICES)).data["me"]["devices"]
    assert [each["isCurrent"] for each in devices] == [True]


async def test_a_refresh_token_used_twice_ends_its_sign_in(phone: Phone, rows: Rows) -> None:
    """Whoever copied it and the owner are both out; another device of hers is not."""
    await phone.log_in()
    other = replace(phone)
    await other.log_in()
    stolen = phone.session["refreshToken"]
    await phone.refresh()
    assert (await replace(phone).refresh(stolen))["__typename"] == "SessionEnded"
    assert (await phone.refresh())["__typename"] == "SessionEnded"
    assert (await other.refresh())["__typename"] == "Session"
    reasons = await rows.connection.fetch("SELECT end_reason FROM sign_in ORDER BY id")
    assert [row["end_reason"] for row in reasons] == ["REUSED", None]


async def test_a_race_for_one_refresh_token_ends_its_sign_in(phone: Phone, rows: Rows) -> None:
    """Eight at once: one gets tokens, which are worth nothing, because the others prove a copy."""
    await phone.log_in()
    answers = await asyncio.gather(*(replace(phone).refresh(phone.session["refreshToken"]) for _ in range(8)))
    names = sorted(answer["__typename"] for answer in answers)
    assert names == ["Session"] + ["SessionEnded"] * 7
    won = next(answer for answer in answers if answer["__typename"] == "Session")
    assert (await phone.refresh(won["refreshToken"]))["__typename"] == "SessionEnded"
    assert await rows.connection.fetchval("SELECT count(*) FROM refresh_token") == 2


async def test_an_unused_sign_in_ends_after_thirty_days(phone: Phone) -> None:
    """A second before it goes on, and after half a year it ends however it is used."""
    await phone.log_in()
    assert (await later(phone, days=30).refresh(phone.session["refreshToken"]))["__typename"] == "SessionEnded"
    await phone.log_in()
    for month in range(6):
        then = later(phone, days=29.9 * (month + 1))
        answer = await then.refresh()
        phone.session = then.session
        assert answer["__typename"] == "Session"
    assert answer["refreshExpiresAt"] == "2027-05-19T02:00:00+00:00"
    assert (await later(phone, days=180).refresh())["__typename"] == "SessionEnded"


@pytest.mark.parametrize("token", ["", "x", "ygr_" + "A" * 43, "yg2.a.b.c", "令牌", "x" * 10_000])
async def test_an_invented_refresh_token_is_refused(token: str, phone: Phone, rows: Rows) -> None:
    """As one that is over: nothing tells them apart."""
    await phone.log_in()
    before = await counts(rows)
    assert await replace(phone).refresh(token or " ") == {
        "__typename": "SessionEnded",
        "message": "登录已失效，请重新登录。",
    }
    assert await counts(rows) == before
    assert (await phone.refresh())["__typename"] == "Session"


async def test_signing_out_ends_this_device_or_all(phone: Phone) -> None:
    """The refresh tokens of the ended ones are worth nothing."""
    await phone.log_in()
    tablet = replace(phone, label="平板")
    await tablet.log_in()
    third = replace(phone, label="旧手机")
    await third.log_in()
    answer = (await third.ask(SIGN_OUT, everywhere=False)).data["signOut"]
    assert {each["label"] for each in answer["devices"]} == {"小米 15", "平板"}
    assert (await third.refresh())["__typename"] == "SessionEnded"
    assert (await tablet.ask(SIGN_OUT, everywhere=True)).data["signOut"]["devices"] == []
    for each in (phone, tablet):
        assert (await each.refresh())["__typename"] == "SessionEnded"


async def test_a_device_is_ended_from_another(phone: Phone) -> None:
    """A stranger's device is unknown, and goes on."""
    await phone.log_in()
    tablet = replace(phone, label="平板")
    await tablet.log_in()
    stranger = replace(phone, openid="o-2", label="她的")
    await stranger.log_in()
    hers = {each["label"]: each["id"] for each in (await phone.ask(DEVICES)).data["me"]["devices"]}
    (foreign,) = [each["id"] for each in (await stranger.ask(DEVICES)).data["me"]["devices"]]
    answer = (await phone.ask(END, id=hers["平板"])).data["endDevice"]
    assert [each["label"] for each in answer["devices"]] == ["小米 15"]
    for unknown in (hers["平板"], foreign):
        assert (await phone.ask(END, id=unknown)).data["endDevice"]["__typename"] == "DeviceNotFound"
    assert (await tablet.refresh())["__typename"] == "SessionEnded"
    assert (await stranger.refresh())["__typename"] == "Session"


async def test_a_closed_account_gets_no_tokens(phone: Phone, rows: Rows) -> None:
    """Her refresh token ends with it."""
    await phone.log_in()
    await rows.connection.execute(
        "UPDATE customer SET status = 'CLOSED', closed_at = now(), openid_sealed = NULL, openid_index = NULL"
    )
    assert (await phone.refresh())["__typename"] == "SessionEnded"


async def test_each_act_is_in_the_audit_log(phone: Phone, rows: Rows) -> None:
    """By whom and what; never a token, a code or an openid."""
    await phone.log_in()
    await phone.ask(SIGN_OUT, everywhere=True)
    entries = await rows.connection.fetch("SELECT action, caller, after::text FROM audit_entry ORDER BY id")
    assert [entry["action"] for entry in entries] == ["sign in", "sign out"]
    assert len({entry["caller"] for entry in entries}) == 1
    assert not any("o-1" in entry["after"] or "ygr_" in entry["after"] for entry in entries)


async def test_old_sign_ins_are_forgotten(phone: Phone, rows: Rows) -> None:
    """Half a year after their end, with their tokens; the job may run twice."""
    rows.tables.add("retention_report")
    await phone.log_in()
    await phone.ask(SIGN_OUT, everywhere=True)
    for days, left in ((182, 1), (184, 0), (184, 0)):
        with clock.moved_to(NOW + timedelta(days=days)):
            async with phone.shop.database.session():
                await retain({})
        assert (await counts(rows))["sign_in"] == left
    assert (await counts(rows))["refresh_token"] == 0


async def test_the_database_keeps_one_live_refresh_token(phone: Phone) -> None:
    """Whoever writes it."""
    await phone.log_in()
    async with phone.shop.database.session():
        with pytest.raises(asyncpg.UniqueViolationError):
            await db.current().execute(
                "INSERT INTO refresh_token (sign_in_id, token_hash, created_at, expires_at)"
                " SELECT sign_in_id, sha256('x'), created_at, expires_at FROM refresh_token"
            )
