"""Root fields of stock, for those who look after it."""

import strawberry

from resolvers import stock as resolve
from schema.binding import field, mutation
from schema.inputs.stock import AdjustStockInput, ReceiveStockInput, TransferStockInput, WriteOffInput
from schema.results.stock import AdjustStockResult, ReceiveStockResult, TransferStockResult, WriteOffResult
from schema.types.page import Connection
from schema.types.stock_lot import StockLot, StockMovement

READ = ("stock:read",)
WRITE = ("stock:write",)


@strawberry.type
class StockQueries:
    """Reads of stock."""

    stock_lots: Connection[StockLot] | None = field(
        resolve.lots,
        requires=READ,
        description="What stands, or stood, at a pickup point, newest first; null if you do not serve it.",
    )
    expired_stock: Connection[StockLot] | None = field(
        resolve.expired,
        requires=READ,
        description="What stands at a pickup point though its last day is over: to be written off. Null if you do not"
        " serve it.",
    )
    stock_movements: Connection[StockMovement] | None = field(
        resolve.movements,
        requires=READ,
        description="What changed a stock lot, newest first; null if there is none at a point that you serve.",
    )


@strawberry.type
class StockWrites:
    """Writes of stock."""

    receive_stock: ReceiveStockResult = mutation(
        resolve.receive,
        ReceiveStockInput,
        requires=WRITE,
        description="Takes units of a lot that came to a point into its stock, where they are on sale at once.",
    )
    adjust_stock: AdjustStockResult = mutation(
        resolve.adjust,
        AdjustStockInput,
        requires=WRITE,
        description="Says how many units of a stock lot were counted.",
    )
    write_off: WriteOffResult = mutation(
        resolve.write_off, WriteOffInput, requires=WRITE, description="Gives units of a stock lot up."
    )
    transfer_stock: TransferStockResult = mutation(
        resolve.transfer,
        TransferStockInput,
        requires=WRITE,
        description="Brings units of a stock lot to another pickup point.",
    )
