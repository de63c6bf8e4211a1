"""A migration's operation: several constraints of one table at once."""

from collections.abc import Sequence

from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.operations import AddConstraint, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State


class AddConstraints(TortoiseOperation):
    """A table's constraints, which make its model anew once."""

    def __init__(self, model_name: str, constraints: Sequence[CheckConstraint | UniqueConstraint]) -> None:
        self.model_name = model_name
        self._each = [AddConstraint(model_name=model_name, constraint=constraint) for constraint in constraints]

    def describe(self) -> str:
        """As migrations-check tells it."""
        return f"Add {len(self._each)} constraints to {self.model_name}"

    def state_forward(self, app_label: str, state: State) -> None:
        """Enters them all."""
        for each in self._each:
            each.state_forward(app_label, state)

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        """Adds them all."""
        for each in self._each:
            await each.database_forward(app_label, old_state, new_state, state_editor)

    async def database_backward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        """Removes them all."""
        for each in reversed(self._each):
            await each.database_backward(app_label, old_state, new_state, state_editor)
