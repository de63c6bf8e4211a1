"""Writes of what a customer agrees to: each purpose by itself, taken back as easily as given (PIPL articles 14-16, 29).

Each may be repeated: the second time it changes nothing, so they take no idempotency key.
"""

from app.accounts.consents import consents_of, decide
from app.accounts.enums import ConsentPurpose
from app.accounts.models import Customer
from app.accounts.queries import active_customers, lock_customer
from app.favourites.service import forget_all_views
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.privacy import rules
from app.privacy.errors import ConsentMissing, TooYoungToConsent

CHANNEL = "mini-program"
FOR_AGE = "under 14"  # the channel of what the shop took back itself

_SET_YEAR = "UPDATE customer SET birth_year = $2 WHERE id = $1"


async def decide_consent(
    caller: Caller, customer_id: int, purpose: ConsentPurpose, version: str, *, granted: bool
) -> Customer:
    """The customer, who agrees to one purpose from now on or does not any more, having read policy `version`.

    What was kept for a purpose that is taken back goes at once: what she looked at, her birth year.

    Raises:
        Refused: TooYoungToConsent, AccountClosed.
        BadDecision: the version.
    """
    rules.check_version(version)
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        too_young = purpose in rules.GROWN_UP_ONLY and rules.is_too_young(customer.birth_year, clock.today())
        if granted and too_young:
            raise Refused(TooYoungToConsent())
        if await decide(tx, customer_id, purpose, granted=granted, version=version, channel=CHANNEL):
            await _audit(tx, caller, customer_id, {"purpose": purpose, "granted": granted, "version": version})
        if not granted:
            await _drop(tx, customer_id, purpose)
    return (await active_customers([customer_id]))[0]


async def set_birth_year(caller: Caller, customer_id: int, year: int, version: str, *, agrees: bool) -> Customer:
    """The customer, whose birth year is kept with her consent given here. Under 14 it ends what needs an older age.

    Raises:
        Refused: ConsentMissing, AccountClosed.
        BadDecision: the year or the version.
    """
    rules.check_version(version)
    rules.check_birth_year(year, clock.today())
    if not agrees:
        raise Refused(ConsentMissing())
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        await keep_birth_year(tx, caller, customer_id, year, version)
    return (await active_customers([customer_id]))[0]


async def keep_birth_year(tx: RequestConnection, caller: Caller, customer_id: int, year: int, version: str) -> None:
    """Keeps a year that was checked, with the consent given by telling it. The caller holds her lock.

    Raises:
        NoTransactionError: outside a transaction.
    """
    given = await decide(tx, customer_id, ConsentPurpose.BIRTH_YEAR, granted=True, version=version, channel=CHANNEL)
    await tx.execute(_SET_YEAR, customer_id, year)
    if given:
        told = {"purpose": ConsentPurpose.BIRTH_YEAR, "granted": True, "version": version}
        await _audit(tx, caller, customer_id, told)
    if rules.is_too_young(year, clock.today()):
        await _end_for_age(tx, caller, customer_id)


async def _end_for_age(tx: RequestConnection, caller: Caller, customer_id: int) -> None:
    for consent in await consents_of(customer_id):
        if consent.granted and consent.purpose in rules.GROWN_UP_ONLY:
            version = consent.policy_version
            await decide(tx, customer_id, consent.purpose, granted=False, version=version, channel=FOR_AGE)
            await _audit(tx, caller, customer_id, {"purpose": consent.purpose, "granted": False, "version": version})
            await _drop(tx, customer_id, consent.purpose)


async def _drop(tx: RequestConnection, customer_id: int, purpose: ConsentPurpose) -> None:
    if purpose is ConsentPurpose.PERSONALIZATION:
        await forget_all_views(tx, customer_id)
    if purpose is ConsentPurpose.BIRTH_YEAR:
        await tx.execute(_SET_YEAR, customer_id, None)


async def _audit(tx: RequestConnection, caller: Caller, customer_id: int, after: dict[str, object]) -> None:
    await audit.append(
        tx, caller, scope="me", action="decide consent", entity="Customer", entity_id=customer_id, after=after
    )
