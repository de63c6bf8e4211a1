"""Whose address a request comes from, behind the proxies of this installation."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

NOWHERE = "local"  # a socket of this machine
_NETWORK = 64  # bits of an IPv6 address that one connection at home has; the rest its devices choose


def address_of(scope: Scope, trusted_hops: int) -> str:
    """The address the outermost of `trusted_hops` proxies was called from, as one bucket knows it: IPv6 by /64.

    Each proxy appends to `X-Forwarded-For` whom it was called by, so only the last `trusted_hops` entries are not of
    the caller's own making. Where there are fewer, the request came past a proxy and its peer counts.
    """
    peer = scope["client"][0] if scope.get("client") else NOWHERE
    if not trusted_hops:
        return _network(peer) or peer
    entries = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    told = entries[-trusted_hops].strip() if len(entries) >= trusted_hops else ""
    return _network(told) or _network(peer) or peer


@lru_cache(maxsize=4096)
def _network(text: str) -> str | None:
    """The text of an address, or of the network of an IPv6 address; None if it is neither. A port is ignored."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address: IPv4Address | IPv6Address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _NETWORK), strict=False))
