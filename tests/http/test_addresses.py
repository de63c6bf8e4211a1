"""The address a bucket is of: what proxies of ours say, never what the caller says."""

import pytest
from starlette.types import Scope

from app.http.addresses import address_of


def _scope(peer: str | None, *forwarded: str) -> Scope:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return {"type": "http", "client": peer and (peer, 1), "headers": headers}


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, [], "10.0.0.9"),
        (0, ["1.1.1.1"], "10.0.0.9"),
        (1, ["1.1.1.1"], "1.1.1.1"),
        (1, ["6.6.6.6, 1.1.1.1"], "1.1.1.1"),
        (2, ["6.6.6.6, 1.1.1.1, 10.0.0.8"], "1.1.1.1"),
        (2, ["6.6.6.6", "1.1.1.1,10.0.0.8"], "1.1.1.1"),
        (2, ["1.1.1.1"], "10.0.0.9"),
        (1, [], "10.0.0.9"),
        (1, [""], "10.0.0.9"),
        (1, ["not an address"], "10.0.0.9"),
        (1, ["unknown, "], "10.0.0.9"),
        (1, ["1.1.1.1:4711"], "1.1.1.1"),
        (1, ["[2001:db8:1:2:3:4:5:6]:4711"], "2001:db8:1:2::/64"),
        (1, ["2001:db8:1:2::1"], "2001:db8:1:2::/64"),
        (1, ["2001:DB8:1:2:ffff:ffff:ffff:ffff"], "2001:db8:1:2::/64"),
        (1, ["::ffff:1.1.1.1"], "1.1.1.1"),
        (1, ["fe80::1%eth0"], "fe80::/64"),
    ],
)
def test_the_address_of_a_request(hops: int, forwarded: list[str], address: str) -> None:
    """As many entries from the right as there are proxies of ours; where that says nothing, the peer."""
    assert address_of(_scope("10.0.0.9", *forwarded), hops) == address


def test_a_peer_without_an_address() -> None:
    """A socket of the machine."""
    assert address_of(_scope(None), 0) == address_of(_scope(None), 1) == "local"
    assert address_of(_scope("2001:db8::1"), 0) == "2001:db8::/64"
