"""What kit refuses because of what a client sent."""


class BadInput(ValueError):  # noqa: N818 - the schema answers it with the code BAD_USER_INPUT; refusals carry no suffix
    """What was sent cannot mean anything here. The message may be shown to the client."""
