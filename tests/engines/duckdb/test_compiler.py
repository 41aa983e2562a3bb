"""What DuckDB computes faster for many rows is what the plain statement computes."""

import string
from collections.abc import Callable
from itertools import product
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pytest

from cursor_marts.engines.dialect import DUCKDB

#: White space of ASCII, other characters that sort before or after it, and others that look blank.
CHARACTERS = [*string.whitespace, "a", "!", "\x01", "\x1c", "\x7f", "\u00a0", "\u2003", "ä", "́"]


@pytest.fixture(scope="module")
def backend() -> Any:
    """A table of each text of up to three characters, and NULL."""
    texts = ["".join(each) for n in range(4) for each in product(CHARACTERS, repeat=n)]
    backend = ibis.duckdb.connect()
    rows = ibis.memtable({"text": [None, *texts]}, schema={"text": "string"})
    backend.create_table("texts", rows)
    return backend


def computed(
    backend: Any, of_text: Callable[[ir.StringColumn], ir.Column]
) -> tuple[str, list[Any]]:
    """Return the SQL of what is computed of each text, and its rows: the text, and what it is."""
    table = backend.table("texts")
    dialect = DUCKDB.for_many_rows()
    query = dialect.text(dialect.query(table.mutate(found=of_text(table.text))))
    return query, backend.raw_sql(query).fetchall()


def stripped(text: str | None) -> str | None:
    return text and text.strip(string.whitespace)


def test_a_text_is_trimmed_as_in_python(backend: Any) -> None:
    """NULL stays NULL."""
    query, rows = computed(backend, lambda text: text.strip())
    assert "CASE" in query
    assert rows == [(text, stripped(text)) for text, _ in rows]


def test_a_computed_text_is_trimmed_as_in_python(backend: Any) -> None:
    """It is computed once, in a SELECT below; whatever is computed beside it stays what it is."""
    query, rows = computed(backend, lambda text: text.substr(1).strip() + text.substr(2).strip())
    assert query.count('AS "computed_') == 2
    assert rows == [
        (text, text and f"{stripped(text[1:])}{stripped(text[2:])}") for text, _ in rows
    ]


def test_a_text_is_blank_or_not_as_in_python(backend: Any) -> None:
    """NULL is neither."""
    query, rows = computed(backend, lambda text: text.strip() != "")
    assert "TRUE" in query
    assert rows == [(text, None if text is None else stripped(text) != "") for text, _ in rows]


def test_an_enum_stays_one(backend: Any) -> None:
    """A cast that only says that a text may be NULL would spell it out."""
    query, rows = computed(backend, lambda text: text.cast(dt.String(nullable=False)))
    assert "CAST" not in query
    assert rows == [(text, text) for text, _ in rows]
