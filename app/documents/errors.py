"""What the registry refuses."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one document of a manifest, or with the manifest (`document` is empty)."""

    document: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """One line for a terminal or a log."""
        place = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{self.document or 'manifest'}{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class AppUnknown(Refusal):
    """There is no such app, or it is not this caller's."""

    app: str
    zh = "没有名为 {self.app} 的应用。"
    en = "There is no app {self.app}: it is neither the shop's nor a partner's code."


@dataclass(frozen=True, slots=True)
class ManifestUnknown(Refusal):
    """The app has no such version."""

    app: str
    version: int
    zh = "{self.app} 没有版本 {self.version}。"
    en = "{self.app} has no version {self.version}: push it first."


@dataclass(frozen=True, slots=True)
class ManifestRetired(Refusal):
    """A version that is retired stays so: what it held is pushed again under a new number."""

    app: str
    version: int
    zh = "{self.app} 的版本 {self.version} 已退役，请以新版本号重新推送。"
    en = "Version {self.version} of {self.app} is retired: push its documents again as a new version."


@dataclass(frozen=True, slots=True)
class ManifestVersionTaken(Refusal):
    """The version was pushed before, with other documents."""

    app: str
    version: int
    zh = "{self.app} 的版本 {self.version} 已推送过，且内容不同。"
    en = "Version {self.version} of {self.app} was pushed with other documents: choose another number."


@dataclass(frozen=True, slots=True)
class ManifestRefused(Refusal):
    """Documents that cannot be answered, all that were found."""

    problems: tuple[Problem, ...]
    zh = "清单未通过检查：{self.count} 处问题。"
    en = "The manifest is refused: {self.count} problems."

    @property
    def count(self) -> int:
        """How many problems there are."""
        return len(self.problems)
