"""Prints reports as tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cursor_marts.building.profiles import IN_WORDS
from cursor_marts.building.results import BuildReport, CheckResult, ModelResult, replaced
from cursor_marts.cli.table import print_table
from cursor_marts.cli.text import laid_out, pairs_laid_out
from cursor_marts.commands.pipeline import Outcome
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.engine import Engine
from cursor_marts.raw.manifest import Manifest

if TYPE_CHECKING:
    from cursor_marts.raw.pruning import Pruned

#: So many selected tables are named before their list.
FEW = 3


def print_outcome(
    outcome: Outcome, settings: Settings, following: str, *, profile: bool = False
) -> None:
    """Print what was extracted, built and found, the place of the result, and the next command."""
    if outcome.manifest and outcome.loaded:
        print_loaded(outcome.manifest)
    elif outcome.manifest:
        print_manifest(outcome.manifest)
    if outcome.report:
        print_report(outcome.report, outcome.engine)
        if profile:
            print_profile(outcome.report)
    if outcome.nothing_failed:
        print("No data test failed in the last run: nothing was repeated.")
    if outcome.unchanged:
        print("Nothing has changed since the tables were published: none was built.")
    print(place(outcome, settings))
    if outcome.advice:
        print(outcome.advice)
    if following:
        print(f"Next: {following}")


def print_failures(outcome: Outcome, *, profile: bool = False) -> None:
    """Print the data tests that failed, with rows; nothing if none failed."""
    if outcome.report:
        print_findings(outcome.report.failed, outcome.engine)
        if profile:
            print_profile(outcome.report)


def print_loaded(manifest: Manifest) -> None:
    """Print the row count of each loaded raw table."""
    print(f"Loaded {manifest.window} from {manifest.source}")
    counts = manifest.row_counts.items()
    print_table(["raw table", "rows"], [(name, f"{rows:,}") for name, rows in counts])
    print_unreadable(map(str, manifest.unreadable))
    print()


def print_unreadable(unreadable: Iterable[str]) -> None:
    """Print a line for each repository or pull request that the numbers lack."""
    for line in unreadable:
        _indented(f"left out: {line}")


def print_manifest(manifest: Manifest) -> None:
    """Print a row per resource: the claimed records, and those that arrived."""
    print(f"Extracted {manifest.window} from {manifest.source}")
    rows: list[tuple[str, ...]] = []
    for name, tally in manifest.resources.items():
        expected = "not said" if tally.expected is None else f"{tally.expected:,}"
        numbers = (tally.received, tally.rejected, tally.rows, tally.requests, tally.retries)
        rows.append((name, expected, *(f"{number:,}" for number in numbers)))
    print_table(
        ["resource", "expected", "received", "rejected", "rows", "requests", "retries"], rows
    )
    if manifest.adds_to_history:
        print_changes(manifest)
    waited = sum(tally.waited_seconds for tally in manifest.resources.values())
    if waited >= 1:
        print(f"  waited {waited:,.0f} s for the source's limit, and between tries")
    for note in manifest.notes:
        _indented(f"note: {note}")
    print()


def print_changes(manifest: Manifest) -> None:
    """Print what a run has changed in the rows of the runs before it."""
    print()
    rows: list[tuple[str, ...]] = []
    for name, tally in manifest.resources.items():
        numbers = (tally.new, tally.changed, tally.unchanged, tally.gone)
        rows.append((name, *(f"{n:,}" for n in (*numbers, manifest.row_counts[name]))))
    print_table(["changes", "new", "changed", "unchanged", "gone", "rows in all"], rows)


def print_pruned(pruned: Pruned, *, dry_run: bool) -> None:
    """Print how many rows of each raw table go and stay, and the next command."""
    verb = "Would drop" if dry_run else "Dropped"
    print(f"{verb} pull requests closed before {pruned.before}, and all that is theirs")
    rows: list[tuple[str, ...]] = []
    for name, gone in pruned.gone.items():
        rows.append((name, f"{gone:,}", f"{pruned.left[name]:,}"))
    print_table(["raw table", "gone", "left"], rows)
    if not dry_run:
        print("The database still holds them. Next: load, then transform")


def print_report(report: BuildReport, engine: Engine | None) -> None:
    """Print a row per table with the results of its data tests, then the findings."""
    chosen = [result for result in report.models if result.chosen]
    models = [result for result in chosen if result.layer != "raw"]
    others = [result for result in report.models if not result.chosen]
    did = "Built and tested" if report.was_build else "Tested"
    print(f"{did}{_named(chosen) if others else ''} in {report.seconds:.1f} s")
    rows: list[tuple[str, ...]] = []
    for result in models or chosen:
        numbers = (result.rows, len(result.tests), result.count("warn"), result.count("fail"))
        rows.append((result.model, *(f"{number:,}" for number in numbers)))
    print_table(["table", "rows", "tests", "warned", "failed"], rows)
    if report.older_versions:
        _indented(replaced(report.older_versions))
    if report.skipped:
        _indented(f"skipped after the first failure: {', '.join(report.skipped)}")
    if report.dropped:
        _indented(f"dropped, no model defines it any more: {', '.join(report.dropped)}")
    print_unreadable(report.unreadable)
    about = {result.model for result in chosen}
    warned = [test for test in report.warned if test.model in about]
    print_findings((*report.failed, *warned), engine)
    if others:
        print_others(others)
    if warned and not report.failed:
        _indented("Warnings do not block; with --strict they do.")
    print()


def print_others(others: Sequence[ModelResult]) -> None:
    """Print in one line which tables were tested because the selected ones read them."""
    stored = [result.model for result in others if result.layer not in ("raw", "intermediate")]
    warned = sum(result.count("warn") for result in others)
    names = f": {', '.join(stored)}" if stored else ""
    plural = "s" * (warned != 1)
    told = f"{warned} warning{plural} there: test shows all" if warned else "no warnings"
    _indented(f"also tested, since they are read{names} ({told})")


def _named(chosen: Sequence[ModelResult]) -> str:
    """Return the names of the selected tables, or how many they are."""
    names = [result.model for result in chosen]
    return f" {', '.join(names)}" if len(names) <= FEW else f" {len(names)} tables"


def print_findings(found: Iterable[CheckResult], engine: Engine | None) -> None:
    """Print failures and warnings, with example rows the first time that a test is named."""
    shown: set[str] = set()
    for test in found:
        _indented(finding(test))
        in_words = test.test in IN_WORDS
        examples = () if in_words or test.test in shown else test.examples
        shown.add(test.test)
        for row in examples:
            print(pairs_laid_out(row.items(), sys.stdout, indent=" " * 6))
        if test.failures > len(examples) and not in_words:
            name = f"{test.model}__{test.test}"
            place = engine.table("audit", name) if engine else name
            _indented(f"… all in {place}", by=6)


def print_profile(report: BuildReport) -> None:
    """Print the seconds of each table, the slowest first."""
    rows: list[tuple[str, ...]] = []
    for result in sorted(report.models, key=lambda result: -result.seconds):
        seconds = (f"{result.build_seconds:.2f}", f"{result.test_seconds:.2f}")
        share = f"{result.seconds / report.seconds:.0%}"
        rows.append((result.model, *seconds, share, f"{result.rows:,}", f"{len(result.tests):,}"))
    build = sum(result.build_seconds for result in report.models)
    test = sum(result.test_seconds for result in report.models)
    rows.append(
        ("all tables", f"{build:.2f}", f"{test:.2f}", f"{(build + test) / report.seconds:.0%}")
    )
    print_table(["slowest first", "build s", "test s", "share", "rows", "tests"], rows)
    print()


def finding(test: CheckResult) -> str:
    """Describe a test that found rows in one line."""
    word = "FAILED" if test.status == "fail" else "warning"
    if test.test in IN_WORDS:
        return f"{word}: {test.model}: {test.description} ({test.test})"
    says = f": {test.description}" if test.description else ""
    breaks = "breaks" if test.failures == 1 else "break"
    return f"{word}: {test.failing} of {test.model} {breaks} {test.test}{says}"


def _indented(text: str, by: int = 2) -> None:
    print(laid_out(text, sys.stdout, indent=" " * by))


def place(outcome: Outcome, settings: Settings) -> str:
    """Return the place of the result."""
    extracted = outcome.manifest is not None and outcome.report is None
    if extracted and not outcome.loaded and not outcome.unchanged:
        return f"Parquet set: {outcome.place or settings.landing}"
    return f"Database: {outcome.engine or settings.database}"
