"""The SQL that a build sends to each engine, so that a change of it is seen in review."""

from functools import cache
from pathlib import Path

import pytest
import sqlglot

from cursor_marts.building.compiled import CompiledTable
from cursor_marts.building.compiling import compile_build
from cursor_marts.building.plan import plan_build
from cursor_marts.engines.dialect import DIALECTS
from cursor_marts.graph import Model
from cursor_marts.models import all_models

pytestmark = pytest.mark.slow

SNAPSHOTS = Path(__file__).parent / "snapshots"
MODELS = all_models()


@cache
def sent(dialect: str) -> dict[str, CompiledTable]:
    """Return what a build of all models sends, by table."""
    engine = DIALECTS[dialect]
    build = compile_build(plan_build(MODELS), engine.tables(()), engine)
    return {table.name: table for table in build.tables}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_sql_is_the_one_reviewed(
    model: Model, dialect: str, request: pytest.FixtureRequest
) -> None:
    """Each model's SQL is its snapshot; run pytest --update-snapshots after a change of it."""
    query = sqlglot.parse_one(sent(dialect)[model.name].query, read=dialect)
    text = query.sql(dialect, pretty=True) + "\n"
    snapshot = SNAPSHOTS / dialect / f"{model.name}.sql"
    if request.config.getoption("--update-snapshots"):
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        snapshot.write_bytes(text.encode())
    assert text == snapshot.read_bytes().decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_snowflake_names_are_upper_case(model: Model) -> None:
    """A name that is typed without quotes on Snowflake means the upper-case one."""
    query = sent("snowflake")[model.name].query
    names = sqlglot.parse_one(query, read="snowflake").find_all(sqlglot.exp.Identifier)
    assert all(name.name == name.name.upper() for name in names)


def test_every_snapshot_has_its_model() -> None:
    """A snapshot without its model says nothing."""
    assert {path.stem for path in SNAPSHOTS.rglob("*.sql")} == {model.name for model in MODELS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_no_column_is_cast_to_a_narrower_integer(model: Model) -> None:
    """A count beyond 127 would fail where a plain 0 gave a column its type."""
    query = sqlglot.parse_one(sent("duckdb")[model.name].query, read="duckdb")
    narrow = ("TINYINT", "SMALLINT")
    assert not [
        cast.sql("duckdb")
        for cast in query.find_all(sqlglot.exp.Cast)
        if cast.to.sql("duckdb") in narrow and not isinstance(cast.this, sqlglot.exp.Literal)
    ]
