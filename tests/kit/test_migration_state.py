"""Migrating builds the classes of models when an operation looks at them."""

import pytest
from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.migrations.operations import AddConstraint, AddField, CreateModel, RunSQL
from tortoise.migrations.schema_generator.state import ModelState

from app.kit.migration_state import LazyState, Models


def state() -> LazyState:
    """One model, of which nothing is built."""
    made = LazyState({}, Models(default_connections={"shop": "default"}))
    make = CreateModel(
        name="Crate",
        fields=[("id", fields.BigIntField(primary_key=True))],
        options={"table": "crate", "app": "shop"},
    )
    make.state_forward("shop", made)
    return made


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the models whose classes were built, in order."""
    names: list[str] = []
    render = ModelState.render

    def counted(self: ModelState, *args: object, **kwargs: object) -> object:
        names.append(self.name)
        return render(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ModelState, "render", counted)
    return names


async def test_operations_that_look_at_no_model_build_none(rendered: list[str]) -> None:
    """Whatever they note, and however often the state is copied."""
    made = state()

    constrain = [AddConstraint("Crate", CheckConstraint(check="id > 0", name=f"c{n}")) for n in range(9)]
    for operation in (RunSQL("SELECT 1"), *constrain):
        made.clone()
        operation.state_forward("shop", made)
    assert rendered == []
    constraints = made.apps.get_model("shop.Crate")._meta.constraints
    assert [each.name for each in constraints] == [f"c{n}" for n in range(9)]
    assert rendered == ["Crate"]


async def test_a_copy_does_not_see_what_comes_later(rendered: list[str]) -> None:
    """Nor does the state see the copy's."""
    made = state()
    before = made.clone()
    AddField("Crate", "weight", fields.IntField()).state_forward("shop", made)
    assert "weight" in made.apps.get_model("shop.Crate")._meta.fields_map
    assert "weight" not in before.apps.get_model("shop.Crate")._meta.fields_map
    assert rendered == ["Crate", "Crate"]


def test_a_model_that_is_not_there_is_not_noted() -> None:
    """As Tortoise says it."""
    with pytest.raises(LookupError, match="Box"):
        state().reload_model("shop", "Box")
