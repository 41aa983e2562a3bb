"""The steps of all staging models: one spelling of each name, one row for each key."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.contracts import Rows
from cursor_marts.raw.columns import BOOKKEEPING
from cursor_marts.raw.times import without_impossible_times


def cleaned(rows: Rows, repos: Rows, extractions: Rows) -> Rows:
    """Return rows with repositories as `repos` spells them and no impossible times.

    `extraction_ended_at` is added.
    """
    # Not drop(): of several names it has no fixed order, and the SQL would differ by process.
    sent = rows.select(*(name for name in rows.columns if name not in BOOKKEEPING))
    return without_impossible_times(spelled_as_in(repos, sent, "repo_name"), extractions)


def clean_email(email: ir.Column) -> ir.Column:
    """Return an email trimmed and in lower case."""
    return email.strip().lower()


def key_known(table: ir.Table, *key: str) -> ir.Table:
    """Return the rows whose key has no NULL."""
    return table.filter(*(table[column].notnull() for column in key))


def latest_of(rows: Rows, key: Sequence[str], at: str, columns: Sequence[str]) -> Rows:
    """Return one row for each key: the one with the latest `at`.

    Among rows with the same `at`, the greatest values win, column by column in the order of
    `columns`. Neither the order of arrival nor the engine changes the result.
    """
    left_out = (*key, at, *BOOKKEEPING)
    rest = [_comparable(rows[name]) for name in columns if name not in left_out]
    order = [value.desc(nulls_first=False) for value in (rows[at], *rest)]
    newest_first = ibis.row_number().over(group_by=list(key), order_by=order)
    return rows.filter(newest_first == 0)


def _comparable(column: ir.Column) -> ir.Column:
    """Return a column that every engine can sort by; a list becomes JSON text."""
    return as_json(column) if column.type().is_array() else column


@ibis.udf.scalar.builtin(name="to_json", signature=(("array<string>",), "string"))
def as_json(texts):  # type: ignore[no-untyped-def]
    """Return a list as JSON text, the same on every engine; NULL where the list is NULL."""


def spelled_as_in(repos: Rows, rows: Rows, column: str) -> Rows:
    """Return rows with a repository's name as `repos` spells it, else in lower case."""
    names = (
        repos.select(spelling=without_host(_.full_name))
        .group_by(repo_key=repo_key(_.spelling))
        .agg(spelling=_.spelling.max())
    )
    keyed = rows.mutate(own_repo_key=repo_key(rows[column]))
    found = keyed.left_join(names, keyed.own_repo_key == names.repo_key)
    named = found.mutate({column: _.spelling.fill_null(_.own_repo_key)})
    return named.select(rows.columns)


def repo_key(name: ir.Column) -> ir.Column:
    """Return a repository's name in lower case and without a leading host."""
    return without_host(name).lower()


def without_host(name: ir.Column) -> ir.Column:
    """Return owner and name: `github.com/acme/web` becomes `acme/web`."""
    name = name.strip()
    slash = name.find("/")
    has_host = name.like("%.%/%/%") & (name.find(".") < slash)
    return ibis.ifelse(has_host, name.substr(slash + 1), name)


def first_line(text: ir.Column) -> ir.Column:
    """Return the first line of a text, trimmed."""
    end = text.find("\n")
    return ibis.ifelse(end < 0, text, text.substr(0, end)).strip()
