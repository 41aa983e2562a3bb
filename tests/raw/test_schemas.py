"""The Arrow schemas of raw tables."""

from __future__ import annotations

import pytest

from cursor_marts.contracts import Contract, schema_of
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.schemas import arrow_schema


@pytest.mark.parametrize("contract", RAW_TABLES.values(), ids=str)
def test_a_file_has_the_types_that_expressions_over_it_have(contract: type[Contract]) -> None:
    """Loading reads files by the one, and models the loaded tables by the other."""
    assert arrow_schema(contract).equals(schema_of(contract).to_pyarrow(), check_metadata=True)
