"""The fingerprint of each model: it changes with its SQL, or with that of a model it reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import ibis.expr.operations as ops

from cursor_marts.contracts import Contract
from cursor_marts.engines.dialect import Dialect
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.graph.order import in_build_order
from cursor_marts.graph.variant import current_variant


def fingerprints(models: Iterable[Model], raw: Tables, dialect: Dialect) -> dict[str, str]:
    """Return model → fingerprint, over raw tables that fit their contracts.

    It does not depend on which models a run selects, on the data, or on the data tests.
    """
    ordered = in_build_order(models)
    tables = dict(raw) | dialect.tables_of(ordered)
    found: dict[type[Contract], str] = {}
    for model in ordered:
        read = (found[contract] for contract in model.reads.values() if contract in found)
        inputs = tuple((contract, tables[contract].op()) for contract in model.reads.values())
        text = _text(model, inputs, dialect, current_variant())
        found[model.contract] = _digest((text, *read))
    return {model.name: found[model.contract] for model in ordered}


@lru_cache(maxsize=1024)
def _text(
    model: Model,
    inputs: tuple[tuple[type[Contract], ops.Relation], ...],
    dialect: Dialect,
    variant: str,
) -> str:
    """Return the SELECT of a model; a process compiles it once over the same tables."""
    return dialect.select(model, {contract: table.to_expr() for contract, table in inputs})


def _digest(texts: Iterable[str]) -> str:
    return blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()
