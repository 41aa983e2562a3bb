"""Running one step: with a source that answers, progress on stderr, the report on stdout."""

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
from cursor_marts.commands.settings import EMBEDDED, Settings
from cursor_marts.errors import LandingError, UsageError

if TYPE_CHECKING:
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.sources.progress import Progress

MADE_UP = "INVENTED DATA: a simulator made these numbers up; they are nobody's."
INVENTED = f"{MADE_UP} Name your own API with --source to see yours."
STOPPED = "stopped: what was there before stands, whole; run it again to have it anew"
EXTRACTION_STOPPED = """\
stopped: the extraction and the tables of before stand; what was read so far is kept
  → run it again: an extraction goes on where it stopped, unless --fresh"""


@dataclass(frozen=True)
class Printing:
    """How a run prints what it reports, and the call of the command line that it belongs to."""

    call: Call = field(default_factory=Call)
    quiet: bool = False
    json: bool = False
    profile: bool = False


def with_source(options: dict[str, Any], printing: Printing) -> dict[str, Any]:
    """Return the options of an extraction; without a source they name the embedded one.

    Whose data that is comes first, on stderr where stdout is for JSON alone; a quiet run says it
    when it is done.
    """
    settings = Settings.read(**options)
    if settings.github is not None or settings.source not in (None, EMBEDDED):
        return options
    if settings.source is None:
        spare_what_is_real(settings)
    if not printing.quiet:
        said = laid_out(INVENTED, sys.stderr if printing.json else sys.stdout)
        with printing_after("the run goes on"):
            typer.echo(said if printing.json else f"{said}\n", err=printing.json)
    return options | {"source": EMBEDDED}


def spare_what_is_real(settings: Settings) -> None:
    """Raise UsageError where invented data would replace an extraction, and nobody has said so."""
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
    """Run one step, then print what it reports; one that is `watched` shows progress on stderr.

    A quiet run prints only what fails, and what was asked for: JSON, the profile.
    """
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.errors import DataTestsFailed

    settings = Settings.read(data_dir=options.get("data_dir"))
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
    """Print what a run reports. What it has done is done: a failure to print is a warning."""
    report = print_data if printing.json else print_report
    with printing_after(done(outcome)):
        report(outcome, settings, printing)
    for warning in outcome.warnings:
        warn(f"{warning}; {done(outcome)}")


def done(outcome: Outcome) -> str:
    """Return in words what a run has changed."""
    report = outcome.report
    if report is None:
        return "the raw tables are loaded" if outcome.loaded else "the extraction is complete"
    if report.was_build:
        return "nothing was published" if report.failed else "the tables are published"
    return "the tests have run"


def watching() -> AbstractContextManager[Progress]:
    """Show the progress of an extraction, which alone takes so long that it is worth it."""
    from cursor_marts.cli.progress import watched

    return watched()


def print_report(outcome: Outcome, settings: Settings, printing: Printing) -> None:
    """Print what a run reports, a quiet one only what fails, and whose data it is if nobody's."""
    from cursor_marts.cli.printing import print_failures, print_outcome

    if printing.quiet:
        print_failures(outcome, profile=printing.profile)
    else:
        step = following(outcome, settings)
        typed = step if isinstance(step, str) else printing.call.typed(step)
        print_outcome(outcome, settings, typed, profile=printing.profile)
    if outcome.invented:
        told = INVENTED if outcome.embedded else MADE_UP
        said = laid_out(told, sys.stderr if printing.quiet else sys.stdout)
        typer.echo(said if printing.quiet else f"\n{said}", err=printing.quiet)


def print_data(outcome: Outcome, settings: Settings, _printing: Printing) -> None:
    """Print what a run reports as JSON."""
    database = str(outcome.engine or settings.database)
    print_json(outcome.data() | {"database": database})


def print_json(data: Any) -> None:
    """Print data as JSON."""
    from cursor_marts.reporting.formats import as_json

    print_utf8(as_json(data) + "\n")


@contextmanager
def stoppable(*, extracts: bool) -> Iterator[None]:
    """Say what is kept, and how to go on, to whoever stops a run."""
    try:
        yield
    except BaseException:
        if stopped_by():
            typer.echo(EXTRACTION_STOPPED if extracts else STOPPED, err=True)
        raise
