"""Callers and their names."""

import pytest

from app.kit.caller import MACHINE, VISITOR, Caller, CallerKind


def test_a_caller_is_named_by_kind_and_id() -> None:
    """The text that audit and idempotency keep."""
    assert str(Caller(CallerKind.CUSTOMER, 7)) == "customer:7"
    assert str(VISITOR) == "visitor"
    assert str(MACHINE) == "machine"
    assert str(Caller(CallerKind.MACHINE, 2)) == "machine:2"


@pytest.mark.parametrize("kind", [CallerKind.CUSTOMER, CallerKind.STAFF, CallerKind.PARTNER])
def test_a_person_without_an_id_is_refused(kind: CallerKind) -> None:
    """Two customers without id would share their idempotency keys."""
    with pytest.raises(ValueError, match="an id"):
        Caller(kind)


def test_a_visitor_with_an_id_is_refused() -> None:
    """A visitor is nobody in particular."""
    with pytest.raises(ValueError, match="no id"):
        Caller(CallerKind.VISITOR, 1)
