"""What a customer decides about her data."""

from collections.abc import Awaitable

from strawberry import Parent

from app.accounts.consents import consents_of
from app.accounts.enums import ConsentPurpose
from app.accounts.models import Consent, Customer
from app.accounts.rules import customer_of
from app.privacy import closing, exports
from app.privacy import consents as service
from app.privacy.enums import DataRequestState
from app.privacy.models import DataRequest
from app.privacy.rules import check_confirmed
from resolvers.info import Info


def consents(parent: Parent[Customer]) -> Awaitable[list[Consent]]:
    """Her newest decisions."""
    return consents_of(parent.id)


def data_requests(parent: Parent[Customer]) -> Awaitable[list[DataRequest]]:
    """What she asked for."""
    return exports.requests_of(parent.id)


def file_url(parent: Parent[DataRequest], info: Info) -> str | None:
    """A link to the file of an export, if it is there."""
    if parent.storage_key is None or parent.state is not DataRequestState.DONE:
        return None
    return info.context.addresses.expiring(parent.storage_key, info.context.now + exports.LINK)


def export_my_data(info: Info, *, confirms: bool) -> Awaitable[DataRequest]:
    """The request."""
    caller = info.context.caller
    check_confirmed(confirms=confirms)
    return exports.request_export(caller, customer_of(caller))


def close_my_account(info: Info, *, confirms: bool) -> Awaitable[DataRequest]:
    """The proof."""
    caller = info.context.caller
    check_confirmed(confirms=confirms)
    return closing.close_account(caller, customer_of(caller))


def decide_consent(info: Info, purpose: ConsentPurpose, policy_version: str, *, granted: bool) -> Awaitable[Customer]:
    """The customer, having decided."""
    caller = info.context.caller
    return service.decide_consent(caller, customer_of(caller), purpose, policy_version, granted=granted)


def set_birth_year(info: Info, birth_year: int, policy_version: str, *, agrees: bool) -> Awaitable[Customer]:
    """The customer, with her birth year."""
    caller = info.context.caller
    return service.set_birth_year(caller, customer_of(caller), birth_year, policy_version, agrees=agrees)
