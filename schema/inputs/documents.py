"""What staff writes about registered documents."""

import strawberry


@strawberry.input(description="A document as its client's tools list it: an operation of Apollo's manifest fits.")
class ManifestDocumentInput:
    """Its fields are read by name: app.documents.entries.Sent."""

    body: str = strawberry.field(description="The exact text that clients mean.")
    id: str | None = strawberry.field(
        default=None,
        description="The client's id; without it the sha256 of the text. One that looks like a sha256 must be it.",
    )
    name: str | None = strawberry.field(default=None, description="The operation's name; must be the text's, if given.")


@strawberry.input(description="The documents of a version.")
class PushManifestInput:
    """Its fields are the resolver's arguments."""

    app: str = strawberry.field(description="The app's code: miniprogram, staff, or a partner's.")
    documents: list[ManifestDocumentInput] = strawberry.field(description="What its clients may ask for, 1 to 500.")
    version: int | None = strawberry.field(default=None, description="Its number; without it the next one.")


@strawberry.input(description="The version that is to answer.")
class ActivateManifestInput:
    """Its fields are the resolver's arguments."""

    app: str = strawberry.field(description="The app's code.")
    version: int = strawberry.field(description="A version that was pushed and not retired.")


@strawberry.input(description="The version that is to go.")
class RetireManifestInput:
    """Its fields are the resolver's arguments."""

    app: str = strawberry.field(description="The app's code.")
    version: int = strawberry.field(description="A version that was pushed.")
