"""Ibis expressions as DuckDB computes them faster for many rows, in longer statements."""

from __future__ import annotations

from typing import Any

import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler

#: The character after the blank: all white space of ASCII comes before it.
AFTER_BLANK = "!"
#: The beginning of the names of texts that are computed before they are trimmed.
COMPUTED = "computed_"


class CompilerOfMany(DuckDBCompiler):  # type: ignore[misc]
    """The compiler of Ibis, but for what DuckDB computes faster in another way."""

    def visit_Strip(self, op: ops.Strip, *, arg: Any) -> Any:
        """Trim a column only where a text begins or ends with white space.

        To look takes a fifth of the time that DuckDB takes to trim. What is computed is left to
        `visit_Select`: it would be computed again for each look.
        """
        trimmed = super().visit_Strip(op, arg=arg)
        return self._where_needed(trimmed) if isinstance(op.arg, ops.Field) else trimmed

    def visit_NotEquals(self, op: ops.NotEquals, *, left: Any, right: Any) -> Any:
        """Do not trim a text to see that it is not blank, if its beginning tells."""
        differs = super().visit_NotEquals(op, left=left, right=right)
        match op:
            case ops.NotEquals(ops.Strip(ops.Field()), ops.Literal("")):
                return self.if_(left.find(sge.Column) >= AFTER_BLANK, sge.true(), differs)
        return differs

    def visit_Cast(self, op: ops.Cast, *, arg: Any, to: Any) -> Any:
        """Leave a text as it is: an ENUM would be spelled out."""
        if op.arg.dtype.is_string() and to.is_string():
            return arg
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Select(self, op: Any, *, parent: Any, **parts: Any) -> Any:
        """Compute texts that are to be trimmed in a SELECT below, and trim them where needed."""
        select = super().visit_Select(op, parent=parent, **parts)
        if not isinstance(parent, (sge.Table, sge.Subquery)) or not parent.alias:
            return select
        columns = [column.copy() for column in select.expressions]
        computed = [t for c in columns for t in c.find_all(sge.Trim) if _is_computed(t.this)]
        if not computed:
            return select
        texts = {text.this: f"{COMPUTED}{n}" for n, text in enumerate(computed)}
        for trim in computed:
            column = sg.column(texts[trim.this], table=parent.alias, quoted=True)
            trim.replace(self._where_needed(self.f.trim(column, trim.expression)))
        below = sg.select("*", *(text.as_(name) for text, name in texts.items())).from_(parent)
        select.set("expressions", columns)
        return select.from_(below.subquery(parent.alias), copy=False)

    def _where_needed(self, trimmed: Any) -> Any:
        text = trimmed.this
        ends = (text, self.f.anon.substr(text, -1))
        return self.if_(sge.or_(*(end < AFTER_BLANK for end in ends)), trimmed, text)


def _is_computed(text: Any) -> bool:
    """Return whether a text is computed from the columns of its row, without a pattern.

    DuckDB computes the conditions of a filter below: it would match the pattern for each look.
    """
    others = (sge.Window, sge.AggFunc, sge.Select, sge.RegexpExtract, sge.RegexpReplace)
    return not isinstance(text, sge.Column) and not text.find(*others)
