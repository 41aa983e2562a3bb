"""The steps from the API to the marts, each one function of the settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cursor_marts.building.dbt import run_results
from cursor_marts.building.request import Request
from cursor_marts.building.results import BuildReport
from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.building.unchanged import is_published
from cursor_marts.commands.advice import MANY_COMMITS, advice_on_raw
from cursor_marts.commands.openlineage import events_sent
from cursor_marts.commands.reference import files_in
from cursor_marts.commands.sets import adopted, landed_manifest, set_from
from cursor_marts.commands.settings import EMBEDDED_SOURCE, Settings
from cursor_marts.engines.engine import Engine
from cursor_marts.errors import (
    DatabaseError,
    DataTestsFailed,
    NextCommand,
    NothingModified,
    UsageError,
)
from cursor_marts.raw.manifest import Manifest
from cursor_marts.reporting.files import write_whole

if TYPE_CHECKING:
    from cursor_marts.graph.words import Names
    from cursor_marts.raw.privacy import Redaction
    from cursor_marts.sources.progress import Progress


@dataclass(frozen=True)
class Outcome:
    """The result of a run: the extraction of its raw tables, and what was built and tested.

    `loaded` says that its rows were put into the raw tables, and no more; `unchanged` that neither
    data nor code has changed since the tables were published, so that they were not built again;
    `nothing_failed` that the last run was to be repeated, and no data test had failed in it;
    `place` is the bucket or folder that the set was put into or loaded from, if there is one;
    `engine` is the database of the tables; `warnings` are lines on what failed beside the run,
    `advice` says what would make the next one cheaper, '' if nothing.
    """

    manifest: Manifest | None = None
    report: BuildReport | None = None
    place: str | None = None
    engine: Engine | None = None
    loaded: bool = False
    unchanged: bool = False
    nothing_failed: bool = False
    warnings: tuple[str, ...] = ()
    advice: str = ""

    @property
    def invented(self) -> bool:
        """Whether a simulator generated the numbers."""
        return any(part.invented for part in (self.manifest, self.report) if part)

    @property
    def embedded(self) -> bool:
        """Whether the simulator is the embedded one."""
        return EMBEDDED_SOURCE in {part.source for part in (self.manifest, self.report) if part}

    def data(self) -> dict[str, Any]:
        """Return it as JSON knows it, but for times and dates."""
        return {
            "invented": self.invented,
            "extraction": asdict(self.manifest) if self.manifest else None,
            "place": self.place,
            "database": str(self.engine) if self.engine else None,
            "report": self.report.data() if self.report else None,
            "unchanged": self.unchanged,
            "nothing_failed": self.nothing_failed,
            "warnings": list(self.warnings),
        }


def run_extract(settings: Settings, progress: Progress | None = None) -> Outcome:
    """Extract the settings' window from their source into the landing, whole or not at all.

    Then into `settings.output`, if one is given, on the same terms: what is there is added to, and
    if somebody else replaces it meanwhile, it stays. A run that was cut off goes on where it
    stopped, if window and source are the same, unless `settings.fresh`. Raises SourceError and its
    kin, LandingError, and UsageError where no source is given.
    """
    from cursor_marts.commands.sources import sources_of
    from cursor_marts.sources.extraction import extract
    from cursor_marts.sources.progress import Silent

    progress = progress or Silent()
    sources, begun_with = sources_of(settings, progress), None
    if settings.output is not None:
        begun_with = adopted(settings, progress)
    manifest = extract(
        sources,
        settings.window,
        settings.landing,
        fresh=settings.fresh,
        full_refresh=settings.full_refresh,
        forget=tuple(settings.forget),
        rejects_allowed=settings.max_rejects,
        skip_unreadable=settings.skip_unreadable,
        redaction=_redaction(settings),
        progress=progress,
    )
    if settings.output is not None:
        from cursor_marts.raw.bucket.place import Place
        from cursor_marts.raw.bucket.upload import upload

        place = Place.at(settings.output, settings.endpoints)
        manifest = upload(settings.landing, place, begun_with=begun_with)
    return Outcome(manifest, place=settings.output)


def _redaction(settings: Settings) -> Redaction | None:
    if not settings.no_bodies or settings.privacy_key is None:
        return None
    from cursor_marts.raw.privacy import Redaction

    return Redaction(settings.privacy_key.reveal)


def run_load(settings: Settings) -> Outcome:
    """Load the landing, or the set in `settings.input`, into the raw tables, whole or not at all.

    With `settings.stage` Snowflake reads the set's files there itself. Raises DatabaseError,
    DatabaseLocked, and LandingError, also for a set with gaps unless `settings.skip_unreadable`.
    """
    _check_raw_schema(settings)
    with set_from(settings.input, settings) as found:
        # Before a folder and a file are made for nothing.
        manifest = found if isinstance(found, Manifest) else Manifest.read(found)
        manifest.refuse_gaps(skip_unreadable=settings.skip_unreadable)
        engine = settings.engine
        with engine.open() as session:
            manifest = engine.load(session, found, whole=settings.full_refresh)
    warnings = tuple(session.warnings)
    return Outcome(manifest, place=settings.input, engine=engine, loaded=True, warnings=warnings)


def run_transform(
    settings: Settings, *, select: Names = (), exclude: Names = (), if_changed: bool = False
) -> Outcome:
    """Build staging and marts, or what is selected of them, test them, publish them whole.

    With `if_changed`, only if data or code has changed since the last build of all. Raises what
    `build_all` raises, DatabaseError and DatabaseLocked.
    """
    with files_in(settings.reference, settings.project):
        request = Request.of("build", None, select, exclude)
        request.check()
        with _existing(settings) as session, _recorded(settings, request):
            # Data that nobody loads any more does not change either.
            may_skip = if_changed and not settings.max_age
            if may_skip and is_published(session, **_judging(settings)):
                return Outcome(engine=settings.engine, unchanged=True)
            try:
                report = build_all(
                    session,
                    select=select,
                    exclude=exclude,
                    project=settings.project_name,
                    **_terms(settings),
                )
            except NothingModified:
                return Outcome(engine=settings.engine, unchanged=True)
            return _report(settings, report, request)


def run_test(settings: Settings, *, select: Names = (), exclude: Names = ()) -> Outcome:
    """Run data tests on what is built. Raises what `run_data_tests` does, DatabaseError."""
    with files_in(settings.reference, settings.project):
        request = Request.of("test", None, select, exclude)
        request.check()
        with _existing(settings) as session, _recorded(settings, request):
            report = run_data_tests(session, select=select, exclude=exclude, **_terms(settings))
            return _report(settings, report, request)


def run_build(
    settings: Settings, progress: Progress | None = None, *, many_commits: int = MANY_COMMITS
) -> Outcome:
    """Extract, load, transform and test.

    On DuckDB raw tables and marts change together or not at all; on Snowflake first the raw tables
    do, and then, if all tests pass, the marts. Raises what the single steps raise. A model that
    breaks its contract, or a mistake in a reference file, stops the run before a request is sent.
    An extraction whose data fails a test stays in the landing, and on DuckDB out of the raw tables.
    If neither data nor code has changed, nothing is built, unless `settings.force`. With more than
    `many_commits` it recommends raw tables that are views.
    """
    _check_raw_schema(settings)
    with files_in(settings.reference, settings.project):
        request = Request.of("build", None, (), ())
        request.check()
        manifest, engine = run_extract(settings, progress).manifest, settings.engine
        found = manifest if manifest and engine.reads_bucket else settings.landing
        recorded = _recorded(settings, request, loads=True)
        with engine.open() as session, recorded, engine.together(session):
            engine.load(session, found, whole=settings.full_refresh)
            if not settings.force and is_published(session, **_judging(settings)):
                return Outcome(manifest, engine=engine, place=settings.output, unchanged=True)
            report = build_all(session, project=settings.project_name, **_terms(settings))
    outcome = _report(settings, report, request, loads=True)
    advice = advice_on_raw(settings, report, many_commits)
    return replace(outcome, manifest=manifest, place=settings.output, advice=advice)


def run_check() -> tuple[str, ...]:
    """Compare every model with its contract; return the names. Raises ContractError."""
    from cursor_marts.graph.conformance import check_contracts
    from cursor_marts.models import all_models

    check_contracts(all_models())
    return tuple(model.name for model in all_models())


def _existing(settings: Settings) -> AbstractContextManager[Any]:
    """Open a session on a database that has to exist. Raises DatabaseError, DatabaseLocked."""
    if settings.landing.exists() and not settings.engine.exists:
        raise DatabaseError(
            f"there is no database at {settings.engine}",
            hint="load the extracted data first",
            next_command=NextCommand("load"),
        )
    return settings.engine.open(create=False)


def _check_raw_schema(settings: Settings) -> None:
    """Raise UsageError if a run would load raw tables that belong to somebody else."""
    if settings.schemas.load_elsewhere(settings.engine.dialect):
        raise UsageError(
            f"somebody else loads the raw tables of {settings.schemas.raw}",
            hint="leave out raw_schema to load your own, or build on what is loaded",
            next_command=NextCommand("transform"),
        )


def _terms(settings: Settings) -> dict[str, Any]:
    terms = ("fail_fast", "max_age", "lock_timeout")
    return _judging(settings) | {name: getattr(settings, name) for name in terms}


def _judging(settings: Settings) -> dict[str, Any]:
    return {"strict": settings.strict, "thresholds": settings.thresholds}


def _report(
    settings: Settings, report: BuildReport, request: Request, *, loads: bool = False
) -> Outcome:
    """Return the outcome of a run; write its report beside the database, too.

    What is published stays published if that fails: it becomes a warning.
    """
    args = {"select": request.select, "exclude": request.exclude, "loads": loads}
    text = json.dumps(run_results(report, **args))
    warnings = report.warnings + _not_loaded(settings, report)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)  # a database elsewhere needs none
        write_whole(text + "\n", settings.run_results)
    except OSError as error:
        warnings += (f"cannot write {settings.run_results}: {error.strerror or error}",)
    warnings += events_sent(report, settings.engine)
    return Outcome(report=report, engine=settings.engine, warnings=warnings)


def _not_loaded(settings: Settings, report: BuildReport) -> tuple[str, ...]:
    """Return a warning if the landing is of a later extraction of the source that is loaded."""
    landed = landed_manifest(settings)
    if landed is None:
        return ()
    of_same = [t.finished_at for t in landed.resources.values() if t.source == report.source]
    ended = max(of_same, default="")
    if not ended or report.extracted_at is None:
        return ()
    newer = datetime.fromisoformat(ended) > report.extracted_at
    line = f"{settings.landing} holds a later extraction that is not loaded: run load first"
    return (line,) if newer else ()


@contextmanager
def _recorded(settings: Settings, request: Request, *, loads: bool = False) -> Iterator[None]:
    """Write the report of a run that fails its tests as well, and note where that was."""
    try:
        yield
    except DataTestsFailed as failed:
        outcome = _report(settings, failed.report, request, loads=loads)
        failed.engine, failed.warnings = outcome.engine, outcome.warnings
        raise
