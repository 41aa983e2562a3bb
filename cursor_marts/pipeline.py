"""The steps from the API to the marts, each one function of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cursor_marts.build import build_all, run_data_tests, transaction
from cursor_marts.config import Settings
from cursor_marts.errors import UsageError
from cursor_marts.extract import Client, extract
from cursor_marts.graph import all_models, check_contracts
from cursor_marts.load import load, opened
from cursor_marts.manifest import Manifest
from cursor_marts.report import BuildReport

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What a run did: the extraction behind its raw tables, and what was built and tested."""

    manifest: Manifest | None = None
    report: BuildReport | None = None

    @property
    def invented(self) -> bool:
        """Whether the numbers are made up by the embedded simulator."""
        return any(part.invented for part in (self.manifest, self.report) if part)


def _silent(line: str) -> None:
    pass


def run_extract(settings: Settings, progress: Progress = _silent) -> Outcome:
    """Extract the settings' window from their source into the landing, whole or not at all.

    Raises SourceError and its kin, LandingError, and UsageError where no source is given.
    """
    if settings.source is None:
        raise UsageError("no source is given", hint="name one with --source or CURSOR_SIM_URL")
    with Client(settings.source, settings.api_key) as client:
        manifest = extract(
            client,
            settings.window,
            settings.landing,
            source="the embedded simulator" if settings.invented else settings.source,
            invented=settings.invented,
            progress=progress,
        )
    return Outcome(manifest)


def run_load(settings: Settings, progress: Progress = _silent) -> Outcome:
    """Load the landing into the raw tables, whole or not at all.

    Raises LandingError, DatabaseError and DatabaseLocked.
    """
    progress("loading")
    with opened(settings.database) as backend, transaction(backend):
        return Outcome(load(settings.landing, backend))


def run_transform(settings: Settings, progress: Progress = _silent) -> Outcome:
    """Build staging and marts from the raw tables, test them, publish them whole.

    Raises what `build_all` raises, DatabaseError and DatabaseLocked.
    """
    progress("building")
    with opened(settings.database, create=False) as backend:
        return Outcome(report=build_all(backend))


def run_test(settings: Settings, progress: Progress = _silent) -> Outcome:
    """Run every data test on what is built. Raises what `run_data_tests` does, DatabaseError."""
    progress("testing")
    with opened(settings.database, create=False) as backend:
        return Outcome(report=run_data_tests(backend))


def run_build(settings: Settings, progress: Progress = _silent) -> Outcome:
    """Extract, load, transform and test; raw tables and marts change together or not at all.

    Raises what the single steps raise. A model that breaks its contract stops the run before a
    request is sent.
    """
    check_contracts(all_models())
    manifest = run_extract(settings, progress).manifest
    progress("loading and building")
    with opened(settings.database) as backend, transaction(backend):
        load(settings.landing, backend)
        return Outcome(manifest, build_all(backend))
