"""Partners, keys and webhooks as staff meet them in the API."""

from typing import Any

import pytest

from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.partners.conftest import STAFF
from tests.rows import Rows
from tests.shop import NOW, Answer, Shop

KEY = "apiKey { id prefix scopes expiresAt revokedAt lastUsedAt } key"
SELECTED = {
    "createPartner": "... on Partner { id code name kind isActive callsPerMinute callsPerDay }",
    "activatePartner": "... on Partner { isActive }",
    "deactivatePartner": "... on Partner { isActive }",
    "issueApiKey": f"... on IssuedApiKey {{ {KEY} }} ... on ScopesNotAllowed {{ allowed }}",
    "rotateApiKey": f"... on IssuedApiKey {{ {KEY} }} ... on ApiKeyTimeNotAllowed {{ latest }}",
    "revokeApiKey": "... on ApiKey { revokedAt }",
    "addWebhook": "... on RegisteredWebhook { webhook { id url events isActive } secret }",
    "replaceWebhookSecret": "... on RegisteredWebhook { webhook { id } secret }",
    "resumeWebhook": "... on Webhook { pausedAt failingSince }",
    "replayWebhookDelivery": "... on WebhookDelivery { status attempts eventId type webhook { url } }",
}
INPUTS = {"activatePartner": "PartnerInput", "deactivatePartner": "PartnerInput"}
WRITTEN = {"audit_entry", "idempotent_answer", "partner", "api_key", "webhook", "partner_event", "webhook_delivery"}
LISTED = """{ partners { totalCount nodes { code isActive
  apiKeys { prefix scopes revokedAt } webhooks { url events pausedAt } } } }"""
DEAD = "{ webhookDeadLetters { nodes { id eventId type happenedAt attempts responseStatus error webhook { url } } } }"


@pytest.fixture
def shop(bare_shop: Shop, rows: Rows) -> Shop:
    """The shop; what staff write there is taken away after the test."""
    rows.tables |= WRITTEN | {"pgqueuer", "data_key", "audit_unsealed"}
    return bare_shop


async def ask(shop: Shop, query: str, caller: Caller = STAFF, **variables: Any) -> Answer:
    """Asks as staff."""
    with clock.moved_to(NOW):
        headers = bearer(caller) | {"accept-language": "en"}
    return await shop.send(json={"query": query, "variables": variables}, headers=headers)


def writing(name: str) -> str:
    """The document of a mutation."""
    kind = INPUTS.get(name, f"{name[0].upper()}{name[1:]}Input")
    return (
        f"mutation ($input: {kind}!) {{ {name}(input: $input)"
        f" {{ __typename {SELECTED[name]} ... on UserError {{ message }} }} }}"
    )


async def write(shop: Shop, mutation: str, /, **given: Any) -> dict[str, Any]:
    """What one of the mutations answers."""
    found: dict[str, Any] = (await ask(shop, writing(mutation), input=given)).data[mutation]
    return found


async def test_staff_make_a_partner_and_its_key(shop: Shop) -> None:
    """The key speaks for it; listed without the key; ended, it does not."""
    made = await write(
        shop, "createPartner", idempotencyKey="create-1", code="lab-x", name="检测", kind="LAB", callsPerMinute=10
    )
    partner = made.pop("id")
    assert made == {
        "__typename": "Partner",
        "code": "lab-x",
        "name": "检测",
        "kind": "LAB",
        "isActive": True,
        "callsPerMinute": 10,
        "callsPerDay": 10_000,
    }
    asked = {"idempotencyKey": "issue-01", "partnerId": partner, "expiresAt": "2027-06-01T00:00:00+08:00"}
    issued = await write(shop, "issueApiKey", **asked, scopes=["reports:file"])
    again = await write(shop, "issueApiKey", **asked, scopes=["reports:file"])
    assert (again["apiKey"], again["key"]) == (issued["apiKey"], None)
    mine = {"query": "{ filedInspectionReports { totalCount } }"}
    headers = {"authorization": f"Bearer {issued['key']}"}
    assert (await shop.send(json=mine, headers=headers)).data == {"filedInspectionReports": {"totalCount": 0}}
    assert (await ask(shop, LISTED)).data["partners"] == {
        "totalCount": 1,
        "nodes": [
            {
                "code": "lab-x",
                "isActive": True,
                "apiKeys": [{"prefix": issued["apiKey"]["prefix"], "scopes": ["reports:file"], "revokedAt": None}],
                "webhooks": [],
            }
        ],
    }
    successor = await write(
        shop,
        "rotateApiKey",
        idempotencyKey="rotate-1",
        apiKeyId=issued["apiKey"]["id"],
        oldEndsAt="2026-11-27T10:00:00+08:00",
        expiresAt="2027-06-01T00:00:00+08:00",
    )
    assert successor["key"]
    ended = await write(shop, "revokeApiKey", apiKeyId=successor["apiKey"]["id"])
    assert ended == {"__typename": "ApiKey", "revokedAt": "2026-11-20T02:00:00+00:00"}
    assert (await write(shop, "deactivatePartner", partnerId=partner))["isActive"] is False
    assert (await write(shop, "activatePartner", partnerId=partner))["isActive"] is True


async def test_refusals_are_data(shop: Shop, rows: Rows) -> None:
    """With facts, in the caller's language; nothing is written."""
    partner = ids.encode("Partner", await rows.partner(kind="SUPPLIER"))
    asked = {"idempotencyKey": "issue-02", "partnerId": partner, "expiresAt": "2027-06-01T00:00:00+08:00"}
    assert await write(shop, "issueApiKey", **asked, scopes=["reports:file"]) == {
        "__typename": "ScopesNotAllowed",
        "allowed": [],
        "message": "A partner of this kind may not have these scopes.",
    }
    given = {"idempotencyKey": "webhook-1", "partnerId": partner, "events": ["SLOT_FULL"]}
    for url in ("http://partner.example/", "https://10.0.0.1/"):
        assert (await write(shop, "addWebhook", **given, url=url))["__typename"] == "WebhookUrlRefused"
    answer = await ask(shop, writing("addWebhook"), input={**given, "url": "https://p.example/", "events": []})
    assert answer.codes == ["BAD_USER_INPUT"]
    unknown = ids.encode("ApiKey", 2**62)
    assert (await write(shop, "revokeApiKey", apiKeyId=unknown))["__typename"] == "ApiKeyNotFound"
    assert (await ask(shop, writing("revokeApiKey"), input={"apiKeyId": partner})).codes == ["BAD_USER_INPUT"]
    for table in WRITTEN - {"partner"}:
        assert await rows.connection.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_webhooks_and_dead_letters(shop: Shop, rows: Rows) -> None:
    """Registered, given a new secret, resumed; what died is listed with its event, and replayed."""
    partner = await rows.partner()
    given = {"idempotencyKey": "webhook-2", "partnerId": ids.encode("Partner", partner), "url": "https://p.example/h"}
    added = await write(shop, "addWebhook", **given, events=["SLOT_FULL", "INSPECTION_REPORT_FILED"])
    hook = added["webhook"].pop("id")
    assert added["webhook"] == {
        "url": "https://p.example/h",
        "events": ["INSPECTION_REPORT_FILED", "SLOT_FULL"],
        "isActive": True,
    }
    assert added["secret"].startswith("whsec_")
    replaced = await write(shop, "replaceWebhookSecret", idempotencyKey="replace1", webhookId=hook)
    assert replaced["secret"] not in {None, added["secret"]}
    assert (await write(shop, "resumeWebhook", webhookId=hook))["__typename"] == "WebhookNotPaused"
    await rows.connection.execute("UPDATE webhook SET failing_since = $1, paused_at = $1", NOW)
    resumed = await write(shop, "resumeWebhook", webhookId=hook)
    assert resumed == {"__typename": "Webhook", "pausedAt": None, "failingSince": None}
    event = await rows.connection.fetchrow(
        "INSERT INTO partner_event (uid, type, payload, happened_at)"
        " VALUES (gen_random_uuid(), 'SlotFull', '{}', $1) RETURNING id, uid",
        NOW,
    )
    dead = await rows.insert(
        "webhook_delivery",
        event_id=event["id"],
        webhook_id=ids.decode(hook, "Webhook"),
        status="DEAD",
        attempts=16,
        response_status=500,
        error="answered 500",
        created_at=NOW,
        finished_at=NOW,
    )
    assert (await ask(shop, DEAD)).data["webhookDeadLetters"]["nodes"] == [
        {
            "id": ids.encode("WebhookDelivery", dead),
            "eventId": f"evt_{event['uid'].hex}",
            "type": "SLOT_FULL",
            "happenedAt": "2026-11-20T02:00:00+00:00",
            "attempts": 16,
            "responseStatus": 500,
            "error": "answered 500",
            "webhook": {"url": "https://p.example/h"},
        }
    ]
    replayed = await write(shop, "replayWebhookDelivery", deliveryId=ids.encode("WebhookDelivery", dead))
    assert (replayed["status"], replayed["attempts"]) == ("PENDING", 0)
    assert (await ask(shop, DEAD)).data["webhookDeadLetters"]["nodes"] == []
    assert await rows.connection.fetchval("SELECT entrypoint FROM pgqueuer") == "webhooks.deliver"


@pytest.mark.parametrize("query", [LISTED, DEAD, writing("revokeApiKey")])
async def test_partners_are_for_staff_with_the_scope(shop: Shop, query: str) -> None:
    """Not for shoppers, not for partners."""
    variables = {"input": {"apiKeyId": ids.encode("ApiKey", 1)}} if "$input" in query else {}
    answer = await shop.send(json={"query": query, "variables": variables})
    assert (answer.codes, answer.statements) == (["UNAUTHENTICATED"], [])
    partner = Caller(CallerKind.PARTNER, 1, frozenset({"reports:file"}))
    assert (await ask(shop, query, partner, **variables)).codes == ["FORBIDDEN"]
