"""Closed lists of the traceability domain."""

from enum import StrEnum


class ProducerKind(StrEnum):
    """What kind of business grew, raised, caught or made the food."""

    FARM = "FARM"
    COOPERATIVE = "COOPERATIVE"
    RANCH = "RANCH"
    FISHERY = "FISHERY"
    FACTORY = "FACTORY"


class LotStatus(StrEnum):
    """Whether a lot may be sold."""

    SELLABLE = "SELLABLE"
    ON_HOLD = "ON_HOLD"
    RECALLED = "RECALLED"


class EventType(StrEnum):
    """The five event types of EPCIS 2.0."""

    OBJECT = "ObjectEvent"
    AGGREGATION = "AggregationEvent"
    TRANSACTION = "TransactionEvent"
    TRANSFORMATION = "TransformationEvent"
    ASSOCIATION = "AssociationEvent"


class EventAction(StrEnum):
    """What an event says about the life of the things it names (EPCIS 2.0)."""

    ADD = "ADD"
    OBSERVE = "OBSERVE"
    DELETE = "DELETE"


class Stage(StrEnum):
    """The step of a journey in a shopper's words, derived from the event (FSMA 204 critical tracking events)."""

    HARVESTING = "HARVESTING"
    COOLING = "COOLING"
    PACKING = "PACKING"
    SHIPPING = "SHIPPING"
    RECEIVING = "RECEIVING"
    INSPECTING = "INSPECTING"
    STORING = "STORING"


class LotRole(StrEnum):
    """How an event touches a lot."""

    OBJECT = "OBJECT"
    PARENT = "PARENT"
    CHILD = "CHILD"
    INPUT = "INPUT"
    OUTPUT = "OUTPUT"


class Verdict(StrEnum):
    """The outcome of an inspection."""

    PASS = "PASS"  # noqa: S105 - an outcome, not a password
    FAIL = "FAIL"


class ReportStatus(StrEnum):
    """Whether quality management took a filed report over."""

    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


class CertificateBasis(StrEnum):
    """What a 承诺达标合格证 rests on (Agricultural Product Quality Safety Law 2022, article 39)."""

    ENTRUSTED_TEST = "ENTRUSTED_TEST"
    SELF_TEST = "SELF_TEST"
    INTERNAL_CONTROL = "INTERNAL_CONTROL"
    SELF_COMMITMENT = "SELF_COMMITMENT"
