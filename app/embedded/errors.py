"""What goes wrong with the embedded servers."""


class EmbeddedServerError(RuntimeError):
    """Raised when an embedded server cannot be started or stopped; the message says what to do about it."""
