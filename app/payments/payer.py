"""Who pays, as WeChat knows her: unsealed for a call, and kept nowhere."""

from app.accounts.places import OPENID
from app.kit import db
from app.kit.data_keys import DataKeyDestroyed, NoDataKey
from app.kit.vault import Vault
from app.payments import queries
from app.payments.errors import NoPayer


async def openid_of(vault: Vault, customer_id: int) -> str:
    """The customer's openid.

    Raises:
        NoPayer: she closed her account, or never had one.
    """
    customer = await queries.payer(customer_id)
    if customer is None or customer.openid_sealed is None:
        raise NoPayer
    try:
        return await vault.unseal(db.current(), f"customer:{customer_id}", OPENID, customer.openid_sealed)
    except (NoDataKey, DataKeyDestroyed):
        raise NoPayer from None
