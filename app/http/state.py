"""What a process keeps open for all its requests."""

from typing import TypedDict

from redis.asyncio import Redis

from app.accounts.people import People
from app.documents.usage import Usage
from app.files.store import Store
from app.http.registry import Registry
from app.kit.fanout import Fanout
from app.orders.till import Till
from app.partners.webhooks import Webhooks
from app.tables import Database


class State(TypedDict):
    """Yielded by the application's lifespan, found by requests in `scope["state"]`."""

    database: Database
    redis: Redis
    files: Store
    fanout: Fanout
    webhooks: Webhooks
    people: People
    documents: Registry
    usage: Usage
    till: Till
