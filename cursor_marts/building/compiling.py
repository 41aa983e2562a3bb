"""From a plan, the bound raw tables and a dialect to every statement of a run: pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from cursor_marts.building.compiled import CompiledBuild, CompiledTable, CompiledTest
from cursor_marts.building.plan import Plan, Step
from cursor_marts.contracts import Contract, columns_of, declared, schema_of
from cursor_marts.engines.dialect import SCRATCH, Dialect
from cursor_marts.engines.inspection import MARK
from cursor_marts.engines.publisher import VISIBLE, Publication, Published
from cursor_marts.graph.analysis import columns, keys
from cursor_marts.graph.checks import Check, checks_of, summary, tested_by
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.raw.extractions import loaded_first
from cursor_marts.raw.tables import RawExtractions


def compile_build(plan: Plan, raw: Tables, dialect: Dialect) -> CompiledBuild:
    """Compile all statements of a run over raw tables that fit their contracts."""
    return _Compilation(plan, dict(raw), dialect).build()


@dataclass
class _Compilation:
    """The compilation of one plan: `tables` are those that the statements so far refer to."""

    plan: Plan
    tables: dict[type[Contract], ir.Table]
    dialect: Dialect
    pruned: dict[type[Contract], ir.Table] = field(default_factory=dict)
    keyed: dict[type[Contract], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raw = dict(self.tables)
        self.scratch = self.dialect.with_names(SCRATCH[self.dialect.name])

    def build(self) -> CompiledBuild:
        """Compile table by table, since later ones refer to earlier ones."""
        tables = tuple(self._table(step) for step in self.plan.steps)
        return CompiledBuild(
            tables=tables,
            publication=self._publication(tables),
            required=tuple(
                (entry.name, entry.layer, columns_of(entry.contract))
                for entry in self.plan.existing
            ),
            provenance=self._provenance(),
        )

    def _table(self, step: Step) -> CompiledTable:
        entry, model = step.entry, step.entry.model
        query = self._query(model, step) if model else ""
        tests = self._tests(step) if step.test else ()
        without_key, follows = self._guarantee(model, step)
        table = CompiledTable(
            name=entry.name,
            layer=entry.layer,
            is_model=model is not None,
            created=model is not None and step.create,
            query=query,
            tests=tests,
            count=self._count(entry.contract, with_key=True) if step.test else "",
            count_without_key=without_key,
            key_follows_from=follows,
        )
        if model and any(test.is_key for test in tests):
            self.keyed[entry.contract] = entry.name
        return table

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
        query = self.dialect.typed(self.dialect.query(model.over(self.tables)), contract)
        every = columns_of(contract)
        used = every
        if model.layer == "staging":
            used = columns.columns(contract, self.plan.created, self.plan.tested)
        if used != every:
            self.pruned[contract] = model.over(self.tables).cast(schema_of(contract))
            query.set("expressions", [each for each in query.expressions if each.alias in used])
        self.tables[contract] = self.scratch.table(contract, model.layer, model.name, used)
        return self.dialect.text(query)

    def _count(self, contract: type[Contract], *, with_key: bool) -> str:
        checks = tuple(c for c in checks_of(contract) if with_key or not c.on_key)
        counted = summary(checks, self.tables[contract], self.tables)
        return self.dialect.text(self.dialect.query(counted))

    def _guarantee(self, model: Model | None, step: Step) -> tuple[str, tuple[str, ...]]:
        """Return the count without the test of a key that the model's expression guarantees.

        With it the tables whose keys it follows from; '' where it is not guaranteed.
        """
        if model is None or not step.create or not step.test:
            return "", ()
        follows = {c: name for c, name in self.keyed.items() if c in model.reads.values()}
        if not keys.guaranteed(model, frozenset(follows)):
            return "", ()
        return self._count(model.contract, with_key=False), tuple(follows.values())

    def _tests(self, step: Step) -> tuple[CompiledTest, ...]:
        return tuple(self._test(step.entry.contract, c) for c in checks_of(step.entry.contract))

    def _test(self, contract: type[Contract], check: Check) -> CompiledTest:
        tables = {each: self.tables[each] for each in tested_by(contract)}
        exact = ""
        if check.screen:
            counted = check.failing_rows(tables[contract], tables).count()
            exact = self.dialect.text(self.dialect.query(counted))
        if contract in self.pruned:  # a failing row is shown with all of its columns
            tables[contract] = self.pruned[contract]
        failing = check.failing_rows(tables[contract], tables)
        used = check.columns(ibis.table(schema_of(contract))) or failing.columns[:6]
        key = [name for name in declared(contract).unique or [] if name in failing.columns]
        return CompiledTest(
            name=check.name,
            severity=check.severity,
            description=check.description,
            is_key=check.on_key,
            rows=self.dialect.text(self.dialect.query(failing)),
            shown=tuple(dict.fromkeys([*key, *used])),
            exact=exact,
        )

    def _publication(self, tables: tuple[CompiledTable, ...]) -> Publication:
        created = [model for model in self.plan.created if model.layer in VISIBLE]
        return Publication(
            tables=tuple(self._published(model) for model in created),
            temporary=tuple((table.layer, table.name) for table in tables if table.query),
            whole=self.plan.whole,
        )

    def _published(self, model: Model) -> Published:
        meaning = (model.contract.__doc__ or "").partition("\n")[0]
        comment = f"{meaning} {MARK}".strip()
        if model.layer != "staging":
            return Published(model.name, model.layer, "TABLE", comment)
        lasting = self.raw | {
            m.contract: self.dialect.table(m.contract, m.layer, m.name) for m in self.plan.models
        }
        query = self.dialect.select(model, lasting)
        return Published(model.name, model.layer, "VIEW", comment, query)

    def _provenance(self) -> str:
        runs = loaded_first(self.raw[RawExtractions])
        query = runs.select("source", "invented").limit(1)
        return self.dialect.text(self.dialect.query(query))
