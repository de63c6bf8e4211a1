"""What a customer asked for about her data."""

from datetime import date, datetime

import strawberry

from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject
from app.privacy.models import DataRequest as Row
from resolvers import node as resolve_node
from resolvers import privacy as resolve
from schema.binding import field, of


@strawberry.type(description="What a customer asked for about her data, and what was answered.")
@of(Row)
class DataRequest:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Its id.")
    kind: DataRequestKind = field(description="What she asked for.")
    state: DataRequestState = field(description="How far it is.")
    requested_at: datetime = field(description="When she asked.")
    due_on: date = field(description="By which day it is answered: 15 working days.")
    is_overdue: bool = field(resolve.is_overdue, description="Whether it should be answered already and is not.")
    subject: DataSubject | None = field(description="What she wrote about; null where she wrote nothing.")
    wish: str | None = field(description="What she wrote.")
    answer: str | None = field(description="What staff answered: what was done, or why it was refused.")
    customer_id: strawberry.ID = field(
        resolve.customer_id,
        description="Whose it is, as the audit log names her; nothing is found by it.",
        requires=("privacy:answer",),
    )
    done_at: datetime | None = field(description="When it was answered.")
    expires_at: datetime | None = field(description="Until when the file of a copy is kept; null without a file.")
    file_url: str | None = field(
        resolve.file_url,
        description="Where the zip (JSON and CSV) is fetched, for 15 minutes; null without a file, and for staff.",
    )
