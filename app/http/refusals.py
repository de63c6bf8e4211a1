"""A service's refusal as an answer of a plain HTTP endpoint: status, and an error of a GraphQL answer's shape."""

import re
from dataclasses import fields
from typing import Any

from app.files import errors as files
from app.http.errors import Code, RequestRefused
from app.kit.errors import BadInput, Refusal, Refused
from app.kit.idempotency import IdempotencyKeyReused
from app.kit.locale import preferred

_STATUS: dict[type[Refusal], int] = {
    files.FileTooLarge: 413,
    files.FileTypeNotAccepted: 415,
    files.FileBroken: 422,
    files.FileNotSafe: 422,
    files.UploadBudgetSpent: 429,
    files.UploadNotFound: 404,
    IdempotencyKeyReused: 409,
}
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def refusal_of(
    refused: RequestRefused | Refused | BadInput, accept_language: str
) -> tuple[int, list[dict[str, Any]], dict[str, str]]:
    """Status (400 for what has none of its own), errors and headers.

    A refusal's code is its class's name, such as FILE_TOO_LARGE; its facts stand beside the code.
    """
    if isinstance(refused, RequestRefused):
        return refused.status, refused.errors, refused.headers
    if isinstance(refused, BadInput):
        return 400, [{"message": str(refused), "extensions": {"code": Code.BAD_USER_INPUT}}], {}
    reason = refused.reason
    extensions = {"code": _WORD.sub("_", type(reason).__name__).upper()}
    extensions |= {_camel(each.name): getattr(reason, each.name) for each in fields(reason)}
    error = {"message": reason.message(preferred(accept_language)), "extensions": extensions}
    return _STATUS.get(type(reason), 400), [error], {"vary": "Accept-Language"}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
