"""What requests about orders need besides the database: the gateway, the vault, and the key of quotes."""

from dataclasses import dataclass

from app.kit.vault import Vault
from app.orders.ending import Ending
from app.orders.paying import Paying
from app.orders.quotes import Quotes
from app.payments.gateway import Gateway

ADDRESS = "hold.address"  # the place of the blind index


@dataclass(frozen=True, slots=True)
class Till:
    """Put together once per process."""

    vault: Vault
    quotes: Quotes
    paying: Paying
    ending: Ending

    @classmethod
    def of(cls, vault: Vault, gateway: Gateway, secret: str) -> "Till":
        """The till of an installation whose quotes are signed with a key of `secret`."""
        return cls(vault, Quotes([secret]), Paying(gateway, vault), Ending(gateway))

    def address_index(self, address: str) -> bytes:
        """What holds of an address are counted under."""
        return self.vault.index(ADDRESS, address)
