"""Fields of an amount of money, which is a number of fen everywhere else."""

from decimal import Decimal

from strawberry import Parent

from app.kit.money import to_yuan


def fen(parent: Parent[int]) -> int:
    """The amount in fen."""
    return parent


def amount(parent: Parent[int]) -> Decimal:
    """The amount in yuan."""
    return to_yuan(parent)


def currency() -> str:
    """The shop has one."""
    return "CNY"
