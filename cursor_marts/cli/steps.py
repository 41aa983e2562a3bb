"""The steps from the API to the marts: one command each, and one for them all."""

from __future__ import annotations

from typing import Any

import typer

import cursor_marts
from cursor_marts.cli.options import (
    ApiKey,
    Attempts,
    DataDir,
    EndDate,
    Exclude,
    Fresh,
    Input,
    Json,
    LockTimeout,
    MaxRejects,
    Output,
    Profile,
    Quiet,
    Raw,
    Select,
    Source,
    Stage,
    StartDate,
    Strict,
    Target,
    TimeLimit,
)
from cursor_marts.cli.running import print_json, run, with_source


def build(
    source: Source = None,
    api_key: ApiKey = None,
    start_date: StartDate = None,
    end_date: EndDate = None,
    data_dir: DataDir = None,
    output: Output = None,
    stage: Stage = None,
    target: Target = "dev",
    fresh: Fresh = False,
    attempts: Attempts = 8,
    time_limit: TimeLimit = 240.0,
    max_rejects: MaxRejects = 0.01,
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
    raw: Raw = "table",
    profile: Profile = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Do it all: extract, load, transform, test.

    Example: python -m cursor_marts build --source http://localhost:8080
    """
    options: dict[str, Any] = {
        "source": source,
        "api_key": api_key,
        "start_date": start_date,
        "end_date": end_date,
        "data_dir": data_dir,
        "output": output,
        "stage": stage,
        "target": target,
        "fresh": fresh,
        "attempts": attempts,
        "time_limit": time_limit,
        "max_rejects": max_rejects,
        "lock_timeout": lock_timeout,
        "strict": strict,
        "raw": raw,
    }
    options = with_source(options, quiet=quiet, json=json)
    run(
        lambda p: cursor_marts.build(**options, progress=p),
        data_dir,
        watched=True,
        quiet=quiet,
        json=json,
        profile=profile,
    )


def extract(
    source: Source = None,
    api_key: ApiKey = None,
    start_date: StartDate = None,
    end_date: EndDate = None,
    data_dir: DataDir = None,
    output: Output = None,
    fresh: Fresh = False,
    attempts: Attempts = 8,
    time_limit: TimeLimit = 240.0,
    max_rejects: MaxRejects = 0.01,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Extract from the API into Parquet files.

    Example: python -m cursor_marts extract --source http://localhost:8080
    """
    options: dict[str, Any] = {
        "source": source,
        "api_key": api_key,
        "start_date": start_date,
        "end_date": end_date,
        "data_dir": data_dir,
        "output": output,
        "fresh": fresh,
        "attempts": attempts,
        "time_limit": time_limit,
        "max_rejects": max_rejects,
    }
    options = with_source(options, quiet=quiet, json=json)
    run(
        lambda p: cursor_marts.extract(**options, progress=p),
        data_dir,
        watched=True,
        quiet=quiet,
        json=json,
    )


def load(
    data_dir: DataDir = None,
    input: Input = None,
    stage: Stage = None,
    target: Target = "dev",
    lock_timeout: LockTimeout = 30.0,
    raw: Raw = "table",
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Load the extracted Parquet files into the raw tables.

    Example: python -m cursor_marts load --input gs://bucket/prefix
    """
    run(
        lambda _: cursor_marts.load(
            data_dir, input=input, stage=stage, target=target, lock_timeout=lock_timeout, raw=raw
        ),
        data_dir,
        quiet=quiet,
        json=json,
    )


def transform(
    select: Select = None,
    exclude: Exclude = None,
    data_dir: DataDir = None,
    target: Target = "dev",
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
    profile: Profile = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Build staging and marts from the raw tables, test them, publish them.

    With --select or --exclude, every other table stays as it is.

    Example: python -m cursor_marts transform --select +mart_quality
    """
    run(
        lambda _: cursor_marts.transform(
            select or (),
            exclude or (),
            data_dir,
            target=target,
            lock_timeout=lock_timeout,
            strict=strict,
        ),
        data_dir,
        quiet=quiet,
        json=json,
        profile=profile,
    )


def test(
    select: Select = None,
    exclude: Exclude = None,
    data_dir: DataDir = None,
    target: Target = "dev",
    lock_timeout: LockTimeout = 30.0,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Run every data test, or those of the selected tables, on what is there.

    Example: python -m cursor_marts test --select marts --strict
    """
    run(
        lambda _: cursor_marts.test(
            select or (),
            exclude or (),
            data_dir,
            target=target,
            lock_timeout=lock_timeout,
            strict=strict,
        ),
        data_dir,
        quiet=quiet,
        json=json,
    )


def check(json: Json = False) -> None:
    """Hold every model against its contract; needs no database.

    Example: python -m cursor_marts check
    """
    models = cursor_marts.check()
    if json:
        print_json({"models": models})
    else:
        typer.echo(f"{len(models)} models keep their contracts")
