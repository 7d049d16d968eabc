"""An operation of migrations that makes many tables at once."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Making = CreateModel | AddField | AddIndex | AddConstraint


class CreateTables(Operation):
    """Makes the tables of several models as they are after all its operations.

    Django models all tables anew in memory after each operation; with a hundred tables that takes
    far longer than making them. Here it happens once.
    """

    def __init__(self, operations: Sequence[Making]) -> None:
        """Take the operations: models, and what is added to these models and to no others.

        :raises ValueError: when something would be added to a table that exists already.
        """
        self.operations = operations
        self.names = [one.name for one in operations if isinstance(one, CreateModel)]
        made = {name.lower() for name in self.names}
        for one in operations:
            if not isinstance(one, CreateModel) and one.model_name.lower() not in made:
                msg = f"{one.model_name} is not among the tables that are made here"
                raise ValueError(msg)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how the operation is written in a file."""
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state, without modelling all others anew for each."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 the form of an operation
        to_state: ProjectState,
    ) -> None:
        """Make the tables, with their indexes and constraints."""
        for name in self.names:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 the form of an operation
    ) -> None:
        """Take the tables away, the last first."""
        for name in reversed(self.names):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Create tables: {', '.join(self.names)}"
