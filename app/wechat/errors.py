"""How WeChat refuses, in the shop's words (WeChat's error codes: mini-program server API, auth.code2Session)."""


class WeChatRefused(Exception):  # noqa: N818 - refusals carry no suffix
    """WeChat answered an error code; each that a client can act on is a class of its own."""

    def __init__(self, code: int) -> None:
        super().__init__(f"WeChat answered error {code}")
        self.code = code


class CodeInvalid(WeChatRefused):
    """40029: the code is none of this mini-program's, or older than five minutes."""


class CodeUsed(WeChatRefused):
    """40163: the code was used before."""


class TooFrequent(WeChatRefused):
    """45011: this person signs in too often; WeChat counts 100 a minute."""


class UserBlocked(WeChatRefused):
    """40226: WeChat holds this person for risky."""


class ShippedAlready(WeChatRefused):
    """10060002, 10060003, 10060023: the order's hand-over was told before; WeChat takes one correction at most."""


class NotPaidThere(WeChatRefused):
    """10060001: WeChat's order management does not know the payment, or not yet."""


class NoGrant(WeChatRefused):
    """43101: the person let no message of this template be sent, or it was sent already."""


class WeChatUnavailable(Exception):  # noqa: N818 - as above
    """WeChat did not answer in time, answered that it is busy (-1), or something that is no answer."""


class WeChatBusy(WeChatUnavailable):
    """WeChat was not reached, or answered that it is busy (-1): nothing was done."""


BY_CODE: dict[int, type[WeChatRefused]] = {
    40029: CodeInvalid,
    40163: CodeUsed,
    45011: TooFrequent,
    40226: UserBlocked,
    43101: NoGrant,
    10060001: NotPaidThere,
    10060002: ShippedAlready,
    10060003: ShippedAlready,
    10060023: ShippedAlready,
}
BUSY = -1
TOKEN_OVER = frozenset({40001, 42001})  # not, or no longer, the newest access token
