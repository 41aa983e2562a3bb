"""Build every model on a backend whose raw schema is loaded, test it, and publish it whole."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.types as ir
import sqlglot as sg
import sqlglot.expressions as sge

from cursor_marts.binding import bind_raw, tables_in
from cursor_marts.checks import checks_of, summary
from cursor_marts.contracts import Contract, schema_of
from cursor_marts.engines import Engine, Tree, engine_of
from cursor_marts.errors import DataTestsFailed
from cursor_marts.graph import Model, check_contracts, in_build_order
from cursor_marts.graph import all_models
from cursor_marts.raw import RAW_TABLES, RawExtractions
from cursor_marts.report import BuildReport, CheckResult, ModelResult

VIEW, TABLE, TEMPORARY = "staging", "marts", "intermediate"


def build_all(backend: Any, models: Iterable[Model] | None = None) -> BuildReport:
    """Build staging views and marts from the loaded raw tables, test them, publish them.

    `backend` is any supported Ibis backend (DuckDB). Everything happens in one transaction, or in
    the one that the connection is already in: readers see the previous marts until all tests have
    passed. Tables and views that no model defines any more are dropped.

    Raises ContractError where a model breaks its contract, RawError where raw tables do not fit,
    DataTestsFailed (its `report` says all) where an error test finds rows, UsageError for another
    kind of backend.
    """
    chosen = in_build_order(models) if models is not None else all_models()
    check_contracts(chosen)
    engine = engine_of(backend)
    with transaction(backend):
        run = _Run(backend, engine, bind_raw(backend, engine))
        run.build(chosen)
        report = run.report()
        if report.failed:
            raise DataTestsFailed(report)
    return report


def run_data_tests(backend: Any, models: Iterable[Model] | None = None) -> BuildReport:
    """Run every data test on the tables that are there; nothing is built or changed.

    Raises DataTestsFailed, RawError and UsageError as `build_all` does.
    """
    chosen = in_build_order(models) if models is not None else all_models()
    engine = engine_of(backend)
    run = _Run(backend, engine, bind_raw(backend, engine))
    run.test(chosen)
    report = run.report()
    if report.failed:
        raise DataTestsFailed(report)
    return report


@contextmanager
def transaction(backend: Any) -> Iterator[None]:
    """Commit at the end or roll back on any error; inside another transaction, leave both to it."""
    try:
        backend.raw_sql("BEGIN")
    except Exception as error:
        if "within a transaction" not in str(error):
            raise
        yield
        return
    try:
        yield
    except BaseException:
        backend.raw_sql("ROLLBACK")
        raise
    backend.raw_sql("COMMIT")


@dataclass
class _Run:
    """One build under way: the tables that exist so far, and what was found."""

    backend: Any
    engine: Engine
    tables: dict[type[Contract], ir.Table]
    results: list[ModelResult] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def build(self, models: tuple[Model, ...]) -> None:
        self._test_raw()
        for layer in (VIEW, TABLE):
            self._execute(
                sge.Create(
                    this=sg.to_identifier(self.engine.schemas[layer]), kind="SCHEMA", exists=True
                )
            )
        for model in models:
            began = time.perf_counter()
            self._materialise(model)
            self.tables[model.contract] = self.engine.table(model.contract, model.layer, model.name)
            self._test(model.name, model.layer, model.contract, began)
        self._drop_obsolete(models)

    def test(self, models: tuple[Model, ...]) -> None:
        self._test_raw()
        for model in models:
            began = time.perf_counter()
            self.tables[model.contract] = (
                model.over(self.tables)
                if model.layer == TEMPORARY
                else self.engine.table(model.contract, model.layer, model.name)
            )
            self._test(model.name, model.layer, model.contract, began)

    def report(self) -> BuildReport:
        source, invented = self._source()
        seconds = time.perf_counter() - self.started
        return BuildReport(tuple(self.results), seconds, source, invented)

    def _source(self) -> tuple[str | None, bool]:
        extractions = self.tables[RawExtractions]
        query = extractions.select("source", "invented").distinct().limit(1)
        row = self._fetch(query)
        return (row[0], bool(row[1])) if row else (None, False)

    def _test_raw(self) -> None:
        for name, contract in RAW_TABLES.items():
            self._test(name, "raw", contract, time.perf_counter())

    def _test(self, name: str, layer: str, contract: type[Contract], began: float) -> None:
        checks = checks_of(contract, only_warn=layer == "raw")
        row_count, *failures = self._fetch(summary(checks, self.tables[contract], self.tables))
        tests = tuple(
            CheckResult(name, check.name, check.severity, int(count), check.description)
            for check, count in zip(checks, failures, strict=True)
        )
        seconds = time.perf_counter() - began
        self.results.append(ModelResult(name, layer, int(row_count), seconds, tests))

    def _materialise(self, model: Model) -> None:
        query = typed(self.engine.query(model.over(self.tables)), model, self.engine)
        create = sge.Create(
            this=self.engine.name(model.layer, model.name),
            kind="VIEW" if model.layer == VIEW else "TABLE",
            replace=True,
            expression=query,
            properties=sge.Properties(expressions=[sge.TemporaryProperty()])
            if model.layer == TEMPORARY
            else None,
        )
        there = tables_in(self.backend, self.engine, model.layer).get(model.name)
        if there is not None and ("VIEW" in there) != (model.layer == VIEW):
            self._drop(model.layer, model.name, there)
        self._execute(create)

    def _drop_obsolete(self, models: tuple[Model, ...]) -> None:
        kept = {(model.layer, model.name) for model in models}
        for layer in (VIEW, TABLE):
            for name, kind in tables_in(self.backend, self.engine, layer).items():
                if (layer, name) not in kept:
                    self._drop(layer, name, kind)
        for model in models:
            if model.layer == TEMPORARY:
                self._drop(model.layer, model.name, "TABLE")

    def _drop(self, layer: str, name: str, kind: str) -> None:
        kind = "VIEW" if "VIEW" in kind else "TABLE"
        self._execute(sge.Drop(this=self.engine.name(layer, name), kind=kind, exists=True))

    def _fetch(self, query: ir.Table) -> Any:
        return self.backend.raw_sql(self.engine.text(self.engine.query(query))).fetchone()

    def _execute(self, statement: Tree) -> None:
        self.backend.raw_sql(self.engine.text(statement))


def typed(query: Tree, model: Model, engine: Engine) -> Tree:
    """Return the query with every column cast to the type of the model's contract.

    Engines widen on their own: a DuckDB sum of BIGINT is a HUGEINT, which Ibis does not see.
    """
    columns = [
        sge.Cast(this=sg.column(name), to=engine.compiler.type_mapper.from_ibis(type_)).as_(name)
        for name, type_ in schema_of(model.contract).items()
    ]
    return sg.select(*columns).from_(query.subquery("built"))
