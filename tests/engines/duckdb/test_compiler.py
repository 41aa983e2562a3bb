"""What DuckDB computes faster for many rows is what the plain statement computes."""

import string
from itertools import product

import ibis
from ibis import _

from cursor_marts.engines.dialect import DUCKDB

#: White space of ASCII, other characters that sort before or after it, and others that look blank.
CHARACTERS = [*string.whitespace, "a", "!", "\x01", "\x1c", "\x7f", "\u00a0", "\u2003", "ä", "́"]


def test_a_text_is_trimmed_as_in_python() -> None:
    """Each text of up to three characters; NULL stays NULL."""
    texts = ["".join(each) for n in range(4) for each in product(CHARACTERS, repeat=n)]
    rows = ibis.memtable({"text": [None, *texts]}, schema={"text": "string"})
    backend = ibis.duckdb.connect()
    table = backend.create_table("texts", rows)
    dialect = DUCKDB.for_many_rows()
    query = dialect.text(dialect.query(table.mutate(trimmed=_.text.strip())))
    assert "CASE" in query
    assert backend.raw_sql(query).fetchall() == [
        (None, None),
        *((text, text.strip(string.whitespace)) for text in texts),
    ]
