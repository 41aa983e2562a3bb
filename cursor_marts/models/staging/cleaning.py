"""What every staging model does to its rows: one spelling of a name, one version of a thing."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.contracts import Rows
from cursor_marts.raw.times import without_impossible_times


def cleaned(rows: Rows, repos: Rows, extractions: Rows) -> Rows:
    """Return rows with repositories as `repos` spells them and no impossible times.

    `extracted_at` is added: the end of the extraction.
    """
    return without_impossible_times(spelled_as_in(repos, rows, "repo_name"), extractions)


def clean_email(email: ir.Column) -> ir.Column:
    """Return an email as it is compared: lower case, no blanks around it."""
    return email.strip().lower()


def key_known(table: ir.Table, *key: str) -> ir.Table:
    """Leave out the rows whose key is NULL: nothing can be said of them."""
    return table.filter(*(table[column].notnull() for column in key))


def latest_of(rows: Rows, key: Sequence[str], at: str, columns: Sequence[str]) -> Rows:
    """Return one row a key: the one with the latest `at`.

    Where these are equal, `columns` decide in their order, the greatest value first, so that
    neither the order of arrival nor the engine does.
    """
    rest = [_comparable(rows[name]) for name in columns if name not in (*key, at)]
    order = [value.desc(nulls_first=False) for value in (rows[at], *rest)]
    newest_first = ibis.row_number().over(group_by=list(key), order_by=order)
    return rows.filter(newest_first == 0)


def _comparable(column: ir.Column) -> ir.Column:
    """Return a column that every engine can sort by: a list as JSON text."""
    return as_json(column) if column.type().is_array() else column


@ibis.udf.scalar.builtin(name="to_json", signature=(("array<string>",), "string"))
def as_json(texts):  # type: ignore[no-untyped-def]
    """Return a list as JSON text, the same on every engine; NULL where the list is."""


def spelled_as_in(repos: Rows, rows: Rows, column: str) -> Rows:
    """Return rows whose repository is named as `repos` spells it; in lower case if it does not."""
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
    """Return a repository's name as it is compared: lower case, without a leading host."""
    return without_host(name).lower()


def without_host(name: ir.Column) -> ir.Column:
    """Return owner and name: `github.com/acme/web` is `acme/web`."""
    name = name.strip()
    slash = name.find("/")
    has_host = name.like("%.%/%/%") & (name.find(".") < slash)
    return ibis.ifelse(has_host, name.substr(slash + 1), name)


def first_line(text: ir.Column) -> ir.Column:
    """Return the first line of a text, without blanks around it."""
    end = text.find("\n")
    return ibis.ifelse(end < 0, text, text.substr(0, end)).strip()
