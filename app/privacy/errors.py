"""What decisions about personal data are refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal
from app.privacy.enums import DataSubject


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


@dataclass(frozen=True, slots=True)
class NotCorrectable(Refusal):
    """Nobody at the shop may change this: it is WeChat's, or the proof of what she decided."""

    subject: DataSubject

    zh = "微信账号由微信维护，授权记录是法定凭证，均不能更改；可以注销账号或撤回授权。"
    en = (
        "WeChat keeps the WeChat account, and the history of consents is proof by law: neither is changed. Close the"
        " account or take the consent back."
    )


@dataclass(frozen=True, slots=True)
class CorrectItYourself(Refusal):
    """She corrects this at once without anybody's help."""

    subject: DataSubject

    zh = "昵称、头像、出生年份和手机号可以在“个人信息”里直接更正。"
    en = "Name, picture, birth year and phone number are corrected by yourself, at once."


@dataclass(frozen=True, slots=True)
class DataRequestOpen(Refusal):
    """The customer has a request of this kind that nobody has answered yet."""

    zh = "同类申请正在处理中，请等待答复。"
    en = "A request of this kind is under way: wait for the answer."


@dataclass(frozen=True, slots=True)
class DataRequestNotFound(Refusal):
    """There is no such request, or it is none that people answer."""

    zh = "没有这条需要人工答复的申请。"
    en = "There is no such request for people to answer."


@dataclass(frozen=True, slots=True)
class DataRequestAnswered(Refusal):
    """Somebody answered it before, or the account was closed."""

    zh = "这条申请已经答复或已结束。"
    en = "This request was answered before, or has ended."
