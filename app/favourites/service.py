"""Writes of what a customer keeps. Each may be repeated: the second time it changes nothing more.

So they take no idempotency key (DESIGN rule 4 is for writes that a retry would do twice).
"""

from app.accounts.models import Customer
from app.accounts.queries import lock_customer
from app.catalog.errors import ProductNotFound
from app.catalog.models import Product
from app.catalog.queries import products_by_id
from app.favourites.errors import TooManyFavourites
from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.errors import Refused

MOST_FAVOURITES = 500
MOST_VIEWS = 100

_COUNT = """SELECT count(*) AS favourites, coalesce(bool_or(product_id = $2), false) AS is_favourite
FROM favourite WHERE customer_id = $1"""
_ADD = "INSERT INTO favourite (customer_id, product_id, created_at) VALUES ($1, $2, $3)"
_REMOVE = "DELETE FROM favourite WHERE customer_id = $1 AND product_id = $2"
# nothing is noted of who did not agree to be shown things by it: the newest decision holds
_VIEW = """INSERT INTO product_view (customer_id, product_id, viewed_at)
SELECT $1, $2, $3 WHERE (SELECT granted FROM consent WHERE customer_id = $1 AND purpose = 'PERSONALIZATION'
  ORDER BY decided_at DESC, id DESC LIMIT 1)
ON CONFLICT (customer_id, product_id) DO UPDATE SET viewed_at = greatest(product_view.viewed_at, EXCLUDED.viewed_at)"""
_FORGET_OLDEST = """DELETE FROM product_view WHERE id IN (
  SELECT id FROM product_view WHERE customer_id = $1 ORDER BY viewed_at DESC, id DESC OFFSET $2)"""
_FORGET = "DELETE FROM product_view WHERE customer_id = $1 AND ($2::bigint IS NULL OR product_id = $2)"


async def add_favourite(customer_id: int, product_id: int) -> Product:
    """The published product, a favourite from now on; it stays where it is in the list if it is one already.

    Raises:
        Refused: ProductNotFound: no such product is sold.
        Refused: TooManyFavourites: the customer has MOST_FAVOURITES others.
        Refused: AccountClosed: she closed her account.
    """
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        product = await _sold(product_id)
        kept = (await tx.fetch(_COUNT, customer_id, product_id))[0]
        if not kept["is_favourite"]:
            if kept["favourites"] >= MOST_FAVOURITES:
                raise Refused(TooManyFavourites(MOST_FAVOURITES))
            await tx.execute(_ADD, customer_id, product_id, clock.now())
    return product


async def remove_favourite(customer_id: int, product_id: int) -> Customer:
    """The customer, without this favourite; nothing happens if the product, sold or not, is none.

    Raises:
        Refused: AccountClosed: she closed her account.
    """
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        await tx.execute(_REMOVE, customer_id, product_id)
    return customer


async def record_view(customer_id: int, product_id: int) -> Product:
    """The published product, looked at now; only the last MOST_VIEWS products a customer looked at are kept.

    Nothing is kept of a customer who did not agree to PERSONALIZATION (PIPL article 24): the answer is the same.

    Raises:
        Refused: ProductNotFound: no such product is sold.
        Refused: AccountClosed: she closed her account.
    """
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        product = await _sold(product_id)
        await tx.execute(_VIEW, customer_id, product_id, clock.now())
        await tx.execute(_FORGET_OLDEST, customer_id, MOST_VIEWS)
    return product


async def forget_views(customer_id: int, product_id: int | None) -> Customer:
    """The customer, as if she had never looked at this product, or at any (None).

    Raises:
        Refused: AccountClosed: she closed her account.
    """
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        await tx.execute(_FORGET, customer_id, product_id)
    return customer


async def forget_all_views(tx: RequestConnection, customer_id: int) -> None:
    """Forgets what a customer looked at, in a transaction of the caller's that holds her lock.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_FORGET, customer_id, None)


async def _sold(product_id: int) -> Product:
    found = await products_by_id([product_id])
    if not found:
        raise Refused(ProductNotFound())
    return found[0]
