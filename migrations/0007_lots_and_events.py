from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.traceability.enums import EventAction, EventType, LotRole, LotStatus, ProducerKind, Stage


class Migration(migrations.Migration):
    dependencies = [("shop", "0006_product_revisions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Producer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=80)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="FARM: FARM\nCOOPERATIVE: COOPERATIVE\nRANCH: RANCH\nFISHERY: FISHERY\nFACTORY: FACTORY",
                        enum_type=ProducerKind,
                        max_length=24,
                    ),
                ),
                ("province", fields.CharField(max_length=40)),
                ("city", fields.CharField(max_length=40)),
                ("story", fields.TextField(unique=False)),
                ("gln", fields.CharField(null=True, unique=True, max_length=13)),
                ("licence_number", fields.CharField(max_length=40)),
                ("licence_expires_on", fields.DateField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "producer",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Who grew, raised, caught or made a lot.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Producer",
            [
                CheckConstraint(
                    check="kind IN ('FARM', 'COOPERATIVE', 'RANCH', 'FISHERY', 'FACTORY')", name="producer_kind_known"
                ),
                CheckConstraint(check="gln ~ '^[0-9]{13}$'", name="producer_gln_digits"),
            ],
        ),
        ops.CreateModel(
            name="Place",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("uri", fields.CharField(unique=True, max_length=1000)),
                ("name", fields.CharField(max_length=80)),
                ("province", fields.CharField(max_length=40)),
                ("city", fields.CharField(max_length=40)),
            ],
            options={
                "table": "place",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A name for a location that events give by URI (readPoint, bizLocation).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Lot",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("gtin", fields.CharField(max_length=14)),
                ("lot_code", fields.CharField(max_length=60)),
                (
                    "sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="sku_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "producer",
                    fields.ForeignKeyField(
                        "shop.Producer",
                        source_field="producer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "status",
                    fields.CharEnumField(
                        default=LotStatus.SELLABLE,
                        description="SELLABLE: SELLABLE\nON_HOLD: ON_HOLD\nRECALLED: RECALLED",
                        enum_type=LotStatus,
                        max_length=24,
                    ),
                ),
                ("harvested_on", fields.DateField(null=True)),
                ("packed_on", fields.DateField(null=True)),
                ("best_before_on", fields.DateField(null=True)),
                ("expires_on", fields.DateField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "lot",
                "app": "shop",
                "indexes": [
                    Index(fields=["lot_code"], name="lot_by_code"),
                    Index(fields=["sku_id", "expires_on"], name="lot_by_sku"),
                ],
                "pk_attr": "id",
                "table_description": "Goods of one kind made together: the unit of trace, of inspection and of recall.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Lot",
            [
                UniqueConstraint(fields=("gtin", "lot_code"), name="lot_gtin_lot_code_key"),
                UniqueConstraint(fields=("id", "sku_id"), name="lot_id_sku_id_key"),
                CheckConstraint(check="status IN ('SELLABLE', 'ON_HOLD', 'RECALLED')", name="lot_status_known"),
                CheckConstraint(check="gtin ~ '^[0-9]{14}$'", name="lot_gtin_digits"),
                CheckConstraint(
                    check="harvested_on <= packed_on AND packed_on <= expires_on AND harvested_on <= expires_on"
                    " AND harvested_on <= best_before_on AND packed_on <= best_before_on",
                    name="lot_dates_in_order",
                ),
                CheckConstraint(check="best_before_on <= expires_on", name="lot_best_before_expiry"),
            ],
        ),
        ops.CreateModel(
            name="TraceEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "event_type",
                    fields.CharEnumField(
                        description="OBJECT: ObjectEvent\nAGGREGATION: AggregationEvent\nTRANSACTION: TransactionEvent\nTRANSFORMATION: TransformationEvent\nASSOCIATION: AssociationEvent",
                        enum_type=EventType,
                        max_length=24,
                    ),
                ),
                ("event_id", fields.CharField(null=True, max_length=1000)),
                ("event_hash", fields.CharField(max_length=90)),
                ("event_time", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("event_offset", fields.CharField(max_length=6)),
                ("recorded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "action",
                    fields.CharEnumField(
                        null=True,
                        description="ADD: ADD\nOBSERVE: OBSERVE\nDELETE: DELETE",
                        enum_type=EventAction,
                        max_length=24,
                    ),
                ),
                ("biz_step", fields.CharField(null=True, max_length=1000)),
                ("disposition", fields.CharField(null=True, max_length=1000)),
                (
                    "stage",
                    fields.CharEnumField(
                        null=True,
                        description="HARVESTING: HARVESTING\nCOOLING: COOLING\nPACKING: PACKING\nSHIPPING: SHIPPING\nRECEIVING: RECEIVING\nINSPECTING: INSPECTING\nSTORING: STORING",
                        enum_type=Stage,
                        max_length=24,
                    ),
                ),
                ("read_point", fields.CharField(null=True, max_length=1000)),
                ("biz_location", fields.CharField(null=True, max_length=1000)),
                ("biz_transactions", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("sources", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("destinations", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("sensor_elements", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("ilmd", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("temperature_min_c", fields.DecimalField(null=True, max_digits=6, decimal_places=2)),
                ("temperature_max_c", fields.DecimalField(null=True, max_digits=6, decimal_places=2)),
                ("has_alarm", fields.BooleanField(default=False)),
                ("error_declared_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("error_reason", fields.CharField(null=True, max_length=1000)),
                ("corrective_event_ids", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("canonical", fields.TextField(unique=False)),
            ],
            options={
                "table": "trace_event",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "One EPCIS 2.0 event: typed columns to ask by, the canonical JSON as received. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "TraceEvent",
            [
                CheckConstraint(
                    check="event_type IN ('ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent')",
                    name="trace_event_event_type_known",
                ),
                CheckConstraint(check="action IN ('ADD', 'OBSERVE', 'DELETE')", name="trace_event_action_known"),
                CheckConstraint(
                    check="stage IN ('HARVESTING', 'COOLING', 'PACKING', 'SHIPPING', 'RECEIVING', 'INSPECTING', 'STORING')",
                    name="trace_event_stage_known",
                ),
                UniqueConstraint(
                    fields=("event_id",), name="trace_event_event_id_key", condition="error_declared_at IS NULL"
                ),
                CheckConstraint(
                    check="event_hash ~ '^ni:///sha-256;[0-9a-f]{64}[?]ver=CBV2[.]0$'", name="trace_event_hash_form"
                ),
                CheckConstraint(
                    check="event_offset ~ '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$'", name="trace_event_offset_form"
                ),
                CheckConstraint(
                    check="(event_type = 'TransformationEvent') = (action IS NULL)", name="trace_event_action_by_type"
                ),
                CheckConstraint(check="temperature_min_c <= temperature_max_c", name="trace_event_temperature_range"),
                CheckConstraint(
                    check="error_reason IS NULL OR error_declared_at IS NOT NULL",
                    name="trace_event_error_reason_declared",
                ),
            ],
        ),
        ops.CreateModel(
            name="LotEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "event",
                    fields.ForeignKeyField(
                        "shop.TraceEvent",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "role",
                    fields.CharEnumField(
                        description="OBJECT: OBJECT\nPARENT: PARENT\nCHILD: CHILD\nINPUT: INPUT\nOUTPUT: OUTPUT",
                        enum_type=LotRole,
                        max_length=24,
                    ),
                ),
                ("quantity", fields.DecimalField(null=True, max_digits=14, decimal_places=3)),
                ("uom", fields.CharField(null=True, max_length=3)),
            ],
            options={
                "table": "lot_event",
                "app": "shop",
                "indexes": [Index(fields=["event_id"], name="lot_event_by_event")],
                "pk_attr": "id",
                "table_description": "That an event touched a lot, how, and how much of it. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "LotEvent",
            [
                UniqueConstraint(fields=("lot_id", "event_id", "role"), name="lot_event_lot_id_event_id_role_key"),
                CheckConstraint(
                    check="role IN ('OBJECT', 'PARENT', 'CHILD', 'INPUT', 'OUTPUT')", name="lot_event_role_known"
                ),
                CheckConstraint(check="quantity >= 0", name="lot_event_quantity_not_negative"),
            ],
        ),
        ops.CreateModel(
            name="LotSeal",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sequence", fields.IntField()),
                (
                    "event",
                    fields.ForeignKeyField(
                        "shop.TraceEvent",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("previous_hash", fields.CharField(null=True, max_length=64)),
                ("chain_hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "lot_seal",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A link of a lot's hash chain: each seals one event and the link before. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "LotSeal",
            [
                UniqueConstraint(fields=("lot_id", "sequence"), name="lot_seal_lot_id_sequence_key"),
                UniqueConstraint(fields=("lot_id", "event_id"), name="lot_seal_lot_id_event_id_key"),
                CheckConstraint(
                    check="sequence > 0 AND (sequence = 1) = (previous_hash IS NULL)", name="lot_seal_first_is_first"
                ),
            ],
        ),
    ]
