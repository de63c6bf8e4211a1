"""Every DataLoader, one attribute per edge of the graph: values by key. Fresh for each request.

A loader answers its keys in order: a row or None where one row belongs to a key, a list where many do.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable
from datetime import date, datetime
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from app.accounts import queries as accounts
from app.accounts.models import Customer, Staff
from app.accounts.queries import HeldRole
from app.catalog import moves, snapshots
from app.catalog import queries as catalog
from app.catalog.diff import Change
from app.catalog.models import Category, Media, Product, Sku
from app.catalog.revisions import ProductRevision
from app.claims import queries as claims
from app.claims.models import DefectClaim, DefectClaimPhoto
from app.coupons import queries as coupons
from app.coupons.models import Coupon, CouponCode
from app.documents import queries as registry
from app.documents.models import Document, Manifest
from app.favourites import queries as favourites
from app.inventory import certificates
from app.invoices import queries as invoices
from app.invoices.models import Invoice
from app.kit.clock import business_day
from app.orders import queries as orders
from app.orders.models import Order, OrderEvent, OrderLine, OrderLineLot, OrderRefund, Substitution
from app.partners import queries as partners
from app.partners.models import ApiKey, Webhook
from app.payments import queries as payments
from app.payments.reports import ReconciliationDifference
from app.pickup import queries as pickup
from app.pickup.models import PickupPoint, PickupSlot
from app.promotions import queries as promotions
from app.reviews import queries as reviews
from app.reviews.models import Review
from app.reviews.queries import ReviewListing, ReviewPage
from app.storefront import listing as product_list
from app.storefront import queries as storefront
from app.storefront.listing import ProductListing, ProductPage
from app.storefront.shelf import Shelf
from app.traceability import queries as traceability
from app.traceability.models import Lot, LotEvent, Producer, TraceEvent
from app.traceability.papers import ConformityCertificate, InspectionReport

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def _one(read: Callable[[list[Key]], Awaitable[list[Row]]], by: str = "id") -> DataLoader[Key, Row | None]:
    """A loader of the one row per key whose attribute `by` is the key; None where there is none."""
    key_of = attrgetter(by)

    async def load(keys: list[Key]) -> list[Row | None]:
        found = {key_of(row): row for row in await read(keys)}
        return [found.get(key) for key in keys]

    return DataLoader(load)


def _many(read: Callable[[list[Key]], Awaitable[list[Row]]], by: str) -> DataLoader[Key, list[Row]]:
    """A loader of the rows per key whose attribute `by` is the key, in the order they are read."""
    key_of = attrgetter(by)

    async def load(keys: list[Key]) -> list[list[Row]]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in await read(keys):
            found[key_of(row)].append(row)
        return [found.get(key, []) for key in keys]

    return DataLoader(load)


class Loaders:
    """The loaders of one request, each made when first asked for.

    `now` is the request's one clock reading, `customer_id` the customer who asks, if it is one. `sees_drafts`: whether
    who asks may read what is not published.
    """

    def __init__(self, now: datetime, customer_id: int | None = None, *, sees_drafts: bool = False) -> None:
        self._now = now
        self._customer_id = customer_id
        self._sees_drafts = sees_drafts

    @cached_property
    def customers(self) -> DataLoader[int, Customer | None]:
        """Customer with an open account by id."""
        return _one(accounts.active_customers)

    @cached_property
    def staff(self) -> DataLoader[int, Staff | None]:
        """Member of staff by id, also one who left."""
        return _one(accounts.staff_by_id)

    @cached_property
    def roles_by_staff(self) -> DataLoader[int, list[HeldRole]]:
        """The roles a member of staff holds."""
        return _many(accounts.roles_by_staff, "staff_id")

    @cached_property
    def points_by_staff(self) -> DataLoader[int, list[PickupPoint]]:
        """The points a member of staff serves."""
        return _many(pickup.points_by_staff, "staff_id")

    @cached_property
    def is_favourite(self) -> DataLoader[int, bool]:
        """Whether a product, by id, is a favourite of the customer who asks; of nobody else, without a statement."""

        async def load(product_ids: list[int]) -> list[bool]:
            if self._customer_id is None:
                return [False] * len(product_ids)
            kept = await favourites.which_are_favourites(product_ids, customer_id=self._customer_id)
            return [product_id in kept for product_id in product_ids]

        return DataLoader(load)

    @cached_property
    def active_manifests(self) -> DataLoader[int, Manifest | None]:
        """The active version of an app."""
        return _one(registry.active_versions, "app_id")

    @cached_property
    def registered_documents(self) -> DataLoader[int, list[Document]]:
        """The documents of a version, by name."""
        return _many(registry.documents_of, "manifest_id")

    @cached_property
    def categories(self) -> DataLoader[int, Category | None]:
        """Category by id."""
        return _one(catalog.categories_by_id)

    @cached_property
    def subcategories(self) -> DataLoader[int | None, list[Category]]:
        """Categories directly below one, by position; None: at the top. The whole tree is one statement."""

        async def load(parents: list[int | None]) -> list[list[Category]]:
            tree: dict[int | None, list[Category]] = defaultdict(list)
            for row in await catalog.categories():
                tree[row.parent_id].append(row)
                tree[row.id]
            self.subcategories.prime_many(tree)
            return [tree[parent] for parent in parents]

        return DataLoader(load)

    @cached_property
    def products(self) -> DataLoader[int, Product | None]:
        """Published product by id."""
        return _one(catalog.products_by_id)

    @cached_property
    def revisions(self) -> DataLoader[int, ProductRevision | None]:
        """Revision of a product by id; for everybody who may not read drafts there is none, and no statement."""

        async def load(keys: list[int]) -> list[ProductRevision | None]:
            found = {row.id: row for row in await moves.by_id(keys)} if self._sees_drafts else {}
            return [found.get(key) for key in keys]

        return DataLoader(load)

    @cached_property
    def certificate_changes(self) -> DataLoader[tuple[int, date], list[Change]]:
        """What certificates of (product id, day) changed that were issued since that day."""
        return DataLoader(partial(certificates.changes, today=business_day(self._now)))

    @cached_property
    def published_hash(self) -> DataLoader[int, str | None]:
        """The hash of what is published of a product, by id; None while nothing ever was."""

        async def load(keys: list[int]) -> list[str | None]:
            found = {live.product.id: live.base_hash for live in await snapshots.live(keys)}
            return [found.get(key) for key in keys]

        return DataLoader(load)

    @cached_property
    def product_pages(self) -> DataLoader[ProductListing, ProductPage]:
        """A page of published products."""
        return DataLoader(partial(product_list.pages, now=self._now))

    @cached_property
    def products_by_slug(self) -> DataLoader[str, Product | None]:
        """Published product by slug."""
        return _one(catalog.products_by_slug, "slug")

    @cached_property
    def media_by_product(self) -> DataLoader[int, list[Media]]:
        """Media of a product, by position."""
        return _many(catalog.media_by_product, "product_id")

    @cached_property
    def cover_by_product(self) -> DataLoader[int, Media | None]:
        """The first image of a product."""
        return _one(catalog.covers_by_product, "product_id")

    @cached_property
    def skus(self) -> DataLoader[int, Sku | None]:
        """SKU of a published product by id, with its live offer."""
        return _one(partial(promotions.skus_by_id, now=self._now))

    @cached_property
    def skus_by_product(self) -> DataLoader[int, list[Sku]]:
        """Active SKUs of a product by position, with their live offers."""
        return _many(partial(promotions.skus_by_product, now=self._now), "product_id")

    @cached_property
    def shelf(self) -> DataLoader[tuple[int, int], Shelf]:
        """What can be sold of (product id, pickup point id), or (product id, ANYWHERE).

        The lots and producers it reads need no second statement when they are asked for.
        """

        async def load(places: list[tuple[int, int]]) -> list[Shelf]:
            found = await storefront.shelves(places, self._now)
            entries = [entry for shelf in found.values() for entry in shelf.lots]
            self.lots.prime_many({entry.lot.id: entry.lot for entry in entries})
            self.producers.prime_many({entry.producer.id: entry.producer for entry in entries})
            return [found[place] for place in places]

        return DataLoader(load)

    @cached_property
    def lots(self) -> DataLoader[int, Lot | None]:
        """Lot by id."""
        return _one(traceability.lots_by_id)

    @cached_property
    def producers(self) -> DataLoader[int, Producer | None]:
        """Producer by id."""
        return _one(traceability.producers_by_id)

    @cached_property
    def events(self) -> DataLoader[int, TraceEvent | None]:
        """Event by id."""
        return _one(traceability.events_by_id)

    @cached_property
    def events_by_lot(self) -> DataLoader[int, list[TraceEvent]]:
        """What happened to a lot, in order."""
        return _many(traceability.events_by_lot, "lot_id")

    @cached_property
    def lot_events_by_event(self) -> DataLoader[int, list[LotEvent]]:
        """The lots an event touched."""
        return _many(traceability.lot_events_by_event, "event_id")

    @cached_property
    def reports(self) -> DataLoader[int, InspectionReport | None]:
        """Accepted inspection report by id."""
        return _one(traceability.reports_by_id)

    @cached_property
    def reports_by_lot(self) -> DataLoader[int, list[InspectionReport]]:
        """Accepted inspection reports of a lot, newest first."""
        return _many(traceability.reports_by_lot, "lot_id")

    @cached_property
    def certificates_by_lot(self) -> DataLoader[int, list[ConformityCertificate]]:
        """Certificates of conformity of a lot, newest first."""
        return _many(traceability.certificates_by_lot, "lot_id")

    @cached_property
    def api_keys_by_partner(self) -> DataLoader[int, list[ApiKey]]:
        """A partner's keys, newest first."""
        return _many(partners.keys_by_partner, "partner_id")

    @cached_property
    def differences_by_report(self) -> DataLoader[int, list[ReconciliationDifference]]:
        """What differed on the day of a report."""
        return _many(payments.differences_by_report, "report_id")

    @cached_property
    def webhooks_by_partner(self) -> DataLoader[int, list[Webhook]]:
        """A partner's webhooks, the paused ones first."""
        return _many(partners.webhooks_by_partner, "partner_id")

    @cached_property
    def webhooks(self) -> DataLoader[int, Webhook | None]:
        """Webhook by id."""
        return _one(partners.webhooks_by_id)

    @cached_property
    def points(self) -> DataLoader[int, PickupPoint | None]:
        """Pickup point by id."""
        return _one(pickup.by_ids)

    @cached_property
    def slots(self) -> DataLoader[int, PickupSlot | None]:
        """Pickup slot by id."""
        return _one(partial(pickup.slots_by_ids, now=self._now))

    @cached_property
    def open_slots_by_point(self) -> DataLoader[int, list[PickupSlot]]:
        """Slots of a point that can still be booked in time, soonest first."""
        return _many(partial(pickup.open_slots_by_point, now=self._now), "pickup_point_id")

    @cached_property
    def own_orders(self) -> DataLoader[int, Order | None]:
        """Order by id, if it is the customer's who asks."""
        return _one(partial(orders.own, customer_id=self._customer_id))

    @cached_property
    def own_order_lines(self) -> DataLoader[int, OrderLine | None]:
        """Line of an order by id, if it is the customer's who asks."""
        return _one(partial(orders.own_lines, customer_id=self._customer_id))

    @cached_property
    def any_order_lines(self) -> DataLoader[int, OrderLine | None]:
        """Line of an order by id, for who may see the order."""
        return _one(orders.lines_by_id)

    @cached_property
    def claims_by_line(self) -> DataLoader[int, list[DefectClaim]]:
        """Defect claims about a line, in time."""
        return _many(claims.by_line, "order_line_id")

    @cached_property
    def claim_photos(self) -> DataLoader[int, list[DefectClaimPhoto]]:
        """Photos of a defect claim, in order."""
        return _many(claims.photos_by_claim, "claim_id")

    @cached_property
    def invoices_by_order(self) -> DataLoader[int, list[Invoice]]:
        """Invoices of an order, in time."""
        return _many(invoices.by_order, "order_id")

    @cached_property
    def order_lines(self) -> DataLoader[int, list[OrderLine]]:
        """Lines of an order by position."""
        return _many(orders.lines_by_order, "order_id")

    @cached_property
    def order_line_lots(self) -> DataLoader[int, list[OrderLineLot]]:
        """Lots of an order's line, first to expire first."""
        return _many(orders.lots_by_line, "order_line_id")

    @cached_property
    def substitutions(self) -> DataLoader[int, list[Substitution]]:
        """What was offered instead of units of an order's line, in time."""
        return _many(orders.substitutions_by_line, "order_line_id")

    @cached_property
    def order_events(self) -> DataLoader[int, list[OrderEvent]]:
        """What happened to an order, in time."""
        return _many(orders.events_by_order, "order_id")

    @cached_property
    def order_refunds(self) -> DataLoader[int, list[OrderRefund]]:
        """What goes back of an order, in time, with how far it is."""
        return _many(orders.refunds_by_order, "order_id")

    @cached_property
    def coupons(self) -> DataLoader[int, Coupon | None]:
        """Coupon by id."""
        return _one(coupons.by_id)

    @cached_property
    def coupon_codes(self) -> DataLoader[int, CouponCode | None]:
        """A coupon in somebody's hands by id, with its state: for whoever was told the id by her own cart or wallet."""
        return _one(partial(coupons.codes_by_id, now=self._now))

    @cached_property
    def coupons_by_product(self) -> DataLoader[int, list[Coupon]]:
        """Coupons one can claim and use for a product."""
        return _many(partial(coupons.claimable_by_product, now=self._now), "for_product_id")

    @cached_property
    def reviews(self) -> DataLoader[int, Review | None]:
        """Approved review by id."""
        return _one(reviews.by_id)

    @cached_property
    def review_pages(self) -> DataLoader[ReviewListing, ReviewPage]:
        """A page of a product's approved reviews."""
        return DataLoader(reviews.pages)
