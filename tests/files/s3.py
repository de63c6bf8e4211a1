"""A stand-in for an S3 service: one bucket in memory, in a thread, and signatures that are checked.

It knows what the shop sends: PUT, multipart PUT, GET with a range, HEAD, DeleteObjects and ListObjectsV2, with AWS's
signature version 4 in headers or in the address. A wrong signature is answered 403.
"""

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

SECRET = "s3-secret-of-the-tests"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "cn-north-1"}
_WHEN = "2026-11-20T02:00:00.000Z"


@dataclass(slots=True)
class Bucket:
    """What the service holds: each file's bytes and type by key, and the parts of uploads under way."""

    port: int
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which it is reached."""
        return ENVIRONMENT | {"AWS_ENDPOINT": f"http://127.0.0.1:{self.port}", "AWS_ALLOW_HTTP": "true"}


@contextmanager
def running() -> Iterator[Bucket]:
    """The service on a port of its own; `s3://shop` is its bucket."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    bucket = Bucket(server.server_port)
    _Handler.buckets[server.server_port] = bucket
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        del _Handler.buckets[server.server_port]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    buckets: dict[int, Bucket] = {}  # noqa: RUF012 - the server's classes leave no other way in

    def _begin(self) -> bytes | None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.key = unquote(parts.path).removeprefix("/shop").lstrip("/")
        self.bucket = self.buckets[self.server.server_address[1]]  # type: ignore[index]  # a port, for TCP
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if _is_signed(self.command, parts.path, self.query, dict(self.headers.items())):
            return body
        self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        return None

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        body = self._begin()
        if body is None:
            return
        if "uploadId" in self.query:
            self.bucket.parts[self.query["uploadId"]][int(self.query["partNumber"])] = body
        else:
            self.bucket.files[self.key] = body, self.headers.get("content-type", "")
        self._answer(200, ETag=_etag(body))

    def do_POST(self) -> None:
        body = self._begin()
        if body is None:
            return
        if "delete" in self.query:
            gone = re.findall(r"<Key>([^<]+)</Key>", body.decode())
            for key in gone:
                self.bucket.files.pop(key, None)
            told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
            text = f"<DeleteResult>{told}</DeleteResult>"
        elif "uploads" in self.query:
            upload = str(len(self.bucket.parts))
            self.bucket.parts[upload] = {}
            self.bucket.files.setdefault(f"{self.key}\0type", (b"", self.headers.get("content-type", "")))
            root = "InitiateMultipartUploadResult"
            text = f"<{root}><Bucket>shop</Bucket><Key>{self.key}</Key><UploadId>{upload}</UploadId></{root}>"
        else:
            parts = self.bucket.parts.pop(self.query["uploadId"])
            kind = self.bucket.files.pop(f"{self.key}\0type")[1]
            whole = b"".join(parts[number] for number in sorted(parts))
            self.bucket.files[self.key] = whole, kind
            root = "CompleteMultipartUploadResult"
            text = f"<{root}><Bucket>shop</Bucket><Key>{self.key}</Key><ETag>{_etag(whole)}</ETag></{root}>"
        self._answer(200, text.encode())

    def do_DELETE(self) -> None:
        if self._begin() is None:
            return
        del self.bucket.parts[self.query["uploadId"]]
        self.bucket.files.pop(f"{self.key}\0type")
        self._answer(204)

    def do_HEAD(self) -> None:
        self._read(is_head=True)

    def do_GET(self) -> None:
        if "list-type=2" in self.path:
            if self._begin() is not None:
                self._list()
        else:
            self._read(is_head=False)

    def _read(self, *, is_head: bool) -> None:
        if self._begin() is None:
            return
        if self.key not in self.bucket.files:
            self._answer(404, b"" if is_head else b"<Error><Code>NoSuchKey</Code></Error>")
            return
        body, kind = self.bucket.files[self.key]
        facts = {"ETag": _etag(body), "Last_Modified": "Fri, 20 Nov 2026 02:00:00 GMT", "Content_Type": kind}
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if asked is None:
            self._answer(200, b"" if is_head else body, **facts, Content_Length=str(len(body)))
            return
        start, stop = int(asked[1]), min(int(asked[2] or len(body)) + 1, len(body))
        if start >= len(body):
            self._answer(416, b"<Error><Code>InvalidRange</Code></Error>")
            return
        self._answer(206, body[start:stop], **facts, Content_Range=f"bytes {start}-{stop - 1}/{len(body)}")

    def _list(self) -> None:
        prefix = self.query.get("prefix", "")
        found = "".join(
            f"<Contents><Key>{key}</Key><LastModified>{_WHEN}</LastModified><ETag>{_etag(body)}</ETag>"
            f"<Size>{len(body)}</Size></Contents>"
            for key, (body, _) in sorted(self.bucket.files.items())
            if key.startswith(prefix)
        )
        self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body).hexdigest()}"'  # noqa: S324 - what S3 calls an entity tag


def _is_signed(method: str, path: str, query: dict[str, str], headers: dict[str, str]) -> bool:
    """AWS signature version 4, from headers or from the address."""
    given = {name.lower(): value.strip() for name, value in headers.items()}
    authorization = given.get("authorization", "")
    if authorization:
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=[^/]+/(\S+), SignedHeaders=(\S+), Signature=(\w+)", authorization
        )
        moment, payload = given["x-amz-date"], given["x-amz-content-sha256"]
        if found is None:
            return False
        scope, names, signature = found.groups()
    elif "X-Amz-Signature" in query:
        scope = query["X-Amz-Credential"].partition("/")[2]
        moment, names, signature = query["X-Amz-Date"], query["X-Amz-SignedHeaders"], query["X-Amz-Signature"]
        payload = "UNSIGNED-PAYLOAD"
    else:
        return False
    asked = sorted((k, v) for k, v in query.items() if k != "X-Amz-Signature")
    canonical = "\n".join(
        [
            method,
            path,
            "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in asked),
            *(f"{name}:{given[name]}" for name in names.split(";")),
            "",
            names,
            payload,
        ]
    )
    signed = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(hmac.digest(key, signed.encode(), "sha256").hex(), signature)
