"""The closed lists of orders, as the schema tells them."""

from app.orders.enums import CancelReason, OrderStatus, RefundReason, SubstitutionState
from schema.enums import declare

declare(
    OrderStatus,
    "Where an order stands. Refunds are no status: see `refunds`.",
    {
        "PENDING_PAYMENT": "Placed; it waits for its payment until `payBy`.",
        "PAID": "Paid; the shop has not begun to pack it.",
        "PICKING": "Being packed.",
        "READY": "Packed: it can be collected with the pickup code.",
        "COLLECTED": "Handed over.",
        "CANCELLED": "Cancelled; what was paid goes back.",
        "EXPIRED": "Not paid in time.",
        "NO_SHOW": "Not collected in its slot; whoever comes late the same day is served.",
    },
)
declare(
    SubstitutionState,
    "What became of a substitute that was offered.",
    {
        "OFFERED": "It waits for the customer's answer until `answerBy`.",
        "ACCEPTED": "She takes it; what it costs less goes back.",
        "DECLINED": "She does not; what was paid for the missing units goes back.",
        "LAPSED": "Nobody answered in time: as if she had declined.",
    },
)
declare(
    CancelReason,
    "Why an order was cancelled.",
    {
        "CUSTOMER": "Its customer did not want it any more.",
        "SHOP": "The shop could not serve it.",
        "OUT_OF_STOCK": "It could not be packed.",
        "NO_SHOW": "Nobody came for it.",
        "RECALL": "Something in it was recalled.",
    },
)
declare(
    RefundReason,
    "What money goes back for.",
    {
        "CANCELLATION": "The order was cancelled.",
        "SHORT_PICK": "Units that could not be packed.",
        "SUBSTITUTION": "Something cheaper was packed instead.",
        "WEIGHT": "It weighed less than was paid for.",
        "DEFECT": "It was not good.",
        "PAID_TOO_LATE": "It was paid after its time.",
        "PAID_TWICE": "It was paid twice.",
    },
)
