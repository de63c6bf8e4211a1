"""Closed lists of the notices."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about."""

    CERTIFICATE_ENDS = "CERTIFICATE_ENDS"
    CERTIFICATE_LAPSED = "CERTIFICATE_LAPSED"
    LICENCE_ENDS = "LICENCE_ENDS"
    LICENCE_LAPSED = "LICENCE_LAPSED"
    PRODUCT_UNPUBLISHED = "PRODUCT_UNPUBLISHED"
    REPORT_FAILED = "REPORT_FAILED"
