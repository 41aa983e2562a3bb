"""Keys that an expression guarantees: never one too many, and enough of the package's."""

from __future__ import annotations

from typing import Any

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ibis import _
from support.raw_rows import loaded

from cursor_marts import build_all, run_data_tests
from cursor_marts.graph.analysis.keys import guaranteed, is_unique_by
from cursor_marts.models import all_models

pytestmark = pytest.mark.slow

LEFT = ibis.table({"a": "int64", "b": "int64", "c": "int64"}, name="t_left")
RIGHT = ibis.table({"d": "int64", "e": "int64"}, name="t_right")
KEYS = {LEFT.op(): ["a", "b"], RIGHT.op(): ["d"]}
GROUPS = RIGHT.group_by("e").agg(n=_.count())
NUMBERED = ibis.row_number().over(group_by="c", order_by="a")

GUARANTEED = {
    "a key that is known": (LEFT, ["a", "b"]),
    "and more than it": (LEFT, ["a", "b", "c"]),
    "under another name": (LEFT.select(x="a", y="b"), ["x", "y"]),
    "beside what is computed": (LEFT.mutate(z=_.a + _.c), ["a", "b", "z"]),
    "of some rows": (LEFT.filter(_.c > 1), ["a", "b"]),
    "in order": (LEFT.order_by("c"), ["a", "b"]),
    "the first rows": (LEFT.limit(5), ["a", "b"]),
    "groups": (LEFT.group_by("c").agg(n=_.count()), ["c"]),
    "computed groups": (LEFT.group_by(half=_.c // 2).agg(n=_.count()), ["half"]),
    "the whole as one": (LEFT.agg(n=_.count()), ["n"]),
    "the first of each": (LEFT.filter(NUMBERED == 0), ["c"]),
    "the first of each, some of them": (LEFT.filter(NUMBERED == 0, _.a > 1).select("c"), ["c"]),
    "distinct rows": (LEFT.select("b", "c").distinct(), ["b", "c"]),
    "distinct rows of a key": (LEFT.distinct(), ["a", "b"]),
    "a join by a key": (LEFT.left_join(RIGHT, LEFT.c == RIGHT.d), ["a", "b"]),
    "an inner join by a key": (LEFT.join(RIGHT, LEFT.c == RIGHT.d), ["a", "b"]),
    "a join with groups": (LEFT.left_join(GROUPS, LEFT.c == GROUPS.e), ["a", "b"]),
    "a row beside all": (LEFT.cross_join(RIGHT.agg(n=_.count())), ["a", "b"]),
    "a look-up": (LEFT.semi_join(RIGHT, LEFT.c == RIGHT.e), ["a", "b"]),
    "a look-up in vain": (LEFT.anti_join(RIGHT, LEFT.c == RIGHT.e), ["a", "b"]),
    "the next one": (LEFT.asof_join(RIGHT, LEFT.c < RIGHT.e), ["a", "b"]),
}
NOT = {
    "part of a key": (LEFT, ["a"]),
    "no key": (LEFT, ["c"]),
    "a table of which nothing is known": (ibis.table({"a": "int64"}, name="t_other"), ["a"]),
    "a key that is computed with": (LEFT.mutate(a=_.a // 2), ["a", "b"]),
    "a name that has moved": (LEFT.select(a="c", b="b"), ["a", "b"]),
    "part of the groups": (LEFT.group_by("b", "c").agg(n=_.count()), ["c"]),
    "the first of each, without what they share": (LEFT.filter(NUMBERED == 0), ["b"]),
    "the second of each": (LEFT.filter(NUMBERED <= 1), ["c"]),
    "the first of each or another": (LEFT.filter((NUMBERED == 0) | (_.a > 1)), ["c"]),
    "the first of the numbers": (LEFT.filter(_.c == 0), ["c"]),
    "distinct rows, part of them": (LEFT.select("b", "c").distinct(), ["c"]),
    "a join by no key": (LEFT.left_join(RIGHT, LEFT.c == RIGHT.e), ["a", "b"]),
    "a join by less or more": (LEFT.left_join(RIGHT, LEFT.c < RIGHT.d), ["a", "b"]),
    "a join that looks at one side": (LEFT.join(RIGHT, RIGHT.d == RIGHT.e), ["a", "b"]),
    "all with all": (LEFT.cross_join(RIGHT), ["a", "b"]),
    "the other side's rows": (LEFT.right_join(RIGHT, LEFT.c == RIGHT.d), ["a", "b"]),
    "both sides' rows": (LEFT.outer_join(RIGHT, LEFT.c == RIGHT.d), ["a", "b"]),
    "the other side's key": (LEFT.join(RIGHT, LEFT.c == RIGHT.d), ["d"]),
    "two tables in one": (LEFT.union(LEFT), ["a", "b"]),
    "a row for each element": (LEFT.select("a", "b", x=ibis.array([1, 2]).unnest()), ["a", "b"]),
}


@pytest.mark.parametrize("name", GUARANTEED)
def test_guaranteed_keys_are_found(name: str) -> None:
    """Each operation whose rows have a certain key."""
    expression, key = GUARANTEED[name]
    assert is_unique_by(expression.op(), key, KEYS)


@pytest.mark.parametrize("name", NOT)
def test_keys_that_may_repeat_are_not_guaranteed(name: str) -> None:
    """Each operation that can repeat its key."""
    expression, key = NOT[name]
    assert not is_unique_by(expression.op(), key, KEYS)


SMALL = st.integers(0, 2) | st.none()


@given(
    st.lists(st.tuples(SMALL, SMALL, SMALL), max_size=8, unique_by=lambda row: row[:2]),
    st.lists(st.tuples(SMALL, SMALL), max_size=6, unique_by=lambda row: row[0]),
)
def test_a_guaranteed_key_is_unique_in_the_engine(left: list[Any], right: list[Any]) -> None:
    """For any rows with unique input keys, DuckDB finds no duplicate, with NULLs too."""
    backend = ibis.duckdb.connect()
    for table, rows in ((LEFT, left), (RIGHT, right)):
        columns = ", ".join(f"{name} BIGINT" for name in table.columns)
        backend.raw_sql(f"CREATE TABLE {table.get_name()} ({columns})")
        for row in rows:
            places = ", ".join("?" * len(row))
            backend.con.execute(f"INSERT INTO {table.get_name()} VALUES ({places})", row)
    for name, (expression, key) in GUARANTEED.items():
        repeated = expression.group_by(key).agg(times=_.count()).filter(_.times > 1)
        assert backend.to_pyarrow(repeated.count()).as_py() == 0, name


def test_the_models_that_guarantee_their_keys() -> None:
    """All but linked commits, which are found in several ways: their key is compared."""
    contracts = {model.contract for model in all_models()}
    asked = [
        model.name
        for model in all_models()
        if not guaranteed(model, frozenset(contracts.intersection(model.reads.values())))
    ]
    assert asked == ["int_linked_commits"]


def test_a_report_marks_guaranteed_keys() -> None:
    """So a key without a query differs from a tested one."""
    backend = loaded(repos=[{"full_name": "a"}])
    by_name = {test.name: test.guaranteed for test in build_all(backend).tests}
    assert by_name["mart_velocity.unique_week_repo_name"]
    assert not by_name["int_linked_commits.unique_repo_name_pr_number_commit_hash"]
    assert sum(by_name.values()) == len(all_models()) - 1


def test_a_test_run_tests_guaranteed_keys_too() -> None:
    """The published table may have changed since it was built."""
    backend = loaded(repos=[{"full_name": "a"}])
    build_all(backend)
    assert not any(
        test.guaranteed
        for test in run_data_tests(backend).tests
        if not test.model.startswith("int_")
    )
