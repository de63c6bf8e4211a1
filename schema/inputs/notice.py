"""What staff write about notices."""

import strawberry
from strawberry import ID


@strawberry.input(description="A notice.")
class HandleNoticeInput:
    """Its fields are the resolver's arguments."""

    notice_id: ID = strawberry.field(description="The notice's id.")
