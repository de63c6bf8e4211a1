"""The closed lists of the domains, with what each value means to a shop developer."""

from collections.abc import Mapping
from enum import StrEnum

import strawberry

from app.accounts.enums import ConsentPurpose, PersonalValue, RoleCode
from app.catalog.enums import MediaKind, ReturnPolicy, SoldBy, Storage
from app.coupons.enums import CouponKind, CouponReason, CouponScope, CouponState
from app.documents.enums import ManifestState, OperationKind
from app.inventory.enums import LotProblem, MovementKind, StockLevel, WriteOffReason
from app.notices.enums import NoticeKind
from app.partners.enums import DeliveryStatus, PartnerEventType, PartnerKind
from app.payments.enums import DifferenceKind, RefundState
from app.pickup.enums import PickupPointKind, PickupPointStatus
from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject
from app.reviews.queries import ReviewSort
from app.storefront.orders import ProductSort
from app.traceability.enums import (
    CertificateBasis,
    EventAction,
    EventType,
    LotRole,
    LotStatus,
    ProducerKind,
    ReportStatus,
    Stage,
    Verdict,
)


def declare(kind: type[StrEnum], description: str, values: Mapping[str, str]) -> None:
    """Makes `kind` an enum of the schema; `values` describes every member by name."""
    strawberry.enum(kind, description=description)
    for value in kind.__strawberry_definition__.values:  # type: ignore[attr-defined]  # put there by strawberry.enum
        value.description = values[value.name]


declare(SoldBy, "How a product is sold.", {"EACH": "By the piece or pack.", "WEIGHT": "By weight."})
declare(
    ReturnPolicy,
    "Which return rule applies (Consumer Rights Protection Law, article 25).",
    {
        "FRESH": "Fresh and perishable: no return without a reason; defects are made good.",
        "STANDARD": "Seven days to return without a reason.",
        "CONFIRMED_EXCEPTION": "No return without a reason once the customer confirmed this when buying.",
    },
)
declare(
    Storage,
    "Where a product is kept.",
    {"AMBIENT": "At room temperature.", "CHILLED": "In the fridge.", "FROZEN": "In the freezer."},
)
declare(
    MediaKind,
    "What kind of medium it is.",
    {
        "IMAGE": "A picture.",
        "VIDEO": "A film, with a poster picture.",
        "PANORAMA": "An equirectangular picture to look around in, such as the field.",
        "SPIN": "Pictures all around the product, to turn it by hand.",
    },
)
declare(
    ProductSort,
    "In which order products are listed.",
    {
        "NEWEST": "Last published first.",
        "BEST_SELLING": "Most sold first.",
        "PRICE_ASC": "Cheapest first.",
        "PRICE_DESC": "Dearest first.",
        "RATING": "Best rated first; few reviews count for less, as if there were ten more of four stars.",
        "RELEVANCE": "What fits the search best first; only with `search`.",
    },
)
declare(
    ReviewSort,
    "In which order reviews are listed.",
    {"NEWEST": "Newest first.", "MOST_HELPFUL": "Those most found helpful first."},
)
declare(
    StockLevel,
    "How much is left.",
    {
        "IN_STOCK": "Enough.",
        "LOW_STOCK": "Only few: at most ten.",
        "OUT_OF_STOCK": "Nothing that keeps long enough.",
    },
)
declare(
    MovementKind,
    "Why stock changed.",
    {
        "RECEIVE": "Units came to the point.",
        "ADJUST": "They were counted.",
        "WRITE_OFF": "They were given up.",
        "TRANSFER": "They were brought to another point, or from one.",
        "HOLD": "They are kept for a customer.",
        "RELEASE": "They are on sale again.",
        "SELL": "A customer has them.",
        "RETURN": "They came back.",
    },
)
declare(
    WriteOffReason,
    "Why units are given up.",
    {
        "EXPIRED": "Their last day is over.",
        "DAMAGED": "They are spoilt or broken.",
        "SAMPLE": "They were tasted or tested.",
        "OTHER": "As the remark says.",
    },
)
declare(
    LotProblem,
    "Why a lot is not taken into stock.",
    {
        "NOT_SOLD": "The shop does not sell this trade item.",
        "RECALLED": "It is recalled.",
        "ON_HOLD": "Quality management put it on hold.",
        "EXPIRED": "Its last day is over.",
        "NO_EXPIRY": "Nobody told until when it may be eaten.",
        "NO_PRODUCER": "Nobody told who made it.",
        "LICENCE_EXPIRED": "Its producer's licence is over.",
        "REPORT_FAILED": "An accepted laboratory report says so.",
    },
)
declare(
    PickupPointKind,
    "What kind of place it is.",
    {"STORE": "One of our stores.", "COMMUNITY": "A point in a neighbourhood."},
)
declare(
    PickupPointStatus,
    "Whether a pickup point takes orders.",
    {"OPEN": "It does.", "SUSPENDED": "Not for now.", "CLOSED": "Closed for good."},
)
declare(
    CouponKind,
    "How a coupon lowers the price.",
    {"AMOUNT": "By `amount`.", "PERCENT": "By `percentOff` per cent, at most `cap`."},
)
declare(
    CouponScope,
    "What a coupon can be used for.",
    {
        "ALL": "Everything.",
        "CATEGORY": "Products of certain categories and those below.",
        "PRODUCT": "Certain products.",
    },
)
declare(
    ProducerKind,
    "What kind of business made the food.",
    {
        "FARM": "A farm.",
        "COOPERATIVE": "A farmers' cooperative.",
        "RANCH": "A livestock or poultry farm.",
        "FISHERY": "A fishery or fish farm.",
        "FACTORY": "A food factory.",
    },
)
declare(
    LotStatus,
    "Whether a lot may be sold.",
    {"SELLABLE": "It may.", "ON_HOLD": "Not until a question is answered.", "RECALLED": "Recalled."},
)
declare(
    EventType,
    "The five event types of EPCIS 2.0.",
    {
        "OBJECT": "Something happened to goods.",
        "AGGREGATION": "Goods were put into or taken out of something.",
        "TRANSACTION": "Goods were tied to a business document.",
        "TRANSFORMATION": "Goods were made from other goods.",
        "ASSOCIATION": "A device or fixed thing was attached to something.",
    },
)
declare(
    EventAction,
    "What an event says about the life of the goods it names.",
    {"ADD": "It begins.", "OBSERVE": "They were seen.", "DELETE": "It ends."},
)
declare(
    Stage,
    "The step of a journey in a shopper's words (the critical tracking events of FSMA 204).",
    {
        "HARVESTING": "Harvested, caught or slaughtered.",
        "COOLING": "Cooled down after harvest.",
        "PACKING": "Packed.",
        "SHIPPING": "Sent on its way, or under way.",
        "RECEIVING": "Arrived.",
        "INSPECTING": "Sampled or tested.",
        "STORING": "Stored or put on the shelf.",
    },
)
declare(
    LotRole,
    "How an event touched a lot.",
    {
        "OBJECT": "The event is about it.",
        "PARENT": "It held others.",
        "CHILD": "It was put into or taken out of another.",
        "INPUT": "It was used up.",
        "OUTPUT": "It was made.",
    },
)
declare(Verdict, "The outcome of an inspection.", {"PASS": "Within the limit.", "FAIL": "Beyond the limit."})
declare(
    CertificateBasis,
    "What a certificate of conformity (承诺达标合格证) rests on.",
    {
        "ENTRUSTED_TEST": "A test by a laboratory.",
        "SELF_TEST": "The producer's own test.",
        "INTERNAL_CONTROL": "The producer's quality control.",
        "SELF_COMMITMENT": "The producer's word.",
    },
)
declare(
    ReportStatus,
    "How far a report that a laboratory filed has come.",
    {
        "SUBMITTED": "Filed; shoppers do not see it.",
        "ACCEPTED": "Quality management took it over; shoppers see it.",
        "REJECTED": "Quality management did not; `rejectionReason` says why.",
    },
)
declare(
    PartnerKind,
    "What a partner does for the shop.",
    {
        "LAB": "Tests food and files reports.",
        "SUPPLIER": "Delivers goods.",
        "LOGISTICS": "Carries them.",
        "GROUP_LEADER": "Gathers orders in a neighbourhood.",
    },
)
declare(
    PartnerEventType,
    "What a webhook can be told of.",
    {
        "INSPECTION_REPORT_FILED": "`InspectionReportFiled`: its report was filed. Ids: inspectionReport, lot.",
        "SLOT_FULL": "`SlotFull`: the last place of a pickup slot was taken. Ids: pickupSlot, pickupPoint.",
        "STOCK_LOW": "`StockLow`: a SKU runs low at a point; told once until there is more. Ids: sku, pickupPoint.",
        "ORDER_PAID": "`OrderPaid`: an order was paid. Ids: order, pickupPoint.",
        "ORDER_COLLECTED": "`OrderCollected`: an order was handed over. Ids: order, pickupPoint.",
    },
)
declare(
    DeliveryStatus,
    "How far the telling of an event has come.",
    {
        "PENDING": "It waits for its next attempt.",
        "DELIVERED": "The receiver took it.",
        "DEAD": "It was given up; staff may replay it.",
    },
)
declare(
    OperationKind,
    "What a document does.",
    {"QUERY": "It reads.", "MUTATION": "It writes.", "SUBSCRIPTION": "It is told of events."},
)
declare(
    ManifestState,
    "Where a version of an app's documents stands; it goes down this list, and never back.",
    {
        "PUSHED": "Stored and checked; nobody is answered from it.",
        "ACTIVE": "The app's clients are answered from it.",
        "RETIRED": "Clients that still ask for it are answered, until none has for the grace period.",
        "DROPPED": "Not answered any more.",
    },
)
declare(PersonalValue, "What of a customer staff may see unmasked.", {"PHONE": "Her whole phone number."})
declare(
    RoleCode,
    "A job in the shop, and what it may do.",
    {
        "CATALOGUE_EDITOR": "Writes products.",
        "CATALOGUE_APPROVER": "Lets what editors wrote be published.",
        "STORE_CLERK": "Looks after stock and hands out orders at her pickup points.",
        "PROMOTION_MANAGER": "Runs offers and coupons.",
        "QUALITY_MANAGER": "Judges reports, records events, recalls lots.",
        "ANALYST": "Reads figures.",
        "ADMINISTRATOR": "Looks after staff, partners, documents and the audit log.",
    },
)
declare(
    ConsentPurpose,
    "What a customer may agree to, each by itself.",
    {
        "PRIVACY_POLICY": "The shop's privacy policy.",
        "PERSONALIZATION": "Being shown things by what she looked at; without it nothing of that is kept.",
        "MARKETING": "Messages about offers.",
        "BIRTH_YEAR": "The year she was born in being kept, for statistics by age band.",
        "PRECISE_LOCATION": "Her place being used to find pickup points near it; it is not kept.",
    },
)
declare(
    DataRequestKind,
    "What a customer asked for about her data.",
    {
        "EXPORT": "A copy of everything the shop holds about her.",
        "CLOSURE": "Closing the account.",
        "CORRECTION": "Something that is wrong.",
        "MINOR": "The data of somebody under age, asked for by a guardian or by herself.",
        "OTHER": "Anything else the law lets her ask.",
    },
)
declare(
    DataRequestState,
    "How far a request about personal data is.",
    {
        "OPEN": "Under way.",
        "DONE": "Answered: what she asked for was done.",
        "REFUSED": "Answered: it was refused, for a reason in writing.",
        "ENDED": "Over: its file was deleted, or the account was closed before.",
    },
)
declare(
    DataSubject,
    "What of her data a customer writes about.",
    {
        "PROFILE": "Name, picture or birth year: corrected by herself.",
        "PHONE": "The phone number: corrected by herself.",
        "WECHAT_ACCOUNT": "Which WeChat account she signs in with; never changed.",
        "CONSENT_HISTORY": "What she agreed to and when; never changed.",
        "REVIEW": "A review, such as one that is not hers.",
        "COUPON": "A coupon she claimed or used.",
        "ORDER": "An order.",
        "OTHER": "Something else.",
    },
)
declare(
    DifferenceKind,
    "How WeChat's bill and the ledger differ in one charge or refund.",
    {
        "MISSING_HERE": "The bill has it, the ledger has not.",
        "MISSING_THERE": "The ledger has it, the bill has not.",
        "AMOUNT_DIFFERS": "Both have the charge, with different amounts.",
        "REFUND_DIFFERS": "Both have the refund, with different amounts, or one of them as done.",
    },
)
declare(
    RefundState,
    "How far a refund is.",
    {
        "GRANTED": "WeChat has not taken it yet.",
        "PROCESSING": "WeChat has it; banks take up to some days.",
        "REFUNDED": "The money went back.",
        "FAILED": "Somebody has to look.",
    },
)
declare(
    CouponReason,
    "Why a coupon cannot be used.",
    {
        "UNKNOWN": "It is not in the customer's wallet.",
        "EXPIRED": "Its time is over.",
        "USED": "It is used up, or kept for another order.",
        "BELOW_MINIMUM": "Too little of what it is for.",
        "NO_MATCHING_LINE": "Nothing of what it is for.",
    },
)
declare(
    CouponState,
    "What can be done with a coupon in a wallet.",
    {
        "USABLE": "It can be used.",
        "HELD": "It is kept for a checkout under way.",
        "USED": "An order used it.",
        "EXPIRED": "Its time is over.",
    },
)
declare(
    NoticeKind,
    "What a notice for staff is about.",
    {
        "CERTIFICATE_ENDS": "A lot's certificate of conformity ends within 30, or 7, days, before the lot expires.",
        "CERTIFICATE_LAPSED": "No certificate of conformity of a lot that stands on the shelves holds any more.",
        "LICENCE_ENDS": "The licence of a producer whose lots stand on the shelves ends within 30, or 7, days.",
        "LICENCE_LAPSED": "The licence of a producer whose lots stand on the shelves has lapsed.",
        "PRODUCT_UNPUBLISHED": "A product was taken off the shop: no lot of it is vouched for by its papers.",
        "REPORT_FAILED": "An accepted report says that a lot on the shelves failed.",
    },
)
