"""What a caller may ask for at all: the scopes its document requires, checked before anything runs."""

from app.http.errors import Code, RequestRefused
from app.kit.caller import Caller, CallerKind


def require(scopes: frozenset[str], caller: Caller) -> None:
    """Lets a document through whose fields together require `scopes`.

    Raises:
        RequestRefused: the caller lacks some; the one error has no path and names them. A visitor is told to say who
            it is (401), anybody else that it may not (403).
    """
    missing = scopes - caller.scopes
    if not missing:
        return
    lacking = f"This needs the scope{'s' if len(missing) > 1 else ''} {', '.join(sorted(missing))}."
    if caller.kind is CallerKind.VISITOR:
        headers = {"www-authenticate": "Bearer"}
        raise RequestRefused(401, Code.UNAUTHENTICATED, lacking, headers=headers)
    raise RequestRefused(403, Code.FORBIDDEN, lacking)
