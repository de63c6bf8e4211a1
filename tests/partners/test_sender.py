"""Sending to servers that nobody here controls: bounded in time, size and reach."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.partners.sender import Outcome, Sender
from tests.partners.receiver import REDIRECTS, Receiver, receiving

HEADERS = {"webhook-id": "evt_1", "content-type": "application/json"}
LOCAL = Sender(allows_loopback=True)
ENDLESS = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A partner's server."""
    async with receiving() as opened:
        yield opened


async def test_a_request_arrives_as_it_was_made(receiver: Receiver) -> None:
    """Path, body and headers; the host is the address's, and nothing says where it came from."""
    assert await LOCAL.post(receiver.url + "?a=1", b'{"x":1}', HEADERS) == Outcome(204, None)
    (got,) = receiver.got
    assert (got.path, got.body) == ("/hook?a=1", b'{"x":1}')
    assert got.headers["host"] in receiver.url
    assert got.headers["webhook-id"] == "evt_1"
    assert got.headers["user-agent"] == "YougouFresh-Webhooks/1"
    assert "cookie" not in got.headers


@pytest.mark.parametrize("status", [300, 404, 410, 500, 503])
async def test_any_answer_but_2xx_is_a_failure(receiver: Receiver, status: int) -> None:
    """Its status is kept, its text is not read."""
    receiver.usual = b"HTTP/1.1 %d No\r\ncontent-length: 0\r\n\r\n" % status
    assert await LOCAL.post(receiver.url, b"", HEADERS) == Outcome(status, f"answered {status}")


async def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    """It might lead anywhere."""
    receiver.usual = REDIRECTS % receiver.url.encode()
    assert await LOCAL.post(receiver.url, b"", HEADERS) == Outcome(307, "answered 307")
    assert len(receiver.got) == 1


async def test_an_endless_answer_is_not_read(receiver: Receiver) -> None:
    """The status decides, and the connection is closed under the rest."""
    receiver.usual, receiver.is_endless = ENDLESS, True
    assert await LOCAL.post(receiver.url, b"", HEADERS) == Outcome(200, None)
    async with asyncio.timeout(20):
        await receiver.left.wait()
    assert receiver.sent < 16 * 1024 * 1024  # what fitted into the sockets' buffers


@pytest.mark.parametrize("answer", [None, b"HTTP/1.1 200 OK\r\nx-slow: "], ids=["silent", "half a header"])
async def test_a_receiver_that_keeps_one_waiting_is_left(receiver: Receiver, answer: bytes | None) -> None:
    """One bound for everything."""
    receiver.usual = answer
    hasty = Sender(allows_loopback=True, seconds=0.2)
    assert await hasty.post(receiver.url, b"", HEADERS) == Outcome(None, "no answer within 0.2 seconds")
    async with asyncio.timeout(20):
        await receiver.left.wait()


@pytest.mark.parametrize("answer", [b"", b"\0\0\0\r\n\r\n", b"SSH-2.0-x\r\n"])
async def test_an_answer_that_is_not_http_is_a_failure(receiver: Receiver, answer: bytes) -> None:
    """Named by its class; nothing of it is kept."""
    receiver.usual = answer

    async def close_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(close_at_once, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        outcome = await LOCAL.post(f"http://127.0.0.1:{port}/", b"", HEADERS)
    assert outcome == Outcome(None, "the connection failed: RemoteProtocolError")


async def test_nobody_listens(receiver: Receiver) -> None:
    """A closed port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert await LOCAL.post(url, b"", HEADERS) == Outcome(None, "the connection failed: ConnectError")


async def test_a_name_is_resolved_before_anything_is_sent(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """One private address among its addresses is enough; a public name may point inside."""
    loop, answers = asyncio.get_running_loop(), [["8.8.8.8", "10.0.0.7"], ["127.0.0.1"], ["fe80::1%eth0"]]
    asked = []

    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append((host, port))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answers[len(asked) - 1]]

    monkeypatch.setattr(loop, "getaddrinfo", resolve)
    strict = Sender(allows_loopback=False)
    for _ in answers:
        outcome = await strict.post("https://partner.example/hook", b"", HEADERS)
        assert outcome == Outcome(None, "the address is not public")
    assert asked == [("partner.example", 443)] * 3
    assert receiver.got == []


async def test_it_connects_to_the_address_that_was_checked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked once: one that answers differently the second time is of no use to an attacker."""
    port = int(receiver.url.split(":")[2].split("/")[0])
    asked = []

    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    assert (await LOCAL.post(f"http://partner.example:{port}/hook", b"", HEADERS)).status == 204
    assert asked == ["partner.example"]
    assert receiver.got[0].headers["host"] == f"partner.example:{port}"


async def test_an_unknown_name_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the shop's words."""

    async def resolve(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    outcome = await LOCAL.post("https://nowhere.example/", b"", HEADERS)
    assert outcome == Outcome(None, "the name does not resolve")


async def test_no_proxy_of_the_environment_is_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be told where to connect, behind the check."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert await LOCAL.post(receiver.url, b"", HEADERS) == Outcome(204, None)
