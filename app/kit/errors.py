"""What is refused because of what a client sent or who it is."""

from dataclasses import dataclass
from typing import ClassVar

from app.kit.locale import Locale


class BadInput(ValueError):  # noqa: N818 - the schema answers it with the code BAD_USER_INPUT; refusals carry no suffix
    """What was sent cannot mean anything here. The message may be shown to the client."""


class Forbidden(Exception):  # noqa: N818 - as above, with the code FORBIDDEN
    """This caller may not do this at all, whatever it sends. The message may be shown to the client."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a write that well-formed input asked for is refused: data for the client, not an error (DESIGN rule 7).

    A subclass is a frozen dataclass of the facts a client can act on, named as the GraphQL type it is answered as, with
    its sentence in both languages; the sentences may name the facts: `{self.available}`.
    """

    zh: ClassVar[str]
    en: ClassVar[str]

    def message(self, locale: Locale) -> str:
        """The sentence for a person."""
        return (self.zh if locale is Locale.ZH else self.en).format(self=self)


class Refused(Exception):  # noqa: N818 - as above
    """Carries a refusal out of a write; raised inside its transaction, it leaves nothing changed.

    The refusal is no exception itself, because graphql-core takes an exception for an error wherever it meets one.
    """

    def __init__(self, reason: Refusal) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason
