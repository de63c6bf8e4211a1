"""Writes of customers' accounts: signing in with WeChat, the phone number, signing out."""

import hashlib
import secrets

from prometheus_client import Counter

from app.accounts import errors, sessions
from app.accounts.enums import SignInEnd
from app.accounts.models import Customer
from app.accounts.people import People
from app.accounts.places import OPENID, PHONE, PHONE_TAIL
from app.accounts.queries import active_customers, lock_customer
from app.accounts.rules import CUSTOMER_SCOPES
from app.accounts.sessions import CUSTOMERS, Session
from app.kit import audit, clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refusal, Refused
from app.kit.free_text import no_card_number
from app.wechat.client import Phone
from app.wechat.errors import CodeInvalid, CodeUsed, TooFrequent, UserBlocked, WeChatRefused, WeChatUnavailable

MAX_CODE = 200  # characters of a code; WeChat's have 32 or 64
MAX_LABEL = 60

_REFUSED = Counter("wechat_codes_refused", "Codes of customers that were refused, by what for and why.", ["act", "why"])

_LOCK_OPENID = "SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))"
# locked: whoever is being closed meanwhile is nobody's by then, and comes back as somebody new
_BY_OPENID = "SELECT id FROM customer WHERE openid_index = $1 FOR NO KEY UPDATE"
_NEXT_ID = "SELECT nextval('customer_id_seq') AS id"
_INSERT = """INSERT INTO customer (id, openid_sealed, openid_index, display_name, status, is_demo, created_at)
VALUES ($1, $2, $3, $4, 'ACTIVE', false, $5)"""
_ASK_ONCE = """INSERT INTO phone_code (customer_id, code_hash, asked_at) VALUES ($1, $2, $3)
ON CONFLICT (code_hash) DO NOTHING RETURNING id"""
_ASKED = "SELECT customer_id, bound_at FROM phone_code WHERE code_hash = $1"
_PHONE_OWNER = "SELECT id FROM customer WHERE phone_index = $1"
_BIND = "UPDATE customer SET phone_sealed = $2, phone_index = $3, phone_tail_index = $4 WHERE id = $1"
_BOUND = "UPDATE phone_code SET bound_at = $2 WHERE id = $1"
_LIVE = "SELECT id FROM sign_in WHERE customer_id = $1 AND ended_at IS NULL ORDER BY id"

_LOGIN_REFUSALS: dict[type[WeChatRefused], type[Refusal]] = {
    CodeInvalid: errors.LoginCodeInvalid,
    CodeUsed: errors.LoginCodeUsed,
    TooFrequent: errors.SignInTooFrequent,
    UserBlocked: errors.SignInBlocked,
}
_PHONE_REFUSALS: dict[type[WeChatRefused], type[Refusal]] = {
    CodeInvalid: errors.PhoneCodeInvalid,
    CodeUsed: errors.PhoneCodeUsed,
    TooFrequent: errors.SignInTooFrequent,
}


async def log_in(people: People, code: str, label: str) -> Session:
    """Signs in whoever got `code` from `wx.login`, on a device she calls `label`; her account is made the first time.

    Raises:
        Refused: LoginCodeInvalid, LoginCodeUsed, SignInTooFrequent, SignInBlocked, WeChatAway.
        BadInput: a code or label that is none.
    """
    _check(code, label)
    try:
        person = await people.wechat.person_of(code)
    except WeChatRefused as refused:
        _REFUSED.labels("sign in", type(refused).__name__).inc()
        raise Refused(_LOGIN_REFUSALS.get(type(refused), errors.LoginCodeInvalid)()) from None
    except WeChatUnavailable:
        raise Refused(errors.WeChatAway()) from None
    async with db.transaction() as tx:
        customer_id = await _customer_of(tx, people, person.openid)
        caller = Caller(CallerKind.CUSTOMER, customer_id, CUSTOMER_SCOPES)
        session = await sessions.begin(tx, people.tokens, caller, label.strip(), CUSTOMERS)
        await _audit(tx, session.caller, "sign in", {"sign_in": session.caller.session})
    return session


async def _customer_of(tx: RequestConnection, people: People, openid: str) -> int:
    """The customer of an openid, made when there is none. Two first sign-ins at once make one account."""
    index = people.vault.index(OPENID, openid)
    await tx.fetch(_LOCK_OPENID, index)
    if found := await tx.fetch(_BY_OPENID, index):
        return int(found[0]["id"])
    customer_id = int((await tx.fetch(_NEXT_ID))[0]["id"])
    sealed = await people.vault.seal(tx, f"customer:{customer_id}", OPENID, openid)
    name = f"优友{secrets.randbelow(10_000):04}"
    await tx.execute(_INSERT, customer_id, sealed, index, name, clock.now())
    return customer_id


async def bind_phone(people: People, caller: Caller, customer_id: int, code: str) -> Customer:
    """The customer, with the number behind `code` of `getPhoneNumber`. A repeated call answers as the first did.

    WeChat is asked once for each code, whatever happens to the answer.

    Raises:
        Refused: PhoneCodeInvalid, PhoneCodeUsed, PhoneTaken, SignInTooFrequent, WeChatAway, AccountClosed.
        BadInput: no code.
    """
    _check(code, "-")
    code_hash = hashlib.sha256(code.encode()).digest()
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        asked = await tx.fetch(_ASK_ONCE, customer_id, code_hash, clock.now())
        if not asked:
            before = (await tx.fetch(_ASKED, code_hash))[0]
            if before["customer_id"] == customer_id and before["bound_at"] is not None:
                return customer
            _REFUSED.labels("phone", CodeUsed.__name__).inc()
            raise Refused(errors.PhoneCodeUsed())
    phone = await _phone_of(people, code)
    return await _bind(people, caller, customer_id, f"+{phone.country}{phone.number}", asked[0]["id"])


async def _phone_of(people: People, code: str) -> Phone:
    try:
        return await people.wechat.phone_of(code)
    except WeChatRefused as refused:
        _REFUSED.labels("phone", type(refused).__name__).inc()
        raise Refused(_PHONE_REFUSALS.get(type(refused), errors.PhoneCodeInvalid)()) from None
    except WeChatUnavailable:
        raise Refused(errors.WeChatAway()) from None


async def _bind(people: People, caller: Caller, customer_id: int, number: str, asked: int) -> Customer:
    index = people.vault.index(PHONE, number)
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        await tx.fetch(_LOCK_OPENID, index)  # of two accounts that bind one number at once, the second is refused
        owners = {record["id"] for record in await tx.fetch(_PHONE_OWNER, index)}
        if owners - {customer_id}:
            raise Refused(errors.PhoneTaken())
        sealed = await people.vault.seal(tx, f"customer:{customer_id}", PHONE, number)
        await tx.execute(_BIND, customer_id, sealed, index, people.vault.index(PHONE_TAIL, number[-4:]))
        await tx.execute(_BOUND, asked, clock.now())
        await _audit(tx, caller, "bind phone", {"phone_sealed": sealed.hex()})  # unreadable once her key is destroyed
    return (await active_customers([customer_id]))[0]


async def sign_out(caller: Caller, customer_id: int) -> Customer:
    """The customer, signed out of the session she asks from.

    Raises:
        Refused: AccountClosed.
    """
    sign_ins = [] if caller.session is None else [caller.session]
    return await _end(caller, customer_id, sign_ins, SignInEnd.SIGNED_OUT)


async def sign_out_everywhere(caller: Caller, customer_id: int) -> Customer:
    """The customer, signed out on every device.

    Raises:
        Refused: AccountClosed.
    """
    sign_ins = [record["id"] for record in await db.fetch(_LIVE, customer_id)]
    return await _end(caller, customer_id, sign_ins, SignInEnd.ENDED_ELSEWHERE)


async def end_device(caller: Caller, customer_id: int, sign_in: int) -> Customer:
    """The customer, signed out on one of her devices; another's is as unknown as none.

    Raises:
        Refused: AccountClosed, DeviceNotFound.
    """
    return await _end(caller, customer_id, [sign_in], SignInEnd.ENDED_ELSEWHERE, must_exist=True)


async def _end(
    caller: Caller, customer_id: int, sign_ins: list[int], reason: SignInEnd, *, must_exist: bool = False
) -> Customer:
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        hers = {record["id"] for record in await tx.fetch(_LIVE, customer_id)}
        if must_exist and not hers & set(sign_ins):
            raise Refused(errors.DeviceNotFound())
        ended = await sessions.end(tx, sorted(hers & set(sign_ins)), reason)
        if ended:
            await _audit(tx, caller, "sign out", {"sign_ins": ended})
    return customer


async def _audit(tx: RequestConnection, caller: Caller, action: str, after: dict[str, object]) -> None:
    if caller.id is None:
        raise ValueError("only a customer signs in and out here")
    await audit.append(tx, caller, scope="me", action=action, entity="Customer", entity_id=caller.id, after=after)


def _check(code: str, label: str) -> None:
    if not 0 < len(code) <= MAX_CODE or not code.isascii():
        raise BadInput("that is no code of WeChat's")
    if not 0 < len(label.strip()) <= MAX_LABEL:
        raise BadInput(f"a device's label has 1 to {MAX_LABEL} characters")
    no_card_number(label)
