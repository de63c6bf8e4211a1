"""What a customer asked for about her data."""

from datetime import date, datetime

import strawberry

from app.privacy.enums import DataRequestKind, DataRequestState
from app.privacy.models import DataRequest as Row
from resolvers import node as resolve_node
from resolvers import privacy as resolve
from schema.binding import field, of


@strawberry.type(description="A request for a copy of her data, or for closing the account.")
@of(Row)
class DataRequest:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Its id.")
    kind: DataRequestKind = field(description="What she asked for.")
    state: DataRequestState = field(description="How far it is.")
    requested_at: datetime = field(description="When she asked.")
    due_on: date = field(description="By which day it is answered: 15 working days.")
    done_at: datetime | None = field(description="When it was answered.")
    expires_at: datetime | None = field(description="Until when the file of a copy is kept; null without a file.")
    file_url: str | None = field(
        resolve.file_url,
        description="Where the zip (JSON and CSV) is fetched, for 15 minutes; null without a file.",
    )
