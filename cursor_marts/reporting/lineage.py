"""The lineage as a tree of text, or as a Mermaid flowchart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cursor_marts.graph.catalog import Entry
from cursor_marts.graph.layers import LAYERS


@dataclass(frozen=True)
class Lineage:
    """Some tables in build order, and the edges between them."""

    tables: tuple[Entry, ...]

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """Pairs of names: a table, and a table that reads it."""
        names = {entry.name for entry in self.tables}
        return tuple((read, e.name) for e in self.tables for read in e.reads if read in names)

    def text(self) -> str:
        """Return a tree for each table that no other table reads, with its upstream tables below.

        A table whose upstream tables are already printed ends in an ellipsis.
        """
        read = {upstream for upstream, _ in self.edges}
        seen: set[str] = set()
        roots = [entry.name for entry in self.tables if entry.name not in read]
        return "\n".join(line for root in roots for line in self._tree(root, "", "", seen)) + "\n"

    def _tree(self, name: str, branch: str, indent: str, seen: set[str]) -> Iterator[str]:
        below = [upstream for upstream, reader in self.edges if reader == name]
        if name in seen and below:
            yield f"{branch}{name} …"
            return
        seen.add(name)
        yield f"{branch}{name}"
        for upstream in below:
            last = upstream == below[-1]
            stem, under = ("└── ", "    ") if last else ("├── ", "│   ")
            yield from self._tree(upstream, indent + stem, indent + under, seen)

    def mermaid(self) -> str:
        """Return a Mermaid flowchart with a box around each layer."""
        lines = ["flowchart LR"]
        for layer in LAYERS:
            names = [entry.name for entry in self.tables if entry.layer == layer]
            if names:
                lines += [f"  subgraph {layer}", *(f"    {name}" for name in names), "  end"]
        lines += [f"  {upstream} --> {reader}" for upstream, reader in self.edges]
        return "\n".join(lines) + "\n"

    def data(self) -> dict[str, Any]:
        """Return it as JSON-compatible data."""
        return {
            "tables": [entry.data() for entry in self.tables],
            "edges": [{"from": upstream, "to": reader} for upstream, reader in self.edges],
        }
