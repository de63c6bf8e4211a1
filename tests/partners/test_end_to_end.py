"""A laboratory's own program against the real server and the real worker, by nothing but HTTP."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from app.demo import lab
from app.embedded.wechat_pay import keys
from app.kit import clock
from app.kit.caller import MACHINE
from app.kit.crypto import KeyRing
from app.partners.enums import PartnerEventType
from app.partners.webhooks import Webhooks
from app.tables import Database
from tests.commands.programs import PATIENCE, ROOT, free_port, is_ready, program, until
from tests.conftest import Addresses
from tests.rows import Rows
from tests.shop import NO_WECHAT

SECRET = "a secret of the end-to-end test, long enough"
RING = "e2e:" + "A" * 43 + "="


async def prepare(addresses: Addresses, url: str) -> tuple[str, str]:
    """The laboratory with its key, a webhook and a lot to test: the webhook's secret and the lot's code."""
    connection = await asyncpg.connect(addresses.owner_url)
    rows = Rows(connection)
    partner = await rows.partner(code=lab.LAB)
    lot = await rows.lot(None)
    code = str(await connection.fetchval("SELECT lot_code FROM lot WHERE id = $1", lot))
    await connection.close()
    with clock.moved_to(datetime.now(UTC)):
        await lab.ensure_key(addresses.owner_url, SECRET)
        database = await Database.open(addresses.app_url, size=1)
        async with database.session():
            made = await Webhooks(KeyRing.parse(RING), allows_loopback=True).add(
                MACHINE,
                idempotency_key="end-to-end",
                partner_id=partner,
                url=url,
                events=[PartnerEventType.INSPECTION_REPORT_FILED],
            )
        await database.close()
    assert made.secret is not None
    return made.secret, code


async def test_a_laboratory_files_a_report_end_to_end(addresses: Addresses, redis_url: str, tmp_path: Path) -> None:
    """Upload, report, retry, status, signed webhook: once each; other documents than its own are refused."""
    port, inbox = free_port(), free_port()
    secret, lot = await prepare(addresses, f"http://127.0.0.1:{inbox}/events")
    environment = {
        "DATABASE_URL": addresses.app_url,
        "DATABASE_OWNER_URL": addresses.owner_url,
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "YOUGOU_SECRET": SECRET,
        "YOUGOU_KEY_RING": RING,
        "YOUGOU_INDEX_KEY": SECRET,
        "WECHAT_APPID": "wx-end-to-end",
        "WECHAT_SECRET": SECRET,
        "WECHAT_URL": NO_WECHAT,
        "YOUGOU_FILES": f"file://{tmp_path}/files",
    }
    server_log, worker_log, migrate_log = tmp_path / "server", tmp_path / "worker", tmp_path / "migrate"
    with program("migrate", migrate_log, environment) as migrated:
        assert migrated.wait(PATIENCE) == 0, migrate_log.read_text("utf-8")
    # production, where a partner may send its own documents alone; the worker may reach this machine, so it is not
    keys.ensure(tmp_path / "pay")
    paid = {**keys.settings_of(tmp_path / "pay"), "WECHAT_PAY_NOTIFY_URL": "https://shop.example/wechat-pay/notify"}
    strict = environment | paid | {"YOUGOU_ENV": "production"}
    with program("serve", server_log, strict), program("worker", worker_log, environment):
        until(lambda: is_ready(port), server_log)
        address = f"http://127.0.0.1:{port}"
        client = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.partners.lab_client"),
            *(address, lab.key(SECRET).text, secret, str(inbox), lot),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, why = await asyncio.wait_for(client.communicate(), PATIENCE * 2)
    assert client.returncode == 0, why.decode() + server_log.read_text("utf-8") + worker_log.read_text("utf-8")
    found = json.loads(said)
    filed = found["filed"][0]
    assert found["uploads"][0] == found["uploads"][1]
    assert found["filed"] == [filed, filed]
    assert (filed["__typename"], filed["number"], filed["status"]) == ("InspectionReport", "DJ-E2E-0001", "SUBMITTED")
    assert (found["status"], found["numbers"]) == ("SUBMITTED", ["DJ-E2E-0001"])
    assert (found["event"]["type"], found["event"]["data"]["inspectionReport"]) == (
        "InspectionReportFiled",
        filed["id"],
    )
    assert (found["more"], found["forged"]) == (0, 0)
    assert found["other"] == "PERSISTED_DOCUMENT_REQUIRED"
