"""How a run becomes what readers see: what every engine's publisher does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Protocol, Self

from cursor_marts.engines.audit import Examples, Failure
from cursor_marts.engines.inspection import BUILT_BY, MARK, Present
from cursor_marts.engines.session import Session


@dataclass(frozen=True)
class Published:
    """A table that readers see: its layer, whether it is a 'VIEW' or a 'TABLE', its meaning.

    `query` is the SELECT of a view; the rows of a table are in the scratch schema. `fingerprint`
    changes with the SQL of its model, and of the models that this one reads.
    """

    name: str
    layer: str
    kind: str
    meaning: str
    query: str = ""
    fingerprint: str = ""

    @property
    def comment(self) -> str:
        """Return its comment: that this package created it, by which SQL; of a view, the query."""
        digest = f" {blake2b(self.query.encode(), digest_size=8).hexdigest()}" if self.query else ""
        built_by = f" {BUILT_BY}{self.fingerprint}" if self.fingerprint else ""
        return f"{self.meaning} {MARK}{digest}{built_by}]".strip()

    def is_published(self, present: Mapping[str, Present]) -> bool:
        """Return whether a schema holds this view, of the same query, already."""
        return self.kind == "VIEW" and present.get(self.name) == Present(self.kind, self.comment)


@dataclass(frozen=True)
class Publication:
    """What a run publishes; `temporary` are the layer and name of all tables that it creates.

    A `whole` one has every model: tables of this package that no model defines are dropped.
    """

    tables: tuple[Published, ...]
    temporary: tuple[tuple[str, str], ...] = ()
    whole: bool = False


@dataclass
class Outdated:
    """Tables that a publication replaces by another kind, and tables that it drops."""

    replaced: list[tuple[str, str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)


class Publisher(Protocol):
    """What a run needs from an engine; used in a `with` statement, whose end removes the rest."""

    session: Session

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: Any) -> None: ...

    def prepare(self, publication: Publication) -> None:
        """Prepare the scratch schema, and the schema for rows that fail a test."""

    def prepare_scratch(self, temporary: Sequence[tuple[str, str]]) -> None:
        """Prepare the scratch schema alone, for a run that publishes nothing."""

    def store_failures(self, failures: Sequence[Failure]) -> list[Examples]:
        """Store the rows that fail each test; return some columns of the first few."""

    def publish(self, publication: Publication) -> tuple[str, ...]:
        """Show readers what has passed its tests; return the names of tables that were dropped."""

    def reject(self) -> None:
        """Show readers the rows that failed a test, and nothing else."""


#: The layers that readers see.
VISIBLE = ("staging", "marts")


def outdated_tables(
    publication: Publication, layer: str, present: Mapping[str, Present]
) -> Outdated:
    """Return the tables of a layer's schema that a publication replaces or drops.

    A table that this package has not created is left alone, unless a model has its name.
    """
    outdated = Outdated()
    kinds = {table.name: table.kind for table in publication.tables if table.layer == layer}
    for name, found in present.items():
        if name in kinds:
            if found.kind != kinds[name]:
                outdated.replaced.append((layer, name, found.kind))
        elif publication.whole and found.is_ours:
            outdated.dropped.append((layer, name, found.kind))
    return outdated
