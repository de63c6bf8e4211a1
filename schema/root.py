"""The schema: every root field, and the one built schema object."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from app.documents import rules
from resolvers import audit as resolve_audit
from resolvers import category as resolve_category
from resolvers import customer as resolve_customer
from resolvers import documents as resolve_documents
from resolvers import facets as resolve_facets
from resolvers import listing as resolve_listing
from resolvers import lot as resolve_lot
from resolvers import node as resolve_node
from resolvers import partner as resolve_partner
from resolvers import pickup as resolve_pickup
from resolvers import product as resolve_product
from resolvers import report as resolve_report
from resolvers import session as resolve_session
from resolvers import suggestion as resolve_suggestion
from schema import enums  # noqa: F401 - declares the domains' enums before the types are built
from schema.binding import field, mutation, subscription
from schema.inputs.audit import AuditFilter
from schema.inputs.customer import (
    AddFavouriteInput,
    ForgetProductViewsInput,
    RecordProductViewInput,
    RemoveFavouriteInput,
)
from schema.inputs.documents import ActivateManifestInput, PushManifestInput, RetireManifestInput
from schema.inputs.partner import (
    AddWebhookInput,
    CreatePartnerInput,
    IssueApiKeyInput,
    PartnerInput,
    ReplaceWebhookSecretInput,
    ReplayWebhookDeliveryInput,
    ResumeWebhookInput,
    RevokeApiKeyInput,
    RotateApiKeyInput,
)
from schema.inputs.product_filter import ProductFilter
from schema.inputs.report import AcceptInspectionReportInput, FileInspectionReportInput, RejectInspectionReportInput
from schema.inputs.session import (
    BindPhoneInput,
    EndDeviceInput,
    LoginWithWeChatInput,
    RefreshSessionInput,
    SignOutInput,
)
from schema.results.customer import (
    AddFavouriteResult,
    ForgetProductViewsResult,
    RecordProductViewResult,
    RemoveFavouriteResult,
)
from schema.results.documents import ActivateManifestResult, PushManifestResult, RetireManifestResult
from schema.results.partner import (
    ActivatePartnerResult,
    AddWebhookResult,
    CreatePartnerResult,
    DeactivatePartnerResult,
    IssueApiKeyResult,
    ReplaceWebhookSecretResult,
    ReplayWebhookDeliveryResult,
    ResumeWebhookResult,
    RevokeApiKeyResult,
    RotateApiKeyResult,
)
from schema.results.report import AcceptInspectionReportResult, FileInspectionReportResult, RejectInspectionReportResult
from schema.results.session import (
    BindPhoneResult,
    EndDeviceResult,
    LoginWithWeChatResult,
    RefreshSessionResult,
    SignOutResult,
)
from schema.scalars import SCALARS
from schema.types.audit import AuditEntry
from schema.types.category import Category
from schema.types.coupon import Coupon
from schema.types.customer import Customer
from schema.types.documents import App, DocumentUsage, Manifest
from schema.types.facets import ProductFacets
from schema.types.inspection import InspectionReport
from schema.types.lot import Lot, Producer
from schema.types.node import Node
from schema.types.page import Connection
from schema.types.partner import Partner, WebhookDelivery
from schema.types.pickup import PickupPoint, PickupSlot, SlotAvailability
from schema.types.product import Product
from schema.types.review import Review
from schema.types.sku import Sku
from schema.types.trace_event import TraceEvent

ME = ("me",)  # what is the customer's own
READ_PARTNERS, PARTNERS = ("partners:read",), ("partners:write",)
FILE, REVIEW = ("reports:file",), ("reports:review",)
REGISTRY_READ = (rules.READ,)
REGISTRY_WRITE = (rules.WRITE,)


@strawberry.type(description="Everything that can be read.")
class Query:
    """The root of reads."""

    product: Product | None = field(
        resolve_product.product, description="A published product by id or slug; null if there is none.", max_age=60
    )
    products: Connection[Product] = field(
        resolve_listing.products,
        unpack=("filter", ProductFilter, "Which products; all without it."),
        description="Published products.",
        max_age=60,
    )
    product_facets: ProductFacets = field(
        resolve_facets.facets,
        unpack=("filter", ProductFilter, "Of which products; all without it."),
        description="How many published products each further choice would leave.",
        max_age=60,
    )
    suggestions: list[str] = field(
        resolve_suggestion.suggestions,
        description="Names of products that fit what has been typed so far, those that begin so first.",
        max_age=300,
    )
    hot_words: list[str] = field(
        resolve_suggestion.hot_words, description="Words the shop proposes to search for, at most 20.", max_age=300
    )
    categories: list[Category] = field(
        resolve_category.roots, description="The categories at the top, in the shop's order.", max_age=300
    )
    lot: Lot | None = field(
        resolve_lot.lot, description="A lot by its traceability lot code; null if there is none.", max_age=60
    )
    pickup_points: list[PickupPoint] = field(
        resolve_listing.pickup_points,
        description="Every pickup point that is not closed for good, in the shop's order.",
        max_age=60,
    )
    pickup_point: PickupPoint | None = field(
        resolve_pickup.pickup_point, description="A pickup point by id; null if there is none, or no id.", max_age=60
    )
    coupons: Connection[Coupon] = field(
        resolve_listing.coupons, description="Coupons one can claim now, those that end soonest first.", max_age=15
    )
    node: Node | None = field(resolve_node.node, description="Whatever has this id; null if there is none.", max_age=15)
    nodes: list[Node | None] = field(
        resolve_node.nodes,
        description="Whatever has these ids, in their order; at most 50.",
        max_age=15,
        list_size=10,
        sized_by="ids",
    )

    audit_entries: Connection[AuditEntry] = field(
        resolve_audit.entries,
        unpack=("filter", AuditFilter, "Which entries; all without it."),
        description="The audit log, newest first.",
        requires=("audit:read",),
    )
    filed_inspection_report: InspectionReport | None = field(
        resolve_report.filed,
        requires=FILE,
        description="The report you filed under this number, however far it has come; null if you filed none.",
    )
    filed_inspection_reports: Connection[InspectionReport] = field(
        resolve_report.all_filed, requires=FILE, description="The reports you filed, newest first."
    )
    inspection_reports: Connection[InspectionReport] = field(
        resolve_report.by_status, requires=REVIEW, description="The reports that laboratories filed, newest first."
    )

    partners: Connection[Partner] = field(
        resolve_partner.partners, requires=READ_PARTNERS, description="The partners, newest first."
    )
    webhook_dead_letters: Connection[WebhookDelivery] = field(
        resolve_partner.dead_letters,
        requires=READ_PARTNERS,
        description="What could not be told to webhooks, newest first.",
    )
    me: Customer | None = field(resolve_customer.me, description="The customer who asks; null for everybody else.")
    apps: Connection[App] = field(
        resolve_documents.apps, description="The apps that have registered documents, by code.", requires=REGISTRY_READ
    )
    manifests: Connection[Manifest] | None = field(
        resolve_documents.manifests,
        description="The versions of an app's documents, the newest first; null if there is no such app.",
        requires=REGISTRY_READ,
    )
    document_usage: Connection[DocumentUsage] | None = field(
        resolve_documents.usage,
        description="What an app's clients asked for by business day, the newest first; null if there is no such app.",
        requires=REGISTRY_READ,
    )


@strawberry.type(description="Everything that can be changed. Each result is a union: select `... on UserError` too.")
class Mutation:
    """The root of writes."""

    login_with_we_chat: LoginWithWeChatResult = mutation(
        resolve_session.log_in,
        LoginWithWeChatInput,
        name="loginWithWeChat",
        description="Signs in whoever got the code from `wx.login`; the first time, an account is made.",
    )
    refresh_session: RefreshSessionResult = mutation(
        resolve_session.refresh,
        RefreshSessionInput,
        description="The next access and refresh token of a sign-in, for the newest refresh token.",
    )
    bind_phone: BindPhoneResult = mutation(
        resolve_session.bind_phone,
        BindPhoneInput,
        description="Binds the phone number that its owner confirmed to WeChat. A repeated call answers the same.",
        requires=ME,
    )
    sign_out: SignOutResult = mutation(
        resolve_session.sign_out,
        SignOutInput,
        description="Ends this sign-in, or all of the customer's: their tokens do not hold any more.",
        requires=ME,
    )
    end_device: EndDeviceResult = mutation(
        resolve_session.end_device,
        EndDeviceInput,
        description="Signs the customer out on one of her devices.",
        requires=ME,
    )

    add_favourite: AddFavouriteResult = mutation(
        resolve_customer.add_favourite,
        AddFavouriteInput,
        requires=ME,
        description="Makes a product a favourite of the customer who asks. Doing it again changes nothing.",
    )
    remove_favourite: RemoveFavouriteResult = mutation(
        resolve_customer.remove_favourite,
        RemoveFavouriteInput,
        requires=ME,
        description="Takes a product from the favourites. Doing it again changes nothing.",
    )
    record_product_view: RecordProductViewResult = mutation(
        resolve_customer.record_view,
        RecordProductViewInput,
        requires=ME,
        description="Notes that the customer looks at a product now, for `seenProducts`.",
    )
    forget_product_views: ForgetProductViewsResult = mutation(
        resolve_customer.forget_views,
        ForgetProductViewsInput,
        requires=ME,
        description="Forgets what the customer looked at.",
    )
    create_partner: CreatePartnerResult = mutation(
        resolve_partner.create, CreatePartnerInput, requires=PARTNERS, description="Makes a partner, active."
    )
    activate_partner: ActivatePartnerResult = mutation(
        resolve_partner.activate,
        PartnerInput,
        requires=PARTNERS,
        description="Lets a partner's keys hold and its webhooks be told again.",
    )
    deactivate_partner: DeactivatePartnerResult = mutation(
        resolve_partner.deactivate,
        PartnerInput,
        requires=PARTNERS,
        description="From now on the partner's keys do not hold, and its webhooks are told nothing.",
    )
    issue_api_key: IssueApiKeyResult = mutation(
        resolve_partner.issue_key, IssueApiKeyInput, requires=PARTNERS, description="Issues a key, shown once."
    )
    rotate_api_key: RotateApiKeyResult = mutation(
        resolve_partner.rotate_key,
        RotateApiKeyInput,
        requires=PARTNERS,
        description="Issues a key's successor, shown once; both hold until the old one ends.",
    )
    revoke_api_key: RevokeApiKeyResult = mutation(
        resolve_partner.revoke_key, RevokeApiKeyInput, requires=PARTNERS, description="Ends a key at once."
    )
    add_webhook: AddWebhookResult = mutation(
        resolve_partner.add_webhook,
        AddWebhookInput,
        requires=PARTNERS,
        description="Registers a webhook. It may be told of an event more than once, and in any order.",
    )
    replace_webhook_secret: ReplaceWebhookSecretResult = mutation(
        resolve_partner.replace_secret,
        ReplaceWebhookSecretInput,
        requires=PARTNERS,
        description="Gives a webhook a new secret; both sign for a day.",
    )
    resume_webhook: ResumeWebhookResult = mutation(
        resolve_partner.resume,
        ResumeWebhookInput,
        requires=PARTNERS,
        description="Lets a paused webhook be told again; what it missed is among the dead letters.",
    )
    replay_webhook_delivery: ReplayWebhookDeliveryResult = mutation(
        resolve_partner.replay,
        ReplayWebhookDeliveryInput,
        requires=PARTNERS,
        description="Sends a dead letter again, with all its attempts.",
    )
    file_inspection_report: FileInspectionReportResult = mutation(
        resolve_report.file,
        FileInspectionReportInput,
        requires=FILE,
        description="Files a report on a lot. Shoppers see it when quality management has accepted it.",
    )
    accept_inspection_report: AcceptInspectionReportResult = mutation(
        resolve_report.accept,
        AcceptInspectionReportInput,
        requires=REVIEW,
        description="Takes a filed report over: from now on its lot shows it. Doing it again changes nothing.",
    )
    reject_inspection_report: RejectInspectionReportResult = mutation(
        resolve_report.reject,
        RejectInspectionReportInput,
        requires=REVIEW,
        description="Turns a filed report down. Doing it again changes nothing.",
    )
    push_manifest: PushManifestResult = mutation(
        resolve_documents.push,
        PushManifestInput,
        description="Checks documents and stores them as a version of an app. The same again changes nothing.",
        requires=REGISTRY_WRITE,
    )
    activate_manifest: ActivateManifestResult = mutation(
        resolve_documents.activate,
        ActivateManifestInput,
        description="Answers an app's clients from this version; the one before is retired and answers on for a while.",
        requires=REGISTRY_WRITE,
    )
    retire_manifest: RetireManifestResult = mutation(
        resolve_documents.retire,
        RetireManifestInput,
        description="Takes a version out of service once nobody uses it. The same again changes nothing.",
        requires=REGISTRY_WRITE,
    )


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


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Producer, PickupSlot, TraceEvent, InspectionReport, Review, Sku],
    config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
)
