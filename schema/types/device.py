"""Where a customer is signed in."""

from datetime import datetime

import strawberry

from app.accounts.sign_ins import SignIn
from resolvers import node as resolve_node
from resolvers import session as resolve
from schema.binding import field, of


@strawberry.type(description="A phone or browser somebody is signed in on.")
@of(SignIn)
class Device:
    """Its source is a row of sign_in."""

    id: strawberry.ID = field(resolve_node.global_id, description="Its id, for `endDevice`.")
    label: str = field(description="What it was called when signing in, such as the phone's model.")
    created_at: datetime = field(description="When it was signed in.")
    last_seen_at: datetime = field(description="When it last got new tokens.")
    is_current: bool = field(resolve.is_current, description="Whether this request comes from it.")
