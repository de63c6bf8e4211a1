"""The registry as staff meets it: its own registered documents, by HTTP."""

from typing import Any

import pytest

from app.documents import files
from app.documents.usage import Usage
from app.kit import clock
from app.kit.caller import VISITOR, Caller, CallerKind
from schema.documents import TREE
from tests.documents.registered import HOT, STAFF, everything
from tests.documents.registered import TREE as CATEGORIES
from tests.http.toy import bearer
from tests.shop import NOW, Shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}
OF_REGISTRY = sorted(name for name in IDS if name.startswith(("App", "Document", "Manifest")))
LATEST = "SELECT max(version) FROM manifest m JOIN app a ON a.id = m.app_id WHERE a.code = 'staff'"


async def ask(shop: Shop, name: str, caller: Caller = STAFF, **variables: Any) -> dict[str, Any]:
    """The whole answer to a document of staff's."""
    headers = {"accept-language": "en", **({} if caller is VISITOR else bearer(caller))}
    response = await shop.client.post(
        "/graphql", json={"documentId": IDS[name], "variables": variables}, headers=headers
    )
    answer: dict[str, Any] = response.json()
    return answer


async def write(shop: Shop, name: str, **given: Any) -> Any:
    """What a mutation answers."""
    (answer,) = (await ask(shop, name, input=given))["data"].values()
    return answer


def sent(*entries: Any) -> list[dict[str, str]]:
    """Documents as the input takes them."""
    return [{"body": each.text} for each in entries]


async def test_a_version_goes_into_service_by_mutations(production: Shop) -> None:
    """Pushed, activated, the one before retired; each again changes nothing."""
    version = await production.database.pool.fetchval(LATEST)
    for _ in range(2):
        pushed = await write(production, "ManifestPush", app="staff", documents=sent(HOT))
        assert pushed == {"__typename": "Manifest", "version": version + 1, "state": "PUSHED"}
    for _ in range(2):
        activated = await write(production, "ManifestActivate", app="staff", version=version + 1)
        assert (activated["version"], activated["state"]) == (version + 1, "ACTIVE")
    assert activated["activatedAt"]
    # the process answers what it has loaded; here it has not looked again
    listed = (await ask(production, "ManifestList", app="staff", first=2))["data"]["manifests"]["nodes"]
    assert [(each["version"], each["state"]) for each in listed] == [(version + 1, "ACTIVE"), (version, "RETIRED")]
    assert [each["documentId"] for each in listed[0]["documents"]] == [f"sha256:{HOT.sha256}"]
    apps = (await ask(production, "AppList"))["data"]["apps"]["nodes"]
    assert [(each["code"], each["activeManifest"]["version"]) for each in apps] == [
        ("miniprogram", 1),
        ("staff", version + 1),
    ]
    retired = await write(production, "ManifestRetire", app="staff", version=version + 1)
    assert (retired["version"], retired["state"]) == (version + 1, "RETIRED")


async def test_refusals_are_data_and_change_nothing(production: Shop) -> None:
    """Problems with document, message and place; an app, a version that is not there; a number that is taken."""
    before = await everything(production.database)
    bad = [{"body": "query A { nothing }", "id": "x-1"}]
    assert await write(production, "ManifestPush", app="staff", documents=bad) == {
        "__typename": "ManifestRefused",
        "problems": [
            {
                "document": "x-1",
                "message": "Cannot query field 'nothing' on type 'Query'.",
                "line": 1,
                "column": 11,
            }
        ],
        "message": "The manifest is refused: 1 problems.",
    }
    for name, given, refusal in (
        ("ManifestPush", {"app": "nobody", "documents": sent(HOT)}, "AppUnknown"),
        ("ManifestPush", {"app": "staff", "documents": sent(HOT, CATEGORIES), "version": 1}, "ManifestVersionTaken"),
        ("ManifestActivate", {"app": "staff", "version": 99}, "ManifestUnknown"),
        ("ManifestRetire", {"app": "staff", "version": 99}, "ManifestUnknown"),
        ("ManifestRetire", {"app": "nobody", "version": 1}, "AppUnknown"),
    ):
        answer = await write(production, name, **given)
        assert answer["__typename"] == refusal
        assert answer["message"]
    assert await everything(production.database) == before


@pytest.mark.parametrize("name", OF_REGISTRY)
async def test_others_are_refused_before_anything_runs(name: str, production: Shop) -> None:
    """Visitors, customers, and staff who may read when it is a write."""
    variables: dict[str, Any] = {"app": "staff"} if name != "AppList" else {}
    if name.startswith("Manifest") and name != "ManifestList":
        variables = {"input": {"app": "staff", "version": 1, **({"documents": []} if name == "ManifestPush" else {})}}
    before = await everything(production.database)
    reader = Caller(CallerKind.STAFF, 2, frozenset({"documents:read"}))
    for caller, code in ((VISITOR, "UNAUTHENTICATED"), (Caller(CallerKind.CUSTOMER, 1), "FORBIDDEN")):
        (error,) = (await ask(production, name, caller, **variables))["errors"]
        assert error["extensions"]["code"] == code
        assert "path" not in error
    answer = await ask(production, name, reader, **variables)
    assert ("errors" in answer) == ("input" in variables)
    assert await everything(production.database) == before


async def test_usage_is_read_by_document_and_day(production: Shop) -> None:
    """In pages, the newest first; an app that is not there is null."""
    app = await production.database.pool.fetchval("SELECT id FROM app WHERE code = 'staff'")
    usage = Usage()
    digest = IDS["AppList"].removeprefix("sha256:")
    with clock.moved_to(NOW):
        usage.note(app, digest, 0.002, has_errors=True)
    async with production.database.session():
        await usage.flush()
    page = (await ask(production, "DocumentUsage", app="staff"))["data"]["documentUsage"]
    assert page == {
        "nodes": [
            {
                "documentId": IDS["AppList"],
                "name": "AppList",
                "usedOn": "2026-11-20",
                "calls": 1,
                "errors": 1,
                "p99Milliseconds": 2.33,
                "lastUsedAt": "2026-11-20T02:00:00+00:00",
            }
        ],
        "pageInfo": {"hasNextPage": False, "endCursor": page["pageInfo"]["endCursor"]},
    }
    assert (await ask(production, "DocumentUsage", app="nobody"))["data"] == {"documentUsage": None}
    assert (await ask(production, "ManifestList", app="nobody"))["data"] == {"manifests": None}
