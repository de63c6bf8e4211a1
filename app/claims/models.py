"""Tables of defect claims and their photos."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.claims.enums import ClaimState, DefectReason
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare


class DefectClaim(Model):
    """What a customer says is wrong with a line of hers, what she asks for, and what was decided.

    Either units of the line (`quantity`) or a share of it (`share_percent`) are claimed. `asked_fen`: what those were
    worth when she claimed, never more than was left of the line; `granted_fen`: what goes back of it.
    """

    id = fields.BigIntField(primary_key=True)
    order_line = ref("OrderLine")
    order_line_id: int
    customer = ref("Customer")
    customer_id: int
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    state = choice(ClaimState, default=ClaimState.OPEN)
    reason = choice(DefectReason)
    text = fields.CharField(max_length=500)
    quantity = fields.IntField(null=True)
    share_percent = fields.SmallIntField(null=True)
    asked_fen = fields.BigIntField()
    claimed_at: datetime = fields.DatetimeField()
    due_at: datetime = fields.DatetimeField()
    escalated_at: datetime | None = fields.DatetimeField(null=True)  # nobody decided in time, and it is too much
    accepted_percent = fields.SmallIntField(null=True)
    granted_fen = fields.BigIntField(null=True)
    decision_reason = fields.CharField(max_length=300, null=True)
    decided_by = ref("Staff", null=True)  # null: the job, because nobody had decided in time
    decided_by_id: int | None
    decided_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """One open claim for a line; what was decided says when, why and how much."""

        table = "defect_claim"
        indexes = (
            Index(fields=("order_line_id", "id"), name="defect_claim_by_line"),
            Index(fields=("state", "due_at", "id"), name="defect_claim_queue"),
        )
        constraints = (
            known("defect_claim", "state", ClaimState),
            known("defect_claim", "reason", DefectReason),
            unique("defect_claim", "order_line_id", where="state = 'OPEN'"),
            check("defect_claim", "units_or_share", "(quantity IS NULL) <> (share_percent IS NULL)"),
            check("defect_claim", "asks_for_something", "quantity > 0 AND asked_fen > 0"),
            check("defect_claim", "share", "share_percent BETWEEN 1 AND 100"),
            check("defect_claim", "decided_has_time", "(state = 'OPEN') = (decided_at IS NULL)"),
            check(
                "defect_claim",
                "decided_is_whole",
                "(decided_at IS NULL) = (decision_reason IS NULL) AND (decided_at IS NULL) = (accepted_percent IS NULL)"
                " AND (decided_at IS NULL) = (granted_fen IS NULL)",
            ),
            check("defect_claim", "granted_within_asked", "granted_fen BETWEEN 0 AND asked_fen"),
            check(
                "defect_claim",
                "state_is_the_share",
                "accepted_percent BETWEEN 0 AND 100 AND (state = 'REJECTED') = (accepted_percent = 0)",
            ),
        )


class DefectClaimPhoto(Model):
    """A photo that a customer took of what she claims."""

    id = fields.BigIntField(primary_key=True)
    claim = ref("DefectClaim")
    claim_id: int
    customer = ref("Customer")
    customer_id: int
    upload = ref("Upload")
    upload_id: int
    position = fields.SmallIntField()

    storage_key: str  # of its upload, joined by app.claims.queries

    class Meta:
        """Each upload stands in one claim."""

        table = "defect_claim_photo"
        constraints = (
            unique("defect_claim_photo", "claim_id", "position"),
            unique("defect_claim_photo", "upload_id"),
        )


_WHY = "after-sales"
_TERM = "3 years with its order (E-Commerce Law, article 31)"

declare(
    DefectClaim,
    plain=(
        *("id", "order_line_id", "pickup_point_id", "state", "reason", "quantity", "share_percent", "asked_fen"),
        *("claimed_at", "due_at", "escalated_at", "accepted_percent", "granted_fen", "decided_by_id", "decided_at"),
    ),
    customer_id=(_WHY, _TERM, Mask.HIDDEN, Erase.KEEP),
    text=(_WHY, _TERM, Mask.HIDDEN, Erase.ANONYMISE),
    decision_reason=(_WHY, _TERM, Mask.HIDDEN, Erase.ANONYMISE),
)
declare(
    DefectClaimPhoto,
    plain=("id", "claim_id", "position"),
    customer_id=(_WHY, "with its claim, until closure", Mask.HIDDEN, Erase.DELETE_ROW),
    upload_id=(_WHY, "with its claim, until closure", Mask.HIDDEN, Erase.DELETE_ROW),
)
