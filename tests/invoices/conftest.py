"""A market, its clock and its balance, as the tests of orders have them."""

from tests.orders.conftest import market, stopped_clock

__all__ = ("market", "stopped_clock")
