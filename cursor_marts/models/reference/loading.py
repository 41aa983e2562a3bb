"""Reads and checks the reference files: the package's own, then those of a team.

A mistake in a file raises ReferenceFilesError, which names the file and the line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from cursor_marts.errors import ReferenceFilesError, UsageError
from cursor_marts.models.reference.bands import UNKNOWN_BAND, Band
from cursor_marts.models.reference.tables import (
    KINDS,
    RULES,
    Account,
    BugFixRule,
    Reference,
    TeamMember,
    normalized_name,
)

SHIPPED = Path(__file__).parent
T = TypeVar("T")


class _Mistake(ValueError):
    """A line cannot be used; the message says why."""


@dataclass(frozen=True)
class _Read(Generic[T]):
    """The value of a line, and its file and line number in words."""

    value: T
    place: str


@dataclass(frozen=True)
class _File(Generic[T]):
    """A reference file: its name, its columns, and the value and the key of a line."""

    name: str
    columns: tuple[str, ...]
    value: Callable[..., T]
    key: Callable[[T], object]

    def lines(self, folder: Path | None) -> list[_Read[T]]:
        """Return the package's lines, replaced by those of a folder. Raises ReferenceFilesError."""
        found = self._lines_of(SHIPPED / self.name)
        if folder is not None and (folder / self.name).exists():
            found |= self._lines_of(folder / self.name)
        return list(found.values())

    def values(self, folder: Path | None) -> tuple[T, ...]:
        """Return the values of the lines. Raises ReferenceFilesError."""
        return tuple(line.value for line in self.lines(folder))

    def _lines_of(self, path: Path) -> dict[object, _Read[T]]:
        found: dict[object, _Read[T]] = {}
        for number, values in rows_in(path):
            place = f"{path}, line {number}"
            try:
                value = self._value_of(values)
            except _Mistake as mistake:
                raise ReferenceFilesError(f"{place}: {mistake}", hint="correct the line") from None
            if before := found.get(self.key(value)):
                hint = "remove one of the two"
                raise ReferenceFilesError(f"{place}: has the key of {before.place}", hint=hint)
            found[self.key(value)] = _Read(value, place)
        return found

    def _value_of(self, values: Mapping[str | None, Any]) -> T:
        unknown = [str(name) for name in values if name not in self.columns]
        missing = [name for name in self.columns if values.get(name) is None]
        if unknown or missing:
            raise _Mistake(f"its columns are not {', '.join(self.columns)}")
        return self.value(**{name: values[name].strip() for name in self.columns})


def rows_in(path: Path) -> Iterator[tuple[int, dict[str | None, Any]]]:
    """Yield the number and values of each non-empty line. Raises ReferenceFilesError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise ReferenceFilesError(
            f"cannot read {path}: {said}", hint="write it as CSV in UTF-8"
        ) from None


def _band(
    ai_usage_band: str, from_ratio: str, from_inclusive: str, to_ratio: str, to_inclusive: str
) -> Band:
    if ai_usage_band in ("", UNKNOWN_BAND):
        raise _Mistake(f"a band cannot be called {ai_usage_band!r}")
    return Band(
        ai_usage_band,
        _ratio(from_ratio),
        _truth(from_inclusive),
        _ratio(to_ratio),
        _truth(to_inclusive),
    )


def _ratio(text: str) -> float | None:
    if text == "":
        return None
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", text):
        raise _Mistake(f"{text!r} is not a ratio from 0 to 1, nor empty for no bound")
    return float(text)


def _truth(text: str) -> bool:
    if text not in ("true", "false", ""):
        raise _Mistake(f"{text!r} is not true or false")
    return text == "true"


def _account(login: str, kind: str, vendor: str) -> Account:
    return Account(_named(normalized_name(login), "login"), _one_of(kind, KINDS, "kind"), vendor)


def _bug_fix_rule(rule: str, value: str) -> BugFixRule:
    value = _named(value.lower(), "value")
    known = _one_of(rule, RULES, "rule")
    if known == "title" and not re.fullmatch("[a-z][a-z0-9-]*", value):
        raise _Mistake(f"{value!r} is not a title's type: letters, digits and hyphens")
    return BugFixRule(known, value)


def _team_member(person: str, team: str) -> TeamMember:
    return TeamMember(_named(normalized_name(person), "person"), _named(team, "team"))


def _named(text: Any, column: str) -> Any:
    if not text:
        raise _Mistake(f"its {column} is empty")
    return text


def _one_of(text: str, known: tuple[Any, ...], column: str) -> Any:
    if text not in known:
        raise _Mistake(f"its {column} is {text!r}, which is none of {', '.join(known)}")
    return text


BANDS = _File(
    "ai_ratio_bands.csv",
    ("ai_usage_band", "from_ratio", "from_inclusive", "to_ratio", "to_inclusive"),
    _band,
    key=lambda band: band.name,
)
ACCOUNTS = _File("accounts.csv", ("login", "kind", "vendor"), _account, key=lambda a: a.login)
BUG_FIX_RULES = _File("bug_fix_rules.csv", ("rule", "value"), _bug_fix_rule, key=lambda rule: rule)
TEAMS = _File("teams.csv", ("person", "team"), _team_member, key=lambda member: member.person)
NAMES = (BANDS.name, ACCOUNTS.name, BUG_FIX_RULES.name, TEAMS.name)


def load(folder: Path | None = None, *, seeds: bool = False) -> Reference:
    """Return the package's reference data, with the lines of a team's own folder over it.

    A line of the folder replaces the package's line with the same key; other lines are added at the
    end. With `seeds` the folder may hold other files, which models declare. Raises UsageError if
    the folder does not exist, and ReferenceFilesError for a file or a line that cannot be used.
    """
    if folder is not None:
        _check_folder(folder, seeds=seeds)
    return Reference(
        bands=_without_gaps(BANDS.lines(folder)),
        accounts=ACCOUNTS.values(folder),
        bug_fix_rules=BUG_FIX_RULES.values(folder),
        teams=TEAMS.values(folder),
    )


def _check_folder(folder: Path, *, seeds: bool) -> None:
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder of reference files at {folder}",
            hint=f"create it, with any of {', '.join(NAMES)}",
        )
    for file in sorted(folder.glob("*.csv")):
        if file.name not in NAMES and not seeds:
            raise ReferenceFilesError(
                f"{file}: there is no reference file of this name",
                hint=f"rename it to one of {', '.join(NAMES)}, or move it elsewhere",
            )


def _without_gaps(lines: list[_Read[Band]]) -> tuple[Band, ...]:
    """Return the bands in ascending order. Raises ReferenceFilesError for a gap or an overlap."""
    lines = sorted(lines, key=lambda line: line.value.from_ratio or 0)
    before: Band | None = None
    for line in lines:
        if not line.value.continues(before):
            begins = f"where {before.name} ends" if before else "with the lowest ratio"
            raise ReferenceFilesError(
                f"{line.place}: band {line.value.name} does not begin {begins}",
                hint="give the bands bounds that meet, each bound to one of the two bands",
            )
        before = line.value
    if before and before.to_ratio is not None:
        raise ReferenceFilesError(
            f"{lines[-1].place}: no band covers the ratios above {before.to_ratio}",
            hint="leave the to_ratio of the last band empty",
        )
    return tuple(line.value for line in lines)
