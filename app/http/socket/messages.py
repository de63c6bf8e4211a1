"""The messages of graphql-transport-ws (enisdenjo/graphql-ws, PROTOCOL.md), and how a socket ends."""

from enum import IntEnum
from typing import Any, NamedTuple

import orjson
from starlette.types import Message as Event

PROTOCOL = "graphql-transport-ws"
_REASON = 123  # bytes a close frame has room for
_MEMBERS = {"query": str, "documentId": str, "operationName": str, "variables": dict, "extensions": dict}


class Code(IntEnum):
    """Why we close a socket. Clients connect again after 1012, 1013 and 4403, and after no other of these."""

    IDLE = 1000  # nothing was asked for a while: normal closure
    RESTART = 1012
    TRY_AGAIN = 1013  # read too slowly, or answers no ping
    BAD_MESSAGE = 4400
    UNAUTHORIZED = 4401  # subscribed before the acknowledgement
    FORBIDDEN = 4403  # what the caller came with does not hold, or no longer
    SUBPROTOCOL = 4406
    INIT_TIMEOUT = 4408
    ID_TAKEN = 4409
    TOO_MANY_INITS = 4429
    INTERNAL = 4500


class Closing(Exception):  # noqa: N818 - the end of a conversation, not a fault
    """The socket is to be closed, with this code and reason."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason.encode()[:_REASON].decode(errors="ignore")


class Message(NamedTuple):
    """What a client says. `id` is empty where a message has none; a missing payload is empty."""

    type: str
    id: str
    payload: dict[str, Any]


def read(event: Event, longest: int) -> Message:
    """The message in a frame of at most `longest` characters.

    Raises:
        Closing: BAD_MESSAGE: it is none that a client may send.
    """
    text = event.get("text")
    if text is None:
        raise _bad("Messages are text.")
    if len(text) > longest:
        raise _bad(f"The message is longer than {longest} characters.")
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _bad("The message is not JSON.") from None
    if not isinstance(found, dict):
        raise _bad("The message is not a JSON object.")
    match found.get("type"):
        case "connection_init" | "ping" | "pong" as kind:
            return Message(kind, "", _payload(found))
        case "complete":
            return Message("complete", _id(found), {})
        case "subscribe":
            return Message("subscribe", _id(found), _request(_payload(found)))
    raise _bad("The message has no type that a client may send.")


def _payload(found: dict[str, Any]) -> dict[str, Any]:
    payload = found.get("payload")
    if payload is None:
        return {}
    if not isinstance(payload, dict):
        raise _bad("The payload is not a JSON object.")
    return payload


def _id(found: dict[str, Any]) -> str:
    given = found.get("id")
    if not isinstance(given, str) or not given:
        raise _bad("The message has no id.")
    return given


def _request(payload: dict[str, Any]) -> dict[str, Any]:
    for name, kind in _MEMBERS.items():
        if payload.get(name) is not None and not isinstance(payload[name], kind):
            raise _bad(f"{name} of the payload is not a {'string' if kind is str else 'JSON object'}.")
    if payload.get("query") is None and payload.get("documentId") is None:
        raise _bad("The payload has neither documentId nor query.")
    return payload


def _bad(reason: str) -> Closing:
    return Closing(Code.BAD_MESSAGE, reason)
