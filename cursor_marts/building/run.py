"""Build every model on a loaded database, test it, and publish it whole."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cursor_marts.building.compiled import CompiledBuild, CompiledTable, CompiledTest
from cursor_marts.building.request import Request
from cursor_marts.building.results import BuildReport, CheckResult, ModelResult
from cursor_marts.engines import ddl
from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.publisher import Publisher
from cursor_marts.engines.registry import publisher_of, session_of
from cursor_marts.errors import DatabaseError, DataTestsFailed, NextCommand
from cursor_marts.raw.manifest import unreadable_lines

if TYPE_CHECKING:
    from cursor_marts.graph.definition import Model
    from cursor_marts.graph.words import Names

BUILD_TOO = "put a plus before the name in the selection, or build every table"


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

    `backend` is an Ibis backend, or a connection, of DuckDB or Snowflake. Tables are created and
    tested apart: on DuckDB as temporary ones, published in one transaction or in the one that the
    connection is already in; on Snowflake in a schema of the run's own, from which the marts are
    cloned. Readers see the previous marts until all tests have passed. Tables and views that an
    earlier build created, and no model defines any more, are dropped and named in the report; all
    others are left alone. Rows that fail a test are stored in `main_audit.<model>__<test>`
    (Snowflake: `AUDIT`), whether the build is published or not; with `strict`, warnings count as
    errors. With `select` or `exclude` (`selection` says how they are written), only the selected
    models are built, and every other table stays as it is. On Snowflake another writer is waited
    for, up to `lock_timeout` seconds.

    Raises ContractError where a model breaks its contract, RawError where raw tables do not fit,
    DataTestsFailed (its `report` says all) where an error test finds rows, DatabaseLocked where
    another run writes, DatabaseError where a selected model reads one that is neither selected nor
    built, UsageError for another kind of backend and for a name that no table has.
    """
    request = Request.of("build", models, select, exclude)
    request.check()
    return _execute(backend, request, strict, lock_timeout)


def run_data_tests(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    lock_timeout: float = 30.0,
) -> BuildReport:
    """Run the data tests of all tables, or of the selected ones; only `main_audit` is written.

    Raises ContractError, DataTestsFailed, DatabaseError, RawError and UsageError as `build_all`
    does.
    """
    request = Request.of("test", models, select, exclude)
    request.check()
    return _execute(backend, request, strict, lock_timeout)


def _execute(backend: Any, request: Request, strict: bool, lock_timeout: float) -> BuildReport:
    with publisher_of(session_of(backend), lock_timeout) as publisher:
        session = publisher.session
        build = request.compiled(columns_in(session, "raw"), session.names.dialect)
        _check_required(publisher, build)
        publisher.prepare(build.publication)
        run = _Run(publisher, build, strict)
        report = run.report()
        if report.failed:
            publisher.reject()
            raise DataTestsFailed(report)
        dropped = publisher.publish(build.publication)
    return replace(report, dropped=dropped, whole=request.whole)


def _check_required(publisher: Publisher, build: CompiledBuild) -> None:
    """Raise DatabaseError for a table that a run reads, and that does not exist as it should."""
    layers = {layer for _, layer, _ in build.required}
    present = {layer: columns_in(publisher.session, layer) for layer in layers if layer}
    spelled = publisher.session.names.spelled
    for name, layer, columns in build.required:
        found = present[layer].get(spelled(name))
        if found is None:
            raise DatabaseError(
                f"{name} is needed, and not built",
                hint=BUILD_TOO,
                next_command=NextCommand("transform"),
            )
        if tuple(found) != tuple(map(spelled, columns)):
            raise DatabaseError(
                f"{name} was built by another version of its model",
                hint=BUILD_TOO,
                next_command=NextCommand("transform"),
            )


@dataclass
class _Run:
    """One run: creates and tests every table in order; `keyed` are those whose key holds."""

    publisher: Publisher
    build: CompiledBuild
    strict: bool
    results: list[ModelResult] = field(default_factory=list)
    keyed: set[str] = field(default_factory=set)

    def report(self) -> BuildReport:
        """Execute the run; return what was found, and whose data it is."""
        started = time.perf_counter()
        for table in self.build.tables:
            began = time.perf_counter()
            self._create(table)
            if table.count:
                self.results.append(self._test(table, began))
        seconds = time.perf_counter() - started
        return BuildReport(tuple(self.results), seconds, **self._provenance())

    def _provenance(self) -> dict[str, Any]:
        """Return the fields of the report that tell where the raw tables come from."""
        rows = self.publisher.session.execute(self.build.provenance).fetchall()
        return {
            "source": min((source for source, *_ in rows if source), default=None),
            "invented": any(invented for _, invented, *_ in rows),
            "unreadable": tuple(unreadable_lines(noted for _, _, noted, _ in rows)),
            "extracted_at": max((ended for *_, ended in rows if ended), default=None),
        }

    def _create(self, table: CompiledTable) -> None:
        if table.query:
            scratch = self.publisher.session.scratch
            statement = ddl.create_table(scratch, table.layer, table.name, table.query)
            self.publisher.session.execute(statement, table.name)

    def _test(self, table: CompiledTable, began: float) -> ModelResult:
        """Run all of a table's tests in one query; query again only for what fails."""
        tested = time.perf_counter()
        follows = table.key_may_follow and self.keyed.issuperset(table.key_follows_from)
        query = table.count_without_key if follows else table.count
        rows, *failures = self.publisher.session.execute(query, table.name).fetchone()
        counted = iter(failures)
        results = tuple(
            self._guaranteed(table, test)
            if follows and test.is_key
            # Over no rows, not every engine counts 0.
            else self._result(table, test, int(next(counted) or 0))
            for test in table.tests
        )
        if table.is_model and any(
            test.is_key and not result.failures
            for test, result in zip(table.tests, results, strict=True)
        ):
            self.keyed.add(table.name)
        now = time.perf_counter()
        started = datetime.now(UTC) - timedelta(seconds=now - began)
        spans = (tested - began, now - tested)
        return ModelResult(
            table.name, table.layer, int(rows), results, started, *spans, table.created
        )

    def _guaranteed(self, table: CompiledTable, test: CompiledTest) -> CheckResult:
        return CheckResult(table.name, test.name, "error", 0, test.description, guaranteed=True)

    def _result(self, table: CompiledTable, test: CompiledTest, count: int) -> CheckResult:
        severity = "error" if self.strict else test.severity
        if count and test.exact:
            (count,) = self.publisher.session.execute(test.exact, table.name).fetchone()
        result = CheckResult(table.name, test.name, severity, count, test.description)
        if not count:
            return result
        stored = self.publisher.store_failures(f"{table.name}__{test.name}", test.rows, test.shown)
        return replace(result, examples=stored)
