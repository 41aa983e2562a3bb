"""From a plan, the bound raw tables and a dialect to every statement of a run: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot as sg
import sqlglot.expressions as sge

from cursor_marts.building import profiling
from cursor_marts.building.compiled import (
    CompiledBuild,
    CompiledTable,
    CompiledTest,
)
from cursor_marts.building.many_rows import narrowed, statements_of_many
from cursor_marts.building.plan import Plan, Step
from cursor_marts.building.repository_names import names_query
from cursor_marts.contracts import Contract, columns_of, declared, schema_of
from cursor_marts.engines.dialect import Dialect, Tree
from cursor_marts.engines.names import scratch
from cursor_marts.engines.publisher import VISIBLE, Publication, Published
from cursor_marts.engines.quoting import identifier
from cursor_marts.graph.analysis import columns, keys
from cursor_marts.graph.checks import Check, checks_of, summary, tested_by
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.raw.tables import RawExtractions

#: Stands for the table of which a test is; no column can have this name.
CHECKED = "rows to check"
#: Names of tables.
Names = tuple[str, ...]


def compile_build(plan: Plan, raw: Tables, dialect: Dialect) -> CompiledBuild:
    """Compile all statements of a run over raw tables that fit their contracts."""
    return _Compilation(plan, dict(raw), dialect).build()


@dataclass
class _Compilation:
    """The compilation of one plan: `tables` are those that the statements so far refer to."""

    plan: Plan
    tables: dict[type[Contract], ir.Table]
    dialect: Dialect
    rows: dict[type[Contract], ir.Table] = field(default_factory=dict)  # of models over tables
    whole: dict[type[Contract], str] = field(default_factory=dict)  # of those that lack columns
    views: dict[type[Contract], str] = field(default_factory=dict)  # of raw tables alone
    keyed: dict[type[Contract], str] = field(default_factory=dict)
    waves: dict[type[Contract], int] = field(default_factory=dict)
    tested_after: dict[type[Contract], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raw = dict(self.tables)
        self.waves.update(dict.fromkeys(self.raw, 0))
        self.scratch = self.dialect.with_names(scratch(self.dialect.names))

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
            repository_names=names_query(self.plan, self.raw, self.dialect),
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
        tests = self._tests(step) if step.test else ()
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
            **self._of_many(model, step),
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
            # Before staging, if the number of raw rows decides how that is created.
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
        contract = model.contract
        rows = self.rows[contract] = model.over(self.tables)
        query = self.dialect.created(rows, contract)
        every, used = columns_of(contract), self._used(model)
        whole = self.dialect.text(query)
        if set(model.reads.values()) <= self.raw.keys():
            self.views[contract] = whole
        if used != every:
            self.whole[contract] = whole
            query = narrowed(query, used)
        self.tables[contract] = self.scratch.table(contract, model.layer, model.name, used)
        return whole if used == every else self.dialect.text(query)

    def _used(self, model: Model) -> Names:
        """Return the columns of a model's table that the run uses: of a mart, all."""
        if model.layer != "staging" or self.plan.every_column:
            return columns_of(model.contract)
        return columns.columns(model.contract, self.plan.created, self.plan.tested)

    def _of_many(self, model: Model | None, step: Step) -> dict[str, str]:
        """Return the statements for many rows, if the model ranks the rows of raw tables."""
        if model is None or not step.create or not self.dialect.of_many:
            return {}
        if not set(model.reads.values()) <= self.raw.keys():
            return {}
        dialect = self.scratch.for_many_rows()
        return statements_of_many(model, self.rows[model.contract], dialect, self._used(model))

    def _count(self, contract: type[Contract]) -> Tree:
        """Return the query of a table's row count and of the failures of each test."""
        counted = summary(checks_of(contract), self.tables[contract], self.tables)
        return self.dialect.query(counted)

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

    def _tests(self, step: Step) -> tuple[CompiledTest, ...]:
        contract = step.entry.contract
        by_row = self._failing_by_row(contract)
        return tuple(self._test(contract, check, by_row) for check in checks_of(contract))

    def _failing_by_row(self, contract: type[Contract]) -> dict[str, str]:
        """Return test → the query of the rows that fail it, of tests that look at each row alone.

        All of their conditions are compiled in one query, since a table has dozens of them.
        """
        checks = [check for check in checks_of(contract) if check.passes is not None]
        if not checks:
            return {}
        rows = ibis.table(schema_of(contract), name=CHECKED)
        fails = {f"fails_{n}": ~check.passes(rows) for n, check in enumerate(checks)}  # type: ignore[misc]
        query = self.dialect.query(rows.select(**fails))
        alias = query.find(sge.From).this.alias
        conditions = {each.alias: each.this for each in query.expressions}
        return {
            check.name: self._rows_where(contract, conditions[f"fails_{n}"], alias)
            for n, check in enumerate(checks)
        }

    def _rows_where(self, contract: type[Contract], condition: Tree, alias: str) -> str:
        """Return the query of a table's rows, with all columns, that fulfil a condition."""
        select = sg.select("*").from_(sge.table_(CHECKED).as_(alias)).where(condition.copy())
        return self._checking(contract, select)

    def _checking(self, contract: type[Contract], query: Tree) -> str:
        """Return a query of `CHECKED` rows as text that reads a table, with all columns."""
        spelled = identifier(self.dialect.names.spelled(CHECKED))
        return self.dialect.text(query).replace(spelled, self._source(contract))

    def _source(self, contract: type[Contract]) -> str:
        """Return a table with all columns of its contract, as FROM has it: a name or a query."""
        if contract in self.whole:
            return f"({self.whole[contract]})"
        table = self.tables[contract]
        if isinstance(table.op(), ops.UnboundTable):
            space = table.op().namespace
            path = (space.catalog, space.database, table.op().name)
            return ".".join(identifier(self.dialect.names.spelled(part)) for part in path if part)
        return f"({self.dialect.text(self.dialect.query(table))})"

    def _test(self, contract: type[Contract], check: Check, by_row: dict[str, str]) -> CompiledTest:
        columns = check.columns(ibis.table(schema_of(contract)))
        rows = by_row.get(check.name, "")
        if not rows:
            rows, columns = self._failing_across(contract, check)
        else:
            columns = (*(declared(contract).unique or ()), *columns)
        return CompiledTest(
            name=check.name,
            severity=check.severity,
            description=check.description,
            is_key=check.on_key,
            rows=rows,
            shown=tuple(dict.fromkeys(columns)),
            exact=self._exact(contract, check) if check.screen else "",
        )

    def _failing_across(
        self, contract: type[Contract], check: Check
    ) -> tuple[str, tuple[str, ...]]:
        """Return the query of what fails a test of several rows or tables, and its columns."""
        tables = {each: self.tables[each] for each in tested_by(contract)}
        if contract in self.whole:  # a failing row is shown with all of its columns
            tables[contract] = ibis.table(schema_of(contract), name=CHECKED)
        failing = check.failing_rows(tables[contract], tables)
        key = [name for name in declared(contract).unique or [] if name in failing.columns]
        text = self._checking(contract, self.dialect.query(failing))
        return text, (*key, *failing.columns[:6])

    def _exact(self, contract: type[Contract], check: Check) -> str:
        tables = {each: self.tables[each] for each in tested_by(contract)}
        counted = check.failing_rows(tables[contract], tables).count()
        return self.dialect.text(self.dialect.query(counted))

    def _publication(self, tables: tuple[CompiledTable, ...]) -> Publication:
        created = [model for model in self.plan.created if model.layer in VISIBLE]
        return Publication(
            tables=tuple(self._published(model) for model in created),
            temporary=(
                *((table.layer, table.name) for table in tables if table.query),
                *((table.layer, table.keys_table) for table in tables if table.repeated_keys),
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
