"""The closed lists of orders and of what comes after them, as the schema tells them."""

from app.claims.enums import ClaimState, DefectReason
from app.invoices.enums import InvoiceKind, InvoiceState
from app.orders.enums import CancelReason, OrderStatus, RefundReason, SubstitutionState
from app.orders.messages.enums import MessageTemplate
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
declare(
    DefectReason,
    "What is wrong with goods that were collected.",
    {
        "ROTTEN": "Rotten or mouldy.",
        "DAMAGED": "Crushed, broken or leaking.",
        "WRONG_ITEM": "Not what was bought.",
        "MISSING": "Not in the bag.",
        "EXPIRED": "Over its date, or fewer days left than promised.",
        "OTHER": "Something else, as the text says.",
    },
)
declare(
    ClaimState,
    "What became of a defect claim.",
    {
        "OPEN": "The shop looks at it.",
        "ACCEPTED": "Accepted, wholly or in part: money goes back.",
        "REJECTED": "Rejected, for the reason in writing.",
    },
)
declare(
    InvoiceKind,
    "Whose name stands on an invoice.",
    {"PERSONAL": "A person's.", "COMPANY": "A company's, with its tax number."},
)
declare(
    InvoiceState,
    "How far an invoice is.",
    {
        "REQUESTED": "Asked for.",
        "ISSUED": "Made: its file can be fetched.",
        "REJECTED": "Not made, for a reason in writing; it may be asked for again.",
    },
)
declare(
    MessageTemplate,
    "What the shop can tell a customer by WeChat, once for each grant of hers.",
    {
        "ORDER_READY": "Her order is packed.",
        "PICKUP_REMINDER": "Her pickup window ends soon.",
        "REFUND_DONE": "Money is back.",
        "SUBSTITUTION_OFFER": "Something else is offered for what cannot be packed.",
    },
)
