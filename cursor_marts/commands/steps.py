"""The steps from the API to the marts, as functions of a command's options.

`data_dir`, `source`, `api_key` and `start_date` come from the environment where they are not given.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import (
    BuildOptions,
    CheckOptions,
    ExtractOptions,
    LoadOptions,
    PruneOptions,
    RetryOptions,
    TestOptions,
    TransformOptions,
)
from cursor_marts.commands.pipeline import (
    Outcome,
    run_build,
    run_check,
    run_extract,
    run_load,
    run_test,
    run_transform,
)
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.retrying import run_retry
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import UsageError
from cursor_marts.raw.window import day_of

if TYPE_CHECKING:
    from cursor_marts.raw.pruning import Pruned


@accepts(BuildOptions)
def build(options: BuildOptions) -> Outcome:
    """Do it all: extract, load, transform, test; raw tables and marts change together or not.

    `source="embedded"` is the simulator within this package: invented data, and the outcome's
    `invented` says so. With `raw="view"` raw tables are views over the landed files; with a `stage`
    over `output` Snowflake copies the set itself. `time_limit` is in minutes, `lock_timeout` in
    seconds. Raises UsageError where no source is given, and what the single steps raise.
    """
    return run_build(Settings.of(options), options.progress)


@accepts(ExtractOptions)
def extract(options: ExtractOptions) -> Outcome:
    """Extract from the API into Parquet files, whole or not at all.

    `source` and `time_limit` are those of `build`; `output` is a bucket (`gs://…`) or a folder
    that the set is put into, too, on the same terms. Raises SourceError and its subclasses,
    LandingError, and UsageError where no source is given.
    """
    return run_extract(Settings.of(options), options.progress)


@accepts(LoadOptions)
def load(options: LoadOptions) -> Outcome:
    """Load the extracted Parquet files into the raw tables, whole or not at all.

    `input` is where an extraction's `output` has put them, if not into the data folder; `stage` is
    the same place as Snowflake knows it, which then copies them itself. With
    `raw="view"` the raw tables are views over the landed files: nothing is copied, and the files
    remain for as long as the views read them. Raises LandingError, DatabaseError and
    DatabaseLocked.
    """
    return run_load(Settings.of(options))


@accepts(TransformOptions)
def transform(options: TransformOptions) -> Outcome:
    """Build staging and marts from the raw tables, test them, publish them whole.

    `transform("+mart_quality")` builds what is selected, and leaves every other table as it is.
    With `if_changed`, nothing is built if neither data nor code has changed since the last build.
    Raises what `build_all` raises, DatabaseError and DatabaseLocked.
    """
    return run_transform(
        Settings.of(options),
        select=options.select,
        exclude=options.exclude,
        if_changed=options.if_changed,
    )


@accepts(TestOptions)
def test(options: TestOptions) -> Outcome:
    """Run every data test, or those of the selected tables, on the published tables.

    Raises what `run_data_tests` raises, DatabaseError and DatabaseLocked.
    """
    return run_test(Settings.of(options), select=options.select, exclude=options.exclude)


@accepts(RetryOptions)
def retry(options: RetryOptions) -> Outcome:
    """Repeat the last run if its data tests failed: a build with its selection, or those tests.

    What `build` had extracted is loaded, not extracted again. Raises UsageError without a last run,
    and what `load`, `transform` and `test` raise.
    """
    return run_retry(Settings.of(options))


@accepts(PruneOptions)
def prune(options: PruneOptions) -> Pruned:
    """Drop what is older than a week from the extracted history; return what went and what stays.

    Pull requests that were closed before the week of `before` go with all that belongs to them, and
    commits that were made a month before it; open ones stay. Later runs do not read them again,
    unless their window begins before it. `load` and `transform` bring the tables to the same state.
    Raises LandingError, and UsageError without a day.
    """
    from cursor_marts.raw.pruning import prune

    if options.before is None:
        raise UsageError("--before is not given", hint="name a day: --before 2026-01-01")
    settings = Settings.of(options)
    day = day_of(options.before, datetime.now(UTC), "--before")
    return prune(settings.landing, day, dry_run=options.dry_run)


@accepts(CheckOptions)
def check(options: CheckOptions) -> tuple[str, ...]:
    """Compare every model with its contract, without a database; return the models' names.

    Raises ContractError that names each column that breaks its contract, and ReferenceFilesError
    that names a line of a reference file.
    """
    with files_of(options):
        return run_check()
