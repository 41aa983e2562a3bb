"""The tables that a run reads as they are: they have to exist, as this version builds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cursor_marts.building.compiled import CompiledBuild
from cursor_marts.building.request import Request
from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.publisher import Publisher
from cursor_marts.errors import DatabaseError, NextCommand

#: So many missing tables are added to a selection; where more are missing, every table is built.
FEW = 3


def check_required(publisher: Publisher, build: CompiledBuild, request: Request) -> None:
    """Raise DatabaseError for tables that a run reads, and that do not exist as they should."""
    layers = {layer for _, layer, _ in build.required}
    present = {layer: columns_in(publisher.session, layer) for layer in layers if layer}
    spelled = publisher.session.names.spelled
    found = {name: present[layer].get(spelled(name)) for name, layer, _ in build.required}
    if missing := [name for name, columns in found.items() if columns is None]:
        raise DatabaseError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not built, and "
            f"{_readers(missing, request)}",
            **_next_step(missing, request),
        )
    for name, _, columns in build.required:
        if tuple(found[name] or ()) != tuple(map(spelled, columns)):
            raise DatabaseError(
                f"{name} was built by another version of its model",
                **_next_step([name], request),
            )


def _readers(missing: Sequence[str], request: Request) -> str:
    """Say which tables of the run read missing ones, or else whose data tests do."""
    it = "it" if len(missing) == 1 else "them"
    entries = [step.entry for step in request.plan().steps]
    readers = [each.name for each in entries if {*missing} & {*each.reads}]
    if readers:
        return f"{', '.join(readers)} read{'s' * (len(readers) == 1)} {it}"
    tested = [each.name for each in entries if {*missing} & {*each.compares}]
    return f"data tests of {', '.join(tested)} read {it}" if tested else f"the run needs {it}"


def _next_step(names: Sequence[str], request: Request) -> dict[str, Any]:
    """Return hint and command: some tables beside what is selected, or else every table."""
    if not request.select or request.exclude or request.job == "test" or len(names) > FEW:
        return {"hint": "build every table", "next_command": NextCommand("transform")}
    words = {"select": " ".join([*request.select, *names])}
    return {"hint": "build it, too", "next_command": NextCommand("transform", options=words)}
