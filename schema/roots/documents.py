"""Root fields of registered documents."""

import strawberry

from app.documents import rules
from resolvers import documents as resolve_documents
from schema.binding import field, mutation
from schema.inputs.documents import ActivateManifestInput, PushManifestInput, RetireManifestInput
from schema.results.documents import ActivateManifestResult, PushManifestResult, RetireManifestResult
from schema.types.documents import App, DocumentUsage, Manifest
from schema.types.page import Connection

REGISTRY_READ = (rules.READ,)
REGISTRY_WRITE = (rules.WRITE,)


@strawberry.type
class DocumentQueries:
    """Reads of registered documents."""

    apps: Connection[App] = field(
        resolve_documents.apps, description="The apps that have registered documents, by code.", requires=REGISTRY_READ
    )
    manifests: Connection[Manifest] | None = field(
        resolve_documents.manifests,
        description="The versions of an app's documents, the newest first; null if there is no such app.",
        requires=REGISTRY_READ,
    )
    document_usage: Connection[DocumentUsage] | None = field(
        resolve_documents.usage,
        description="What an app's clients asked for by business day, the newest first; null if there is no such app.",
        requires=REGISTRY_READ,
    )


@strawberry.type
class DocumentWrites:
    """Writes of registered documents."""

    push_manifest: PushManifestResult = mutation(
        resolve_documents.push,
        PushManifestInput,
        description="Checks documents and stores them as a version of an app. The same again changes nothing.",
        requires=REGISTRY_WRITE,
    )
    activate_manifest: ActivateManifestResult = mutation(
        resolve_documents.activate,
        ActivateManifestInput,
        description="Answers an app's clients from this version; the one before is retired and answers on for a while.",
        requires=REGISTRY_WRITE,
    )
    retire_manifest: RetireManifestResult = mutation(
        resolve_documents.retire,
        RetireManifestInput,
        description="Takes a version out of service once nobody uses it. The same again changes nothing.",
        requires=REGISTRY_WRITE,
    )
