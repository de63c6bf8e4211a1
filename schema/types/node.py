"""What a client can fetch again by its id."""

import strawberry

from resolvers import node as resolve
from schema.binding import field


@strawberry.interface(description="Something with an id of its own, that can be fetched again by it.")
class Node:
    """The Relay object identification interface."""

    id: strawberry.ID = field(resolve.global_id, description="Opaque and unique in the whole shop.")
