"""Models compared with their contracts, and tests with their columns, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from traceback import extract_tb

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from cursor_marts.contracts import declared, schema_of, shown_path
from cursor_marts.errors import ContractError, CursorMartsError, did_you_mean
from cursor_marts.graph.analysis.nullability import passed_through_nullable
from cursor_marts.graph.checks import Check, checks_of, tested_by
from cursor_marts.graph.definition import Model, Tables, symbolic, unbound

#: The messages of Ibis for a missing column, and for values that cannot be compared.
NOT_THERE = re.compile(r"Column '(.*)' is not found in table\. Existing columns: (.*)\.")
NOT_COMPARABLE = re.compile(r"Arguments (.+):!?(\S+) and Literal\((.*)\):(\S+) are not comparable")


def check_contracts(models: Iterable[Model]) -> None:
    """Compare each model's expression and data tests with the columns of the contracts.

    Raises ContractError that names each column that is missing, extra, in another place, of another
    type, or passed through from a nullable column although the contract says never NULL. It also
    names each test that uses a missing column, compares values of different types, or returns
    something other than rows or a boolean column.
    """
    broken = [line for model in models for line in _differences(model)]
    if broken:
        raise ContractError(
            "a model breaks its contract:\n" + "\n".join(f"    {line}" for line in broken),
            hint="correct the model's expression or its tests, "
            "or its contract if the table is meant to change",
        )


@cache
def _differences(model: Model) -> list[str]:
    try:
        return [*_expression_differences(model), *_test_differences(model)]
    except CursorMartsError as error:  # from the contract of this model or of a table that it reads
        return [f"{model.name}: {error.message}" + (f"; {error.hint}" if error.hint else "")]


def _expression_differences(model: Model) -> Iterator[str]:
    try:
        inputs, expression = symbolic(model)
    except Exception as error:  # Ibis raises several types for a missing column
        yield f"{model.name}: {_said(error, model.file)}"
        return
    if not isinstance(expression, ir.Table):
        yield f"{model.name}: its function returns {_kind(expression)}, not a table ({model.place})"
        return
    yield from _other_inputs(model, expression, inputs)
    made, promised = expression.schema(), schema_of(model.contract)
    key = declared(model.contract).unique or []
    lines = [
        f"{model.name}.{name}: in the key, but not a column" for name in key if name not in promised
    ]
    lines += [f"{model.name}.{name}: missing" for name in promised if name not in made]
    lines += [f"{model.name}.{name}: not in the contract" for name in made if name not in promised]
    lines += [
        f"{model.name}.{name}: is {_plain(made[name])}, the contract says {_plain(promised[name])}"
        for name in made
        if name in promised and not _same_type(made[name], promised[name])
    ]
    lines += [
        f"{model.name}.{name}: can be NULL as its input says, the contract says never"
        for name, type_ in promised.items()
        if name in made and not type_.nullable and passed_through_nullable(expression, name)
    ]
    if not lines and made.names != promised.names:
        lines.append(
            f"{model.name}: columns are in another order: {', '.join(made)}; "
            f"the contract says {', '.join(promised)}"
        )
    yield from lines


def _other_inputs(model: Model, expression: ir.Table, inputs: Tables) -> Iterator[str]:
    """Yield a line for each table that a model reads without a parameter for it."""
    known = {table.op() for table in inputs.values()}
    for node in expression.op().find(ops.PhysicalTable):
        if node not in known:
            read = "rows of a memtable" if isinstance(node, ops.InMemoryTable) else node.name
            yield (
                f"{model.name}: reads {read}, which is not a parameter ({model.place}); "
                "keep such rows as a seed: a CSV in reference/ with a contract that has @seed(…), "
                "see docs/add-a-model.md"
            )


def _test_differences(model: Model) -> Iterator[str]:
    table = ibis.table(schema_of(model.contract), name=model.name)
    checks = [check for check in checks_of(model.contract) if not check.on_key]
    others = unbound(tested_by(model.contract))
    for check in checks:
        try:
            problem = _problem(check, table, others)
        except CursorMartsError:
            raise
        except Exception as error:  # as above
            problem = _said(error, model.file)
        if problem:
            yield f"{model.name}.{check.name}: {problem}"


def _problem(check: Check, table: ir.Table, others: Tables) -> str:
    """Return the problem of the value that a test returns, '' if there is none."""
    if check.passes is None:
        failing: object = check.failing_rows(table, others)
        right = isinstance(failing, ir.Table)
        return "" if right else f"returns {_kind(failing)}, not the rows that fail"
    passes = check.passes(table)
    right = isinstance(passes, ir.BooleanValue)
    return "" if right else f"returns {_kind(passes)}, not a column of true and false"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    return str(_plain(value.type())) if isinstance(value, ir.Value) else type(value).__name__


def _said(error: Exception, file: str) -> str:
    """Return an error in one line, with the line in the model's file."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == file]
    at = f" ({shown_path(file)}, line {lines[-1]})" if lines else ""
    return _message(error) + at


def _message(error: Exception) -> str:
    """Return the message of an error; for a missing column also the most similar one."""
    if isinstance(error, AttributeError) and isinstance(error.obj, ir.Table):
        return _not_there(str(error.name), error.obj.columns)
    first_line, _, more = str(error).strip().partition("\n")
    if found := NOT_THERE.fullmatch(first_line):
        return _not_there(found[1], re.findall("'(.*?)'", found[2]))
    if found := NOT_COMPARABLE.fullmatch(first_line):
        column, type_, value, other = found.groups()
        return f"{column} is {type_}, and {value} is {other}: they cannot be compared"
    if first_line.endswith("errors:"):
        first_line += f" {more.strip().partition(chr(10))[0]}"
    return f"{type(error).__name__}: {first_line}"


def _not_there(name: str, columns: Iterable[str]) -> str:
    meant = did_you_mean(name, columns)
    return f"there is no column {name}; {meant}" if meant else f"there is no column {name}"


def _plain(type_: ibis.DataType) -> ibis.DataType:
    """Return a type as nullable, since nullability is compared separately."""
    return type_.copy(nullable=True)


def _same_type(made: ibis.DataType, promised: ibis.DataType) -> bool:
    """Return whether types are equal, apart from integer width and time precision."""
    if made.is_integer() and promised.is_integer():
        return True
    if made.is_timestamp() and promised.is_timestamp():
        return made.timezone == promised.timezone
    return made.copy(nullable=True) == promised.copy(nullable=True)
