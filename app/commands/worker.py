"""`yougou worker`."""

import asyncio
import signal

from app import logs, telemetry
from app.commands.console import fail, run
from app.files.store import Store
from app.kit.crypto import BadKeyRing, KeyRing
from app.kit.fanout import Fanout
from app.kit.job_worker import work
from app.kit.personal import telling_names
from app.kit.vault import Vault
from app.orders.messages.rules import BadTemplates, parse_templates
from app.partners.webhooks import Webhooks
from app.payments.wechat_pay import installed
from app.payments.wechat_pay.errors import BadKeys
from app.settings import DemoSecretError, Settings
from app.tables import Database
from app.wechat.client import Account, WeChat
from app.worker import LIMITS, SCHEDULES, handlers


def worker() -> None:
    """Run background jobs until interrupted; finishes what runs. Start as many as there is work for."""
    settings = Settings()
    try:
        settings.refuse_demo_secret()
        ring = KeyRing.parse(settings.key_ring.get_secret_value())
        installed.merchant_of(settings)
        parse_templates(settings.wechat_templates)
    except (DemoSecretError, BadKeyRing, BadKeys, BadTemplates) as wrong:
        fail(str(wrong), "yougou doctor looks at the rest of the installation.")
    hidden = telling_names()
    logs.configure(level=settings.log_level, as_json=settings.log_json, hidden=hidden)
    telemetry.configure("yougou-worker", hidden)
    vault = Vault(ring, settings.index_key.get_secret_value())
    run(_work(settings, Webhooks(ring, allows_loopback=not settings.is_production), vault))


async def _work(settings: Settings, webhooks: Webhooks, vault: Vault) -> None:
    database_url, redis_url, store = settings.database, settings.redis, Store.open(settings.files)
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    account = Account(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    async with (
        Fanout(redis_url).running() as fanout,
        installed.opened(settings) as gateway,
        WeChat.opened(settings.wechat_url, account) as wechat,
    ):
        database = await Database.open(database_url, size=settings.pool_size, publish=fanout.publish)
        try:
            templates = parse_templates(settings.wechat_templates)
            run_by = handlers(store, webhooks, vault, gateway, wechat, templates=templates)
            await work(database, run_by, SCHEDULES, stop=stop, limits=LIMITS)
        finally:
            await database.close()
