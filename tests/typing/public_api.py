"""Code as a client writes it: type-checked with the package, and never run.

A line that a checker must refuse carries an ignore; an ignore that is not needed is an error, too.
"""

from __future__ import annotations

from pathlib import Path

import cursor_marts
from cursor_marts import (
    BuildReport,
    Contract,
    CursorMartsError,
    Entry,
    Field,
    Outcome,
    Table,
    all_models,
    build,
    build_all,
    connect,
    model,
)
from cursor_marts.models.marts.mart_quality import MartQuality


def steps() -> list[str]:
    outcome: Outcome = build(source="embedded", start_date="30d", data_dir="data", strict=True)
    cursor_marts.extract("http://localhost:8080", time_limit=10, fresh=True)
    cursor_marts.load(Path("data"), lock_timeout=1)
    cursor_marts.transform("+mart_quality", exclude=["stg_repos"])
    tested = cursor_marts.test("marts stg_*", data_dir="data")
    names: tuple[str, ...] = cursor_marts.check(reference=Path("reference"))
    if tested.report is None:
        return list(names)
    return [test.name for test in tested.report.warned] + [str(outcome.invented)]


def looks() -> str:
    entries: tuple[Entry, ...] = cursor_marts.ls("marts", layer="marts")
    rows = cursor_marts.show("mart_velocity", where="total_prs > 1", order_by="week", limit=None)
    text: str = cursor_marts.sql("mart_quality", dialect="snowflake")
    drawn = cursor_marts.lineage("+mart_quality")
    of_column = cursor_marts.lineage(column="mart_quality.revert_rate", downstream=False)
    described = cursor_marts.describe("mart_quality")
    units = [column.unit for column in described.columns]
    return text + drawn.mermaid() + of_column.text() + entries[0].name + units[0] + str(rows)


def notebook() -> None:
    with connect("data", read_only=True) as db:
        db.mart_velocity.order_by("week").to_pandas()
        db["mart_quality"].to_pyarrow()
        print(db.tables, db.sql("SELECT 1").execute())


class Weeks(Contract):
    """One row: how many weeks there are."""

    weeks: int = Field("Weeks with a merge.", unit="weeks", ge=0)


@model
def mart_weeks(quality: Table[MartQuality]) -> Table[Weeks]:
    """Count the weeks."""
    return quality.agg(weeks=quality.week.nunique())


def a_mart_of_ones_own() -> BuildReport:
    with connect(read_only=False) as db:
        return build_all(db.backend, [*all_models(), mart_weeks], select="mart_weeks")


def refused() -> None:
    build(source=8080)  # type: ignore[arg-type]
    build(sauce="http://localhost:8080")  # type: ignore[call-arg]
    cursor_marts.show()  # type: ignore[call-arg]
    cursor_marts.sql("mart_quality", dialect=1)  # type: ignore[arg-type]
    cursor_marts.describe("mart_quality").colums  # type: ignore[attr-defined]  # noqa: B018
    try:
        cursor_marts.load()
    except CursorMartsError as error:
        hint: int = error.hint  # type: ignore[assignment]
        print(hint)
