"""Table of notices."""

from datetime import date, datetime

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from app.kit.fields import check, choice, known, ref, unique
from app.notices.enums import NoticeKind


class StaffNotice(Model):
    """Something a job found that somebody has to look at. It names rows by their ids and holds no text of its own.

    `entity` and `entity_id` say what it is about, as the global ids do. `occasion` tells one time from another: the
    same is told once.
    """

    id = fields.BigIntField(primary_key=True)
    kind = choice(NoticeKind)
    entity = fields.CharField(max_length=40)
    entity_id = fields.BigIntField()
    occasion = fields.CharField(max_length=40)
    ends_on: date | None = fields.DateField(null=True)  # the day a paper ends or ended
    product_ids: list[int] = ArrayField(element_type="bigint")
    lot_ids: list[int] = ArrayField(element_type="bigint")
    created_at = fields.DatetimeField()
    handled_at: datetime | None = fields.DatetimeField(null=True)
    handled_by = ref("Staff", null=True)
    handled_by_id: int | None

    class Meta:
        """Told once for an occasion; who handled it has a time. The open ones have an index (migration)."""

        table = "staff_notice"
        constraints = (
            known("staff_notice", "kind", NoticeKind),
            unique("staff_notice", "entity", "entity_id", "kind", "occasion"),
            check("staff_notice", "handled_by_somebody", "(handled_at IS NULL) = (handled_by_id IS NULL)"),
        )
