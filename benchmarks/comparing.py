"""Compare two sets of marts, up to the digits that depend on the order of threads."""

from __future__ import annotations

from pathlib import Path

import duckdb

MARTS = ("mart_velocity", "mart_ai_impact", "mart_quality", "mart_review_costs")


def compare(database: Path, other: Path, schema: str) -> None:
    """Compare the marts of `database` with those in a schema of `other`.

    Raises ValueError, naming the marts that differ in a key, a count or the ninth digit of a mean.
    """
    with duckdb.connect() as connection:
        for alias, file in {"ours": database, "theirs": other}.items():
            path = str(file).replace("'", "''")
            connection.execute(f"ATTACH '{path}' AS {alias} (READ_ONLY)")
        different = [mart for mart in MARTS if _differ(connection, mart, schema)]
    if different:
        raise ValueError(f"other rows in {schema}: {', '.join(different)}")


def _differ(connection: duckdb.DuckDBPyConnection, mart: str, schema: str) -> bool:
    columns = connection.execute(f"DESCRIBE ours.main_mart.{mart}").fetchall()
    week, group = columns[0][0], columns[1][0]
    equal = " AND ".join(_equal(name, type_) for name, type_, *_ in columns)
    found = connection.execute(
        f"SELECT count(*), count_if(NOT coalesce({equal}, FALSE)) FROM ours.main_mart.{mart} AS a "
        f"FULL JOIN theirs.{schema}.{mart} AS b ON a.{week} = b.{week} AND a.{group} = b.{group}"
    ).fetchone()
    return found is None or found[0] == 0 or found[1] > 0


def _equal(name: str, type_: str) -> str:
    same = f"a.{name} IS NOT DISTINCT FROM b.{name}"
    if type_ != "DOUBLE":
        return same
    return f"coalesce(abs(a.{name} - b.{name}) <= 1e-9 * greatest(1, abs(a.{name})), {same})"
