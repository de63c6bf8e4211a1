"""Drives headless Chromium by its own protocol, over a pipe: nothing to install but the browser."""

import asyncio
import base64
import itertools
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
PATIENCE = 60.0  # a bound against hanging, not a measurement
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card, for the panorama
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
_LIMIT = 64 * 1024 * 1024  # bytes of one message: a screenshot is one
_LONGEST = 400  # characters kept of a complaint
_PAGE_LEFT = -32000  # the protocol's answer to a command whose page navigated before it was done

Message = dict[str, Any]


class CommandError(AssertionError):
    """Chromium refused a command; `told` is its own {code, message}."""

    def __init__(self, method: str, told: Message) -> None:
        super().__init__(method, told)
        self.told = told


@dataclass(slots=True)
class Page:
    """A tab: what it asked for, what it complained about, and what it shows."""

    send: Callable[..., Any]
    requests: list[Message] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """Every host the page asked anything of; data: and blob: are none."""
        return {url.netloc for each in self.requests if (url := urlsplit(each["url"])).scheme not in {"data", "blob"}}

    def graphql(self) -> list[Message]:
        """The requests to the GraphQL endpoint, without the page that lives at the same address."""
        return [
            each
            for each in self.requests
            if urlsplit(each["url"]).path == "/graphql" and "text/html" not in each["headers"].get("Accept", "")
        ]

    async def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression in the page; a promise is waited for."""
        answer = await self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, script: str) -> None:
        """Waits until an expression is true; a page that leaves while it is asked is asked again where it arrives."""
        polled = f"""new Promise(done => {{ const look = () => {{ const found = ({script});
          found ? done(true) : requestAnimationFrame(look) }}; look() }})"""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._held(polled):
                    pass
        except TimeoutError:
            raise AssertionError(f"never true: {script}; {self.complaints}") from None

    async def _held(self, polled: str) -> bool:
        """Whether the page stayed until the promise was kept."""
        try:
            await self.evaluate(polled)
        except CommandError as refused:
            if refused.told["code"] != _PAGE_LEFT:
                raise
            return False
        return True

    async def text(self, selector: str = "body") -> str:
        """What one can read in an element."""
        return str(await self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    async def screenshot(self, path: Path, *, whole: bool = False) -> None:
        """Writes a picture of the window, or of the whole page."""
        shot = await self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))

    def hear(self, method: str, told: Message) -> None:
        """Keeps what the tests ask about."""
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(told["exceptionDetails"])[:_LONGEST])
        elif method == "Runtime.consoleAPICalled" and told["type"] in {"error", "assert"}:
            self.complaints.append(json.dumps(told["args"])[:_LONGEST])
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            entry = told["entry"]
            self.complaints.append(f"{entry['text'][:_LONGEST]} {entry.get('url', '')}")


class Browser:
    """A running Chromium."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.WriteTransport) -> None:
        self._reader, self._writer = reader, writer
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._pages: dict[str, Page] = {}

    async def call(self, method: str, session: str | None = None, **params: Any) -> Message:
        """The answer to one command."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self._writer.write(json.dumps(message).encode() + b"\0")
        answered = await asyncio.wait_for(answer, PATIENCE)
        if "error" in answered:
            raise CommandError(method, answered["error"])
        result: Message = answered["result"]
        return result

    async def listen(self) -> None:
        """Hands out what Chromium says, until it says no more."""
        while True:
            try:
                message = json.loads((await self._reader.readuntil(b"\0"))[:-1])
            except asyncio.IncompleteReadError:
                return
            if (answer := self._waiting.pop(message.get("id"), None)) is not None:
                if not answer.done():
                    answer.set_result(message)
            elif (page := self._pages.get(message.get("sessionId"))) is not None:
                page.hear(message["method"], message["params"])

    @asynccontextmanager
    async def page(self, url: str, *, width: int, height: int, mobile: bool = False) -> AsyncIterator[Page]:
        """A new tab with its own cookies and storage, on its way to `url`."""
        context = (await self.call("Target.createBrowserContext"))["browserContextId"]
        target = await self.call("Target.createTarget", url="about:blank", browserContextId=context)
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        session = attached["sessionId"]

        async def send(method: str, **params: Any) -> Message:
            return await self.call(method, session, **params)

        page = self._pages[session] = Page(send)
        for domain in ("Page", "Network", "Runtime", "Log"):
            await send(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile}
        await send("Emulation.setDeviceMetricsOverride", **size)
        await send("Page.navigate", url=url)
        yield page
        await self.call("Target.disposeBrowserContext", browserContextId=context)


def _start(folder: Path) -> tuple[int, int, int]:
    """Chromium as a process: its number, what it says, and where it listens."""
    assert PROGRAM is not None
    (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
    process = os.posix_spawn(
        PROGRAM,
        [PROGRAM, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, theirs_in, 3),  # Chromium reads at 3 and writes at 4
            (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    os.close(theirs_in)
    os.close(theirs_out)
    return process, ours_in, ours_out


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Browser]:
    """Chromium with a fresh profile in `folder`, stopped at the end."""
    process, ours_in, ours_out = _start(folder)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_LIMIT)
    incoming, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours_in, "rb"))
    outgoing, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(ours_out, "wb"))
    browser = Browser(reader, outgoing)
    listening = asyncio.create_task(browser.listen())
    try:
        yield browser
    finally:
        await browser.call("Browser.close")
        await asyncio.wait_for(asyncio.to_thread(os.waitpid, process, 0), PATIENCE)
        listening.cancel()
        outgoing.close()
        incoming.close()
