"""A build of many rows ranks fewer of them, numbers repositories, and gives the same tables."""

from __future__ import annotations

from typing import Any

import pytest
from ibis import _
from support.raw_rows import REPO, at, comment, commit, link, loaded, pr, review, rows_of
from support.row_comparison import assert_same

from cursor_marts.building.plan import plan_build, plan_diff
from cursor_marts.building.repositories import COLUMNS, may_be_numbered
from cursor_marts.building.results import BuildReport
from cursor_marts.building.run import build_all
from cursor_marts.contracts import Contract, Field, Table
from cursor_marts.engines.duckdb import session
from cursor_marts.graph import model
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_repos import StgRepos

pytestmark = pytest.mark.slow

#: The same repository, so that keys repeat only once names have one spelling.
OTHER = f"github.com/{REPO.upper()}"
#: Names that the repositories lack, in the order of texts, and none at all.
UNKNOWN = ["", " ", "Zulu/ä", "a", "acme/Unknown", "ghe.example.com/Acme/Far", None]
TYPES = """
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
WHERE column_name IN ('repo_name', 'head_repo_name') ORDER BY ALL
"""


@pytest.fixture
def backend() -> Any:
    """Tables in which some keys repeat: later versions, equal versions, other spellings, NULL."""
    return loaded(
        repos=[{"full_name": REPO}, {"full_name": OTHER}, {"full_name": "acme/once"}],
        pull_requests=[
            pr(1, updated_at=at(20), title="old"),
            pr(1, updated_at=at(30), title="new", repo_name=OTHER, ai_ratio=0.4),
            pr(1, updated_at=at(30), title="newer", additions=7),
            pr(2, updated_at=None, head_repo_name="Fork/Web"),
            pr(3),
            *(pr(4, repo_name=name, merged_at=at(45)) for name in UNKNOWN),
        ],
        commits=[
            commit("c1", created_at=at(1), tab_lines_added=1),
            commit("c1", created_at=at(2), tab_lines_added=2),
            commit("c1", created_at=at(2), tab_lines_added=3),
            commit("c2"),
            *(commit(f"of {name}", repo_name=name) for name in UNKNOWN),
        ],
        pull_request_commits=[link("c1"), link("c1", repo_name=OTHER), link("c2", 2)],
        reviews=[review(1), review(1, created_at=at(40), state="approved"), review(2, 2)],
        review_comments=[
            comment(1, review_id=None, body="first"),
            comment(1, review_id=None, body="second"),
            comment(2),
        ],
    )


def results(backend: Any) -> tuple[BuildReport, dict[str, list[dict[str, Any]]]]:
    """Build; return the report and the rows of each mart."""
    report = build_all(backend)
    marts = [model.name for model in all_models() if model.layer == "marts"]
    return report, {name: rows_of(backend, f"main_mart.{name}") for name in marts}


def statements(backend: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets each statement from now on."""
    sent: list[str] = []

    def recorded(text: str) -> Any:
        sent.append(text)
        return backend.con.execute(text)

    monkeypatch.setattr(backend, "raw_sql", recorded)
    return sent


def test_many_rows_give_the_same_tables(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each key the same row is kept, whichever way it is found."""
    few, marts_of_few = results(backend)
    monkeypatch.setattr(session, "MANY", 1)
    many, marts_of_many = results(backend)
    assert few.rows("stg_pull_requests") == 8
    assert few.rows("stg_review_comments") == 2
    assert [(r.model, r.rows) for r in few.models] == [(r.model, r.rows) for r in many.models]
    for name, rows in marts_of_few.items():
        assert_same(marts_of_many[name], rows, name)


def test_what_stays_of_many_rows_has_names_as_texts(
    backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published tables, and the rows that fail a test; the type of the build is dropped."""
    build_all(backend)
    types = backend.raw_sql(TYPES).fetchall()
    failing = rows_of(backend, "main_audit.stg_commits__repository_exists")
    monkeypatch.setattr(session, "MANY", 1)
    sent = statements(backend, monkeypatch)
    build_all(backend)
    build_all(backend)
    assert sum("AS ENUM" in text for text in sent) == 2
    assert types == backend.raw_sql(TYPES).fetchall()
    assert {name: type_ for *_, name, type_ in types} == dict.fromkeys(COLUMNS, "VARCHAR")
    assert len(failing) == len(UNKNOWN) - 1
    assert rows_of(backend, "main_audit.stg_commits__repository_exists") == failing
    kinds = backend.raw_sql("SELECT count(*) FROM duckdb_types() WHERE NOT internal").fetchall()
    assert kinds == [(0,)]


class MartHashes(Contract):
    """One row per repository."""

    repo_hash: int = Field("A number of the repository.")


@model
def mart_hashes(repos: Table[StgRepos]) -> Table[MartHashes]:
    return repos.select(repo_hash=_.repo_name.hash())


def test_own_models_get_names_as_texts() -> None:
    """They may spell them in their own way, or show their hashes."""

    models = all_models()
    assert may_be_numbered(plan_build(models))
    assert not may_be_numbered(plan_build([*models, mart_hashes]))
    assert not may_be_numbered(plan_build(models, select="int_reverts"))
    assert not may_be_numbered(plan_diff(models))


def test_rows_whose_key_is_unique_are_not_ranked(
    backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only if a raw table has many rows: a small build would take longer."""
    sent = statements(backend, monkeypatch)
    monkeypatch.setattr(session, "MANY", len(UNKNOWN) + 6)
    build_all(backend)
    assert not [text for text in sent if text.startswith("CREATE") and "__repeated" in text]
    monkeypatch.setattr(session, "MANY", len(UNKNOWN) + 5)
    build_all(backend)
    stored = [text.partition(" AS ")[0] for text in sent if text.startswith("CREATE")]
    assert {name.rpartition("cursor_marts_")[2] for name in stored if "__" in name} >= {
        'stg_commits__repeated"',
        'stg_pull_requests__repeated"',
        'stg_pull_request_commits__repeated"',
        'stg_reviews__repeated"',
        'stg_review_comments__repeated"',
        'stg_review_comments__outdated"',
    }
    left = backend.raw_sql("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
    assert left == []
