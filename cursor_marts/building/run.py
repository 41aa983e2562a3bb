"""Build every model on a backend whose raw schema is loaded, test it, and publish it whole."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis.expr.types as ir

from cursor_marts.building.binding import bind_raw, check_standing
from cursor_marts.building.plan import Plan, Step, plan_build, plan_test
from cursor_marts.building.results import BuildReport, CheckResult, ModelResult
from cursor_marts.contracts import Contract, columns_of, schema_of
from cursor_marts.engines import statements
from cursor_marts.engines.dialect import VISIBLE, Engine
from cursor_marts.engines.publisher import Publisher, publisher
from cursor_marts.errors import DataTestsFailed
from cursor_marts.graph.analysis import columns as in_use
from cursor_marts.graph.analysis import keys
from cursor_marts.graph.checks import Check, asked_of, checks_of, tested_by
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.graph.definition import Model, Tables, all_models
from cursor_marts.graph.selection import Names
from cursor_marts.raw.tables import RawExtractions


def build_all(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    lock_timeout: float = 30.0,
) -> BuildReport:
    """Build staging views and marts from the loaded raw tables, test them, publish them.

    `backend` is an Ibis backend of DuckDB or Snowflake. Tables are made and tested apart: on DuckDB
    as temporary ones, published in one transaction or in the one that the connection is already in;
    on Snowflake in a schema of the run's own, from which the marts are cloned. Readers see the
    previous marts until all tests have passed. Tables and views that no model defines any more are
    dropped. Rows that fail a test are kept in `main_audit.<model>__<test>` (Snowflake: `AUDIT`),
    whether the build is published or not; with `strict`, warnings count as errors. With `select` or
    `exclude` (`selection` says how they are written), only the chosen models are built, and every
    other table stays as it is. On Snowflake another writer is waited for, up to `lock_timeout`
    seconds.

    Raises ContractError where a model breaks its contract, RawError where raw tables do not fit,
    DataTestsFailed (its `report` says all) where an error test finds rows, DatabaseLocked where
    another run writes, DatabaseError where a chosen model reads one that is neither chosen nor
    there, UsageError for another kind of backend and for a name that fits nothing.
    """
    plan = plan_build(all_models() if models is None else models, select, exclude)
    check_contracts(plan.models)
    return _run(backend, plan, strict, lock_timeout)


def run_data_tests(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    lock_timeout: float = 30.0,
) -> BuildReport:
    """Run the data tests of all tables, or of the chosen ones; only `main_audit` is written.

    Raises ContractError, DataTestsFailed, DatabaseError, RawError and UsageError as `build_all`
    does.
    """
    plan = plan_test(all_models() if models is None else models, select, exclude)
    check_contracts(plan.models)
    return _run(backend, plan, strict, lock_timeout)


def _run(backend: Any, plan: Plan, strict: bool, lock_timeout: float) -> BuildReport:
    with publisher(backend, lock_timeout) as site:
        run = _Run(site, bind_raw(site.backend, site.engine), strict)
        check_standing(site.backend, site.engine, plan.standing)
        site.prepare(plan.publication)
        run.take(plan)
        report = run.report()
        if report.failed:
            site.refuse()
            raise DataTestsFailed(report)
        site.publish(plan.publication, run.lasting(plan))
    return report


@dataclass
class _Run:
    """One build under way: the tables that exist so far, and what was found."""

    site: Publisher
    tables: dict[type[Contract], ir.Table]
    strict: bool
    results: list[ModelResult] = field(default_factory=list)
    narrow: dict[type[Contract], Model] = field(default_factory=dict)  # what lacks columns
    keyed: set[type[Contract]] = field(default_factory=set)  # whose keys are known to hold
    started: float = field(default_factory=time.perf_counter)

    @property
    def _backend(self) -> Any:
        return self.site.backend

    @property
    def _engine(self) -> Engine:
        return self.site.engine

    def take(self, plan: Plan) -> None:
        """Make and test each table as planned."""
        for step in plan.steps:
            began = time.perf_counter()
            self.site.about(step.entry.name)
            if step.entry.model and step.make:
                self._make(step.entry.model, plan)
            elif step.entry.model:
                self.tables[step.entry.contract] = self._standing(step.entry.model)
            if step.test:
                self._test(step, began)

    def lasting(self, plan: Plan) -> Tables:
        """Return the raw tables, and the models' where readers find them."""
        there = {m.contract: self._engine.table(m.contract, m.layer, m.name) for m in plan.models}
        return self.tables | there

    def report(self) -> BuildReport:
        """Return what was found, and whose data it is."""
        seconds = time.perf_counter() - self.started
        runs = self.tables[RawExtractions]
        query = runs.order_by(runs.finished_at.desc()).select("source", "invented").limit(1)
        row = self._backend.raw_sql(self._engine.text(self._engine.query(query))).fetchone()
        source, invented = row or (None, False)
        return BuildReport(tuple(self.results), seconds, source, bool(invented))

    def _make(self, model: Model, plan: Plan) -> None:
        """Make a model's table; of a view, which many will ask, the columns that any asks for."""
        workshop, contract = self.site.workshop, model.contract
        reads = statements.inputs(self.tables, model.reads.values())
        every = columns_of(contract)
        copied = VISIBLE.get(model.layer) == "VIEW"
        columns = in_use.columns(contract, plan.made, plan.tested) if copied else every
        if columns != every:
            self.narrow[contract] = model
        self._backend.raw_sql(statements.create(model, workshop, reads, columns))
        self.tables[contract] = workshop.table(contract, model.layer, model.name, columns)

    def _standing(self, model: Model) -> ir.Table:
        """Return the table of a model that is not made here; of a view, its rows of now."""
        layer, name, workshop = model.layer, model.name, self.site.workshop
        if VISIBLE.get(layer) != "VIEW" or workshop.keeps(layer):
            return self._engine.table(model.contract, layer, name)
        self._backend.raw_sql(statements.copy(layer, name, self._engine, workshop))
        return workshop.table(model.contract, layer, name)

    def _test(self, step: Step, began: float) -> None:
        """Run all of a table's tests in one query; only what fails is asked for again."""
        name, layer, contract = step.entry.name, step.entry.layer, step.entry.contract
        tested = time.perf_counter()
        checks = checks_of(contract)
        inputs = statements.inputs(self.tables, tested_by(contract))
        with_key = not self._guarantees_its_key(step)
        query = statements.count_failures(contract, self._engine, inputs, with_key)
        row_count, *failures = self._backend.raw_sql(query).fetchone()
        counts = dict(zip(asked_of(contract, with_key), failures, strict=True))
        tests = tuple(
            # Over no rows, not every engine counts 0.
            self._result(name, contract, check, int(counts[check] or 0), inputs)
            if check in counts
            else CheckResult(name, check.name, "error", 0, check.description, guaranteed=True)
            for check in checks
        )
        of_key = [test for check, test in zip(checks, tests, strict=True) if check.on_key]
        if step.entry.model and of_key and not of_key[0].failures:
            self.keyed.add(contract)
        now = time.perf_counter()
        started = datetime.now(UTC) - timedelta(seconds=now - began)
        spans = (tested - began, now - tested)
        result = ModelResult(name, layer, int(row_count), tests, started, *spans, step.make)
        self.results.append(result)

    def _guarantees_its_key(self, step: Step) -> bool:
        """Return whether a table was made here by an expression that cannot repeat its key."""
        model = step.entry.model
        if not model or not step.make:
            return False
        return keys.guaranteed(model, frozenset(self.keyed.intersection(model.reads.values())))

    def _result(
        self,
        model: str,
        contract: type[Contract],
        check: Check,
        count: int,
        inputs: statements.Inputs,
    ) -> CheckResult:
        severity = "error" if self.strict else check.severity
        if count and check.screen:
            exactly = statements.count_exactly(contract, check, self._engine, inputs)
            (count,) = self._backend.raw_sql(exactly).fetchone()
        result = CheckResult(model, check.name, severity, count, check.description)
        if not count:
            return result
        if contract in self.narrow:
            # Whoever looks into a failure wants to see all of a row.
            rows = self.narrow[contract].over(self.tables).cast(schema_of(contract))
            inputs = statements.inputs(self.tables | {contract: rows}, tested_by(contract))
        query, columns = statements.failing_rows(contract, check, self._engine, inputs)
        return replace(result, examples=self.site.keep(f"{model}__{check.name}", query, columns))
