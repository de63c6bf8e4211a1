"""The schema: its roots, and the one built schema object. The root fields are in schema.roots."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers import after_sales as resolve_after_sales
from resolvers import clerk as resolve_clerk
from resolvers import pickup as resolve_pickup

# they declare the domains' enums before the types are built
from schema import enums, enums_of_orders, enums_of_publishing  # noqa: F401
from schema.binding import subscription
from schema.roots.after_sales import AfterSalesQueries, AfterSalesWrites
from schema.roots.audit import AuditQueries
from schema.roots.cart import CartQueries, CartWrites
from schema.roots.category import CategoryWrites
from schema.roots.clerk import SERVE, ClerkQueries, ClerkWrites
from schema.roots.customer import ME, CustomerQueries, CustomerWrites
from schema.roots.documents import DocumentQueries, DocumentWrites
from schema.roots.inventory import StockQueries, StockWrites
from schema.roots.invoice import InvoiceQueries, InvoiceWrites
from schema.roots.job import JobQueries, JobWrites
from schema.roots.notice import NoticeQueries, NoticeWrites
from schema.roots.order import OrderQueries, OrderWrites
from schema.roots.partner import PartnerQueries, PartnerWrites
from schema.roots.payment import PaymentQueries, PaymentWrites
from schema.roots.pickup_plan import PickupPlanQueries, PickupPlanWrites
from schema.roots.privacy import PrivacyQueries, PrivacyWrites
from schema.roots.report import ReportQueries, ReportWrites
from schema.roots.revision import RevisionQueries, RevisionWrites
from schema.roots.session import SessionWrites
from schema.roots.shop import ShopQueries
from schema.roots.staff import StaffQueries, StaffWrites
from schema.roots.staff_customer import StaffCustomerQueries, StaffCustomerWrites
from schema.scalars import SCALARS
from schema.types.after_sales import OrderUpdates
from schema.types.cart import PROBLEMS
from schema.types.inspection import InspectionReport
from schema.types.lot import Producer
from schema.types.pickup import PickupSlot, SlotAvailability
from schema.types.pickup_order import PickupBoard
from schema.types.review import Review
from schema.types.sku import Sku
from schema.types.trace_event import TraceEvent


@strawberry.type(description="Everything that can be read.")
class Query(
    AfterSalesQueries,
    OrderQueries,
    AuditQueries,
    CartQueries,
    ClerkQueries,
    CustomerQueries,
    DocumentQueries,
    InvoiceQueries,
    JobQueries,
    NoticeQueries,
    PartnerQueries,
    PaymentQueries,
    PickupPlanQueries,
    PrivacyQueries,
    ReportQueries,
    RevisionQueries,
    ShopQueries,
    StaffCustomerQueries,
    StaffQueries,
    StockQueries,
):
    """The root of reads."""


@strawberry.type(description="Everything that can be changed. Each result is a union: select `... on UserError` too.")
class Mutation(
    AfterSalesWrites,
    CartWrites,
    CategoryWrites,
    ClerkWrites,
    CustomerWrites,
    DocumentWrites,
    InvoiceWrites,
    JobWrites,
    OrderWrites,
    NoticeWrites,
    PartnerWrites,
    PaymentWrites,
    PickupPlanWrites,
    PrivacyWrites,
    ReportWrites,
    RevisionWrites,
    SessionWrites,
    StaffCustomerWrites,
    StaffWrites,
    StockWrites,
):
    """The root of writes."""


@strawberry.type(
    description="Everything that can be watched, over graphql-transport-ws at the same address. One field at a time."
)
class Subscription:
    """The root of streams."""

    slot_availability: SlotAvailability = subscription(
        resolve_pickup.slot_news,
        description=(
            "The slots of a pickup point: at once all of them, then those that change, changes shortly after one "
            "another together. All of them again every few minutes."
        ),
    )
    pickup_board: PickupBoard = subscription(
        resolve_clerk.board_news,
        requires=SERVE,
        description=(
            "The orders at a pickup point that you serve: at once all of today, then those that change, changes shortly"
            " after one another together. All of them again every few minutes."
        ),
    )
    order_updated: OrderUpdates = subscription(
        resolve_after_sales.order_news,
        requires=ME,
        description=(
            "The customer's orders: at once all that are not over, then those that change, changes shortly after one"
            " another together. All of them again every few minutes."
        ),
    )


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Producer, PickupSlot, TraceEvent, InspectionReport, Review, Sku, *PROBLEMS],
    config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
)
