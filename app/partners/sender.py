"""Sends a webhook's request to a server that nobody here controls."""

import asyncio
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from ssl import SSLContext
from typing import NamedTuple

import httpx

from app.partners.addresses import may_be_reached

SECONDS = 10.0  # for everything: name, connection, handshake, answer
_OK = range(200, 300)
_AGENT = "YougouFresh-Webhooks/1"


class Outcome(NamedTuple):
    """What came of an attempt: the status that was answered, or why there is none."""

    status: int | None
    error: str | None

    @property
    def is_success(self) -> bool:
        """Whether the receiver took it: 2xx. A redirect is none, it might lead anywhere."""
        return self.error is None


class _NotAllowedError(Exception):
    """The name leads into a network of ours."""


class Sender:
    """Posts to public addresses only, with bounded time, and reads no more of an answer than its status."""

    def __init__(self, *, allows_loopback: bool, seconds: float = SECONDS, context: SSLContext | None = None) -> None:
        self._allows_loopback = allows_loopback
        self._seconds = seconds
        self._context = context or httpx.create_ssl_context(trust_env=False)  # reading the roots takes 20 ms: once

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Outcome:
        """Sends once. Never raises for what the other side does; the outcome says it in the shop's words."""
        try:
            async with asyncio.timeout(self._seconds):
                status = await self._status(httpx.URL(url), content, headers)
        except TimeoutError:
            return Outcome(None, f"no answer within {self._seconds:g} seconds")
        except _NotAllowedError:
            return Outcome(None, "the address is not public")
        except socket.gaierror:
            return Outcome(None, "the name does not resolve")
        except (httpx.HTTPError, OSError) as error:
            return Outcome(None, f"the connection failed: {type(error).__name__}")
        return Outcome(status, None if status in _OK else f"answered {status}")

    async def _status(self, url: httpx.URL, content: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer. Connects to the very address that was checked: a name may change in between."""
        port = url.port or (443 if url.scheme == "https" else 80)
        address = await self._resolve(url.host, port)
        sent = {**headers, "host": url.netloc.decode(), "user-agent": _AGENT}
        async with (
            httpx.AsyncClient(verify=self._context, trust_env=False, timeout=None) as client,  # noqa: S113 - `post` bounds it
            client.stream(
                "POST",
                url.copy_with(host=address),
                content=content,
                headers=sent,
                extensions={"sni_hostname": url.host},
            ) as response,
        ):
            return response.status_code  # the rest is not read, however long it is

    async def _resolve(self, host: str, port: int) -> str:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        if not all(may_be_reached(ip_address(each), allows_loopback=self._allows_loopback) for each in addresses):
            raise _NotAllowedError
        return addresses[0]
