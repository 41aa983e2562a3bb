"""Runs one step of the pipeline: progress goes to stderr, the report to stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from cursor_marts.building.cache import on_disk
from cursor_marts.cli.next_command import Call, following
from cursor_marts.cli.output import print_utf8, printing_after, warn
from cursor_marts.cli.signals import stopped_by
from cursor_marts.cli.text import laid_out
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ConnectOptions
from cursor_marts.commands.options.definition import Options
from cursor_marts.commands.settings import EMBEDDED, Settings
from cursor_marts.errors import LandingError, UsageError
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY

if TYPE_CHECKING:
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.sources.progress import Progress

SIMULATED = "INVENTED DATA: a simulator generated these numbers; they describe no real team."
INVENTED = f"{SIMULATED} Name your own API with --source to see yours."
STOPPED = "stopped: the previous tables are unchanged; run the command again"
EXTRACTION_STOPPED = """\
stopped: the previous extraction and tables are unchanged; answers read so far are saved
  → run the command again: an extraction resumes where it stopped, unless --fresh"""


@dataclass(frozen=True)
class Printing:
    """How a run prints its report, and the call of the command line that started it."""

    call: Call = field(default_factory=Call)
    quiet: bool = False
    json: bool = False
    profile: bool = False


def with_source(
    accepted: type[Options], options: dict[str, Any], printing: Printing
) -> dict[str, Any]:
    """Return the options of a command that extracts; without a source they name the embedded one.

    A notice that data is invented is printed first, on stderr where stdout is for JSON. A quiet run
    prints it at its end.
    """
    settings = accepts(accepted)(Settings.of)(**options)
    if settings.github is not None or settings.source not in (None, EMBEDDED):
        return options
    if settings.source is None:
        refuse_a_key_without_a_source(settings)
        refuse_to_replace_real_data(settings)
    if not printing.quiet:
        said = laid_out(INVENTED, sys.stderr if printing.json else sys.stdout)
        with printing_after("the run goes on"):
            typer.echo(said if printing.json else f"{said}\n", err=printing.json)
    return options | {"source": EMBEDDED}


def refuse_a_key_without_a_source(settings: Settings) -> None:
    """Raise UsageError for a key without a source: the run would build from invented data."""
    if settings.api_key.reveal != DEVELOPMENT_KEY:
        raise UsageError(
            "an API key is given, and no source",
            hint="name the API with --source or CURSOR_SIM_URL; "
            "--source embedded builds from invented data",
        )


def refuse_to_replace_real_data(settings: Settings) -> None:
    """Raise UsageError if invented data would replace a real extraction without being requested."""
    from cursor_marts.raw.manifest import Manifest

    try:
        before = Manifest.read(settings.landing)
    except LandingError:
        return
    if not before.invented:
        raise UsageError(
            f"no source is given, and {settings.data_dir} holds an extraction from {before.source}",
            hint="give --source or CURSOR_SIM_URL, or --github; "
            "--source embedded replaces that extraction by invented data",
        )


def run(
    step: Callable[[Progress | None], Outcome],
    options: dict[str, Any],
    printing: Printing,
    *,
    watched: bool = False,
) -> None:
    """Run one step, then print its report; a `watched` step shows progress on stderr.

    A quiet run prints only failures and requested output: JSON, the profile.
    """
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.errors import DataTestsFailed

    places: dict[str, Any] = {name: options.get(name) for name in ("data_dir", "project", "target")}
    settings = Settings.of(ConnectOptions(**places))
    try:
        shown = watching() if watched and not printing.quiet else nullcontext()
        with stoppable(extracts=watched), on_disk(), shown as progress:
            outcome = step(progress)
    except DataTestsFailed as failed:
        found = Outcome(report=failed.report, engine=failed.engine, warnings=failed.warnings)
        deliver(found, settings, printing)
        raise
    deliver(outcome, settings, printing)


def deliver(outcome: Outcome, settings: Settings, printing: Printing) -> None:
    """Print the report of a run. A failure to print is a warning, since the run is complete."""
    report = print_data if printing.json else print_report
    with printing_after(done(outcome)):
        report(outcome, settings, printing)
    for warning in outcome.warnings:
        warn(f"{warning}; {done(outcome)}")


def done(outcome: Outcome) -> str:
    """Describe what a run has changed."""
    report = outcome.report
    if outcome.nothing_failed:
        return "nothing was repeated"
    if outcome.unchanged:
        return "the tables are published"
    if report is None:
        return "the raw tables are loaded" if outcome.loaded else "the extraction is complete"
    if report.was_build:
        return "nothing was published" if report.failed else "the tables are published"
    return "the tests have run"


def watching() -> AbstractContextManager[Progress]:
    """Show the progress of an extraction, the only step that takes minutes."""
    from cursor_marts.cli.progress import watched

    return watched()


def print_report(outcome: Outcome, settings: Settings, printing: Printing) -> None:
    """Print the report of a run, or only its failures if it is quiet; mark invented data."""
    from cursor_marts.cli.printing import print_failures, print_outcome

    if printing.quiet:
        print_failures(outcome, profile=printing.profile)
    else:
        step = following(outcome)
        typed = step if isinstance(step, str) else printing.call.typed(step)
        print_outcome(outcome, settings, typed, profile=printing.profile)
    if outcome.invented:
        told = INVENTED if outcome.embedded else SIMULATED
        said = laid_out(told, sys.stderr if printing.quiet else sys.stdout)
        typer.echo(said if printing.quiet else f"\n{said}", err=printing.quiet)


def print_data(outcome: Outcome, settings: Settings, _printing: Printing) -> None:
    """Print the report of a run as JSON."""
    database = str(outcome.engine or settings.database)
    print_json(outcome.data() | {"database": database})


def print_json(data: Any) -> None:
    """Print data as JSON."""
    from cursor_marts.reporting.formats import as_json

    print_utf8(as_json(data) + "\n")


@contextmanager
def stoppable(*, extracts: bool) -> Iterator[None]:
    """Print what is unchanged, and how to continue, when a run is stopped."""
    try:
        yield
    except BaseException:
        if stopped_by():
            typer.echo(EXTRACTION_STOPPED if extracts else STOPPED, err=True)
        raise
