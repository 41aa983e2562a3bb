"""A Snowflake session whose statements say which run, and which table, they are for."""

from __future__ import annotations

from typing import Any


class Tagged:
    """An Ibis Snowflake backend that sends a query tag with each statement of its own.

    In the service's query history: `WHERE query_tag LIKE 'cursor_marts:%:mart_velocity'`.
    """

    def __init__(self, backend: Any, run_id: str) -> None:
        """Begin with statements that are about no table."""
        self._backend = backend
        self.run_id = run_id
        self.about = ""

    @property
    def tag(self) -> str:
        """What the next statement is for."""
        return f"cursor_marts:{self.run_id}:{self.about}"

    def raw_sql(self, query: str) -> Any:
        """Send a statement under the tag of the moment."""
        return self._backend.raw_sql(query, _statement_params={"QUERY_TAG": self.tag})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)
