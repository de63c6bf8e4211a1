"""What the mutations of the registry answer."""

from typing import Annotated

import strawberry

from app.documents import errors
from schema.binding import field, of
from schema.errors import UserError
from schema.types.documents import Manifest, ManifestProblem


@strawberry.type(description="Returned when there is no such app, or it is another partner's.")
@of(errors.AppUnknown)
class AppUnknown(UserError):
    """Its source is the refusal."""

    app: str = field(description="The code that was given.")


@strawberry.type(description="Returned when the app has no such version.")
@of(errors.ManifestUnknown)
class ManifestUnknown(UserError):
    """Its source is the refusal."""

    app: str = field(description="The app's code.")
    version: int = field(description="The number that was given.")


@strawberry.type(description="Returned when the version is retired: it cannot become active again.")
@of(errors.ManifestRetired)
class ManifestRetired(UserError):
    """Its source is the refusal."""

    app: str = field(description="The app's code.")
    version: int = field(description="The version.")


@strawberry.type(description="Returned when the number was used for other documents.")
@of(errors.ManifestVersionTaken)
class ManifestVersionTaken(UserError):
    """Its source is the refusal."""

    app: str = field(description="The app's code.")
    version: int = field(description="The number that is taken.")


@strawberry.type(description="Returned when documents do not fit the schema, their limits, or the app's scopes.")
@of(errors.ManifestRefused)
class ManifestRefused(UserError):
    """Its source is the refusal."""

    problems: list[ManifestProblem] = field(description="Everything that is wrong.", list_size=100)


PushManifestResult = Annotated[
    Manifest | ManifestRefused | ManifestVersionTaken | AppUnknown,
    strawberry.union("PushManifestResult", description="The version, stored and not active yet, or why it is not."),
]
ActivateManifestResult = Annotated[
    Manifest | ManifestRefused | ManifestRetired | ManifestUnknown | AppUnknown,
    strawberry.union("ActivateManifestResult", description="The version, active now, or why it is not."),
]
RetireManifestResult = Annotated[
    Manifest | ManifestUnknown | AppUnknown,
    strawberry.union("RetireManifestResult", description="The version, retired, or why it is not."),
]
