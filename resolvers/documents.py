"""The registry of documents: what staff reads of it, and its writes."""

from collections.abc import Awaitable, Sequence
from typing import Annotated

import strawberry
from strawberry import Parent

from app.documents import listing, rules, service, usage_list
from app.documents.entries import PREFIX, Entry, Sent
from app.documents.models import App, Document, DocumentUsage, Manifest
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
AppCode = Annotated[str, strawberry.argument(description="The app's code, such as miniprogram.")]


def apps(first: First = 20, after: After = None) -> Awaitable[Page[App]]:
    """A page of the apps."""
    return listing.apps(first=first, after=after)


def manifests(app: AppCode, first: First = 20, after: After = None) -> Awaitable[Page[Manifest] | None]:
    """A page of an app's versions."""
    return listing.manifests(app, first=first, after=after)


def usage(app: AppCode, first: First = 50, after: After = None) -> Awaitable[Page[DocumentUsage] | None]:
    """A page of what an app's documents were asked for."""
    return usage_list.page(app, first=first, after=after)


def active_manifest(parent: Parent[App], info: Info) -> Awaitable[Manifest | None]:
    """The version that is active."""
    return info.context.loaders.active_manifests.load(parent.id)


def documents(parent: Parent[Manifest], info: Info) -> Awaitable[list[Document]]:
    """The documents of a version."""
    return info.context.loaders.registered_documents.load(parent.id)


def document_id(parent: Parent[Document]) -> str:
    """By what it is asked for."""
    return PREFIX + parent.sha256


def used_document_id(parent: Parent[DocumentUsage]) -> str:
    """By what the document that was used is asked for."""
    return PREFIX + parent.sha256


def p99(parent: Parent[DocumentUsage]) -> float:
    """Within how many milliseconds 99 of 100 calls ended."""
    return rules.p99_milliseconds(parent.latency)


def push(info: Info, app: str, version: int | None, documents: Sequence[Sent]) -> Awaitable[Manifest]:
    """A version of an app, stored."""
    entries = [Entry(each.body, each.id, each.name) for each in documents]
    return service.push(info.context.caller, app, version, entries, info.context.check)


def activate(info: Info, app: str, version: int) -> Awaitable[Manifest]:
    """The version, active."""
    return service.activate(info.context.caller, app, version, info.context.check)


def retire(info: Info, app: str, version: int) -> Awaitable[Manifest]:
    """The version, retired."""
    return service.retire(info.context.caller, app, version)
