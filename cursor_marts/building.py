"""Build every model on a backend whose raw schema is loaded, test it, and publish it whole."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis.expr.types as ir

from cursor_marts import audit, statements
from cursor_marts.binding import bind_raw, check_standing, tables_in
from cursor_marts.checks import Check, checks_of
from cursor_marts.contracts import Contract
from cursor_marts.engines import Engine, engine_of
from cursor_marts.errors import DataTestsFailed
from cursor_marts.graph import Model, all_models, check_contracts
from cursor_marts.plan import Plan, Step, plan_build, plan_test
from cursor_marts.raw import RawExtractions
from cursor_marts.results import BuildReport, CheckResult, ModelResult
from cursor_marts.selection import Names

#: What a layer is built as; the layers not named here are gone after the build.
VISIBLE = {"staging": "VIEW", "marts": "TABLE"}


def build_all(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
) -> BuildReport:
    """Build staging views and marts from the loaded raw tables, test them, publish them.

    `backend` is an Ibis DuckDB backend. Everything happens in one transaction, or in the one that
    the connection is already in: readers see the previous marts until all tests have passed.
    Tables and views that no model defines any more are dropped. Rows that fail a test are kept in
    `main_audit.<model>__<test>`, whether the build is published or not; with `strict`, warnings
    count as errors. With `select` or `exclude` (`selection` says how they are written), only the
    chosen models are built, and every other table stays as it is.

    Raises ContractError where a model breaks its contract, RawError where raw tables do not fit,
    DataTestsFailed (its `report` says all) where an error test finds rows, DatabaseError where a
    chosen model reads one that is neither chosen nor there, UsageError for another kind of backend
    and for a name that fits nothing.
    """
    plan = plan_build(all_models() if models is None else models, select, exclude)
    check_contracts(plan.models)
    return _run(backend, plan, strict)


def run_data_tests(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
) -> BuildReport:
    """Run the data tests of all tables, or of the chosen ones; only `main_audit` is written.

    Raises DataTestsFailed, DatabaseError, RawError and UsageError as `build_all` does.
    """
    plan = plan_test(all_models() if models is None else models, select, exclude)
    return _run(backend, plan, strict)


def _run(backend: Any, plan: Plan, strict: bool) -> BuildReport:
    engine = engine_of(backend)
    with transaction(backend):
        run = _Run(backend, engine, bind_raw(backend, engine), strict)
        check_standing(backend, engine, plan.standing)
        audit.clear(backend, engine)
        run.take(plan)
        report = run.report()
        if report.failed:
            raise DataTestsFailed(report)
    return report


@contextmanager
def transaction(backend: Any) -> Iterator[None]:
    """Commit at the end or roll back on any error; inside another transaction, leave both to it.

    What failed a data test outlives the rollback.
    """
    if in_transaction(backend):
        yield
        return
    backend.raw_sql("BEGIN")
    try:
        yield
    except DataTestsFailed:
        with audit.rescued(backend, engine_of(backend)):
            backend.raw_sql("ROLLBACK")
        raise
    except BaseException:
        backend.raw_sql("ROLLBACK")
        raise
    backend.raw_sql("COMMIT")


def in_transaction(backend: Any) -> bool:
    """Return whether the connection is in one: only then do two statements share a number.

    To try BEGIN would not do: DuckDB aborts the transaction that it finds.
    """
    first, second = (backend.raw_sql("SELECT txid_current()").fetchone() for _ in range(2))
    return bool(first == second)


@dataclass
class _Run:
    """One build under way: the tables that exist so far, and what was found."""

    backend: Any
    engine: Engine
    tables: dict[type[Contract], ir.Table]
    strict: bool
    results: list[ModelResult] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def take(self, plan: Plan) -> None:
        """Make and test each table as planned; in the end drop what is not kept."""
        if plan.publishes:
            self._make_room(plan)
        for step in plan.steps:
            began = time.perf_counter()
            if step.entry.model:
                if step.make:
                    self._make(step.entry.model)
                self.tables[step.entry.contract] = self._rows_of(step.entry.model)
            if step.test:
                self._test(step, began)
        self._drop_temporary(plan.models)

    def report(self) -> BuildReport:
        """Return what was found, and whose data it is."""
        seconds = time.perf_counter() - self.started
        runs = self.tables[RawExtractions]
        query = runs.order_by(runs.finished_at.desc()).select("source", "invented").limit(1)
        row = self.backend.raw_sql(self.engine.text(self.engine.query(query))).fetchone()
        source, invented = row or (None, False)
        return BuildReport(tuple(self.results), seconds, source, bool(invented))

    def _make(self, model: Model) -> None:
        reads = statements.inputs(self.tables, model.reads.values())
        self.backend.raw_sql(statements.create(model, self.engine, reads))

    def _rows_of(self, model: Model) -> ir.Table:
        """Return a model's table; of a view, which many will ask, its rows of now."""
        if VISIBLE.get(model.layer) != "VIEW":
            return self.engine.table(model.contract, model.layer, model.name)
        self.backend.raw_sql(statements.copy(model, self.engine))
        return self.engine.temporary(model.contract, model.name)

    def _test(self, step: Step, began: float) -> None:
        """Run all of a table's tests in one query; only what fails is asked for again."""
        name, layer, contract = step.entry.name, step.entry.layer, step.entry.contract
        tested = time.perf_counter()
        checks = checks_of(contract)
        reads = dict.fromkeys([contract, *(c for check in checks for c in check.reads)])
        inputs = statements.inputs(self.tables, reads)
        query = statements.count_failures(contract, self.engine, inputs)
        row_count, *failures = self.backend.raw_sql(query).fetchone()
        tests = tuple(
            self._result(name, contract, check, int(count), inputs)
            for check, count in zip(checks, failures, strict=True)
        )
        now = time.perf_counter()
        started = datetime.now(UTC) - timedelta(seconds=now - began)
        spans = (tested - began, now - tested)
        result = ModelResult(name, layer, int(row_count), tests, started, *spans, step.make)
        self.results.append(result)

    def _result(
        self,
        model: str,
        contract: type[Contract],
        check: Check,
        count: int,
        inputs: statements.Inputs,
    ) -> CheckResult:
        severity = "error" if self.strict else check.severity
        result = CheckResult(model, check.name, severity, count, check.description)
        if not count:
            return result
        query, columns = statements.failing_rows(contract, check, self.engine, inputs)
        kept = audit.keep(self.backend, self.engine, f"{model}__{check.name}", query, columns)
        return replace(result, examples=kept)

    def _make_room(self, plan: Plan) -> None:
        """Make the schemas; drop views where a table goes now, and what no model defines."""
        for layer, kind in VISIBLE.items():
            self.backend.raw_sql(statements.create_schema(self.engine.schema(layer), self.engine))
            made = {model.name for model in plan.made if model.layer == layer}
            for name, found in tables_in(self.backend, self.engine, layer).items():
                is_a = "VIEW" if "VIEW" in found else "TABLE"
                if is_a != kind if name in made else plan.whole:
                    self.backend.raw_sql(statements.drop(layer, name, is_a, self.engine))

    def _drop_temporary(self, models: tuple[Model, ...]) -> None:
        for model in models:
            if VISIBLE.get(model.layer) != "TABLE":
                self.backend.raw_sql(statements.drop_temporary(model.name, self.engine))
