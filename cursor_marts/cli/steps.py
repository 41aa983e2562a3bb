"""The steps from the API to the marts: one command each, and one for them all."""

from __future__ import annotations

import typer

from cursor_marts.cli.options import (
    ApiKey,
    Attempts,
    DataDir,
    EndDate,
    Fresh,
    LockTimeout,
    MaxRejects,
    Quiet,
    Source,
    StartDate,
    Strict,
    Target,
    TimeLimit,
)
from cursor_marts.cli.running import answering, run
from cursor_marts.config import Settings


def build(
    source: Source = None,
    api_key: ApiKey = None,
    start_date: StartDate = None,
    end_date: EndDate = "now",
    data_dir: DataDir = None,
    target: Target = "dev",
    fresh: Fresh = False,
    attempts: Attempts = 8,
    time_limit: TimeLimit = 240.0,
    max_rejects: MaxRejects = 0.01,
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
    quiet: Quiet = False,
) -> None:
    """Do it all: extract, load, transform, test.

    Example: python -m cursor_marts build --source http://localhost:8080 --start-date 30d
    """
    with answering(
        Settings.read(
            source=source,
            api_key=api_key,
            start_date=start_date,
            end_date=end_date,
            data_dir=data_dir,
            target=target,
            fresh=fresh,
            attempts=attempts,
            time_limit=time_limit * 60,
            max_rejects=max_rejects,
            lock_timeout=lock_timeout,
            strict=strict,
        )
    ) as settings:
        from cursor_marts.pipeline import run_build

        run(run_build, settings, quiet=quiet)


def extract(
    source: Source = None,
    api_key: ApiKey = None,
    start_date: StartDate = None,
    end_date: EndDate = "now",
    data_dir: DataDir = None,
    fresh: Fresh = False,
    attempts: Attempts = 8,
    time_limit: TimeLimit = 240.0,
    max_rejects: MaxRejects = 0.01,
    quiet: Quiet = False,
) -> None:
    """Extract from the API into Parquet files.

    Example: python -m cursor_marts extract --source http://localhost:8080 --start-date 2026-08-01
    """
    with answering(
        Settings.read(
            source=source,
            api_key=api_key,
            start_date=start_date,
            end_date=end_date,
            data_dir=data_dir,
            fresh=fresh,
            attempts=attempts,
            time_limit=time_limit * 60,
            max_rejects=max_rejects,
        )
    ) as settings:
        from cursor_marts.pipeline import run_extract

        run(run_extract, settings, quiet=quiet)


def load(
    data_dir: DataDir = None, target: Target = "dev", lock_timeout: LockTimeout = 30.0
) -> None:
    """Load the extracted Parquet files into the raw tables.

    Example: python -m cursor_marts load --data-dir data
    """
    from cursor_marts.pipeline import run_load

    run(run_load, Settings.read(data_dir=data_dir, target=target, lock_timeout=lock_timeout))


def transform(
    data_dir: DataDir = None,
    target: Target = "dev",
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
) -> None:
    """Build staging and marts from the raw tables, test them, publish them.

    Example: python -m cursor_marts transform --data-dir data
    """
    from cursor_marts.pipeline import run_transform

    run(
        run_transform,
        Settings.read(data_dir=data_dir, target=target, lock_timeout=lock_timeout, strict=strict),
    )


def run_tests(
    data_dir: DataDir = None,
    target: Target = "dev",
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
) -> None:
    """Run every data test on the tables that are there.

    Example: python -m cursor_marts test --data-dir data --strict
    """
    from cursor_marts.pipeline import run_test

    run(
        run_test,
        Settings.read(data_dir=data_dir, target=target, lock_timeout=lock_timeout, strict=strict),
    )


def check() -> None:
    """Hold every model against its contract; needs no database.

    Example: python -m cursor_marts check
    """
    from cursor_marts.pipeline import run_check

    typer.echo(f"{len(run_check())} models keep their contracts")
