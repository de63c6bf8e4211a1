"""What filing a report, and deciding on one, is refused for."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.kit.errors import Refusal
from app.traceability.enums import ReportStatus, Verdict


@dataclass(frozen=True, slots=True)
class LotNotFound(Refusal):
    """There is no such lot."""

    zh: ClassVar[str] = "没有这个批次。"
    en: ClassVar[str] = "There is no such lot."


@dataclass(frozen=True, slots=True)
class LotAmbiguous(Refusal):
    """Several trade items have a lot of this code."""

    zh: ClassVar[str] = "多个商品使用该批次码，请同时提供 gtin。"
    en: ClassVar[str] = "Several trade items have a lot of this code: give gtin too."


@dataclass(frozen=True, slots=True)
class ReportNumberTaken(Refusal):
    """The laboratory filed a report of this number before."""

    zh: ClassVar[str] = "该报告编号已提交过。"
    en: ClassVar[str] = "A report of this number was filed before."


@dataclass(frozen=True, slots=True)
class ReportDatesWrong(Refusal):
    """A report is issued on or after the day of sampling, and both days are within bounds."""

    earliest: date
    latest: date
    zh: ClassVar[str] = "采样日期不得晚于签发日期，且两者都应在 {self.earliest} 至 {self.latest} 之间。"
    en: ClassVar[str] = "Sampling comes before issuing, and both are from {self.earliest} to {self.latest}."


@dataclass(frozen=True, slots=True)
class ReportItemsWrong(Refusal):
    """A report has too few or too many items."""

    least: int
    most: int
    zh: ClassVar[str] = "检测项目应为 {self.least} 至 {self.most} 项。"
    en: ClassVar[str] = "A report has {self.least} to {self.most} items."


@dataclass(frozen=True, slots=True)
class ItemVerdictsWrong(Refusal):
    """Some items' verdicts do not follow from their limits and results."""

    positions: list[int]
    zh: ClassVar[str] = "部分检测项目的判定与限量、结果不符。"
    en: ClassVar[str] = "The verdicts of some items do not follow from their limits and results."


@dataclass(frozen=True, slots=True)
class ConclusionWrong(Refusal):
    """The conclusion does not follow from the items: PASS needs all of them."""

    expected: Verdict
    zh: ClassVar[str] = "报告结论与各项判定不符。"
    en: ClassVar[str] = "The conclusion does not follow from the items."


@dataclass(frozen=True, slots=True)
class ReportNotFound(Refusal):
    """There is no filed report of this id."""

    zh: ClassVar[str] = "没有这份报告。"
    en: ClassVar[str] = "There is no such report."


@dataclass(frozen=True, slots=True)
class ReportAlreadyDecided(Refusal):
    """Someone accepted or rejected the report before."""

    status: ReportStatus
    zh: ClassVar[str] = "该报告已处理。"
    en: ClassVar[str] = "The report was decided on before."


@dataclass(frozen=True, slots=True)
class MakerIsChecker(Refusal):
    """Whoever filed a report does not decide on it."""

    zh: ClassVar[str] = "提交人不能审核自己的报告。"
    en: ClassVar[str] = "Who filed a report does not decide on it."
