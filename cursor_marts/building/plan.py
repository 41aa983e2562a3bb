"""What a run creates and what it tests, chosen by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cursor_marts.contracts import Contract
from cursor_marts.errors import UsageError
from cursor_marts.graph.catalog import Catalog, Entry, catalog
from cursor_marts.graph.definition import Model
from cursor_marts.graph.selection import Modified, reachable, selected
from cursor_marts.graph.words import Names, selectors


@dataclass(frozen=True)
class Step:
    """One table of a run: whether it is created, or read as it exists, and whether it is tested.

    `chosen` says whether the run is about it: others are created or tested for its sake.
    """

    entry: Entry
    create: bool
    test: bool
    chosen: bool = True


@dataclass(frozen=True)
class Plan:
    """The tables of a run in build order; a `whole` one has every model.

    With `every_column`, views have columns too that nothing in the run uses.
    """

    steps: tuple[Step, ...]
    whole: bool = False
    every_column: bool = False

    @property
    def models(self) -> tuple[Model, ...]:
        """The models among the tables."""
        return tuple(step.entry.model for step in self.steps if step.entry.model)

    @property
    def created(self) -> tuple[Model, ...]:
        """The models whose tables are created."""
        return tuple(step.entry.model for step in self.steps if step.create and step.entry.model)

    @property
    def tested(self) -> tuple[type[Contract], ...]:
        """The contracts of the tables that are tested."""
        return tuple(step.entry.contract for step in self.steps if step.test)

    @property
    def existing(self) -> tuple[Entry, ...]:
        """The models whose tables are read as they exist."""
        return tuple(step.entry for step in self.steps if step.entry.model and not step.create)


def plan_build(
    models: Iterable[Model], select: Names = (), exclude: Names = (), modified: Modified = None
) -> Plan:
    """Plan to create and test what is selected; all other tables stay as they are.

    What the chosen read is tested as well, up to the next published table: a view shows what was
    loaded last, so that its tests stand between a bad load and a mart that reads it. Raises
    UsageError where no model is chosen.
    """
    entries = catalog(models)
    chosen = _chosen(entries, select, exclude, modified)
    if not any(entries[name].model for name in chosen):
        raise UsageError(
            "the selection holds raw tables only: there is nothing to build",
            hint="add what is made of them with a plus, as in --select commits+",
        )

    def flows(entry: Entry) -> bool:
        return entry.name in chosen or entry.layer != "marts"

    needed = reachable(chosen, lambda n: entries[n].inputs if flows(entries[n]) else ())
    steps = [
        Step(
            entry,
            create=_is_created(entry, entry.name in chosen),
            test=flows(entry),
            chosen=entry.name in chosen,
        )
        for entry in entries.values()
        if entry.name in needed
    ]
    return Plan(tuple(steps), whole=not selectors(select) and not selectors(exclude))


def plan_diff(
    models: Iterable[Model], select: Names = (), exclude: Names = (), modified: Modified = None
) -> Plan:
    """Plan to create and test what is selected, to be compared with what is published."""
    return replace(plan_build(models, select, exclude, modified), every_column=True)


def plan_test(
    models: Iterable[Model], select: Names = (), exclude: Names = (), modified: Modified = None
) -> Plan:
    """Plan to test what is selected as it exists; ephemeral tables are created for the run."""
    entries = catalog(models)
    chosen = _chosen(entries, select, exclude, modified)

    def goes_on(entry: Entry) -> bool:
        return entry.name in chosen or entry.layer == "intermediate"

    needed = reachable(chosen, lambda n: entries[n].inputs if goes_on(entries[n]) else ())
    steps = [
        Step(
            entry,
            create=_is_created(entry, False),
            test=entry.name in chosen,
            chosen=entry.name in chosen,
        )
        for entry in entries.values()
        if entry.name in needed
    ]
    return Plan(tuple(steps))


def _chosen(entries: Catalog, select: Names, exclude: Names, modified: Modified) -> set[str]:
    return {entry.name for entry in selected(entries, select, exclude, modified)}


def _is_created(entry: Entry, chosen: bool) -> bool:
    return entry.model is not None and (chosen or entry.layer == "intermediate")
