"""Fields of refusals."""

from strawberry import Parent

from app.kit.errors import Refusal
from resolvers.info import Info


def message(parent: Parent[Refusal], info: Info) -> str:
    """The sentence for a person."""
    return parent.message(info.context.locale)
