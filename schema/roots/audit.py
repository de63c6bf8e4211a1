"""Root fields of the audit log."""

import strawberry

from resolvers import audit as resolve_audit
from schema.binding import field
from schema.inputs.audit import AuditFilter
from schema.types.audit import AuditEntry
from schema.types.page import Connection


@strawberry.type
class AuditQueries:
    """Reads of the audit log."""

    audit_entries: Connection[AuditEntry] = field(
        resolve_audit.entries,
        unpack=("filter", AuditFilter, "Which entries; all without it."),
        description="The audit log, newest first.",
        requires=("audit:read",),
    )
