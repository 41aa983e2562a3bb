"""Descriptions of tables, from their contracts."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import ibis.expr.datatypes as dt

from cursor_marts.building.profiling import tests_of
from cursor_marts.contracts import Column, declared, described_columns
from cursor_marts.engines.dialect import DIALECTS
from cursor_marts.engines.names import DEFAULT
from cursor_marts.errors import ContractError
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.checks import Check, checks_of
from cursor_marts.graph.layers import Schemas
from cursor_marts.models.reference import with_current_bands
from cursor_marts.reporting.column_lineage import value_sources
from cursor_marts.reporting.descriptions import DescribedColumn, DescribedTest, Description


def described(entries: Catalog, entry: Entry, schemas: Schemas = DEFAULT) -> Description:
    """Return the description of a table, without a database."""
    tests = tuple(_test(check) for check in (*checks_of(entry.contract), *tests_of(entry)))
    sources = _sources(entries, entry)
    return Description(
        name=entry.name,
        layer=entry.layer,
        kind=entry.kind,
        schemas={dialect: schemas.of(dialect)[entry.layer] for dialect in DIALECTS},
        grain=tuple(declared(entry.contract).unique or ()),
        meaning=entry.meaning,
        made=inspect.getdoc(entry.model.function) or "" if entry.model else "",
        columns=tuple(
            _column(column, tests, sources.get(column.name, ()))
            for column in described_columns(entry.contract)
        ),
        tests=tuple(test for test in tests if not test.column),
        upstream=entry.reads,
        downstream=readers(entries, entry.name),
    )


def _test(check: Check) -> DescribedTest:
    return DescribedTest(check.name, check.severity, check.description, check.column)


def _sources(entries: Catalog, entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """Return column → raw columns that it comes from; {} if a model breaks its contract."""
    try:
        return value_sources(entries, entry.name)
    except ContractError:  # `check` explains it
        return {}


def _column(
    column: Column, tests: tuple[DescribedTest, ...], comes_from: tuple[str, ...]
) -> DescribedColumn:
    return DescribedColumn(
        name=column.name,
        types=types_of(column.type),
        nullable=column.nullable,
        unit=column.unit,
        description=with_current_bands(column.description),
        tests=tuple(test for test in tests if test.column == column.name),
        comes_from=comes_from,
    )


def types_of(type_: dt.DataType) -> dict[str, str]:
    """Return dialect → name of a type."""
    return {name: dialect.type_text(type_) for name, dialect in DIALECTS.items()}
