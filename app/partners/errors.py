"""What the partners domain refuses."""


class BadApiKey(Exception):  # noqa: N818 - refusals carry no suffix
    """The text speaks for no partner; each reason is a class of its own, and its text may be shown."""

    told = "The API key does not hold."

    def __init__(self) -> None:
        super().__init__(self.told)


class ApiKeyUnknown(BadApiKey):
    """No key, or a wrong secret: one answer, so that nobody can search for prefixes."""


class ApiKeyExpired(BadApiKey):
    """The key was proved, and its time is over."""

    told = "The API key has expired."


class ApiKeyRevoked(BadApiKey):
    """The key was proved, and someone ended it."""

    told = "The API key was revoked."


class PartnerInactive(BadApiKey):
    """The key was proved, and its partner is switched off."""

    told = "The partner of this API key is not active."
