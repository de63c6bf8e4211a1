"""How slots become what a plan wants: any slots, any plan."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.pickup.rules import Revision, Standing, Window, overlap, revise

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOME = settings(max_examples=300, deadline=None, database=None, derandomize=True)


def window(start: int, length: int, capacity: int) -> Window:
    """From an hour on, with its cut-off an hour before; hour 0 is long over, hour 12 is now."""
    begins = NOW + timedelta(hours=start - 12)
    return Window(begins, begins + timedelta(hours=length), begins - timedelta(hours=1), capacity)


def apart(windows: list[Window]) -> list[Window]:
    """Those that overlap none before them."""
    kept: list[Window] = []
    for each in windows:
        if not any(overlap(each, other) for other in kept):
            kept.append(each)
    return kept


WINDOWS = st.lists(st.builds(window, st.integers(6, 22), st.integers(1, 3), st.integers(1, 3)), max_size=8)


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    """Slots that are there, none overlapping another, and withdrawn ones that may."""
    there = [
        Standing(key, each, draw(st.integers(0, each.capacity)), is_withdrawn=False)
        for key, each in enumerate(apart(draw(WINDOWS)), start=1)
    ]
    return there + [Standing(key, each, 0, is_withdrawn=True) for key, each in enumerate(draw(WINDOWS), start=50)]


def after(standing: list[Standing], revision: Revision) -> list[tuple[Window, int]]:
    """The slots that can be seen afterwards, with how many places are taken."""
    capacities = dict(revision.restore)
    kept = [
        (slot.window._replace(capacity=capacities.get(slot.id, slot.window.capacity)), slot.reserved)
        for slot in standing
        if slot.id not in revision.withdraw and (not slot.is_withdrawn or slot.id in capacities)
    ]
    return kept + [(each, 0) for each in revision.add]


@SOME
@given(standing=standings(), wanted=WINDOWS.map(apart))
def test_any_slots_become_any_plan_and_keep_every_promise(standing: list[Standing], wanted: list[Window]) -> None:
    """Nothing overlaps, no reservation is touched, what is wanted and can be is there, and again changes nothing."""
    revision = revise(standing, wanted, NOW)
    seen = after(standing, revision)
    assert not any(overlap(one, other) for (one, _), (other, _) in combinations(seen, 2))
    promised = [(slot.window, slot.reserved) for slot in standing if slot.reserved]
    assert [each for each in seen if each[1]] == promised
    possible = [each for each in wanted if not any(overlap(each, other) for other, _ in promised)]
    empty = [each for each, reserved in seen if not reserved]
    assert {each for each in possible if each.cutoff_at > NOW} == {each for each in empty if each.cutoff_at > NOW}
    assert {each[:3] for each in empty} <= {each[:3] for each in possible}
    now_there = [Standing(key, each, taken, is_withdrawn=False) for key, (each, taken) in enumerate(seen)]
    again = revise(now_there, wanted, NOW)
    assert (again.withdraw, again.restore, again.add) == ([], [], [])
    assert {slot.window for slot in revision.kept} == {each for each, _ in promised if each[:3] not in _times(wanted)}


def _times(windows: list[Window]) -> set[tuple[datetime, ...]]:
    return {each[:3] for each in windows}
