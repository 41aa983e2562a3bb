"""From a plan, the bound raw tables and a dialect to every statement of a run: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import ibis.expr.types as ir

from cursor_marts.building import profiling
from cursor_marts.building.compiled import CompiledBuild, CompiledTable
from cursor_marts.building.compiling_tests import TestCompilation
from cursor_marts.building.many_rows import Stored, of_many
from cursor_marts.building.plan import Plan, Step
from cursor_marts.building.repositories import every_name, may_be_numbered, numbered
from cursor_marts.contracts import Contract, columns_of
from cursor_marts.engines.dialect import Dialect, Tree
from cursor_marts.engines.names import scratch
from cursor_marts.engines.publisher import VISIBLE, Publication, Published
from cursor_marts.graph.analysis import columns, keys
from cursor_marts.graph.checks import checks_of, summary, tested_by
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.raw.tables import RawExtractions

#: Names of tables.
Names = tuple[str, ...]


def compile_build(
    plan: Plan, raw: Tables, dialect: Dialect, *, many: bool = False
) -> CompiledBuild:
    """Compile all statements of a run over raw tables that fit their contracts.

    With `many`, for raw tables of many rows, on an engine that has a compiler for them.
    """
    return _Compilation(plan, dict(raw), dialect, many and dialect.of_many is not None).build()


@dataclass
class _Compilation:
    """The compilation of one plan: `tables` are those that the statements so far refer to."""

    plan: Plan
    tables: dict[type[Contract], ir.Table]
    dialect: Dialect
    many: bool
    whole: dict[type[Contract], str] = field(default_factory=dict)  # of those that lack columns
    views: dict[type[Contract], str] = field(default_factory=dict)  # of raw tables alone
    stored_first: dict[type[Contract], tuple[Stored, ...]] = field(default_factory=dict)
    in_numbers: dict[str, Names] = field(default_factory=dict)  # their columns, by spelled name
    keyed: dict[type[Contract], str] = field(default_factory=dict)
    waves: dict[type[Contract], int] = field(default_factory=dict)
    tested_after: dict[type[Contract], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raw = dict(self.tables)
        self.waves.update(dict.fromkeys(self.raw, 0))
        self.scratch = self.dialect.with_names(scratch(self.dialect.names))
        self.own = self.dialect.for_many_rows() if self.many else self.dialect
        self.numbers = self.many and may_be_numbered(self.plan)
        noted = (self.tables, self.whole, self.in_numbers)
        self.checking = TestCompilation(self.dialect, self.own, *noted)

    def build(self) -> CompiledBuild:
        """Compile table by table, since later ones refer to earlier ones."""
        tables = tuple(self._table(step) for step in self.plan.steps)
        found = tuple(profiling.profiled(s.entry for s in self.plan.steps if s.test))
        runs = self.raw[RawExtractions]
        return CompiledBuild(
            tables=tables,
            publication=self._publication(tables),
            required=tuple(
                (entry.name, entry.layer, columns_of(entry.contract))
                for entry in self.plan.existing
            ),
            provenance=self.dialect.text(self.dialect.query(profiling.provenance(runs))),
            profiled=tuple(each for _, each in found),
            profile=tuple(profiling.queries(found, self.tables, runs, self.dialect)),
            repository_names=self._names() if self.numbers else "",
        )

    def _table(self, step: Step) -> CompiledTable:
        entry, model = step.entry, step.entry.model
        query = self._query(model, step) if model else ""
        reads = tuple(model.reads.values()) if model and query else ()
        # A table that reads none, such as a seed, is created with the first that read raw tables.
        first = int(bool(query))
        self.waves[entry.contract] = max((1 + self.waves[each] for each in reads), default=first)
        if step.test:
            self.tested_after[entry.contract] = self._tested_after(entry.contract, reads)
        tests = self.checking.tests(step.entry.contract) if step.test else ()
        count = self._count(entry.contract) if step.test else None
        without_key, follows = self._guarantee(model, step, count)
        table = CompiledTable(
            name=entry.name,
            layer=entry.layer,
            is_model=model is not None,
            created=model is not None and step.create,
            chosen=step.chosen,
            wave=self.waves[entry.contract],
            tested_after=self.tested_after.get(entry.contract, 0),
            query=query,
            reads=entry.reads,
            stored_first=self.stored_first.get(entry.contract, ()),
            tests=tests,
            count=self.dialect.text(count) if step.test else "",
            count_without_key=without_key,
            key_follows_from=follows,
        )
        if model and any(test.is_key for test in tests):
            self.keyed[entry.contract] = entry.name
        return table

    def _tested_after(self, contract: type[Contract], reads: Iterable[type[Contract]]) -> int:
        """Return the wave after which the tests of a table can run.

        They run after those of the tables that it reads, from whose keys its own may follow.
        """
        if contract in self.raw:
            # Before staging, if the number of raw rows decides how many threads create that.
            return -1 if self.dialect.of_many else 0
        tested_with = (self.waves[each] for each in tested_by(contract))
        inputs = (1 + self.tested_after[each] for each in reads if each in self.keyed)
        return max((*tested_with, *inputs))

    def _query(self, model: Model, step: Step) -> str:
        """Return the SELECT of a table to create; '' of a published table that is read as it is."""
        if step.create:
            return self._create(model)
        lasts = self.scratch.names.lasts(model.layer)
        if model.layer != "staging" or lasts:
            self.tables[model.contract] = self.dialect.table(
                model.contract, model.layer, model.name
            )
            return ""
        self.tables[model.contract] = self.scratch.table(model.contract, model.layer, model.name)
        return f"SELECT * FROM {self.dialect.names.table(model.layer, model.name)}"

    def _create(self, model: Model) -> str:
        """Return the SELECT of a model; of a view, the columns that the run uses."""
        contract, used = model.contract, self._used(model)
        whole = ""
        if model.layer == "staging" or not self.many:
            query = self.dialect.created(model.over(self.tables), contract)
            whole = self.dialect.text(query)
            self._note_view(model, whole, used)
        if self.many:
            query = self._query_of_many(model)
        self.tables[contract] = self.scratch.table(contract, model.layer, model.name, used)
        if not self.many and used == columns_of(contract):
            return whole
        query.set("expressions", [each for each in query.expressions if each.alias in used])
        return self.dialect.text(query)

    def _query_of_many(self, model: Model) -> Tree:
        """Return the SELECT of a model over many rows; note the tables to store before it."""
        own = self.own.with_names(self.scratch.names)
        query, self.stored_first[model.contract] = of_many(model, self.tables, self.raw, own)
        query = own.typed(query, model.contract)
        if not self.numbers or model.layer == "marts":
            return query
        self.in_numbers[own.names.table(model.layer, model.name)] = self._used(model)
        return numbered(query)

    def _note_view(self, model: Model, whole: str, used: Names) -> None:
        """Note the text of a view: what is published, or what has columns that the run lacks."""
        if set(model.reads.values()) <= self.raw.keys():
            self.views[model.contract] = whole
        if used != columns_of(model.contract):
            self.whole[model.contract] = whole

    def _names(self) -> str:
        """Return the query of every name that staging can give a repository."""
        return self.own.text(self.own.query(every_name(self.raw)))

    def _used(self, model: Model) -> Names:
        """Return the columns of a model's table that the run uses: of a mart, all."""
        if model.layer != "staging" or self.plan.every_column:
            return columns_of(model.contract)
        return columns.columns(model.contract, self.plan.created, self.plan.tested)

    def _count(self, contract: type[Contract]) -> Tree:
        """Return the query of a table's row count and of the failures of each test."""
        counted = summary(checks_of(contract), self.tables[contract], self.tables)
        return self.own.query(counted)

    def _guarantee(self, model: Model | None, step: Step, count: Tree) -> tuple[str, Names]:
        """Return the count without the test of a key that the model's expression guarantees.

        With it the tables whose keys it follows from; '' where it is not guaranteed.
        """
        if model is None or not step.create or not step.test:
            return "", ()
        follows = {c: name for c, name in self.keyed.items() if c in model.reads.values()}
        if not keys.guaranteed(model, frozenset(follows)):
            return "", ()
        tests = enumerate(checks_of(model.contract))
        of_key = {f"test_{number}" for number, check in tests if check.on_key}
        without = count.copy()
        without.set("expressions", [e for e in without.expressions if e.alias not in of_key])
        return self.dialect.text(without), tuple(follows.values())

    def _publication(self, tables: tuple[CompiledTable, ...]) -> Publication:
        created = [model for model in self.plan.created if model.layer in VISIBLE]
        return Publication(
            tables=tuple(self._published(model) for model in created),
            temporary=(
                *((table.layer, table.name) for table in tables if table.query),
                *((table.layer, name) for table in tables for name, _ in table.stored_first),
            ),
            whole=self.plan.whole,
        )

    def _published(self, model: Model) -> Published:
        meaning = (model.contract.__doc__ or "").partition("\n")[0]
        if model.layer != "staging":
            return Published(model.name, model.layer, "TABLE", meaning)
        if model.contract in self.views:
            query = self.views[model.contract]
            return Published(model.name, model.layer, "VIEW", meaning, query)
        lasting = self.raw | self.dialect.tables_of(self.plan.models)
        query = self.dialect.select(model, lasting)
        return Published(model.name, model.layer, "VIEW", meaning, query)
