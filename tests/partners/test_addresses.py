"""Where a webhook may point: not into the shop's network, however it is written."""

from ipaddress import ip_address

import pytest

from app.kit.errors import Refused
from app.partners.addresses import check_url, may_be_reached
from app.partners.errors import WebhookUrlRefused

PUBLIC = ["https://partner.example/hook?x=1", "https://8.8.8.8/", "https://[2606:4700::1111]:8443/a"]
LOOPBACK = ["http://127.0.0.1:8000/hook", "http://localhost/x", "https://127.0.0.1/x", "https://localhost:1/x"]
NEVER = [
    "",
    "partner.example",
    "http://partner.example/hook",
    "ftp://partner.example/",
    "https://",
    "https:///x",
    "https://user@partner.example/",
    "https://partner.example/#x",
    "https://partner.example:0/",
    "https://partner.example:99999/",
    "https://partner.example:x/",
    "https://partner.example/a b",
    "https://partner.example\\@127.0.0.1/",
    "https://伙伴.example/",
    "https://partner.example/\n",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "http://127.0.0.1.partner.example/",
    "https://partner.example/" + "a" * 300,
]


def is_let_through(url: str, *, allows_loopback: bool) -> bool:
    """Whether an address may be registered."""
    try:
        check_url(url, allows_loopback=allows_loopback)
    except Refused as refused:
        return refused.reason != WebhookUrlRefused()
    return True


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_https_address_is_let_through(url: str) -> None:
    """Everywhere."""
    assert is_let_through(url, allows_loopback=False)
    assert is_let_through(url, allows_loopback=True)


@pytest.mark.parametrize("url", LOOPBACK)
def test_this_machine_is_for_development(url: str) -> None:
    """There by http too."""
    assert is_let_through(url, allows_loopback=True)
    assert not is_let_through(url, allows_loopback=False)


@pytest.mark.parametrize("url", NEVER)
def test_anything_else_is_refused(url: str) -> None:
    """Also in development."""
    assert not is_let_through(url, allows_loopback=True)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("224.0.0.251", False),
        ("ff02::1", False),
        ("fc00::1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("2001:db8::1", False),
    ],
)
def test_only_public_unicast_addresses_are_reached(text: str, public: bool) -> None:  # noqa: FBT001 - a table's column
    """Also where one stands inside another."""
    assert may_be_reached(ip_address(text), allows_loopback=False) == public


def test_loopback_inside_another_address_is_never_reached() -> None:
    """Development means this machine by its own name."""
    assert may_be_reached(ip_address("127.0.0.1"), allows_loopback=True)
    assert may_be_reached(ip_address("::1"), allows_loopback=True)
    assert not may_be_reached(ip_address("64:ff9b::7f00:1"), allows_loopback=True)
