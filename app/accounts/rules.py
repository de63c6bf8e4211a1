"""Who may act as a customer."""

from app.kit.caller import Caller, CallerKind
from app.kit.errors import Forbidden

CUSTOMER_SCOPES = frozenset({"me"})
"""What every customer may do: read and change what is her own."""


def customer_of(caller: Caller) -> int:
    """The key of the customer who asks.

    Raises:
        Forbidden: the caller is somebody else.
    """
    if caller.kind is not CallerKind.CUSTOMER or caller.id is None:
        raise Forbidden("This is for customers who signed in.")
    return caller.id
