"""Dropping what is older than a day from a landing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.history import PRUNED, History
from cursor_marts.raw.landing import replacing
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.scope import ClosedBefore, Committed, Scope, midnight
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.store import Store
from cursor_marts.raw.tables import RAW_TABLES

#: Commits are kept for so many days more: those of a pull request are older than it.
COMMITS_LONGER = timedelta(days=30)


@dataclass(frozen=True)
class Pruned:
    """The rows of each raw table that go with what is older than a day, and those that stay."""

    before: date
    gone: dict[str, int]
    left: dict[str, int]


def monday_of(day: date) -> date:
    """Return the Monday on or before a day: no week is to lose a part of its pull requests."""
    return day - timedelta(days=day.weekday())


def prune(landing: Path, before: date, *, dry_run: bool = False) -> Pruned:
    """Drop pull requests that were closed before a week, and commits made a month before it.

    All that belongs to these pull requests goes with them; open ones stay. With `dry_run` nothing
    is changed. Raises LandingError if there is no landing with files by month.
    """
    day = monday_of(before)
    manifest = Manifest.read(landing)
    if not manifest.is_by_month:
        raise LandingError(
            f"{landing} was written by an earlier version, which kept no history",
            hint="extract once with this version first",
            next_command=NextCommand("extract"),
        )
    with replacing(landing) as work:
        work.keeps_answers = True
        history = History(landing.resolve(), manifest)
        store = Store(work.landed, work.spooled, history, manifest.started_at)
        gone = {name: _drop(store, name, day) for name in RAW_TABLES if name in manifest.files}
        files = {name: store.files[name] for name in gone}
        pruned = replace(manifest, files=files, states=states_after(manifest.states, day))
        (manifest if dry_run else pruned).write(work.landed)
        work.is_abandoned = dry_run
    return Pruned(day, gone, {name: stored.rows for name, stored in files.items()})


def _drop(store: Store, resource: str, day: date) -> int:
    """Write what stays of a raw table; return the number of rows that go."""
    scopes: dict[str, Scope] = {
        "pull_requests": ClosedBefore(day),
        "commits": Committed([(datetime.min, midnight(day) - COMMITS_LONGER)]),
    }
    stored = store.history.of(resource)
    source = stored.source if stored else ""
    landed = store.land(Spool(store.scratch, resource), source, scopes.get(resource))
    return landed.changes.gone


def states_after(states: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the notes of the sources for their next runs, which know nothing older than a day."""
    after = dict(states) | {PRUNED: {"before": str(day)}}
    start, commits = f"{day}T00:00:00Z", midnight(day) - COMMITS_LONGER
    if github := states.get("github"):
        known = {
            id: each | {"from": max(each["from"], start)}
            for id, each in github["repositories"].items()
        }
        after["github"] = github | {"repositories": known}
    if cursor := states.get("cursor"):
        after["cursor"] = cursor | {"from": max(cursor["from"], f"{commits.isoformat()}+00:00")}
    return after
