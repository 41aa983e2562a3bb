"""Ibis expressions as DuckDB computes them faster for many rows, in longer statements."""

from __future__ import annotations

from typing import Any

import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler

#: The character after the blank: all white space of ASCII comes before it.
AFTER_BLANK = "!"


class CompilerOfMany(DuckDBCompiler):  # type: ignore[misc]
    """The compiler of Ibis, but for what DuckDB computes faster in another way."""

    def visit_Strip(self, op: ops.Strip, *, arg: Any) -> Any:
        """Trim a column only where a text begins or ends with white space.

        To look takes a fifth of the time that DuckDB takes to trim. What is computed is trimmed at
        once: it would be computed again for each look.
        """
        trimmed = super().visit_Strip(op, arg=arg)
        if not isinstance(op.arg, ops.Field):
            return trimmed
        ends = (arg, self.f.anon.substr(arg, -1))
        return self.if_(sge.or_(*(end < AFTER_BLANK for end in ends)), trimmed, arg)
