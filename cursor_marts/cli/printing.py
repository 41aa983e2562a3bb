"""Prints reports as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from cursor_marts.building.profiles import IN_WORDS
from cursor_marts.building.results import BuildReport, CheckResult, ModelResult, replaced
from cursor_marts.cli.screen import Screen
from cursor_marts.cli.text import laid_out, pairs_laid_out
from cursor_marts.commands.pipeline import Outcome
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.engine import Engine
from cursor_marts.raw.manifest import Manifest

if TYPE_CHECKING:
    from cursor_marts.raw.pruning import Pruned

WIDE = 1_000
#: So many selected tables are named before their list.
FEW = 3


def print_outcome(
    outcome: Outcome, settings: Settings, following: str, *, profile: bool = False
) -> None:
    """Print what was extracted, built and found, the place of the result, and the next command."""
    console = _console()
    if outcome.manifest and outcome.loaded:
        print_loaded(console, outcome.manifest)
    elif outcome.manifest:
        print_manifest(console, outcome.manifest)
    if outcome.report:
        print_report(console, outcome.report, outcome.engine)
        if profile:
            print_profile(console, outcome.report)
    if outcome.nothing_failed:
        console.print("No data test failed in the last run: nothing was repeated.")
    if outcome.unchanged:
        console.print("Nothing has changed since the tables were published: none was built.")
    console.print(place(outcome, settings))
    if outcome.advice:
        console.print(outcome.advice)
    if following:
        console.print(f"Next: {following}")


def print_failures(outcome: Outcome, *, profile: bool = False) -> None:
    """Print the data tests that failed, with rows; nothing if none failed."""
    console = _console()
    if outcome.report:
        print_findings(console, outcome.report.failed, outcome.engine)
        if profile:
            print_profile(console, outcome.report)


def print_loaded(console: Console, manifest: Manifest) -> None:
    """Print the row count of each loaded raw table."""
    console.print(f"Loaded {manifest.window} from {manifest.source}")
    table = _table("raw table", "rows")
    for name, rows in manifest.row_counts.items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    print_unreadable(console, map(str, manifest.unreadable))
    console.print()


def print_unreadable(console: Console, unreadable: Iterable[str]) -> None:
    """Print a line for each repository or pull request that the numbers lack."""
    for line in unreadable:
        _indented(console, f"left out: {line}")


def print_manifest(console: Console, manifest: Manifest) -> None:
    """Print a row per resource: the claimed records, and those that arrived."""
    console.print(f"Extracted {manifest.window} from {manifest.source}")
    table = _table("resource", "expected", "received", "rejected", "rows", "requests", "retries")
    for name, tally in manifest.resources.items():
        expected = "not said" if tally.expected is None else f"{tally.expected:,}"
        numbers = (tally.received, tally.rejected, tally.rows, tally.requests, tally.retries)
        table.add_row(name, expected, *(f"{number:,}" for number in numbers))
    console.print(table)
    if manifest.adds_to_history:
        print_changes(console, manifest)
    waited = sum(tally.waited_seconds for tally in manifest.resources.values())
    if waited >= 1:
        console.print(f"  waited {waited:,.0f} s for the source's limit, and between tries")
    for note in manifest.notes:
        _indented(console, f"note: {note}")
    console.print()


def print_changes(console: Console, manifest: Manifest) -> None:
    """Print what a run has changed in the rows of the runs before it."""
    console.print()
    table = _table("changes", "new", "changed", "unchanged", "gone", "rows in all")
    for name, tally in manifest.resources.items():
        numbers = (tally.new, tally.changed, tally.unchanged, tally.gone)
        table.add_row(name, *(f"{n:,}" for n in (*numbers, manifest.row_counts[name])))
    console.print(table)


def print_pruned(pruned: Pruned, *, dry_run: bool) -> None:
    """Print how many rows of each raw table go and stay, and the next command."""
    console = _console()
    verb = "Would drop" if dry_run else "Dropped"
    console.print(f"{verb} pull requests closed before {pruned.before}, and all that is theirs")
    table = _table("raw table", "gone", "left")
    for name, gone in pruned.gone.items():
        table.add_row(name, f"{gone:,}", f"{pruned.left[name]:,}")
    console.print(table)
    if not dry_run:
        console.print("The database still holds them. Next: load, then transform")


def print_report(console: Console, report: BuildReport, engine: Engine | None) -> None:
    """Print a row per table with the results of its data tests, then the findings."""
    chosen = [result for result in report.models if result.chosen]
    models = [result for result in chosen if result.layer != "raw"]
    others = [result for result in report.models if not result.chosen]
    did = "Built and tested" if report.was_build else "Tested"
    console.print(f"{did}{_named(chosen) if others else ''} in {report.seconds:.1f} s")
    table = _table("table", "rows", "tests", "warned", "failed")
    for result in models or chosen:
        numbers = (result.rows, len(result.tests), result.count("warn"), result.count("fail"))
        table.add_row(result.model, *(f"{number:,}" for number in numbers))
    console.print(table)
    if report.older_versions:
        _indented(console, replaced(report.older_versions))
    if report.skipped:
        _indented(console, f"skipped after the first failure: {', '.join(report.skipped)}")
    if report.dropped:
        _indented(console, f"dropped, no model defines it any more: {', '.join(report.dropped)}")
    print_unreadable(console, report.unreadable)
    about = {result.model for result in chosen}
    warned = [test for test in report.warned if test.model in about]
    print_findings(console, (*report.failed, *warned), engine)
    if others:
        print_others(console, others)
    if warned and not report.failed:
        _indented(console, "Warnings do not block; with --strict they do.")
    console.print()


def print_others(console: Console, others: Sequence[ModelResult]) -> None:
    """Print in one line which tables were tested because the selected ones read them."""
    stored = [result.model for result in others if result.layer not in ("raw", "intermediate")]
    warned = sum(result.count("warn") for result in others)
    names = f": {', '.join(stored)}" if stored else ""
    plural = "s" * (warned != 1)
    told = f"{warned} warning{plural} there: test shows all" if warned else "no warnings"
    _indented(console, f"also tested, since they are read{names} ({told})")


def _named(chosen: Sequence[ModelResult]) -> str:
    """Return the names of the selected tables, or how many they are."""
    names = [result.model for result in chosen]
    return f" {', '.join(names)}" if len(names) <= FEW else f" {len(names)} tables"


def print_findings(console: Console, found: Iterable[CheckResult], engine: Engine | None) -> None:
    """Print failures and warnings, with example rows the first time that a test is named."""
    shown: set[str] = set()
    for test in found:
        _indented(console, finding(test))
        in_words = test.test in IN_WORDS
        examples = () if in_words or test.test in shown else test.examples
        shown.add(test.test)
        for row in examples:
            console.print(pairs_laid_out(row.items(), console.file, indent=" " * 6))
        if test.failures > len(examples) and not in_words:
            name = f"{test.model}__{test.test}"
            place = engine.table("audit", name) if engine else name
            _indented(console, f"… all in {place}", by=6)


def print_profile(console: Console, report: BuildReport) -> None:
    """Print the seconds of each table, the slowest first."""
    table = _table("slowest first", "build s", "test s", "share", "rows", "tests")
    for result in sorted(report.models, key=lambda result: -result.seconds):
        seconds = (f"{result.build_seconds:.2f}", f"{result.test_seconds:.2f}")
        share = f"{result.seconds / report.seconds:.0%}"
        table.add_row(result.model, *seconds, share, f"{result.rows:,}", f"{len(result.tests):,}")
    build = sum(result.build_seconds for result in report.models)
    test = sum(result.test_seconds for result in report.models)
    table.add_row(
        "all tables", f"{build:.2f}", f"{test:.2f}", f"{(build + test) / report.seconds:.0%}"
    )
    console.print(table)
    console.print()


def finding(test: CheckResult) -> str:
    """Describe a test that found rows in one line."""
    word = "FAILED" if test.status == "fail" else "warning"
    if test.test in IN_WORDS:
        return f"{word}: {test.model}: {test.description} ({test.test})"
    says = f": {test.description}" if test.description else ""
    breaks = "breaks" if test.failures == 1 else "break"
    return f"{word}: {test.failing} of {test.model} {breaks} {test.test}{says}"


def _indented(console: Console, text: str, by: int = 2) -> None:
    console.print(laid_out(text, console.file, indent=" " * by))


def place(outcome: Outcome, settings: Settings) -> str:
    """Return the place of the result."""
    extracted = outcome.manifest is not None and outcome.report is None
    if extracted and not outcome.loaded and not outcome.unchanged:
        return f"Parquet set: {outcome.place or settings.landing}"
    return f"Database: {outcome.engine or settings.database}"


def _console() -> Console:
    """Return a console that prints text unchanged, and numbers whole on a narrow terminal."""
    return Screen(width=WIDE, soft_wrap=True, highlight=False, markup=False, emoji=False)


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(first, no_wrap=True)
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
