"""A gateway for installations that have none: development without `yougou demo`."""

from datetime import date
from typing import NoReturn

from app.payments.errors import GatewayUnavailable
from app.payments.gateway import NewOrder, NewRefund


class NoGateway:
    """Every call is refused as if the gateway were away."""

    async def create(self, _: NewOrder) -> NoReturn:
        """Nobody can pay."""
        raise GatewayUnavailable(_WHY)

    def parameters(self, _: str) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)

    async def query(self, _: str) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)

    async def close(self, _: str) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)

    async def refund(self, _: NewRefund) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)

    async def query_refund(self, _: str) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)

    async def bill(self, _: date) -> NoReturn:
        """As `create`."""
        raise GatewayUnavailable(_WHY)


_WHY = "WeChat Pay is not set up: see WECHAT_PAY_MCHID in the README"
