"""The command line: each command parses, calls one public function and prints what it reports.

Results go to stdout, progress and errors to stderr. Exit codes: 0 done, 1 the job failed, 2 wrong
usage. Libraries that take long to import are imported where they are used.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cursor_marts.config import DEVELOPMENT_KEY, Settings
from cursor_marts.errors import CursorMartsError

if TYPE_CHECKING:
    from cursor_marts.extract import Progress
    from cursor_marts.pipeline import Outcome

INVENTED = (
    "INVENTED DATA: these numbers come from the embedded simulator, not from your team. "
    "Give --source to use yours."
)

app = typer.Typer(
    name="cursor_marts",
    help="From the AI code tracking API and pull requests to four delivery marts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Source = Annotated[
    str | None,
    typer.Option(
        help="Address of the API. [env: CURSOR_SIM_URL]  Without one: the embedded simulator.",
        show_default=False,
    ),
]
ApiKey = Annotated[
    str | None,
    typer.Option(help="Key for it. [env: CURSOR_API_KEY]", show_default="the development key"),
]
StartDate = Annotated[
    str | None,
    typer.Option(
        help="First day, UTC: 2026-08-01 or 90d. [env: CURSOR_MARTS_START_DATE]",
        show_default="90d",
    ),
]
EndDate = Annotated[str, typer.Option(help="Last day, UTC, whole: 2026-10-31 or now.")]
DataDir = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the Parquet set and the database. [env: CURSOR_MARTS_DATA_DIR]",
        show_default="data",
    ),
]
Target = Annotated[str, typer.Option(help="Where the tables live: dev is a DuckDB file.")]
LockTimeout = Annotated[
    float, typer.Option(help="Seconds to wait for a database that another process has open.", min=0)
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Do not go on with an extraction that was cut off.")
]
Attempts = Annotated[int, typer.Option(help="Tries of a request that meets faults.", min=1)]
TimeLimit = Annotated[float, typer.Option(help="Minutes that an extraction may take.", min=0)]
MaxRejects = Annotated[
    float, typer.Option(help="Share of records that may break the contract.", min=0, max=1)
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings of data tests block, too.")]


@app.command()
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


@app.command()
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


@app.command()
def load(
    data_dir: DataDir = None, target: Target = "dev", lock_timeout: LockTimeout = 30.0
) -> None:
    """Load the extracted Parquet files into the raw tables.

    Example: python -m cursor_marts load --data-dir data
    """
    from cursor_marts.pipeline import run_load

    run(run_load, Settings.read(data_dir=data_dir, target=target, lock_timeout=lock_timeout))


@app.command()
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


@app.command("test")
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


@app.command()
def check() -> None:
    """Hold every model against its contract; needs no database.

    Example: python -m cursor_marts check
    """
    from cursor_marts.pipeline import run_check

    typer.echo(f"{len(run_check())} models keep their contracts")


@app.command()
def simulate(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    seed: Annotated[int, typer.Option(help="The same seed gives the same data.")] = 7,
    days: Annotated[int, typer.Option(help="Days of history, up to today.", min=1)] = 90,
    developers: Annotated[int, typer.Option(help="Size of the team.", min=1)] = 12,
    rate_limit: Annotated[
        int, typer.Option(help="Requests a minute, and at once; 0 for no limit.", min=0)
    ] = 100,
    shuffle: Annotated[bool, typer.Option(help="Answer lists in random order.")] = True,
    api_key: Annotated[str, typer.Option(help="The key it accepts.")] = DEVELOPMENT_KEY,
) -> None:
    """Serve an API with invented data, in the manner of the real one.

    Example: python -m cursor_marts simulate --port 8080 --rate-limit 0
    """
    from cursor_marts.simulator import Simulator, generate, serve_forever

    world = generate(seed, days=days, developers=developers)
    simulator = Simulator(
        world, api_key=api_key, rate_limit=rate_limit or None, shuffle=shuffle, seed=seed
    )
    try:
        serve_forever(simulator, host=host, port=port, ready=announce)
    except OSError as error:
        raise CursorMartsError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            hint="choose another --port",
        ) from None


def announce(url: str) -> None:
    """Say where the simulator answers, and how to use it."""
    typer.echo(f"Serving invented data at {url} (Ctrl-C stops it)")
    typer.echo(f"Try: python -m cursor_marts build --source {url}")


@contextmanager
def answering(settings: Settings) -> Iterator[Settings]:
    """Give settings whose source answers: the embedded simulator where none is set."""
    if settings.source is not None:
        yield settings
        return
    from cursor_marts.simulator import Simulator, generate, serve

    typer.echo(f"{INVENTED}\n")
    key = settings.api_key.reveal
    simulator = Simulator(generate(end=settings.window.end), api_key=key, rate_limit=None)
    with serve(simulator) as url:
        yield replace(settings, source=url, invented=True)


def run(
    step: Callable[[Settings, Progress], Outcome], settings: Settings, *, quiet: bool = False
) -> None:
    """Run one step with its progress on stderr, then print what it reports."""
    from cursor_marts.errors import DataTestsFailed
    from cursor_marts.pipeline import Outcome
    from cursor_marts.watching import watched

    try:
        with stoppable(), watched(quiet) as progress:
            outcome = step(settings, progress)
    except DataTestsFailed as failed:
        show(Outcome(report=failed.report), settings)
        raise
    show(outcome, settings)


def show(outcome: Outcome, settings: Settings) -> None:
    """Print what a run reports, and once more whose data it is if it is nobody's."""
    from cursor_marts.printing import print_outcome

    print_outcome(outcome, settings)
    if outcome.invented:
        typer.echo(f"\n{INVENTED}")


def main() -> None:
    """Run the command line; a user's mistake gets one clear message and no traceback."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, stop_once)
    try:
        app(prog_name="python -m cursor_marts")
    except CursorMartsError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


def stop_once(_signal: int, _frame: object) -> None:
    """Interrupt what runs; whoever presses Ctrl-C twice does not interrupt the tidying up."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[None]:
    """Say what is kept, and how to go on, to whoever stops a run."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(
            "stopped: what was read so far is kept; the extraction and the tables of before stand\n"
            "  → the same command goes on where this one stopped; --fresh begins anew",
            err=True,
        )
        raise typer.Exit(1) from None
