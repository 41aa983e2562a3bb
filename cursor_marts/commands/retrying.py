"""Repeating the last run if its data tests failed, by its report beside the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cursor_marts.commands.pipeline import Outcome, run_load, run_test, run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import NextCommand, UsageError


@dataclass(frozen=True)
class LastRun:
    """What the report of a run says: its kind and selection, and the tables whose tests failed."""

    which: str
    select: list[str]
    exclude: list[str]
    loads: bool
    failed: tuple[str, ...]

    @classmethod
    def read(cls, settings: Settings) -> LastRun:
        """Read the report. Raises UsageError without one that can be read."""
        try:
            data = json.loads(settings.run_results.read_text("utf-8"))
            return cls.of(data)
        except (OSError, ValueError, LookupError, TypeError):
            raise UsageError(
                f"{settings.run_results} holds no report of a run: there is nothing to repeat",
                hint="run it",
                next_command=NextCommand("transform"),
            ) from None

    @classmethod
    def of(cls, data: dict[str, Any]) -> LastRun:
        """Return what the content of run_results.json says."""
        args = data["args"]
        failed = [each["unique_id"] for each in data["results"] if each["status"] == "fail"]
        tables = tuple(dict.fromkeys(name.split(".")[2] for name in failed))
        return cls(args["which"], args["select"], args["exclude"], args["loads"], tables)


def run_retry(settings: Settings) -> Outcome:
    """Repeat what the last run has not done; nothing if no data test failed in it.

    A build publishes all tables or none, so that all of it is repeated, with the same selection; of
    a test run, the tests of the tables whose tests failed. What `build` had extracted is loaded,
    not extracted again. Raises UsageError without a last run, and what the steps raise.
    """
    last = LastRun.read(settings)
    if not last.failed:
        return Outcome(engine=settings.engine, nothing_failed=True)
    if last.which == "test":
        return run_test(settings, select=last.failed)
    if last.loads:
        run_load(settings)
    return run_transform(settings, select=last.select, exclude=last.exclude)
