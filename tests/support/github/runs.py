"""Extractions from an emulator, and the raw tables that they land."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from cursor_marts.raw.landing import Work
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.github.addresses import Addresses
from cursor_marts.sources.github.source import GitHubSettings, GitHubSource
from cursor_marts.sources.github.targets import Choice, Target
from cursor_marts.sources.github.tokens import App
from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.run import Run
from cursor_marts.sources.secret import Secret
from support.github.clients import STUBBORN
from support.github.emulator import Emulator
from support.github.transport import EmulatorTransport
from support.landed_world import landed_rows

#: Ninety days up to the day of the emulators' clock.
WINDOW = Window(date(2025, 12, 2), date(2026, 3, 2))
TABLES = ("repos", "pull_requests", "pull_request_commits", "reviews", "review_comments")


def source_of(
    emulator: Emulator,
    *targets: str,
    sign_in: Secret | App | None = None,
    choice: Choice | None = None,
    **settings: Any,
) -> GitHubSource:
    """Return the source of an emulator, which shares its clock."""
    clock = emulator.clock
    return GitHubSource(
        GitHubSettings(
            targets=tuple(Target.parse(target) for target in targets or ("acme",)),
            sign_in=sign_in or Secret("ghp_valid"),
            addresses=Addresses.of(),
            choice=choice or Choice(),
            pacer=Pacer(Clock(clock.now, clock.sleep)),
            transport=EmulatorTransport(emulator),
            wall_clock=clock.now,
            **{"patience": STUBBORN, **settings},
        )
    )


def run(
    emulator: Emulator,
    folder: Path,
    *targets: str,
    window: Window = WINDOW,
    progress: Progress | None = None,
    skip_unreadable: bool = False,
    full_refresh: bool = False,
    **settings: Any,
) -> Manifest:
    """Extract from an emulator into a folder."""
    return extract(
        [source_of(emulator, *targets, **settings)],
        window,
        folder / "landing",
        skip_unreadable=skip_unreadable,
        full_refresh=full_refresh,
        progress=progress,
    )


def read_only(emulator: Emulator, folder: Path, *targets: str, **settings: Any) -> Run:
    """Read from an emulator without landing anything; return what the run knows."""
    work = Work(folder / "landed", folder / "spooled", folder / "versions")
    work.spooled.mkdir(exist_ok=True)
    run = Run(WINDOW, work)
    journal = Journal(work.journal("github"), {})
    with closing(source_of(emulator, *targets, **settings)) as source, closing(journal):
        try:
            for reader in source.open(run, journal):
                reader.read()
        finally:
            for writer in run.writers.values():
                writer.spool.close()
            run.rejects.spool.close()
    return run


def raw_tables(folder: Path, tables: Iterable[str] = TABLES) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the raw tables that were landed, without columns that are NULL."""
    return {
        name: [
            {column: value for column, value in row.items() if value is not None}
            for row in landed_rows(folder / "landing", name)
        ]
        for name in tables
    }
