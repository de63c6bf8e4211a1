"""What one request's resolvers share, and no other request's."""

from datetime import timedelta

from app.context import Context
from app.kit import clock
from app.kit.caller import VISITOR
from tests.shop import ADDRESSES, NOW, Shop


def test_a_request_reads_the_clock_once() -> None:
    """However long it takes, it has one now."""
    with clock.moved_to(NOW):
        context = Context(ADDRESSES)
    with clock.moved_to(NOW + timedelta(hours=1)):
        assert (context.now, context.caller) == (NOW, VISITOR)


async def test_two_requests_share_no_loader(shop: Shop) -> None:
    """What one read, the next reads again: nothing stale, nothing of another caller."""
    assert Context(ADDRESSES).loaders is not Context(ADDRESSES).loaders
    query = '{ product(slug: "lijiang-xuetao") { id } }'
    for _ in range(2):
        assert len((await shop.ask(query)).statements) == 1
