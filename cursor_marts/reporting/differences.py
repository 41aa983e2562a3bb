"""A diff as text for a terminal, or as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cursor_marts.building.differences import ColumnDifference, Diff, Example, TableDifference
from cursor_marts.building.results import CheckResult

#: Columns whose examples are shown as text; JSON has all of them.
SHOWN = 12
LONGEST = 60
CHANGES = {"new": "new", "gone": "gone: no model makes it any more, so that a build drops it"}


def as_text(diff: Diff) -> str:
    """Return a diff as plain lines: each table, then its columns, each with a few examples."""
    lines = [summary(diff), *(f"note: {remark}" for remark in diff.remarks)]
    for table in diff.tables:
        lines += ["", f"{table.table}: {'; '.join(facts(table))}"]
        lines += [f"  {line}" for line in _findings(table)]
        for column in table.differing:
            lines.append(f"  {column.column}: {says(table, column)}")
            lines += [f"      {_example(example)}" for example in column.examples]
        lines += [f"  {line}" for line in _rounded(table)]
    if diff.rounded:
        lines += ["", "by a rounding alone, as sums in another order:"]
        lines += [f"  {table.table}: {', '.join(table.rounded)}" for table in diff.rounded]
    return "\n".join([*lines, ""])


def as_markdown(diff: Diff) -> str:
    """Return a diff as Markdown: for each table a table of its columns, with examples to unfold.

    Values from the data are code, in which nothing is a link or a mention.
    """
    lines = ["### What this changes in the tables", "", summary(diff)]
    for remark in diff.remarks:
        lines += ["", f"**Note**: {remark}"]
    for table in diff.tables:
        lines += ["", *_markdown(table)]
    if diff.rounded:
        named = ", ".join(f"`{table.table}`" for table in diff.rounded)
        lines += ["", f"By a rounding alone, as sums in another order: {named}."]
    return "\n".join([*lines, ""])


def summary(diff: Diff) -> str:
    """Return one sentence: how many tables differ, how many are the same."""
    equal = len(diff.equal) + len(diff.rounded)
    counts = {"compared and equal": equal, "made by the same SQL": len(diff.untouched)}
    others = ", ".join(f"{count} {said}" for said, count in counts.items() if count)
    if not diff.differs:
        return f"Nothing differs from {diff.there}" + (f" ({others})." if others else ".")
    verb = "differs" if len(diff.tables) == 1 else "differ"
    said = f"{_tables(len(diff.tables))} {verb} from {diff.there}"
    return said + (f"; {others}." if others else ".")


def facts(table: TableDifference) -> Iterator[str]:
    """Yield what is said of a table as a whole: its rows on both sides."""
    if table.change != "changed":
        rows = table.rows_here or table.rows_there
        yield f"{CHANGES[table.change]} ({_rows(rows)})"
        return
    if not (table.rows_here or table.rows_there):
        return
    before, now = table.rows_there, table.rows_here
    yield _rows(now) if before == now else f"{before:,} → {_rows(now)}"
    if table.only_here:
        yield f"{table.only_here:,} added"
    if table.only_there:
        yield f"{table.only_there:,} gone"


def says(table: TableDifference, column: ColumnDifference) -> str:
    """Return one line on the values of a column that differ."""
    both = table.rows_here - table.only_here
    parts = [f"{column.rows:,} of {_rows(both)} {'differs' if column.rows == 1 else 'differ'}"]
    if column.largest is not None and column.typical is not None:
        parts.append(f"typically by {_number(column.typical)}, at most {_signed(column.largest)}")
    if column.tiny:
        parts.append(f"{column.tiny:,} by a rounding")
    if column.known:
        parts.append(f"{column.known:,} no longer NULL")
    if column.unknown:
        parts.append(f"{column.unknown:,} now NULL")
    return ", ".join(parts)


def _findings(table: TableDifference) -> Iterator[str]:
    """Yield a line for each test that would fail, each column that comes or goes, each row."""
    yield from map(_failure, table.failed)
    yield from (f"column gone: {name} ({type_})" for name, type_ in table.columns_gone.items())
    yield from (f"column added: {name} ({type_})" for name, type_ in table.columns_added.items())
    yield from (f"type of {name}: {' → '.join(pair)}" for name, pair in table.types.items())
    yield from (f"gone: {_pairs(key)}" for key in table.keys_only_there)
    yield from (f"added: {_pairs(key)}" for key in table.keys_only_here)


def _rounded(table: TableDifference) -> Iterator[str]:
    if table.rounded:
        yield f"by a rounding alone: {', '.join(table.rounded)}"


def _failure(test: CheckResult) -> str:
    says = f": {test.description}" if test.description else ""
    return f"WOULD FAIL: {test.failing} break{'s' * (test.failures == 1)} {test.test}{says}"


def _markdown(table: TableDifference) -> Iterator[str]:
    yield f"#### `{table.table}`"
    yield ""
    if said := "; ".join(facts(table)):
        yield f"{said}."
        yield ""
    findings = [*map(_code, _findings(table)), *_rounded(table)]
    yield from (f"- {line}" for line in findings)
    if not table.differing:
        return
    yield from [""] if findings else []
    yield from ("| column | differs |", "|---|---|")
    yield from (f"| `{column.column}` | {says(table, column)} |" for column in table.differing)
    yield from ("", "<details><summary>Examples</summary>", "")
    for column in table.differing[:SHOWN]:
        yield f"- `{column.column}`"
        yield from (f"  - {_code(_example(example))}" for example in column.examples)
    yield from ("", "</details>")


def _example(example: Example) -> str:
    return f"{_pairs(example.key)}: {_value(example.there)} → {_value(example.here)}"


def _pairs(key: Mapping[str, Any]) -> str:
    return "  ".join(f"{name}={_value(value)}" for name, value in key.items())


def _value(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, float):
        return _number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{_number(abs(value))}"


def _code(text: str) -> str:
    """Return a text as Markdown code, in which no mark has a meaning."""
    return f"`{text.replace('`', chr(39))}`"


def _tables(count: int) -> str:
    return f"{count} table{'s' if count != 1 else ''}"


def _rows(count: int) -> str:
    return f"{count:,} row{'s' if count != 1 else ''}"
