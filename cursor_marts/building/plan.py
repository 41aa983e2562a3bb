"""What a run makes and what it tests, chosen by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cursor_marts.contracts import Contract
from cursor_marts.engines.publication import Publication
from cursor_marts.errors import UsageError
from cursor_marts.graph.catalog import Catalog, Entry, catalog
from cursor_marts.graph.definition import Model
from cursor_marts.graph.selection import Names, reachable, selected, words


@dataclass(frozen=True)
class Step:
    """One table of a run: whether it is made, or taken as it stands, and whether it is tested."""

    entry: Entry
    make: bool
    test: bool


@dataclass(frozen=True)
class Plan:
    """The tables of a run in build order; a `whole` one drops the tables that are not in it."""

    steps: tuple[Step, ...]
    whole: bool = False

    @property
    def models(self) -> tuple[Model, ...]:
        """The models among the tables."""
        return tuple(step.entry.model for step in self.steps if step.entry.model)

    @property
    def made(self) -> tuple[Model, ...]:
        """The models that are made."""
        return tuple(step.entry.model for step in self.steps if step.make and step.entry.model)

    @property
    def tested(self) -> tuple[type[Contract], ...]:
        """The contracts of the tables that are tested."""
        return tuple(step.entry.contract for step in self.steps if step.test)

    @property
    def publication(self) -> Publication:
        """What the engine has to prepare and publish."""
        return Publication(self.models, self.made, self.whole)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The models that are taken as they stand, so that they have to be there."""
        return tuple(step.entry for step in self.steps if step.entry.model and not step.make)


def plan_build(models: Iterable[Model], select: Names = (), exclude: Names = ()) -> Plan:
    """Plan to make and test what is chosen, and to leave all other tables as they are.

    What the chosen read is tested as well, up to the next published table: a view shows what was
    loaded last, so that its tests stand between a bad load and a mart that reads it. Raises
    UsageError where no model is chosen.
    """
    entries = catalog(models)
    chosen = _chosen(entries, select, exclude)
    if not any(entries[name].model for name in chosen):
        raise UsageError(
            "the selection holds raw tables only: there is nothing to build",
            hint="add what is made of them with a plus, as in --select commits+",
        )

    def flows(entry: Entry) -> bool:
        return entry.name in chosen or entry.layer != "marts"

    needed = reachable(chosen, lambda n: entries[n].inputs if flows(entries[n]) else ())
    steps = [
        Step(entry, make=_is_made(entry, entry.name in chosen), test=flows(entry))
        for entry in entries.values()
        if entry.name in needed
    ]
    return Plan(tuple(steps), whole=not words(select) and not words(exclude))


def plan_test(models: Iterable[Model], select: Names = (), exclude: Names = ()) -> Plan:
    """Plan to test what is chosen as it stands; what is not kept is made for as long as needed."""
    entries = catalog(models)
    chosen = _chosen(entries, select, exclude)

    def goes_on(entry: Entry) -> bool:
        return entry.name in chosen or entry.layer == "intermediate"

    needed = reachable(chosen, lambda n: entries[n].inputs if goes_on(entries[n]) else ())
    steps = [
        Step(entry, make=_is_made(entry, False), test=entry.name in chosen)
        for entry in entries.values()
        if entry.name in needed
    ]
    return Plan(tuple(steps))


def _chosen(entries: Catalog, select: Names, exclude: Names) -> set[str]:
    return {entry.name for entry in selected(entries, select, exclude)}


def _is_made(entry: Entry, chosen: bool) -> bool:
    return entry.model is not None and (chosen or entry.layer == "intermediate")
