"""What the worker runs: every job by name, and when the recurring ones come round."""

from collections.abc import Mapping
from functools import partial

from app.favourites import jobs as favourites
from app.files import jobs as files
from app.files.store import Store
from app.kit import audit_seals, idempotency, jobs
from app.kit.job_worker import Handler, Schedule
from app.pickup import jobs as pickup

_HANDLERS: Mapping[str, Handler] = {
    "pickup.make_slots": pickup.make_slots,
    "audit.seal": audit_seals.seal_job,
    "favourites.purge_views": favourites.purge_views,
    "idempotency.purge": idempotency.purge,
    "jobs.purge": jobs.purge,
}
SCHEDULES = (
    Schedule("* * * * * */5", "audit.seal"),  # every five seconds
    Schedule("5 0 * * *", "pickup.make_slots"),
    Schedule("15 * * * *", "idempotency.purge"),
    Schedule("45 * * * *", "files.sweep"),
    Schedule("30 3 * * *", "jobs.purge"),
    Schedule("40 3 * * *", "favourites.purge_views"),
)


def handlers(store: Store) -> Mapping[str, Handler]:
    """What runs each job; `store` is where the shop's files are."""
    return {**_HANDLERS, "files.sweep": partial(files.sweep, store)}
