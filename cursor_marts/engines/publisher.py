"""How a run becomes what readers see: what every engine's publisher does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Protocol, Self

from cursor_marts.engines import audit, record
from cursor_marts.engines.audit import Examples, Failure
from cursor_marts.engines.inspection import BUILT_BY, MARK, Present, Tables
from cursor_marts.engines.record import Record
from cursor_marts.engines.session import Session
from cursor_marts.errors import DatabaseError


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

    A `whole` one has every model: tables that earlier builds of the same project have published,
    and that no model defines any more, are dropped.
    """

    tables: tuple[Published, ...]
    temporary: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    @property
    def comments(self) -> dict[str, str]:
        """The comment of each table that is no view, by its name."""
        return {each.name: each.comment for each in self.tables if each.kind == "TABLE"}


@dataclass(frozen=True)
class Whose:
    """Whose tables a run publishes: the name of the project, '' without one.

    `notes` tell what the published tables follow from, as far as that is known, `profiles` what
    each of them holds.
    """

    project: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Outdated:
    """Tables that a publication replaces by another kind, and tables that it drops.

    Each is its layer, its name and its kind.
    """

    replaced: list[tuple[str, str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)


class Publisher(Protocol):
    """What a run needs from an engine; used in a `with` statement, whose end removes the rest."""

    session: Session

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: Any) -> None: ...

    def prepare(self, publication: Publication) -> Record:
        """Prepare the scratch schema, and the schema for rows that fail a test.

        Return the record of what is published. Raises DatabaseError if a table that no build has
        published has the name of a model.
        """

    def prepare_scratch(self, temporary: Sequence[tuple[str, str]]) -> None:
        """Prepare the scratch schema alone, for a run that publishes nothing."""

    def store_failures(self, failures: Sequence[Failure]) -> list[Examples]:
        """Store the rows that fail each test; return some columns of the first few."""

    def publish(self, publication: Publication, whose: Whose) -> tuple[str, ...]:
        """Show readers what has passed its tests; return the names of tables that were dropped."""

    def reject(self) -> None:
        """Show readers the rows that failed a test, and nothing else."""


#: The layers that readers see.
VISIBLE = ("staging", "marts")
#: The layers whose tables builds create, and that stay.
LASTING = (audit.LAYER, record.LAYER, *VISIBLE)


def outdated_tables(
    publication: Publication, whose: Whose, present: Mapping[str, Tables], record: Record
) -> Outdated:
    """Return the published tables that a publication replaces or drops.

    Of tables that no model defines it drops those that builds of the same project, and of no other,
    have published, by the record. All others are left alone.
    """
    outdated = Outdated()
    kinds = {(table.layer, table.name): table.kind for table in publication.tables}
    for layer in VISIBLE if publication.tables else ():
        for name, found in present[layer].items():
            place = (layer, name)
            if place in kinds:
                if found.kind != kinds[place]:
                    outdated.replaced.append((*place, found.kind))
            elif publication.whole and found.is_ours and record.is_only_of(whose.project, place):
                outdated.dropped.append((*place, found.kind))
    return outdated


def refuse_to_replace(
    session: Session, publication: Publication, present: Mapping[str, Tables], record: Record
) -> None:
    """Raise DatabaseError if a table that no build has published has the name of a model."""
    places = ((table.layer, table.name) for table in publication.tables)
    foreign = [
        f"{session.names.schema(layer)}.{session.names.spelled(name)}"
        for layer, name in places
        if name in present[layer]
        and not present[layer][name].is_ours
        and not record.has((layer, name))
    ]
    if foreign:
        raise DatabaseError(
            f"no build has published {', '.join(foreign)}, and a model has that name",
            hint="rename or drop it, then build again",
        )
