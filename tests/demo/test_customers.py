"""The sample customer can pay at WeChat's stand-in."""

from app.accounts.places import OPENID
from app.demo import customers
from app.demo.customers import SAMPLE_CUSTOMER, SAMPLE_OPENID
from app.kit import db
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.settings import DEMO_KEY_RING
from app.tables import Database
from tests.conftest import Addresses
from tests.shop import NOW

_MAKE = "INSERT INTO customer (id, display_name, status, is_demo, created_at) VALUES ($1, '王小明', 'ACTIVE', true, $2)"


async def test_she_is_introduced_once(addresses: Addresses, database: Database) -> None:
    """The second time nothing changes: what was sealed first is what is opened."""
    vault = Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests")
    await database.pool.execute(_MAKE, SAMPLE_CUSTOMER, NOW)
    sealed = "SELECT openid_sealed FROM customer"
    await customers.introduce(addresses.app_url, vault)
    first = await database.pool.fetchval(sealed)
    await customers.introduce(addresses.app_url, vault)
    assert await database.pool.fetchval(sealed) == first
    async with database.session():
        opened = await vault.unseal(db.current(), f"customer:{SAMPLE_CUSTOMER}", OPENID, first)
    assert opened == SAMPLE_OPENID


async def test_who_closed_her_account_stays_unknown(addresses: Addresses, database: Database) -> None:
    """Her key is destroyed: nothing is sealed for her again, and the demo starts all the same."""
    await database.pool.execute(_MAKE, SAMPLE_CUSTOMER, NOW)
    await database.pool.execute("UPDATE customer SET status = 'CLOSED', closed_at = $1", NOW)
    await customers.introduce(addresses.app_url, Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests"))
    assert await database.pool.fetchval("SELECT count(*) FROM data_key") == 0
    assert await database.pool.fetchval("SELECT openid_sealed FROM customer") is None
