"""A laboratory's own program: files a report by nothing but HTTP, and hears of it by webhook.

It knows the shop's address, its API key, the secret of its webhook and its own documents, no more. Nothing of the
shop's code is imported: `python -m tests.partners.lab_client <address> <key> <secret> <port> <lot code>` prints what
it learned as JSON.
"""

import asyncio
import hashlib
import hmac
import json
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import httpx

DOCUMENTS = Path(__file__).parents[2] / "schema" / "documents" / "dianjian-lab"
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
xref
0 4
0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
"""


class Shop:
    """The shop as its partner sees it."""

    def __init__(self, address: str, key: str) -> None:
        headers = {"authorization": f"Bearer {key}", "accept-language": "en"}
        self._client = httpx.AsyncClient(base_url=address, headers=headers, timeout=60)

    async def upload(self, content: bytes, idempotency_key: str) -> str:
        """The id of an uploaded PDF."""
        given = {"idempotencyKey": idempotency_key}
        files = {"file": ("report.pdf", content, "application/pdf")}
        answer = await self._client.post("/uploads", data=given, files=files)
        return str(answer.raise_for_status().json()["id"])

    async def ask(self, document: str, **variables: Any) -> Any:
        """What one of the laboratory's own documents answers, asked by the hash of its text."""
        text = (DOCUMENTS / f"{document}.graphql").read_bytes()
        asked = {"documentId": f"sha256:{hashlib.sha256(text).hexdigest()}", "variables": variables}
        body = (await self._client.post("/graphql", json=asked)).json()
        if "errors" in body:
            raise RuntimeError(str(body["errors"]))
        (found,) = body["data"].values()
        return found

    async def refused(self, text: str) -> str:
        """The code with which a document that is not the laboratory's own is refused."""
        body = (await self._client.post("/graphql", json={"query": text})).json()
        return str(body["errors"][0]["extensions"]["code"])


class Inbox:
    """Where the shop's events arrive: only those whose signature fits are kept."""

    def __init__(self, secret: str) -> None:
        self._key = b64decode(secret.removeprefix("whsec_"))
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.forged = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = "v1," + b64encode(hmac.digest(self._key, signed, hashlib.sha256)).decode()
        fits = any(hmac.compare_digest(expected, each) for each in headers["webhook-signature"].split(" "))
        if fits:
            self.events.put_nowait({"id": headers["webhook-id"], **json.loads(body)})
        else:
            self.forged += 1
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n" if fits else b"HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()


async def main(address: str, key: str, secret: str, port: int, lot_code: str) -> dict[str, Any]:
    """Uploads, files, files again as after a lost answer, reads the status, hears the event."""
    shop, inbox = Shop(address, key), Inbox(secret)
    async with await asyncio.start_server(inbox.serve, "127.0.0.1", port):
        upload, again = [await shop.upload(PDF, "lab-upload-0001") for _ in range(2)]
        report = {
            "idempotencyKey": "lab-report-0001",
            "lotCode": lot_code,
            "number": "DJ-E2E-0001",
            "sampleName": "水蜜桃",
            "sampledOn": "2026-01-02",
            "issuedOn": "2026-01-05",
            "conclusion": "PASS",
            "items": [
                {
                    "name": "毒死蜱",
                    "method": "GB 23200.113",
                    "limit": "≤0.02",
                    "value": "未检出(<0.01)",
                    "unit": "mg/kg",
                    "verdict": "PASS",
                }
            ],
            "uploadId": upload,
        }
        first, retried = [await shop.ask("FileInspectionReport", input=report) for _ in range(2)]
        async with asyncio.timeout(120):
            event = await inbox.events.get()
        return {
            "uploads": [upload, again],
            "filed": [first, retried],
            "status": (await shop.ask("FiledReport", number="DJ-E2E-0001"))["status"],
            "numbers": [each["number"] for each in (await shop.ask("FiledReports"))["nodes"]],
            "other": await shop.refused("{ __typename }"),
            "event": event,
            "more": inbox.events.qsize(),
            "forged": inbox.forged,
        }


if __name__ == "__main__":
    _, given_address, given_key, given_secret, given_port, given_lot = sys.argv
    found = asyncio.run(main(given_address, given_key, given_secret, int(given_port), given_lot))
    sys.stdout.write(json.dumps(found) + "\n")
