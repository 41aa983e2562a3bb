"""Contracts of tables: columns, keys and data tests."""

from datetime import date as Date

from cursor_marts.contracts.contract import (
    Column,
    Contract,
    Rows,
    Table,
    Truth,
    columns_as_written,
    columns_of,
    contracts_in,
    declared,
    described_columns,
    key_of,
    schema_of,
)
from cursor_marts.contracts.fields import (
    Count,
    Field,
    Hours,
    Mean,
    Ratio,
    TextList,
    Timestamp,
)
from cursor_marts.contracts.places import place_of, shown_path
from cursor_marts.contracts.rules import (
    DataTest,
    Severity,
    data_test,
    data_tests_of,
    row_rule,
)
from cursor_marts.contracts.seeds import seed, seed_file

__all__ = [
    "Column",
    "Contract",
    "Count",
    "DataTest",
    "Date",
    "Field",
    "Hours",
    "Mean",
    "Ratio",
    "Rows",
    "Severity",
    "Table",
    "TextList",
    "Timestamp",
    "Truth",
    "columns_as_written",
    "columns_of",
    "contracts_in",
    "data_test",
    "data_tests_of",
    "declared",
    "described_columns",
    "key_of",
    "place_of",
    "row_rule",
    "schema_of",
    "seed",
    "seed_file",
    "shown_path",
]
