"""What the mutations of products and revisions answer."""

from typing import Annotated

import strawberry

from app.catalog import errors
from app.catalog.enums import RevisionStatus
from resolvers import revision as resolve
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, ProductNotFound, UserError
from schema.results.category import CategoryNotFound
from schema.results.files import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from schema.types.revision import ContentProblem, ProductRevision, UnpublishedProduct


@strawberry.type(description="Returned when there is no such revision.")
@of(errors.RevisionNotFound)
class RevisionNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when somebody else is changing the product: one revision is open at a time.")
@of(errors.RevisionByAnother)
class RevisionByAnother(UserError):
    """Its source is the refusal."""

    revision_id: strawberry.ID = field(resolve.revision_id, description="The revision that is somebody else's.")


@strawberry.type(description="Returned when the content is no longer the one whose hash you gave.")
@of(errors.ContentMoved)
class ContentMoved(UserError):
    """Its source is the refusal."""

    content_hash: str = field(description="Of the content there is now.")


@strawberry.type(description="Returned when this cannot be done with a revision that stands where it does.")
@of(errors.RevisionNotThere)
class RevisionNotThere(UserError):
    """Its source is the refusal."""

    status: RevisionStatus = field(description="Where it stands.")


@strawberry.type(description="Returned to whoever would decide on what she made herself.")
@of(errors.OwnRevision)
class OwnRevision(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when something was published since the revision began: edit it with `rebases`.")
@of(errors.RevisionOutdated)
class RevisionOutdated(UserError):
    """Its source is the refusal."""

    published_hash: str = field(description="Of what is published now.")


@strawberry.type(description="Returned when the content is what is published already.")
@of(errors.NothingChanged)
class NothingChanged(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the content may not be published as it is.")
@of(errors.ContentNotReady)
class ContentNotReady(UserError):
    """Its source is the refusal."""

    problems: list[ContentProblem] = field(description="Every line that is wrong.", list_size=5)


@strawberry.type(description="Returned when another product has this slug, SKU code or GTIN.")
@of(errors.IdentifierTaken)
class IdentifierTaken(UserError):
    """Its source is the refusal."""

    field: str = field(description="`slug`, `code` or `gtin`.")


@strawberry.type(description="Returned when the product was never published.")
@of(errors.ProductNotPublished)
class ProductNotPublished(UserError):
    """Its source is the refusal."""


CreateProductResult = Annotated[
    ProductRevision
    | IdentifierTaken
    | CategoryNotFound
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind
    | IdempotencyKeyReused,
    strawberry.union("CreateProductResult", description="The first draft, or why there is no product."),
]
EditProductResult = Annotated[
    ProductRevision
    | ProductNotFound
    | RevisionByAnother
    | ContentMoved
    | RevisionOutdated
    | CategoryNotFound
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind,
    strawberry.union("EditProductResult", description="The draft, or why nothing changed."),
]
SubmitRevisionResult = Annotated[
    ProductRevision
    | RevisionNotFound
    | RevisionByAnother
    | ContentMoved
    | RevisionNotThere
    | RevisionOutdated
    | NothingChanged
    | ContentNotReady,
    strawberry.union("SubmitRevisionResult", description="The revision, waiting, or why it is not."),
]
WithdrawRevisionResult = Annotated[
    ProductRevision | RevisionNotFound | RevisionByAnother | RevisionNotThere,
    strawberry.union("WithdrawRevisionResult", description="The revision, a draft again, or why not."),
]
DiscardRevisionResult = Annotated[
    ProductRevision | RevisionNotFound | RevisionByAnother | RevisionNotThere,
    strawberry.union("DiscardRevisionResult", description="The revision, given up, or why not."),
]
ApproveRevisionResult = Annotated[
    ProductRevision
    | RevisionNotFound
    | OwnRevision
    | ContentMoved
    | RevisionNotThere
    | RevisionOutdated
    | ContentNotReady,
    strawberry.union("ApproveRevisionResult", description="The revision, approved, or why not."),
]
RejectRevisionResult = Annotated[
    ProductRevision | RevisionNotFound | OwnRevision | RevisionNotThere,
    strawberry.union("RejectRevisionResult", description="The revision, rejected, or why not."),
]
PublishRevisionResult = Annotated[
    ProductRevision
    | RevisionNotFound
    | RevisionNotThere
    | RevisionOutdated
    | ContentNotReady
    | IdentifierTaken
    | CategoryNotFound,
    strawberry.union("PublishRevisionResult", description="The revision, published, or why not."),
]
RollBackProductResult = Annotated[
    ProductRevision
    | RevisionNotFound
    | RevisionNotThere
    | OwnRevision
    | ContentNotReady
    | IdentifierTaken
    | CategoryNotFound,
    strawberry.union("RollBackProductResult", description="The new publication, or why nothing changed."),
]
UnpublishProductResult = Annotated[
    UnpublishedProduct | ProductNotFound | ProductNotPublished,
    strawberry.union("UnpublishProductResult", description="The product, off the shop, or why not."),
]
