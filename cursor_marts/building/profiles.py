"""What tells of a broken source although every row is right, from one query of whole numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cursor_marts.building.results import CheckResult
from cursor_marts.building.thresholds import Thresholds

COLUMNS, VOLUME, END = "columns_as_before", "volume_as_before", "ends_with_the_window"
#: What each of these tests says if it finds nothing; what it finds it says in words as well.
IN_WORDS = {
    COLUMNS: "No column has lost its values since the table was published.",
    VOLUME: "The last whole week has as many rows as the weeks before allow.",
    END: "The newest row is not much older than the end of the window.",
}
#: A column is constant if it has one value in so many rows, and had so many values before.
ROWS, VALUES = 20, 10
#: Weeks with fewer rows than this may be empty by chance.
FEW = 10
SECONDS = 86_400
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Profiled:
    """A table, the columns that are looked at, and the one that says when; '' without one."""

    name: str
    columns: tuple[str, ...]
    dated: str = ""


@dataclass(frozen=True)
class Window:
    """The days that the history covers whole, from the first to the one after the last."""

    start: date
    end: date


@dataclass
class Profile:
    """What a table holds: its rows, about how many values each column has, the rows by week."""

    rows: int = 0
    values: dict[str, int] = field(default_factory=dict)
    weeks: dict[date, int] = field(default_factory=dict)
    newest: dict[date, date] = field(default_factory=dict)

    def content(self, before: Profile | None) -> str:
        """Return it for the record: of rows or values that are lost, as it was before."""
        if before and before.rows and not self.rows:
            return before.content(None)
        kept = {name: before.values[name] for name in lost(self, before)} if before else {}
        return json.dumps({"rows": self.rows, "values": self.values | kept}, sort_keys=True)

    @classmethod
    def recorded(cls, content: str) -> Profile:
        """Return what `content` has returned."""
        found = json.loads(content)
        return cls(found["rows"], found["values"])


Note = Callable[[Profile, Profiled, Sequence[Any]], None]


def profiles_of(
    tables: Sequence[Profiled], rows: Iterable[Sequence[Any]]
) -> tuple[dict[str, Profile], Window | None]:
    """Return the profiles of tables, and the window, from the rows of the query.

    The first number of a row says which of the queries has returned it.
    """
    found = {table.name: Profile() for table in tables}
    window, kinds = None, list(_kinds(tables))
    for number, *numbers in rows:
        kind = kinds[int(number)]
        if kind is None:
            window = _window(numbers)
        else:
            table, note = kind
            note(found[table.name], table, numbers)
    return found, window


def _kinds(tables: Iterable[Profiled]) -> Iterator[tuple[Profiled, Note] | None]:
    """Yield, for each query in order, its table and how its rows are noted; first the window's."""
    yield None
    for table in tables:
        yield table, _note_columns
        if table.dated:
            yield table, _note_week


def _note_columns(profile: Profile, table: Profiled, numbers: Sequence[Any]) -> None:
    profile.rows = int(numbers[0])
    counts = numbers[1 : len(table.columns) + 1]
    profile.values = {c: int(n or 0) for c, n in zip(table.columns, counts, strict=True)}


def _note_week(profile: Profile, table: Profiled, numbers: Sequence[Any]) -> None:
    week, count, newest = numbers[:3]
    profile.weeks[_day(week)] = int(count)
    profile.newest[_day(week)] = _day(newest)


def _window(numbers: Sequence[Any]) -> Window | None:
    if None in numbers[:3]:
        return None
    start, end, began = map(_day, numbers[:3])
    return Window(start, min(end + timedelta(days=1), began))


def _day(seconds: Any) -> date:
    return date(1970, 1, 1) + timedelta(days=int(seconds) // SECONDS)


def results(
    table: Profiled,
    now: Profile,
    before: Profile | None,
    window: Window | None,
    thresholds: Thresholds,
) -> Iterator[CheckResult]:
    """Yield what a table's profile tells, each as the result of a test that warns."""
    yield _columns(table, now, before)
    if table.dated and window:
        yield _volume(table, now, window, thresholds)
        yield _end(table, now, window, thresholds)


def lost(now: Profile, before: Profile) -> list[str]:
    """Return the columns that are NULL or constant in all rows, and were not before."""
    return [
        name
        for name, values in now.values.items()
        if (values == 0 and now.rows and before.values.get(name, 0) > 0)
        or (values == 1 and now.rows >= ROWS and before.values.get(name, 0) >= VALUES)
    ]


def _columns(table: Profiled, now: Profile, before: Profile | None) -> CheckResult:
    if before and before.rows and not now.rows:
        return _result(table, COLUMNS, 1, f"there are no rows, and were {before.rows:,} before")
    names = lost(now, before) if before else []
    kind = {0: "NULL", 1: "one value"}
    examples = tuple({"column": n, "now": f"{kind[now.values[n]]} in all rows"} for n in names)
    said = ", ".join(f"{each['column']} is {each['now']}" for each in examples)
    text = f"{said}, and was not before" if names else IN_WORDS[COLUMNS]
    return _result(table, COLUMNS, len(names), text, examples)


def _volume(table: Profiled, now: Profile, window: Window, allowed: Thresholds) -> CheckResult:
    last = window.end - timedelta(days=window.end.weekday()) - WEEK
    earlier = [last - WEEK * n for n in range(1, int(allowed.volume_weeks) + 1)]
    known = [now.weeks.get(week, 0) for week in earlier if week >= window.start]
    rows = now.weeks.get(last, 0)
    # An empty week is what the end of the data tells.
    enough = len(known) >= min(4, allowed.volume_weeks) and rows > 0
    low, high = (min(known), max(known)) if known else (0, 0)
    is_low = low >= FEW and rows * allowed.volume_factor < low
    is_high = rows >= FEW * allowed.volume_factor and rows > high * allowed.volume_factor
    if not enough or not (is_low or is_high):
        return _result(table, VOLUME, 0, IN_WORDS[VOLUME])
    before = f"{low:,} to {high:,} in the {len(known)} weeks before"
    text = f"the week of {last} has {rows:,} rows, {before}"
    return _result(table, VOLUME, 1, text, ({"week": str(last), "rows": rows, "before": before},))


def _end(table: Profiled, now: Profile, window: Window, allowed: Thresholds) -> CheckResult:
    inside = sorted(week for week in now.weeks if window.start <= week < window.end)
    if len([week for week in inside if now.weeks[week] >= FEW]) < 2:
        return _result(table, END, 0, IN_WORDS[END])
    newest = now.newest[inside[-1]] + timedelta(days=6 if table.dated == "week" else 0)
    days = (window.end - newest).days - 1
    if days < allowed.end_days:
        return _result(table, END, 0, IN_WORDS[END])
    text = f"the newest row is of {newest}, {days} days before the end of the window"
    return _result(
        table,
        END,
        1,
        text,
        ({"newest": str(newest), "window_end": str(window.end - timedelta(days=1))},),
    )


def _result(
    table: Profiled, test: str, failures: int, text: str, examples: Sequence[Mapping[str, Any]] = ()
) -> CheckResult:
    shown = tuple(dict(each) for each in examples)
    return CheckResult(table.name, test, "warn", failures, text, shown)
