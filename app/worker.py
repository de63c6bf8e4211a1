"""What the worker runs: every job by name, and when the recurring ones come round."""

from collections.abc import Mapping
from functools import partial

from app.catalog import jobs as catalog
from app.claims import deciding as claims
from app.coupons import holds as coupon_holds
from app.documents import jobs as documents
from app.files import jobs as files
from app.files.store import Store
from app.holds import jobs as holds
from app.holds import service as hold_service
from app.inventory import holds as stock_holds
from app.inventory import jobs as inventory
from app.inventory import lapses
from app.kit import audit_seals, idempotency, jobs
from app.kit.job_worker import Handler, Schedule
from app.kit.vault import Vault
from app.orders import substitutions, waiting
from app.orders.ending import Ending
from app.orders.messages.enums import MessageTemplate
from app.orders.messages.sending import Messenger
from app.orders.outcomes import OrderOutcomes
from app.partners import jobs as partners
from app.partners.sender import Sender
from app.partners.webhooks import Webhooks
from app.payments import jobs as payments
from app.payments.gateway import Gateway
from app.payments.reconciliation import Reconciler
from app.payments.shipping import Shipper
from app.pickup import jobs as pickup
from app.pickup import places
from app.privacy import retention
from app.privacy.exports import Exporter
from app.promotions import gifts
from app.promotions import holds as offer_holds
from app.traceability.reports import CHECK_PAPERS
from app.wechat.client import WeChat

# in the order locks are taken in everywhere
_HELD = (hold_service.sweep, stock_holds.sweep, places.sweep, coupon_holds.sweep, offer_holds.sweep, gifts.sweep)
_HANDLERS: Mapping[str, Handler] = {
    "pickup.make_slots": pickup.make_slots,
    "claims.settle_late": claims.settle_late,
    "audit.seal": audit_seals.seal_job,
    "catalog.publish_due": catalog.publish_due,
    "holds.sweep": partial(holds.sweep, _HELD),
    "inventory.end_day": inventory.end_day,
    CHECK_PAPERS: lapses.check_papers,
    "idempotency.purge": idempotency.purge,
    "jobs.purge": jobs.purge,
    "webhooks.fan_out": partners.fan_out,
    "webhooks.sweep": partners.sweep,
    "orders.lapse_substitutions": substitutions.lapse,
    "orders.no_show": waiting.no_show,
    "orders.remind": waiting.remind,
    "documents.drop_versions": documents.drop_versions,
    "privacy.retain": retention.retain,
}
LIMITS = {"messages.send": 4, "payments.refund": 4, "webhooks.deliver": 4}
"""How many jobs of a name run at once: receivers may be slow, and other jobs are not to wait for them."""
SCHEDULES = (
    Schedule("* * * * * */5", "audit.seal"),  # every five seconds
    Schedule("* * * * * */5", "holds.sweep"),
    Schedule("* * * * * */10", "orders.expire_late"),
    Schedule("* * * * *", "orders.lapse_substitutions"),
    Schedule("* * * * *", "orders.no_show"),
    Schedule("*/5 * * * *", "orders.remind"),
    Schedule("* * * * *", "payments.poll"),
    Schedule("* * * * *", "claims.settle_late"),
    Schedule("*/10 * * * *", "messages.sweep"),
    Schedule("*/10 * * * *", "payments.sweep"),
    Schedule("50 * * * *", "payments.ship_late"),
    Schedule("20 10-23 * * *", "payments.reconcile"),  # the bill of yesterday is there from ten on
    Schedule("* * * * *", "catalog.publish_due"),
    Schedule("*/10 * * * *", "webhooks.sweep"),
    Schedule("1 0 * * *", "inventory.end_day"),
    Schedule("2 0 * * *", CHECK_PAPERS),
    Schedule("5 0 * * *", "pickup.make_slots"),
    Schedule("15 * * * *", "idempotency.purge"),
    Schedule("45 * * * *", "files.sweep"),
    Schedule("30 3 * * *", "jobs.purge"),
    Schedule("55 3 * * *", "documents.drop_versions"),
    Schedule("25 * * * *", "privacy.drop_exports"),
    Schedule("10 4 * * *", "privacy.retain"),
)


def handlers(
    store: Store,
    webhooks: Webhooks,
    vault: Vault,
    gateway: Gateway,
    wechat: WeChat,
    *,
    templates: Mapping[MessageTemplate, str],
) -> Mapping[str, Handler]:
    """What runs each job.

    `store` is where the shop's files are, `webhooks` and `vault` open what is sealed, `gateway` moves money,
    `wechat` knows the mini-program, `templates` are the ids of its messages.
    """
    money = OrderOutcomes()
    refunder, poller = payments.Refunder(gateway, money), payments.Poller(gateway, money)
    exporter, shipper = Exporter(vault, store), Shipper(wechat, vault)
    messenger = Messenger(wechat, vault, templates)
    deliverer = partners.Deliverer(webhooks, Sender(allows_loopback=webhooks.allows_loopback))
    return {
        **_HANDLERS,
        "files.sweep": partial(files.sweep, store),
        "orders.expire_late": Ending(gateway).expire_late,
        "payments.poll": poller.poll,
        "messages.send": messenger.send,
        "messages.sweep": messenger.sweep,
        "payments.reconcile": Reconciler(gateway, money).reconcile,
        "payments.refund": refunder.refund,
        "payments.ship": shipper.ship,
        "payments.ship_late": shipper.sweep,
        "payments.sweep": refunder.sweep,
        "webhooks.deliver": deliverer.deliver,
        "privacy.export": exporter.export,
        "privacy.drop_exports": exporter.drop,
    }
