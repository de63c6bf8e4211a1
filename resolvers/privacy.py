"""What a customer decides about her data."""

from collections.abc import Awaitable

from strawberry import Parent

from app.accounts.consents import consents_of
from app.accounts.enums import ConsentPurpose
from app.accounts.models import Consent, Customer
from app.accounts.rules import customer_of
from app.privacy import consents as service
from resolvers.info import Info


def consents(parent: Parent[Customer]) -> Awaitable[list[Consent]]:
    """Her newest decisions."""
    return consents_of(parent.id)


def decide_consent(info: Info, purpose: ConsentPurpose, policy_version: str, *, granted: bool) -> Awaitable[Customer]:
    """The customer, having decided."""
    caller = info.context.caller
    return service.decide_consent(caller, customer_of(caller), purpose, policy_version, granted=granted)


def set_birth_year(info: Info, birth_year: int, policy_version: str, *, agrees: bool) -> Awaitable[Customer]:
    """The customer, with her birth year."""
    caller = info.context.caller
    return service.set_birth_year(caller, customer_of(caller), birth_year, policy_version, agrees=agrees)
