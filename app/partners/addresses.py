"""Where a webhook may point: never into the shop's own network (server-side request forgery); no I/O.

An address is checked twice: its text when it is registered, and what its name resolves to at each attempt, because
a name may be pointed elsewhere later.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from app.kit.errors import Refused
from app.partners.errors import WebhookUrlRefused

MAX_URL = 300
Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_LOOPBACK_NAMES = {"127.0.0.1", "localhost"}


def check_url(url: str, *, allows_loopback: bool) -> None:
    """Lets an address through: https, a host, no user name and no fragment.

    `allows_loopback`: this machine too, then also by http; for development and tests.

    Raises:
        WebhookUrlRefused: another address.
    """
    if not _is_plain(url):
        raise Refused(WebhookUrlRefused())
    parts = urlsplit(url)
    host = parts.hostname or ""
    scheme_fits = parts.scheme == "https" or (allows_loopback and parts.scheme == "http" and host in _LOOPBACK_NAMES)
    if not scheme_fits or not host or "@" in parts.netloc or parts.fragment or not _port_fits(url):
        raise Refused(WebhookUrlRefused())
    if not allows_loopback and (host == "localhost" or host.endswith(".localhost")):
        raise Refused(WebhookUrlRefused())
    literal = _literal(host)
    if literal is not None and not may_be_reached(literal, allows_loopback=allows_loopback):
        raise Refused(WebhookUrlRefused())


def may_be_reached(address: Address, *, allows_loopback: bool) -> bool:
    """Whether a request may go there: a public unicast address, also where it stands inside an IPv6 address."""
    if allows_loopback and address.is_loopback:
        return True
    if isinstance(address, IPv6Address):
        if (inner := _inside(address)) is not None:
            return may_be_reached(inner, allows_loopback=False)
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to: mapped, 6to4 or NAT64."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_plain(url: str) -> bool:
    return len(url) <= MAX_URL and url.isascii() and url.isprintable() and " " not in url and "\\" not in url


def _port_fits(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
