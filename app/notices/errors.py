"""What the notices refuse."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class NoticeNotFound(Refusal):
    """There is no such notice."""

    zh = "没有这条提醒。"
    en = "There is no such notice."
