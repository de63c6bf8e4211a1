"""Whatever staff do, in whatever order: the public sees what somebody approved whom nobody can suspect."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalog import approving, drafting, jobs, publishing, snapshots
from app.catalog.editing import Edit
from app.catalog.enums import OPEN
from app.catalog.revisions import ProductRevision
from app.kit import db
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.kit.rows import select
from tests.catalog.editors import Editors, sku

ALL = f"SELECT {select(ProductRevision, 'r')} FROM product_revision r WHERE r.product_id = $1 ORDER BY r.id"
MOVES = (
    "edit",
    "rebase",
    "submit",
    "withdraw",
    "discard",
    "approve",
    "plan",
    "reject",
    "publish",
    "roll",
    "off",
    "due",
)
MAKERS = frozenset({"edit", "rebase", "submit", "withdraw", "discard"})
PEOPLE = ("", "", "", "maker", "checker", "other_maker")  # "": whoever may
USUAL = ("edit", "submit", "submit", "approve", "approve", "publish")  # the likelier, the more comes of it
OFTEN_LAST = (0, 0, 0, 1, 2)
Step = tuple[str, str, int, int]


def walk(random: Random) -> list[Step]:
    """Twenty moves: what, by whom, on which revision counted from the last, with which choice.

    Drawn by a `Random`, because Hypothesis's own lists are mostly short and of the same.
    """
    return [
        (random.choice((*MOVES, *USUAL)), random.choice(PEOPLE), random.choice(OFTEN_LAST), random.randrange(4))
        for _ in range(20)
    ]


Move = Callable[[Caller, ProductRevision, int], Coroutine[Any, Any, object]]


def moves_of(editors: Editors) -> dict[str, Move]:
    """Each move by its name: by whom, on which revision, with which choice."""

    def edit(who: Caller, on: ProductRevision, choice: int, *, rebases: bool = False) -> Coroutine[Any, Any, object]:
        more = [sku("PEAR-2", gtin="06971000000014", price_fen=900)] if choice == 3 else []
        change = Edit({"subtitle": f"第{choice}"}, [sku(price_fen=1000 + choice), *more])
        return drafting.edit_product(who, on.product_id, change, expected_hash=on.content_hash, rebases=rebases)

    return {
        "edit": edit,
        "rebase": lambda who, on, choice: edit(who, on, choice, rebases=True),
        "submit": lambda who, on, _: drafting.submit(who, on.id, on.content_hash),
        "withdraw": lambda who, on, _: drafting.withdraw(who, on.id),
        "discard": lambda who, on, _: drafting.discard(who, on.id),
        "approve": lambda who, on, _: approving.approve(who, on.id, on.content_hash),
        "plan": lambda who, on, choice: approving.approve(
            who, on.id, on.content_hash, publish_at=editors.now + timedelta(minutes=choice + 1)
        ),
        "reject": lambda who, on, _: approving.reject(who, on.id, "不好"),
        "publish": lambda who, on, _: publishing.publish_now(who, on.id),
        "roll": lambda who, on, _: publishing.roll_back(who, on.id, "误改"),
        "off": lambda who, on, _: publishing.unpublish_now(who, on.product_id, "过期"),
        "due": lambda *_: jobs.publish_due({}),
    }


def who_of(editors: Editors, person: str, name: str, on: ProductRevision) -> Caller:
    """The one of this name, or somebody who may make this move on this revision."""
    if person:
        who: Caller = getattr(editors, person)
        return who
    people = (editors.maker, editors.other_maker, editors.checker)
    return next(each for each in people if (each.id == on.maker_id) == (name in MAKERS))


async def look(editors: Editors) -> tuple[str, str, list[ProductRevision]]:
    """The hash of what is public, the product's status, and its revisions."""
    (live,) = await snapshots.live([editors.product])
    return live.content.hash, live.product.status, await db.rows(ProductRevision, ALL, editors.product)


async def first_of(editors: Editors) -> ProductRevision:
    """A product of its own whose first revision was published, at the office's time."""
    return await editors.published(subtitle="第0")


def check(public: str, status: str, revisions: list[ProductRevision]) -> None:
    """What holds always."""
    published = [each for each in revisions if each.status == "PUBLISHED"]
    assert status in {"PUBLISHED", "UNPUBLISHED"}
    last = max(published, key=lambda each: (each.published_at, each.id))
    assert public == last.approved_hash == last.content_hash
    assert last.checker_id not in {None, last.maker_id}
    assert sum(each.status in OPEN for each in revisions) <= 1
    for each in revisions:
        assert (each.approved_hash is not None) == (each.status in {"APPROVED", "PUBLISHED"})


async def test_the_public_sees_only_what_was_approved_by_another(editors: Editors) -> None:
    """Any moves by anybody, legal or not, each at its own minute; what is refused changes nothing."""
    await first_of(editors)
    loop = asyncio.get_running_loop()

    done: set[str] = set()
    office = editors

    async def play(steps: list[Step]) -> None:
        nonlocal office
        for name, person, at, choice in steps:
            office = office.later(minutes=1)
            async with office.session():
                before = await look(office)
                likely = [each for each in before[2] if each.status not in OPEN]
                likely += [each for each in before[2] if each.status in OPEN]
                on = likely[-1 - at % len(likely)]
                try:
                    await moves_of(office)[name](who_of(office, person, name, on), on, choice)
                    done.add(name)
                except Refused:
                    after = await look(office)
                    assert [vars(each) for each in after[2]] == [vars(each) for each in before[2]]
                    assert after[:2] == before[:2]
                check(*await look(office))

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**32).map(lambda seed: walk(Random(seed))))  # noqa: S311 - a test's dice
    def run(steps: list[Step]) -> None:
        asyncio.run_coroutine_threadsafe(play(steps), loop).result()

    await asyncio.to_thread(run)
    assert done == set(MOVES)


async def test_moves_at_once_leave_one_truth(editors: Editors) -> None:
    """An approval, its publication, a roll back, an edit and a withdrawal race; what holds always holds after."""
    first = await first_of(editors)
    office = editors
    for round_ in range(8):
        office = office.later(hours=1)
        async with office.session():
            there = [each for each in (await look(office))[2] if each.status in OPEN]
        seen = there[0].content_hash if there else None
        draft = await office.edit(seen=seen, rebases=True, origin=f"产地{round_}")
        waiting = await office.submit(draft)
        by = moves_of(office)

        async def act(name: str, who: Caller, on: ProductRevision) -> object:
            async with office.session():  # noqa: B023 - awaited in this round
                return await by[name](who, on, 0)  # noqa: B023 - as above

        await asyncio.gather(
            act("approve", office.checker, waiting),
            act("approve", office.other_checker, waiting),
            act("publish", office.checker, waiting),
            act("roll", office.checker, first),
            act("edit", office.maker, waiting),
            act("withdraw", office.maker, waiting),
            return_exceptions=True,
        )
        async with office.session():
            check(*await look(office))
