"""Build every model on a loaded database, test it, and publish it whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cursor_marts.building.execution import Execution
from cursor_marts.building.freshness import Limit, limits_of
from cursor_marts.building.profiles import Profile
from cursor_marts.building.request import Request
from cursor_marts.building.required import check_required
from cursor_marts.building.results import BuildReport
from cursor_marts.building.thresholds import STANDARD, Thresholds
from cursor_marts.building.unchanged import data_of, state_of
from cursor_marts.engines import loaded_files, record
from cursor_marts.engines.inspection import Columns, columns_in
from cursor_marts.engines.publisher import Whose
from cursor_marts.engines.registry import publisher_of, session_of
from cursor_marts.engines.session import Session
from cursor_marts.errors import DataTestsFailed

if TYPE_CHECKING:
    from cursor_marts.graph.definition import Model
    from cursor_marts.graph.words import Names


@dataclass(frozen=True)
class Terms:
    """What makes a run fail: warnings too, the first failure at once, data that is too old.

    `thresholds` say how many rows may fail a test.
    """

    strict: bool
    fail_fast: bool
    limits: tuple[Limit, ...]
    thresholds: Thresholds = STANDARD


def build_all(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    fail_fast: bool = False,
    max_age: Names = (),
    lock_timeout: float = 30.0,
    project: str = "",
    thresholds: Thresholds = STANDARD,
) -> BuildReport:
    """Build staging views and marts from the loaded raw tables, test them, publish them.

    `backend` is an Ibis backend, or a connection, of DuckDB or Snowflake. Tables are created and
    tested apart: on DuckDB as temporary ones, published in one transaction or in the one that the
    connection is already in; on Snowflake in a schema of the run's own, from which the marts are
    cloned. Readers see the previous marts until all tests have passed. Tables and views that an
    earlier build of the same `project` has published, by its record, and no model defines any more,
    are dropped and named in the report; all others are left alone. Rows that fail a test are stored
    in `main_audit.<model>__<test>` (Snowflake: `AUDIT`), whether the build is published or not;
    with `strict`, warnings count as errors. With `fail_fast`, a test that fails ends the run, and
    the report names what it skips. With `max_age` ("36h", "github=6h") it is an error if a source
    was read longer ago. With `select` or `exclude` (`selection` says how they are written), only
    the selected models are built, and every other table stays as it is. On Snowflake another writer
    is waited for, up to `lock_timeout` seconds.

    Raises ContractError where a model breaks its contract, RawError where raw tables do not fit,
    DataTestsFailed (its `report` says all) where an error test finds rows, DatabaseLocked where
    another run writes, DatabaseError where a selected model reads one that is neither selected nor
    built, and where a model has the name of a table that no build has published, UsageError for
    another kind of backend and for a name that no table has.
    """
    request = Request.of("build", models, select, exclude)
    request.check()
    terms = Terms(strict, fail_fast, limits_of(max_age), thresholds)
    return _execute(backend, request, terms, lock_timeout, project)


def run_data_tests(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    fail_fast: bool = False,
    max_age: Names = (),
    lock_timeout: float = 30.0,
    thresholds: Thresholds = STANDARD,
) -> BuildReport:
    """Run the data tests of all tables, or of the selected ones; only `main_audit` is written.

    Raises ContractError, DataTestsFailed, DatabaseError, RawError and UsageError as `build_all`
    does.
    """
    request = Request.of("test", models, select, exclude)
    request.check()
    terms = Terms(strict, fail_fast, limits_of(max_age), thresholds)
    return _execute(backend, request, terms, lock_timeout)


def _execute(
    backend: Any, request: Request, terms: Terms, lock_timeout: float, project: str = ""
) -> BuildReport:
    session = session_of(backend)
    request = request.resolved(session)
    with publisher_of(session, lock_timeout) as publisher:
        raw = columns_in(session, "raw")
        build = request.compiled(raw, session)
        check_required(publisher, build, request)
        published = publisher.prepare(build.publication)
        before = {name: Profile.recorded(text) for name, text in published.profiles.items()}
        judging = (terms.strict, terms.thresholds)
        limits = (terms.fail_fast, terms.limits, terms.thresholds)
        run = Execution(publisher, build, terms.strict, *limits, before)
        report = run.report()
        if report.failed:
            publisher.reject()
            raise DataTestsFailed(report)
        notes = _notes(session, request, raw, judging, published.notes)
        profiles = {name: now.content(before.get(name)) for name, now in run.profiles.items()}
        dropped = publisher.publish(build.publication, Whose(project, notes, profiles))
    warnings = tuple(session.warnings)
    return replace(report, dropped=dropped, whole=request.whole, warnings=warnings)


def _notes(
    session: Session, request: Request, raw: Columns, terms: object, before: Mapping[str, str]
) -> dict[str, str]:
    """Return what is known of the published tables: all of them are of one state, or of one data.

    After a build of some tables they are of one data only if the others were of the same.
    """
    if request.job == "test" or not loaded_files.is_recorded(session, raw):
        return {}
    loaded = loaded_files.read(session)
    data, state = data_of(loaded), state_of(session, request, raw, loaded, terms)
    notes = {record.STATE: state} if state else {}
    if request.whole or before.get(record.DATA) == data:
        notes[record.DATA] = data
    return notes
