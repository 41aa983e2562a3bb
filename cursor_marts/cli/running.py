"""Running one step: with a source that answers, progress on stderr, the report on stdout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from cursor_marts.config import Settings

if TYPE_CHECKING:
    from cursor_marts.extract import Progress
    from cursor_marts.pipeline import Outcome

INVENTED = (
    "INVENTED DATA: these numbers come from the embedded simulator, not from your team. "
    "Give --source to use yours."
)


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
