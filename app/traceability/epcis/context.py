"""JSON-LD contexts, as far as EPCIS needs them: prefixes, resolved here without any network."""

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import cast

from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.problems import Problem, member_path, shown
from app.traceability.epcis.rules import Rule

GS1_CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
MAX_NAMESPACE = 500
"""The longest namespace of a prefix, so that a small file cannot unfold into a huge one."""

_GS1_PREFIXES = {
    "epcis": "https://ref.gs1.org/epcis/",
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": "urn:epcglobal:cbv:mda:",
    "gs1": "https://gs1.org/voc/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
}
_XMLNS = "@xmlns:"
_URI_SCHEMES = frozenset({"http", "https", "urn", "ni", "tag"})


@dataclass(frozen=True, slots=True)
class Context:
    """Prefixes in scope: those a document declares and, under them, those of the GS1 context."""

    declared: Mapping[str, str]

    def prefix(self, name: str) -> str | None:
        """The namespace of a prefix, a declaration of the document before one of GS1."""
        return self.declared.get(name) or _GS1_PREFIXES.get(name)

    def expand(self, value: str) -> str:
        """The URI that a CURIE stands for; any other text as it is."""
        head, colon, tail = value.partition(":")
        if colon and not tail.startswith("//"):
            namespace = self.prefix(head)
            if namespace is not None:
                return namespace + tail
        return value

    def qualified(self, key: str) -> str:
        """`{namespace}local` for a prefixed member name or a full URI, the bare name otherwise."""
        head, colon, tail = key.partition(":")
        namespace = self.prefix(head) if colon and not tail.startswith("//") else None
        if namespace is not None:
            return f"{{{namespace}}}{tail}"
        if colon and head in _URI_SCHEMES:
            cut = max(key.rfind("/"), key.rfind("#"), key.rfind(":")) + 1
            return f"{{{key[:cut]}}}{key[cut:]}"
        return key

    def knows(self, key: str) -> bool:
        """Whether the prefix of a member name is declared, or the name is a full URI."""
        head, _, _ = key.partition(":")
        return head in _URI_SCHEMES or self.prefix(head) is not None

    def within(self, value: JsonObject) -> "Context":
        """The context inside an object that declares prefixes the way XML does, as `@xmlns:name` members."""
        inner = {
            name[len(_XMLNS) :]: uri
            for name, uri in value.items()
            if name.startswith(_XMLNS) and isinstance(uri, str) and len(uri) <= MAX_NAMESPACE
        }
        return self.extended(Context(inner)) if inner else self

    def extended(self, inner: "Context") -> "Context":
        """This context with the declarations of an inner one over it, without copying either."""
        layers = (inner.declared, self.declared)
        return Context(ChainMap(*(cast("MutableMapping[str, str]", layer) for layer in layers)))


NOTHING = Context({})
"""A context that declares nothing of its own."""


def read_context(value: Json, path: str) -> tuple[Context, list[Problem]]:
    """The context that an `@context` member declares, and what is wrong with it.

    Contexts named by a URI are not fetched: GS1's is known, and prefixes of any other must be declared here.
    """
    declared: dict[str, str] = {}
    problems: list[Problem] = []
    entries = value if isinstance(value, list) else [value]
    for index, entry in enumerate(entries):
        place = f"{path}[{index}]" if isinstance(value, list) else path
        if isinstance(entry, dict):
            problems += _declare(entry, place, declared)
        elif not isinstance(entry, str):
            problems.append(
                Problem(Rule.CONTEXT_FORMAT, place, f"{shown(entry)} is neither a URI nor an object of prefixes")
            )
    return Context(declared), problems


def _declare(entry: JsonObject, path: str, declared: dict[str, str]) -> list[Problem]:
    problems: list[Problem] = []
    for name, term in entry.items():
        if name.startswith("@"):  # keywords such as @version
            continue
        uri = term.get("@id") if isinstance(term, dict) else term
        if isinstance(uri, str) and 0 < len(uri) <= MAX_NAMESPACE:
            declared[name] = uri
        elif uri is not None:
            message = f"the prefix {shown(name)} stands for {shown(uri)}, not for a URI of at most {MAX_NAMESPACE}"
            problems.append(Problem(Rule.CONTEXT_FORMAT, member_path(path, name), message))
    return problems
