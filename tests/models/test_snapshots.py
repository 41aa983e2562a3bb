"""The SQL that is shipped to each engine, so that a change of it is seen in review."""

from pathlib import Path

import pytest
import sqlglot

from cursor_marts.engines.dialect import ENGINES, sql
from cursor_marts.graph import Model
from cursor_marts.models import all_models

SNAPSHOTS = Path(__file__).parent / "snapshots"
MODELS = all_models()


@pytest.mark.parametrize("dialect", sorted(ENGINES))
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_sql_is_the_one_reviewed(
    model: Model, dialect: str, request: pytest.FixtureRequest
) -> None:
    """Each model's SQL is as kept; run pytest --update-snapshots after a change that is meant."""
    engine = ENGINES[dialect]
    text = sql(model, engine.tables(MODELS), engine) + "\n"
    kept = SNAPSHOTS / dialect / f"{model.name}.sql"
    if request.config.getoption("--update-snapshots"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(text.encode())
    assert text == kept.read_bytes().decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_snowflake_names_are_upper_case(model: Model) -> None:
    """Whoever types a name without quotes on Snowflake means the upper-case one."""
    text = (SNAPSHOTS / "snowflake" / f"{model.name}.sql").read_text()
    names = sqlglot.parse_one(text, read="snowflake").find_all(sqlglot.exp.Identifier)
    assert all(name.name == name.name.upper() for name in names)


def test_no_snapshot_is_left_of_a_model_that_is_gone() -> None:
    """A snapshot without its model says nothing."""
    kept = {path.stem for path in SNAPSHOTS.rglob("*.sql")}
    assert kept == {model.name for model in MODELS}
