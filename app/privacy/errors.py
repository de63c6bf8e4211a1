"""What decisions about personal data are refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class TooYoungToConsent(Refusal):
    """The birth year does not rule out an age under 14: nothing is personalised or advertised (PIPL article 31)."""

    zh = "未满14周岁不能开启个性化推荐和营销通知。"
    en = "Under the age of 14 nothing is personalised or advertised."


@dataclass(frozen=True, slots=True)
class ConsentMissing(Refusal):
    """A birth year is kept only with a consent of its own."""

    zh = "请先单独同意收集出生年份。"
    en = "Agree to the birth year being kept first."
