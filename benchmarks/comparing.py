"""Compare two sets of marts, up to the digits that depend on the order of threads."""

from __future__ import annotations

from pathlib import Path

import duckdb

#: The key of each mart.
MARTS = {
    "mart_velocity": ("week", "repo_name"),
    "mart_ai_impact": ("week", "ai_usage_band"),
    "mart_ai_impact_by_repo": ("week", "repo_name", "ai_usage_band"),
    "mart_quality": ("week", "repo_name"),
    "mart_review_costs": ("week", "repo_name"),
    "mart_coverage": ("week", "repo_name"),
    "mart_pull_requests": ("repo_name", "pr_number"),
}


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
    same_key = " AND ".join(f"a.{name} = b.{name}" for name in MARTS[mart])
    equal = " AND ".join(_equal(name, type_) for name, type_, *_ in columns)
    found = connection.execute(
        f"SELECT count(*), count_if(NOT coalesce({equal}, FALSE)) FROM ours.main_mart.{mart} AS a "
        f"FULL JOIN theirs.{schema}.{mart} AS b ON {same_key}"
    ).fetchone()
    return found is None or found[0] == 0 or found[1] > 0


def _equal(name: str, type_: str) -> str:
    same = f"a.{name} IS NOT DISTINCT FROM b.{name}"
    if type_ != "DOUBLE":
        return same
    return f"coalesce(abs(a.{name} - b.{name}) <= 1e-9 * greatest(1, abs(a.{name})), {same})"
