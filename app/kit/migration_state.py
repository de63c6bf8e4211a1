"""What Tortoise knows of the models while it migrates, built when an operation looks at it.

Tortoise builds every model anew before each operation and again after each constraint, which makes the history of a
hundred tables take half a minute. Most operations look at one model once.
"""

from collections.abc import Iterable

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

Key = tuple[str, str]  # an app's label and a model's name


class Models(StateApps):
    """Classes of models; those that are there already are not prepared for queries again."""

    prepared: frozenset[type[Model]] = frozenset()

    def _build_initial_querysets(self) -> None:
        everything = self.apps
        self.apps = {
            label: {name: model for name, model in models.items() if model not in self.prepared}
            for label, models in everything.items()
        }
        super()._build_initial_querysets()
        self.apps = everything
        self.prepared = frozenset(
            model
            for models in everything.values()
            for model in models.values()
            if model._meta._inited  # noqa: SLF001 - one whose relations wait for a model is prepared later
        )


class LazyState(State):
    """A state whose classes are built, or built anew where their models changed, when they are asked for."""

    def __init__(self, models: dict[Key, ModelState], empty: Models) -> None:
        """`empty`: names the connection of each app, and has no models."""
        self.models = models
        self._empty = empty
        self._built: StateApps | None = None
        self._stale: set[Key] = set()

    @property
    def apps(self) -> StateApps:  # type: ignore[override]  # nobody sets it
        """The classes of `models` as they are now."""
        if self._built is None:
            self._stale = set()
            self._built = self._empty.clone(model_states=self.models)
        if self._stale:
            stale, self._stale = self._stale, set()
            super().reload_models(stale)
        return self._built

    def reload_model(self, app_label: str, model_name: str) -> None:
        """Notes that the model, or one it refers to, changed.

        Raises:
            LookupError: there is none.
        """
        if (app_label, model_name) not in self.models:
            raise LookupError(f"Model state {app_label}.{model_name} is unknown")
        self._stale.add((app_label, model_name))

    def reload_models(self, model_tuples: Iterable[Key]) -> None:
        """Notes that the models changed."""
        self._stale |= set(model_tuples)

    def clone(self) -> "LazyState":
        """The same models; what becomes of them here does not show there."""
        return LazyState({key: model.clone() for key, model in self.models.items()}, self._empty)


class Executor(MigrationExecutor):
    """Tortoise's executor over lazy states."""

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        state = self._nothing()
        for key in self._full_plan():
            if key == upto:
                break
            await self._enter(state, key, applied)
        return state

    async def _project_state_cache(self, applied: set[MigrationKey]) -> dict[MigrationKey, State]:
        state, cache = self._nothing(), dict[MigrationKey, State]()
        for key in self._full_plan():
            cache[key] = state.clone()
            await self._enter(state, key, applied)
        return cache

    async def _enter(self, state: State, key: MigrationKey, applied: set[MigrationKey]) -> None:
        migration = self.loader.graph.nodes[key]
        if migration is not None and key in applied:
            await migration.apply(state, dry_run=True)

    def _nothing(self) -> LazyState:
        connections = {
            label: each.get("default_connection", "default") for label, each in self.loader.apps_config.items()
        }
        return LazyState({}, Models(default_connections=connections))
