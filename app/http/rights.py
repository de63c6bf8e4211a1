"""Who may look into the schema: decided here, for introspection and for the names that messages propose."""

import re
from dataclasses import dataclass
from typing import Any

from app.http.prepared import Prepared
from app.http.scopes import require
from app.kit.caller import Caller

SCHEMA_READ = "schema:read"
_SUGGESTION = re.compile(r" Did you mean .*\?", re.DOTALL)  # graphql-core's, at the end of a message


@dataclass(frozen=True, slots=True)
class Rights:
    """`is_open`: everybody may, as in development; otherwise who has the scope `schema:read`."""

    is_open: bool

    def may_look(self, caller: Caller) -> bool:
        """Whether `caller` may introspect, and be helped with the schema's names."""
        return self.is_open or SCHEMA_READ in caller.scopes

    def require(self, document: Prepared, caller: Caller) -> None:
        """Lets a document through that does not introspect, or whose caller may.

        Raises:
            RequestRefused: UNAUTHENTICATED or FORBIDDEN, as for any scope that is lacking.
        """
        if document.introspects and not self.is_open:
            require(frozenset({SCHEMA_READ}), caller)

    def hide_suggestions(self, errors: list[dict[str, Any]], caller: Caller) -> None:
        """Takes the names that graphql-core proposes out of the messages, unless `caller` may look."""
        if not self.may_look(caller):
            for error in errors:
                error["message"] = _SUGGESTION.sub("", error["message"])
