"""The last build or test by its report: what its data tests found, in words and with a share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cursor_marts.building.profiles import IN_WORDS
from cursor_marts.models import all_models

#: The layers' prefixes of names, which readers of the page need not know.
PREFIXES = ("stg_", "int_")
ROWS_OF = {"int_pr_with_commits": "pull requests", "stg_pull_request_commits": "listed commits"}


@dataclass(frozen=True)
class Finding:
    """A data test that found rows; `status` is 'warn' or 'fail', `of` is None if not counted."""

    table: str
    status: str
    failures: int
    of: int | None
    rule: str
    in_words: bool = False

    @property
    def says(self) -> str:
        """How many of how many rows, of what, break which rule, or what the rule says by itself."""
        if self.in_words:
            return f"{rows_of(self.table)}: {self.rule}"
        of = f" of {self.of:,}" if self.of is not None else ""
        return f"{self.failures:,}{of} {rows_of(self.table)} break a rule: {self.rule}"


@dataclass(frozen=True)
class LastRun:
    """What the last run found; `untested` are the models that it was not about."""

    findings: tuple[Finding, ...]
    ended_at: str
    invented: bool
    older_versions: int
    untested: tuple[str, ...]
    was_build: bool

    @property
    def failed(self) -> list[Finding]:
        """The findings that block a publication."""
        return [finding for finding in self.findings if finding.status == "fail"]


def last_run(path: Path) -> LastRun | None:
    """Return the report of the last run; None if it is absent or cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return _last_run(found) if isinstance(found, dict) else None


def _last_run(results: dict[str, Any]) -> LastRun:
    about, run = results.get("metadata", {}), results.get("args", {})
    return LastRun(
        findings=tuple(_once(list(_findings(results.get("results", []))))),
        ended_at=about.get("generated_at", "")[:16].replace("T", " "),
        invented=bool(run.get("invented")),
        older_versions=run.get("older_versions", 0),
        untested=_untested(results.get("results", [])),
        was_build=run.get("which") != "test",
    )


def _findings(entries: list[dict[str, Any]]) -> Iterator[Finding]:
    parts = [entry["unique_id"].split(".") for entry in entries]
    rows = {
        part[-1]: entry.get("adapter_response", {}).get("rows_affected")
        for part, entry in zip(parts, entries, strict=True)
        if part[0] != "test"
    }
    for part, entry in zip(parts, entries, strict=True):
        if part[0] == "test" and entry["status"] in ("warn", "fail"):
            rule, of = entry["message"] or "no description", rows.get(part[2])
            in_words = part[-1] in IN_WORDS
            yield Finding(part[2], entry["status"], entry["failures"], of, rule, in_words)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Leave out what a later table repeats: it knows more."""
    for i, finding in enumerate(findings):
        later = {(rows_of(each.table), each.rule) for each in findings[i + 1 :]}
        if (rows_of(finding.table), finding.rule) not in later:
            yield finding


def _untested(entries: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the models without a test in a run; a test is called `test.<package>.<model>.…`."""
    ids = [entry["unique_id"].split(".") for entry in entries]
    tested = {parts[2] for parts in ids if parts[0] == "test"}
    return tuple(model.name for model in all_models() if model.name not in tested)


def rows_of(table: str) -> str:
    """Return what the rows of a table are, as in `pull requests`."""
    if table.startswith("mart_"):
        return f"rows of {table}"
    for prefix in PREFIXES:
        table = ROWS_OF.get(table, table).removeprefix(prefix)
    return table.replace("_", " ")
