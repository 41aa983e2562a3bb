"""The steps from the API to the marts, as functions of a command's options.

`data_dir`, `source`, `api_key` and `start_date` come from the environment where they are not given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cursor_marts.commands.pipeline import (
    Outcome,
    run_build,
    run_check,
    run_extract,
    run_load,
    run_test,
    run_transform,
)
from cursor_marts.commands.settings import Settings
from cursor_marts.graph.selection import Names

if TYPE_CHECKING:
    from cursor_marts.sources.progress import Progress


def build(
    source: str | None = None,
    api_key: str | None = None,
    start_date: str | None = None,
    end_date: str | None = None,
    data_dir: str | Path | None = None,
    *,
    output: str | None = None,
    stage: str | None = None,
    target: str = "dev",
    fresh: bool = False,
    attempts: int = 8,
    time_limit: float = 240.0,
    max_rejects: float = 0.01,
    lock_timeout: float = 30.0,
    strict: bool = False,
    raw: str = "table",
    progress: Progress | None = None,
) -> Outcome:
    """Do it all: extract, load, transform, test; raw tables and marts change together or not.

    `source="embedded"` is the simulator within this package: invented data, and the outcome's
    `invented` says so. With `raw="view"` raw tables are views over the landed files; with a `stage`
    over `output` Snowflake copies the set itself. `time_limit` is in minutes, `lock_timeout` in
    seconds. Raises UsageError where no source is given, and what the single steps raise.
    """
    settings = Settings.read(
        source=source,
        api_key=api_key,
        start_date=start_date,
        end_date=end_date,
        data_dir=data_dir,
        output=output,
        stage=stage,
        target=target,
        fresh=fresh,
        attempts=attempts,
        time_limit=time_limit,
        max_rejects=max_rejects,
        lock_timeout=lock_timeout,
        strict=strict,
        raw=raw,
    )
    return run_build(settings, progress)


def extract(
    source: str | None = None,
    api_key: str | None = None,
    start_date: str | None = None,
    end_date: str | None = None,
    data_dir: str | Path | None = None,
    *,
    output: str | None = None,
    fresh: bool = False,
    attempts: int = 8,
    time_limit: float = 240.0,
    max_rejects: float = 0.01,
    progress: Progress | None = None,
) -> Outcome:
    """Extract from the API into Parquet files, whole or not at all.

    `source` and `time_limit` are as `build` takes them; `output` is a bucket (`gs://…`) or a folder
    that the set is put into, too, on the same terms. Raises SourceError and its kin,
    LandingError, and UsageError where no source is given.
    """
    settings = Settings.read(
        source=source,
        api_key=api_key,
        start_date=start_date,
        end_date=end_date,
        data_dir=data_dir,
        output=output,
        fresh=fresh,
        attempts=attempts,
        time_limit=time_limit,
        max_rejects=max_rejects,
    )
    return run_extract(settings, progress)


def load(
    data_dir: str | Path | None = None,
    *,
    input: str | None = None,
    stage: str | None = None,
    target: str = "dev",
    lock_timeout: float = 30.0,
    raw: str = "table",
) -> Outcome:
    """Load the extracted Parquet files into the raw tables, whole or not at all.

    `input` is where an extraction's `output` has put them, if not into the data folder; `stage` is
    the same place as Snowflake knows it, which then copies them itself. With
    `raw="view"` the raw tables are views over the landed files: nothing is copied, and the files
    are kept for as long as the views read them. Raises LandingError, DatabaseError and
    DatabaseLocked.
    """
    settings = Settings.read(
        data_dir=data_dir,
        input=input,
        stage=stage,
        target=target,
        lock_timeout=lock_timeout,
        raw=raw,
    )
    return run_load(settings)


def transform(
    select: Names = (),
    exclude: Names = (),
    data_dir: str | Path | None = None,
    *,
    target: str = "dev",
    lock_timeout: float = 30.0,
    strict: bool = False,
) -> Outcome:
    """Build staging and marts from the raw tables, test them, publish them whole.

    `transform("+mart_quality")` builds what is selected, and leaves every other table as it is.
    Raises what `build_all` raises, DatabaseError and DatabaseLocked.
    """
    settings = Settings.read(
        data_dir=data_dir, target=target, lock_timeout=lock_timeout, strict=strict
    )
    return run_transform(settings, select=select, exclude=exclude)


def test(
    select: Names = (),
    exclude: Names = (),
    data_dir: str | Path | None = None,
    *,
    target: str = "dev",
    lock_timeout: float = 30.0,
    strict: bool = False,
) -> Outcome:
    """Run every data test, or those of the selected tables, on what is there.

    Raises what `run_data_tests` raises, DatabaseError and DatabaseLocked.
    """
    settings = Settings.read(
        data_dir=data_dir, target=target, lock_timeout=lock_timeout, strict=strict
    )
    return run_test(settings, select=select, exclude=exclude)


def check() -> tuple[str, ...]:
    """Hold every model against its contract, without a database; return the models' names.

    Raises ContractError that names each column that breaks its contract.
    """
    return run_check()
