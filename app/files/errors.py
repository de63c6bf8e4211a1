"""Why an upload, or the use of one, is refused."""

from dataclasses import dataclass
from typing import ClassVar

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class FileEmpty(Refusal):
    """Returned when the file has no bytes."""

    zh: ClassVar[str] = "文件是空的。"
    en: ClassVar[str] = "The file is empty."


@dataclass(frozen=True, slots=True)
class FileTooLarge(Refusal):
    """Returned when the file has more bytes than its kind may have."""

    limit_bytes: int
    zh: ClassVar[str] = "文件太大,最多 {self.limit_bytes} 字节。"
    en: ClassVar[str] = "The file is too large: at most {self.limit_bytes} bytes."


@dataclass(frozen=True, slots=True)
class FileTypeNotAccepted(Refusal):
    """Returned when the content, whatever the name says, is none of the types taken."""

    accepted: tuple[str, ...]
    zh: ClassVar[str] = "不支持这种文件。可上传: JPEG、PNG、WebP 图片, MP4 视频, PDF 文档。"
    en: ClassVar[str] = "This type of file is not taken. Taken are JPEG, PNG and WebP pictures, MP4 films and PDF."


@dataclass(frozen=True, slots=True)
class FileBroken(Refusal):
    """Returned when the content cannot be read to its end."""

    zh: ClassVar[str] = "文件已损坏或不完整。"
    en: ClassVar[str] = "The file is broken or incomplete."


@dataclass(frozen=True, slots=True)
class FileNotSafe(Refusal):
    """Returned when the content holds what the shop does not pass on: scripts, passwords, attachments, a bomb."""

    reason: str
    zh: ClassVar[str] = "文件含有不允许的内容。"
    en: ClassVar[str] = "The file holds something that is not allowed: {self.reason}."


@dataclass(frozen=True, slots=True)
class UploadBudgetSpent(Refusal):
    """Returned when the caller has sent as many bytes today as it may; tomorrow, Asia/Shanghai, it may again."""

    limit_bytes: int
    zh: ClassVar[str] = "今天上传的文件太多了, 请明天再试。"
    en: ClassVar[str] = "Too much was uploaded today. Try again tomorrow."


@dataclass(frozen=True, slots=True)
class UploadNotFound(Refusal):
    """Returned when there is no such upload of this caller's: never was, of another, or swept since."""

    zh: ClassVar[str] = "找不到上传的文件, 请重新上传。"
    en: ClassVar[str] = "The uploaded file is not there. Please upload it again."


@dataclass(frozen=True, slots=True)
class UploadAlreadyUsed(Refusal):
    """Returned when the upload stands in something else already."""

    zh: ClassVar[str] = "这个文件已经用过了, 请重新上传。"
    en: ClassVar[str] = "The file is used already. Please upload it again."


@dataclass(frozen=True, slots=True)
class UploadOfWrongKind(Refusal):
    """Returned when another kind of file is needed here, such as a document and not a picture."""

    zh: ClassVar[str] = "这里需要另一种文件。"
    en: ClassVar[str] = "Another kind of file is needed here."
