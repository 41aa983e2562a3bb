"""From the data tests of tables to the queries of the rows that fail them: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot as sg
import sqlglot.expressions as sge

from cursor_marts.building.compiled import CompiledTest
from cursor_marts.building.repositories import as_texts
from cursor_marts.contracts import Contract, declared, schema_of
from cursor_marts.engines.dialect import Dialect, Tree
from cursor_marts.engines.quoting import identifier
from cursor_marts.graph.checks import Check, checks_of, tested_by

#: Stands for the table of which a test is; no column can have this name.
CHECKED = "rows to check"


@dataclass(frozen=True)
class TestCompilation:
    """The compilation of tests: `dialect` is that of rows, `own` that of counts.

    `tables` are those that the statements refer to, `whole` the queries of those that lack columns,
    `in_numbers` the columns of those in which names of repositories are numbers.
    """

    dialect: Dialect
    own: Dialect
    tables: Mapping[type[Contract], ir.Table]
    whole: Mapping[type[Contract], str]
    in_numbers: Mapping[str, tuple[str, ...]]

    def tests(self, contract: type[Contract]) -> tuple[CompiledTest, ...]:
        """Return the data tests of a table."""
        by_row = self._failing_by_row(contract)
        return tuple(self._test(contract, check, by_row) for check in checks_of(contract))

    def _failing_by_row(self, contract: type[Contract]) -> dict[str, str]:
        """Return test → the query of the rows that fail it, of tests that look at each row alone.

        All of their conditions are compiled in one query, since a table has dozens of them.
        """
        checks = [check for check in checks_of(contract) if check.passes is not None]
        if not checks:
            return {}
        rows = ibis.table(schema_of(contract), name=CHECKED)
        fails = {f"fails_{n}": ~check.passes(rows) for n, check in enumerate(checks)}  # type: ignore[misc]
        query = self.dialect.query(rows.select(**fails))
        alias = query.find(sge.From).this.alias
        conditions = {each.alias: each.this for each in query.expressions}
        return {
            check.name: self._rows_where(contract, conditions[f"fails_{n}"], alias)
            for n, check in enumerate(checks)
        }

    def _rows_where(self, contract: type[Contract], condition: Tree, alias: str) -> str:
        """Return the query of a table's rows, with all columns, that fulfil a condition."""
        select = sg.select("*").from_(sge.table_(CHECKED).as_(alias)).where(condition.copy())
        return self._checking(contract, select)

    def _checking(self, contract: type[Contract], query: Tree) -> str:
        """Return a query of `CHECKED` rows as text that reads a table, with all columns."""
        spelled = identifier(self.dialect.names.spelled(CHECKED))
        return self.dialect.text(query).replace(spelled, self._source(contract))

    def _source(self, contract: type[Contract]) -> str:
        """Return a table with all columns of its contract, as FROM has it: a name or a query."""
        if contract in self.whole:
            return f"({self.whole[contract]})"
        table = self.tables[contract]
        if isinstance(table.op(), ops.UnboundTable):
            space = table.op().namespace
            path = (space.catalog, space.database, table.op().name)
            return ".".join(identifier(self.dialect.names.spelled(part)) for part in path if part)
        return f"({self.dialect.text(self.dialect.query(table))})"

    def _test(self, contract: type[Contract], check: Check, by_row: dict[str, str]) -> CompiledTest:
        columns = check.columns(ibis.table(schema_of(contract)))
        rows = by_row.get(check.name, "")
        if not rows:
            rows, columns = self._failing_across(contract, check)
        else:
            columns = (*(declared(contract).unique or ()), *columns)
        return CompiledTest(
            name=check.name,
            severity=check.severity,
            description=check.description,
            is_key=check.on_key,
            rows=as_texts(rows, self.in_numbers),
            shown=tuple(dict.fromkeys(columns)),
            exact=self._exact(contract, check) if check.screen else "",
        )

    def _failing_across(
        self, contract: type[Contract], check: Check
    ) -> tuple[str, tuple[str, ...]]:
        """Return the query of what fails a test of several rows or tables, and its columns."""
        tables = {each: self.tables[each] for each in tested_by(contract)}
        if contract in self.whole:  # a failing row is shown with all of its columns
            tables[contract] = ibis.table(schema_of(contract), name=CHECKED)
        failing = check.failing_rows(tables[contract], tables)
        key = [name for name in declared(contract).unique or [] if name in failing.columns]
        text = self._checking(contract, self.dialect.query(failing))
        return text, (*key, *failing.columns[:6])

    def _exact(self, contract: type[Contract], check: Check) -> str:
        tables = {each: self.tables[each] for each in tested_by(contract)}
        counted = check.failing_rows(tables[contract], tables).count()
        return self.own.text(self.own.query(counted))
