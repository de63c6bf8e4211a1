"""Tables of the kernel: answers kept for retries, the audit log and the data keys of people."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, document, ref, unique


class IdempotentAnswer(Model):
    """What a write answered, kept for a day so that a retry gets the same answer."""

    id = fields.BigIntField(primary_key=True)
    caller = fields.CharField(max_length=60)
    operation = fields.CharField(max_length=60)
    key = fields.CharField(max_length=64)
    input_hash = fields.BinaryField()
    result = document()  # a reference to the result: type and key, never personal values
    created_at = fields.DatetimeField()

    class Meta:
        """One answer per caller, operation and key (DESIGN rule 4)."""

        table = "idempotent_answer"
        indexes = (Index(fields=("created_at",), name="idempotent_answer_by_age"),)
        constraints = (
            unique("idempotent_answer", "caller", "operation", "key"),
            check("idempotent_answer", "key_form", "key ~ '^[!-~]{8,64}$'"),
            check("idempotent_answer", "hash_length", "octet_length(input_hash) = 32"),
        )


class AuditEntry(Model):
    """Who did what to which row. Append-only; ids and sealed values only, nothing personal in clear."""

    id = fields.BigIntField(primary_key=True)
    happened_at = fields.DatetimeField()
    caller = fields.CharField(max_length=60)
    scope = fields.CharField(max_length=60, null=True)
    action = fields.CharField(max_length=60)
    entity = fields.CharField(max_length=60)
    entity_id = fields.BigIntField()
    before = document(null=True)
    after = document(null=True)
    trace_id = fields.CharField(max_length=32, null=True)

    is_sealed: bool  # whether it has a link in audit_seal, where app.kit.audit_log asks for it

    class Meta:
        """Found by entity, by caller and by time."""

        table = "audit_entry"
        indexes = (
            Index(fields=("entity", "entity_id", "id"), name="audit_entry_by_entity"),
            Index(fields=("caller", "id"), name="audit_entry_by_caller"),
            Index(fields=("happened_at",), name="audit_entry_by_time"),
        )
        constraints = (check("audit_entry", "changes_something", "before IS NOT NULL OR after IS NOT NULL"),)


class AuditUnsealed(Model):
    """An audit entry that waits to be chained."""

    id = fields.BigIntField(primary_key=True)
    entry = ref("AuditEntry")

    class Meta:
        """Written with the entry, gone when it is sealed: app.kit.audit_seals."""

        table = "audit_unsealed"
        constraints = (unique("audit_unsealed", "entry_id"),)


class AuditSeal(Model):
    """A link of the audit log's hash chain: seals one entry and the link before. Append-only."""

    id = fields.BigIntField(primary_key=True)
    sequence = fields.BigIntField()
    entry = ref("AuditEntry")
    previous_hash = fields.BinaryField(null=True)
    chain_hash = fields.BinaryField()
    sealed_at = fields.DatetimeField()

    class Meta:
        """One chain: no entry is sealed twice, and no link has two behind it."""

        table = "audit_seal"
        constraints = (
            unique("audit_seal", "sequence"),
            unique("audit_seal", "entry_id"),
            unique("audit_seal", "previous_hash"),
            check("audit_seal", "first_is_first", "sequence > 0 AND (sequence = 1) = (previous_hash IS NULL)"),
            check("audit_seal", "hash_length", "octet_length(chain_hash) = 32"),
        )


class DataKey(Model):
    """A person's own key, wrapped by the key ring; destroying it makes everything sealed with it unreadable."""

    id = fields.BigIntField(primary_key=True)
    subject = fields.CharField(max_length=60, unique=True)  # kind:id, e.g. customer:7
    ring_key = fields.CharField(max_length=20)
    wrapped = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()
    destroyed_at = fields.DatetimeField(null=True)

    class Meta:
        """A key is there or destroyed."""

        table = "data_key"
        constraints = (check("data_key", "destroyed_or_there", "(wrapped IS NULL) = (destroyed_at IS NOT NULL)"),)
