"""Tables of lots, their producers and what happened to them."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.traceability.enums import EventAction, EventType, LotRole, LotStatus, ProducerKind, Stage


class Producer(Model):
    """Who grew, raised, caught or made a lot."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=80)
    kind = choice(ProducerKind)
    province = fields.CharField(max_length=40)
    city = fields.CharField(max_length=40)
    story = fields.TextField()
    gln = fields.CharField(max_length=13, null=True, unique=True)
    licence_number = fields.CharField(max_length=40)
    licence_expires_on = fields.DateField()
    created_at = fields.DatetimeField()

    class Meta:
        """A producer's licence is known before its goods are sold (Food Safety Law, article 53)."""

        table = "producer"
        constraints = (
            known("producer", "kind", ProducerKind),
            check("producer", "gln_digits", "gln ~ '^[0-9]{13}$'"),
        )


class Place(Model):
    """A name for a location that events give by URI (readPoint, bizLocation)."""

    id = fields.BigIntField(primary_key=True)
    uri = fields.CharField(max_length=1000, unique=True)
    name = fields.CharField(max_length=80)
    province = fields.CharField(max_length=40)
    city = fields.CharField(max_length=40)

    class Meta:
        """Places are master data; an event with an unnamed place is stored all the same."""

        table = "place"


class Lot(Model):
    """Goods of one kind made together: the unit of trace, of inspection and of recall.

    Its traceability lot code is `lot_code` under the trade item's `gtin`. `sku` is null while the shop
    does not sell that trade item.
    """

    id = fields.BigIntField(primary_key=True)
    gtin = fields.CharField(max_length=14)
    lot_code = fields.CharField(max_length=60)
    sku = ref("Sku", null=True)
    sku_id: int | None
    producer = ref("Producer", null=True)
    producer_id: int | None
    status = choice(LotStatus, default=LotStatus.SELLABLE)
    harvested_on = fields.DateField(null=True)
    packed_on = fields.DateField(null=True)
    best_before_on = fields.DateField(null=True)
    expires_on = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        """GTIN and lot code name a lot once; (id, sku) is a key so that stock can quote both."""

        table = "lot"
        indexes = (
            Index(fields=("lot_code",), name="lot_by_code"),
            Index(fields=("sku_id", "expires_on"), name="lot_by_sku"),
        )
        constraints = (
            unique("lot", "gtin", "lot_code"),
            unique("lot", "id", "sku_id"),
            known("lot", "status", LotStatus),
            check("lot", "gtin_digits", "gtin ~ '^[0-9]{14}$'"),
            check(
                "lot",
                "dates_in_order",
                "harvested_on <= packed_on AND packed_on <= expires_on AND harvested_on <= expires_on"
                " AND harvested_on <= best_before_on AND packed_on <= best_before_on",
            ),
            check("lot", "best_before_expiry", "best_before_on <= expires_on"),
        )


class TraceEvent(Model):
    """One EPCIS 2.0 event: typed columns to ask by, the canonical JSON as received. Append-only.

    A wrong event is never changed: it is repeated with an error declaration (EPCIS 2.0, section 7.4.1.4).
    """

    id = fields.BigIntField(primary_key=True)
    event_type = choice(EventType)
    event_id = fields.CharField(max_length=1000, null=True)
    event_hash = fields.CharField(max_length=90)
    event_time = fields.DatetimeField()
    event_offset = fields.CharField(max_length=6)
    recorded_at = fields.DatetimeField()
    action = choice(EventAction, null=True)
    biz_step = fields.CharField(max_length=1000, null=True)
    disposition = fields.CharField(max_length=1000, null=True)
    stage = choice(Stage, null=True)
    read_point = fields.CharField(max_length=1000, null=True)
    biz_location = fields.CharField(max_length=1000, null=True)
    biz_transactions = document(default=list)
    sources = document(default=list)
    destinations = document(default=list)
    sensor_elements = document(default=list)
    ilmd = document(default=dict)
    temperature_min_c = fields.DecimalField(max_digits=6, decimal_places=2, null=True)
    temperature_max_c = fields.DecimalField(max_digits=6, decimal_places=2, null=True)
    has_alarm = fields.BooleanField(default=False)
    error_declared_at = fields.DatetimeField(null=True)
    error_reason = fields.CharField(max_length=1000, null=True)
    corrective_event_ids = document(default=list)
    canonical = fields.TextField()

    # joined by app.traceability.queries: the name of where it happened, and the lot it was asked for
    place_name: str | None
    place_city: str | None
    lot_id: int

    class Meta:
        """The hash makes capture idempotent; (hash, declaration) is unique with nulls equal (migration)."""

        table = "trace_event"
        constraints = (
            known("trace_event", "event_type", EventType),
            known("trace_event", "action", EventAction),
            known("trace_event", "stage", Stage),
            unique("trace_event", "event_id", where="error_declared_at IS NULL"),
            check("trace_event", "hash_form", "event_hash ~ '^ni:///sha-256;[0-9a-f]{64}[?]ver=CBV2[.]0$'"),
            check("trace_event", "offset_form", "event_offset ~ '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$'"),
            check("trace_event", "action_by_type", "(event_type = 'TransformationEvent') = (action IS NULL)"),
            check("trace_event", "temperature_range", "temperature_min_c <= temperature_max_c"),
            check(
                "trace_event",
                "error_reason_declared",
                "error_reason IS NULL OR error_declared_at IS NOT NULL",
            ),
        )


class LotEvent(Model):
    """That an event touched a lot, how, and how much of it. Append-only."""

    id = fields.BigIntField(primary_key=True)
    lot = ref("Lot")
    lot_id: int
    event = ref("TraceEvent")
    event_id: int
    role = choice(LotRole)
    quantity = fields.DecimalField(max_digits=14, decimal_places=3, null=True)
    uom = fields.CharField(max_length=3, null=True)  # UN/ECE Recommendation 20; null: pieces

    class Meta:
        """A lot plays a role in an event once."""

        table = "lot_event"
        indexes = (Index(fields=("event_id",), name="lot_event_by_event"),)
        constraints = (
            unique("lot_event", "lot_id", "event_id", "role"),
            known("lot_event", "role", LotRole),
            check("lot_event", "quantity_not_negative", "quantity >= 0"),
        )


class LotSeal(Model):
    """A link of a lot's hash chain: each seals one event and the link before. Append-only."""

    id = fields.BigIntField(primary_key=True)
    lot = ref("Lot")
    sequence = fields.IntField()
    event = ref("TraceEvent")
    previous_hash = fields.CharField(max_length=64, null=True)
    chain_hash = fields.CharField(max_length=64)

    class Meta:
        """The first link has no predecessor, every other has one, no event is sealed twice for a lot."""

        table = "lot_seal"
        constraints = (
            unique("lot_seal", "lot_id", "sequence"),
            unique("lot_seal", "lot_id", "event_id"),
            check("lot_seal", "first_is_first", "sequence > 0 AND (sequence = 1) = (previous_hash IS NULL)"),
        )
