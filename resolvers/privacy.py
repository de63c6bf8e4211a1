"""What a customer decides about her data."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.consents import consents_of
from app.accounts.enums import ConsentPurpose
from app.accounts.models import Consent, Customer
from app.accounts.rules import customer_of
from app.kit import clock, ids
from app.kit.paging import Page
from app.privacy import closing, correcting, exports, requests
from app.privacy import consents as service
from app.privacy.correcting import Correction
from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject
from app.privacy.models import DataRequest
from app.privacy.requests import Asked
from app.privacy.rules import check_confirmed
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many requests, 1 to 50.")]
State = Annotated[DataRequestState | None, strawberry.argument(description="Those that are so far; null: all.")]
OverdueOnly = Annotated[bool, strawberry.argument(description="Only those that should be answered already.")]


def consents(parent: Parent[Customer]) -> Awaitable[list[Consent]]:
    """Her newest decisions."""
    return consents_of(parent.id)


def data_requests(parent: Parent[Customer]) -> Awaitable[list[DataRequest]]:
    """What she asked for."""
    return exports.requests_of(parent.id)


def file_url(parent: Parent[DataRequest], info: Info) -> str | None:
    """A link to the file of an export, if it is there and hers who asks."""
    is_hers = str(info.context.caller) == f"customer:{parent.customer_id}"
    if not is_hers or parent.storage_key is None or parent.state is not DataRequestState.DONE:
        return None
    return info.context.addresses.expiring(parent.storage_key, info.context.now + exports.LINK)


def is_overdue(parent: Parent[DataRequest], info: Info) -> bool:
    """Whether its day has passed."""
    return parent.state is DataRequestState.OPEN and parent.due_on < clock.business_day(info.context.now)


def customer_id(parent: Parent[DataRequest]) -> str:
    """Whose it is."""
    return ids.encode("Customer", parent.customer_id)


def queue(
    *,
    state: State = DataRequestState.OPEN,
    overdue_only: OverdueOnly = False,
    first: First = 20,
    after: After = None,
) -> Awaitable[Page[DataRequest]]:
    """A page of what was asked for."""
    return requests.page(state, overdue_only=overdue_only, first=first, after=after)


def ask_about_my_data(
    info: Info, *, idempotency_key: str, kind: DataRequestKind, subject: DataSubject, wish: str
) -> Awaitable[DataRequest]:
    """The request."""
    caller = info.context.caller
    asked = Asked(kind, subject, wish)
    return requests.ask(caller, customer_of(caller), idempotency_key=idempotency_key, asked=asked)


def correct_my_data(
    info: Info,
    *,
    idempotency_key: str,
    display_name: str | None = None,
    avatar_upload_id: ID | None = None,
    birth_year: int | None = None,
    policy_version: str | None = None,
    phone_code: str | None = None,
) -> Awaitable[DataRequest]:
    """The proof."""
    caller, people = info.context.caller, info.context.people
    avatar = None if avatar_upload_id is None else ids.decode(avatar_upload_id, "Upload")
    wanted = Correction(display_name, avatar, birth_year, phone_code, policy_version)
    return correcting.correct(people, caller, customer_of(caller), idempotency_key=idempotency_key, wanted=wanted)


def answer(info: Info, request_id: ID, answer: str, *, is_done: bool) -> Awaitable[DataRequest]:
    """The request, answered."""
    return requests.answer(info.context.caller, ids.decode(request_id, "DataRequest"), is_done=is_done, text=answer)


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
