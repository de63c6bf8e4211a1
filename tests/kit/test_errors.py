"""Refusals speak two languages."""

from dataclasses import dataclass

from app.kit.errors import Refusal
from app.kit.locale import Locale


@dataclass(frozen=True, slots=True)
class OnlyLeft(Refusal):
    """A refusal with a fact."""

    available: int
    zh = "只剩 {self.available} 份"
    en = "only {self.available} left"


def test_a_refusal_tells_its_facts_in_the_readers_language() -> None:
    """The same facts in both."""
    refused = OnlyLeft(3)
    assert [refused.message(locale) for locale in (Locale.ZH, Locale.EN)] == ["只剩 3 份", "only 3 left"]
