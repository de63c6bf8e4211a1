"""`yougou bench`."""


def bench() -> None:
    """Being built."""
