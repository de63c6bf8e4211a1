"""GraphQL over HTTP, as npm graphql-http audits it."""

from tests.node.conftest import Node

AUDITS = 61


async def test_every_audit_is_ok(node: Node, root: str) -> None:
    """No error (a MUST), no warning (a SHOULD) and no notice (a MAY)."""
    results = await node("audits.mjs", f"{root}/graphql")
    assert [each for each in results if each["status"] != "ok"] == []
    assert len({each["id"] for each in results}) == AUDITS
