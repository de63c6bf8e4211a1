"""Closed lists of the partners domain."""

from enum import StrEnum


class PartnerKind(StrEnum):
    """What a partner does for the shop."""

    LAB = "LAB"
    SUPPLIER = "SUPPLIER"
    LOGISTICS = "LOGISTICS"
    GROUP_LEADER = "GROUP_LEADER"


class PartnerEventType(StrEnum):
    """What a webhook can be told of; the value is the `type` in its body."""

    INSPECTION_REPORT_FILED = "InspectionReportFiled"
    SLOT_FULL = "SlotFull"
    STOCK_LOW = "StockLow"
    ORDER_PAID = "OrderPaid"
    ORDER_COLLECTED = "OrderCollected"


class DeliveryStatus(StrEnum):
    """How far the telling of one event to one webhook has come."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"
