"""How many SQL statements a document sent, as the server itself counts them where it sends them."""

import re

from app.bench.load import ask

_REQUEST = b"GET /metrics HTTP/1.1\r\nhost: bench\r\n\r\n"
_LINE = r'^graphql_request_statements_{}\{{document="{}"\}} (\S+)$'


async def per_request(port: int, document: str) -> float:
    """The mean over every request for `document` since the server started.

    Raises:
        LookupError: the document was not asked for yet.
    """
    told = (await ask(port, _REQUEST)).decode()
    total, count = (re.search(_LINE.format(part, document), told, re.MULTILINE) for part in ("sum", "count"))
    if total is None or count is None:
        raise LookupError(f"the server counted no request for {document}")
    return float(total[1]) / float(count[1])
