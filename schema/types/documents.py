"""Registered documents: apps, their versions, and what was asked for."""

from datetime import date, datetime

import strawberry

from app.documents.enums import ManifestState, OperationKind
from app.documents.errors import Problem
from app.documents.models import App as AppRow
from app.documents.models import Document as DocumentRow
from app.documents.models import DocumentUsage as UsageRow
from app.documents.models import Manifest as ManifestRow
from resolvers import documents as resolve
from schema.binding import field, of


@strawberry.type(description="One GraphQL document that an app's clients may ask for.")
@of(DocumentRow)
class RegisteredDocument:
    """Its source is a row."""

    document_id: str = field(resolve.document_id, description="What clients send as `documentId`: sha256:<hex>.")
    alias: str | None = field(description="Its client's own id, that answers too; null without one.")
    name: str = field(description="The name of its operation.")
    kind: OperationKind = field(description="What it does.")
    cost: int = field(description="Its points without variables, by the schema it was pushed for.")
    scopes: list[str] = field(description="All scopes that a caller needs for it.")
    text: str = field(description="The document.")


@strawberry.type(description="A version of an app's documents.")
@of(ManifestRow)
class Manifest:
    """Its source is a row."""

    version: int = field(description="Its number in the app.")
    state: ManifestState = field(description="Where it stands.")
    created_at: datetime = field(description="When it was pushed.")
    activated_at: datetime | None = field(description="When it became active; null if it never was.")
    retired_at: datetime | None = field(description="When it was retired; null before.")
    dropped_at: datetime | None = field(description="When its documents stopped being answered; null before.")
    documents: list[RegisteredDocument] = field(
        resolve.documents, description="What it holds, by name; at most 500.", list_size=100
    )


@strawberry.type(description="A program that sends documents: the mini-program, a tool of the shop's, or a partner's.")
@of(AppRow)
class App:
    """Its source is a row."""

    code: str = field(description="Its name in addresses; a partner's app has the partner's code.")
    created_at: datetime = field(description="When it was made.")
    active_manifest: Manifest | None = field(
        resolve.active_manifest, description="The version its clients are answered from; null if none is."
    )


@strawberry.type(description="How often a document was asked for on one business day.")
@of(UsageRow)
class DocumentUsage:
    """Its source is a row with the document's name joined."""

    document_id: str = field(resolve.used_document_id, description="The document: sha256:<hex>.")
    name: str | None = field(description="Its operation's name in the newest version with it; null if none has it.")
    used_on: date = field(description="The business day.")
    calls: int = field(description="How often.")
    errors: int = field(description="How many of the answers had errors.")
    p99_milliseconds: float = field(
        resolve.p99, description="Within how many milliseconds 99 of 100 calls ended; up to a quarter above the truth."
    )
    last_used_at: datetime = field(description="When last on that day.")


@strawberry.type(description="What is wrong with a document of a manifest.")
@of(Problem)
class ManifestProblem:
    """Its source is the problem."""

    document: str = field(description="The document's name or id; empty: the manifest as a whole.")
    message: str = field(description="What is wrong.")
    line: int | None = field(description="Where in its text, from 1; null if it is the whole.")
    column: int | None = field(description="Where in that line, from 1; null if it is the whole.")
