"""What a query costs by GitHub's published rules: nodes and points, by the limits it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    value_from_ast_untyped,
)

MOST_NODES = 500_000


@dataclass
class Price:
    """Nodes that a query may return at most, and requests that it counts for."""

    nodes: int = 0
    requests: int = 0

    @property
    def points(self) -> int:
        """The points that are deducted: a hundredth of the requests, one at least."""
        return max(1, round(self.requests / 100))


def price(document: DocumentNode, variables: Mapping[str, Any]) -> Price:
    """Return the price of a document's one operation with these variables."""
    fragments = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    operation = next(
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    )
    found = Price()

    def add(selection: SelectionSetNode, times: int) -> None:
        for part in selection.selections:
            if isinstance(part, FragmentSpreadNode):
                add(fragments[part.name.value].selection_set, times)
            elif isinstance(part, FieldNode):
                add_field(part, times)
            else:
                add(part.selection_set, times)  # type: ignore[attr-defined]

    def add_field(part: FieldNode, times: int) -> None:
        limit = _limit(part, variables)
        if limit is not None:
            found.requests += times
            found.nodes += times * limit
        if part.selection_set:
            add(part.selection_set, times * (_many(part, variables) if limit is None else limit))

    add(operation.selection_set, 1)
    return found


def _limit(part: FieldNode, variables: Mapping[str, Any]) -> int | None:
    for argument in part.arguments or ():
        if argument.name.value in ("first", "last"):
            return int(_value(argument.value, variables))
    return None


def _many(part: FieldNode, variables: Mapping[str, Any]) -> int:
    """Return how many records `nodes(ids:)` names; lists inside are requested for each of them."""
    for argument in part.arguments or ():
        if argument.name.value == "ids":
            return len(_value(argument.value, variables))
    return 1


def _value(value: Any, variables: Mapping[str, Any]) -> Any:
    if isinstance(value, VariableNode):
        return variables[value.name.value]
    return value_from_ast_untyped(value)
