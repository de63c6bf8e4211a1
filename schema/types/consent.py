"""What a customer decided about her data."""

from datetime import datetime

import strawberry

from app.accounts.enums import ConsentPurpose
from app.accounts.models import Consent as Row
from schema.binding import field, of


@strawberry.type(description="A decision about one purpose of personal data.")
@of(Row)
class Consent:
    """Its source is a row."""

    purpose: ConsentPurpose = field(description="About what.")
    granted: bool = field(description="Whether she agrees.")
    policy_version: str = field(description="The version of the policy she was shown.")
    channel: str = field(description="Where she decided: mini-program, or why the shop took it back: under 14.")
    decided_at: datetime = field(description="When.")
