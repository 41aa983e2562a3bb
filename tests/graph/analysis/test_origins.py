"""What the columns of an expression come from, and how."""

from __future__ import annotations

from typing import Any

import ibis
import pytest
from ibis import _

from cursor_marts.contracts import Contract, Field, Table
from cursor_marts.graph import model
from cursor_marts.graph.analysis.origins import origins
from cursor_marts.graph.steps import ROWS


class Left(Contract):
    """A table with a key."""

    a: int = Field("The key.")
    b: int = Field("A number.")
    c: int = Field("Another.")
    d: int = Field("One more.")

    class Config:
        unique = ["a"]


class Right(Contract):
    """A table with a key and a column that is none."""

    a: int = Field("The key.")
    e: int = Field("A number, which may repeat.")

    class Config:
        unique = ["a"]


class Made(Contract):
    """A result, whatever its columns are."""


FIRST = ibis.row_number().over(group_by="b", order_by=[_.c.desc(), _.d]) == 0

#: Name → expression, a column of it, what this comes from, what its rows come from.
CASES: dict[str, tuple[Any, str, str, str]] = {
    "a column": (lambda left, right: left.select("b"), "b", "value b", ""),
    "a new name": (lambda left, right: left.select(x="b"), "x", "value b", ""),
    "a computation": (lambda left, right: left.select(x=_.b + _.c), "x", "value b c", ""),
    "a choice": (
        lambda left, right: left.select(x=(_.b > 1).ifelse(_.c, _.d)),
        "x",
        "value b c d",
        "",
    ),
    "a constant": (lambda left, right: left.select(x=ibis.literal(1)), "x", "", ""),
    "a filter": (lambda left, right: left.filter(_.c > 1).select("b"), "b", "value b", "filter c"),
    "a group": (
        lambda left, right: left.group_by("a").agg(x=_.b.sum()),
        "x",
        "value b",
        "grouping a",
    ),
    "a total": (
        lambda left, right: left.filter(_.c > 1).agg(x=_.b.sum()),
        "x",
        "value b, filter c",
        "",
    ),
    "some of a group": (
        lambda left, right: left.group_by("a").agg(x=_.b.sum(where=_.c > 1)),
        *("x", "value b, filter c", "grouping a"),
    ),
    "a count": (lambda left, right: left.group_by("a").agg(x=_.count()), "x", "", "grouping a"),
    "the first of each": (
        lambda left, right: left.filter(FIRST).select("a"),
        *("a", "value a", "grouping b, order c d"),
    ),
    "the first ones": (
        lambda left, right: left.order_by("d").limit(3).select("a"),
        *("a", "value a", "order d"),
    ),
    "distinct rows": (
        lambda left, right: left.select("b", "c").distinct().select("b"),
        *("b", "value b", "grouping b c"),
    ),
    "both": (
        lambda left, right: left.select(x="a").union(left.select(x="b")),
        *("x", "value a b", ""),
    ),
    "one or the other": (
        lambda left, right: left.select(x="a").union(left.select(x="b"), distinct=True),
        *("x", "value a b", "grouping a b"),
    ),
    "not the other": (
        lambda left, right: left.select(x="a").difference(left.select(x="b")),
        *("x", "value a b", "filter a b"),
    ),
    "all of a join": (
        lambda left, right: left.join(right, "a").select("b"),
        *("b", "value b", "join key a right.a"),
    ),
    "the left of a look-up": (
        lambda left, right: left.left_join(right, "a").select("b"),
        "b",
        "value b",
        "",
    ),
    "the right of a look-up": (
        lambda left, right: left.left_join(right, "a").select("e"),
        *("e", "value right.e, join key a right.a", ""),
    ),
    "the left of a join that finds several": (
        lambda left, right: left.left_join(right, left.b == right.e).select("b"),
        *("b", "value b", "join key b right.e"),
    ),
    "what has no match": (
        lambda left, right: left.anti_join(right, left.d == right.e).select("a"),
        *("a", "value a", "join key d right.e"),
    ),
    "a list": (
        lambda left, right: left.select("a", x=ibis.array([_.b, _.c]).unnest()).select("a"),
        *("a", "value a", "filter b c"),
    ),
    "another query": (
        lambda left, right: left.filter(_.a.isin(right.e)).select("b"),
        *("b", "value b", "filter a right.e"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_column_and_its_rows_come_from(name: str) -> None:
    expression, column, of_column, of_rows = CASES[name]

    def made(left: Table[Left], right: Table[Right]) -> Table[Made]:
        return expression(left, right)

    found = origins(model(made))
    assert {each for each in found[column] if each.column != ROWS} == parsed(of_column)
    assert {each for each in found[ROWS] if each.column != ROWS} == parsed(of_rows)


def parsed(text: str) -> set[tuple[type[Contract], str, str]]:
    """Return the origins of a text like `value b c, join key a right.a`."""
    found: set[tuple[type[Contract], str, str]] = set()
    for part in filter(None, text.split(", ")):
        how = next(
            h for h in ("value", "filter", "join key", "grouping", "order") if part.startswith(h)
        )
        for name in part.removeprefix(how).split():
            table = Right if name.startswith("right.") else Left
            found.add((table, name.removeprefix("right."), how))
    return found


def test_the_rows_of_a_table_decide_all_that_is_made_of_them() -> None:
    def made(left: Table[Left], right: Table[Right]) -> Table[Made]:
        return left.cross_join(right.agg(n=_.count())).select("b", "n")

    found = origins(model(made))
    assert found[ROWS] == {(Left, ROWS, "rows")}
    assert found["n"] == {(Right, ROWS, "rows")}
