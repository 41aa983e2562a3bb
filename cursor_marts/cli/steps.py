"""The steps from the API to the marts: one command each, and one for all of them."""

from __future__ import annotations

from typing import Any

import typer

import cursor_marts
from cursor_marts.cli.imports import spare_httpx_command, spare_pandas
from cursor_marts.cli.next_command import Call
from cursor_marts.cli.options import Json, Profile, Quiet, takes
from cursor_marts.cli.running import Printing, print_json, run, with_source
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


@takes(BuildOptions)
def build(
    context: typer.Context,
    profile: Profile = False,
    quiet: Quiet = False,
    json: Json = False,
    **options: Any,
) -> None:
    """Do it all: extract, load, transform, test.

    Example: python -m cursor_marts build --source http://localhost:8080
    """
    spare_pandas()
    spare_httpx_command()
    printing = Printing(Call.of(context), quiet=quiet, json=json, profile=profile)
    options = with_source(BuildOptions, options, printing)
    run(lambda p: cursor_marts.build(**options, progress=p), options, printing, watched=True)


@takes(ExtractOptions)
def extract(
    context: typer.Context, quiet: Quiet = False, json: Json = False, **options: Any
) -> None:
    """Extract from the API into Parquet files.

    Example: python -m cursor_marts extract --source http://localhost:8080
    """
    spare_pandas()
    spare_httpx_command()
    printing = Printing(Call.of(context), quiet=quiet, json=json)
    options = with_source(ExtractOptions, options, printing)
    run(lambda p: cursor_marts.extract(**options, progress=p), options, printing, watched=True)


@takes(LoadOptions)
def load(context: typer.Context, quiet: Quiet = False, json: Json = False, **options: Any) -> None:
    """Load the extracted Parquet files into the raw tables.

    Example: python -m cursor_marts load --input gs://bucket/prefix
    """
    spare_pandas()
    printing = Printing(Call.of(context), quiet=quiet, json=json)
    run(lambda _: cursor_marts.load(**options), options, printing)


@takes(TransformOptions)
def transform(
    context: typer.Context,
    profile: Profile = False,
    quiet: Quiet = False,
    json: Json = False,
    **options: Any,
) -> None:
    """Build staging and marts from the raw tables, test them, publish them.

    With --select or --exclude, all other tables remain unchanged.

    Example: python -m cursor_marts transform --select +mart_quality
    """
    printing = Printing(Call.of(context), quiet=quiet, json=json, profile=profile)
    run(lambda _: cursor_marts.transform(**options), options, printing)


@takes(TestOptions)
def test(context: typer.Context, quiet: Quiet = False, json: Json = False, **options: Any) -> None:
    """Run every data test, or those of the selected tables, on the published tables.

    Example: python -m cursor_marts test --select marts --strict
    """
    printing = Printing(Call.of(context), quiet=quiet, json=json)
    run(lambda _: cursor_marts.test(**options), options, printing)


@takes(RetryOptions)
def retry(context: typer.Context, quiet: Quiet = False, json: Json = False, **options: Any) -> None:
    """Repeat the last run if its data tests failed.

    Example: python -m cursor_marts retry --strict
    """
    printing = Printing(Call.of(context), quiet=quiet, json=json)
    run(lambda _: cursor_marts.retry(**options), options, printing)


@takes(PruneOptions)
def prune(json: Json = False, **options: Any) -> None:
    """Drop what is older from the extracted history, and say what goes.

    Example: python -m cursor_marts prune --before 2026-01-01 --dry-run
    """
    from cursor_marts.cli.printing import print_pruned

    pruned = cursor_marts.prune(**options)
    if json:
        print_json({"before": str(pruned.before), "gone": pruned.gone, "left": pruned.left})
    else:
        print_pruned(pruned, dry_run=options["dry_run"])


@takes(CheckOptions)
def check(json: Json = False, **options: Any) -> None:
    """Compare every model with its contract; needs no database.

    Example: python -m cursor_marts check
    """
    models = cursor_marts.check(**options)
    if json:
        print_json({"models": models})
    else:
        typer.echo(f"{len(models)} models match their contracts")
