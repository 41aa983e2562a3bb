"""What a run is to do: which job, on which models; checked and compiled once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cursor_marts.building import cache
from cursor_marts.building.compiled import CompiledBuild
from cursor_marts.engines.inspection import Columns
from cursor_marts.engines.names import names_of
from cursor_marts.engines.session import Session
from cursor_marts.graph.layers import Schemas
from cursor_marts.graph.variant import current_variant
from cursor_marts.graph.words import Names, depends_on_state, selectors

if TYPE_CHECKING:
    from cursor_marts.building.plan import Plan
    from cursor_marts.graph.definition import Model

#: A diff builds like a build, with every column of the views.
Job = Literal["build", "test", "diff"]
CHECKED = "checked"
FINGERPRINTS = "fingerprints"

#: Raw tables with their columns and types, hashable.
Frozen = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Request:
    """A job on the package's models (None), or on given ones; the selection as single words.

    `modified` are the tables that were published by other SQL, where the selection depends on it.
    """

    job: Job
    models: tuple[Model, ...] | None
    select: tuple[str, ...]
    exclude: tuple[str, ...]
    modified: tuple[str, ...] | None = None

    @classmethod
    def of(cls, job: Job, models: Iterable[Model] | None, select: Names, exclude: Names) -> Request:
        """Return the request of a function's arguments."""
        given = None if models is None else tuple(models)
        return cls(job, given, selectors(select), selectors(exclude))

    @property
    def every_model(self) -> tuple[Model, ...]:
        """The models that it selects from."""
        from cursor_marts.models import all_models

        return all_models() if self.models is None else self.models

    def resolved(self, session: Session) -> Request:
        """Return the request with what `state:modified` selects, if it is selected.

        Raises what `modified` raises.
        """
        if not depends_on_state(self.select, self.exclude):
            return self
        from cursor_marts.building.modified import modified

        found = modified(session, replace(self, select=(), exclude=()))
        return replace(self, modified=tuple(found.differing))

    @property
    def whole(self) -> bool:
        """Whether the run is about every model."""
        return not self.select and not self.exclude

    def plan(self) -> Plan:
        """Plan the run. Raises UsageError for a name that no table has, ContractError."""
        from cursor_marts.building.plan import plan_build, plan_diff, plan_test

        plan = {"build": plan_build, "test": plan_test, "diff": plan_diff}[self.job]
        return plan(self.every_model, self.select, self.exclude, self.modified)

    def check(self) -> None:
        """Raise what `plan` raises, and ContractError where a model breaks its contract.

        Where the selection depends on what is published, that of every model.
        """
        if self.modified is None and depends_on_state(self.select, self.exclude):
            replace(self, select=(), exclude=()).check()
            return
        key = self.key(CHECKED)
        if key and cache.get(key) == CHECKED:
            return
        from cursor_marts.graph.conformance import check_contracts

        check_contracts(self.plan().models)
        if key:
            cache.put(key, CHECKED)

    def compiled(self, raw: Columns, session: Session) -> CompiledBuild:
        """Return all statements of the run over raw tables. Raises RawError if they do not fit."""
        names, many = session.names, session.has_many(raw)
        key = self.key(names.dialect, names.schemas, raw, many)
        known = key and cache.get(key)
        if known:
            try:
                return CompiledBuild.from_json(known)
            except (ValueError, KeyError, TypeError):
                pass  # a damaged file is as good as none
        where = (names.dialect, names.schemas)
        build = _compiled(self, _frozen(raw), *where, current_variant(), many)
        build = build.with_fingerprints(self.fingerprints(raw, names.dialect))
        if key:
            cache.put(key, build.to_json())
        return build

    def fingerprints(self, raw: Columns, dialect: str) -> dict[str, str]:
        """Return the fingerprint of every model, selected or not. Raises RawError as `compiled`."""
        of_package = self.models is None
        key = cache.key(FINGERPRINTS, current_variant(), dialect, raw) if of_package else None
        known = key and cache.get(key)
        if known:
            with suppress(ValueError):  # a damaged file is as good as none
                return dict(line.split() for line in known.splitlines())
        found = _fingerprints(self.every_model, _frozen(raw), dialect, current_variant())
        if key:
            cache.put(key, "\n".join(f"{name} {digest}" for name, digest in found.items()))
        return found

    def key(self, *parts: object) -> str | None:
        """Return the key of what follows from the request; None for models not in the package."""
        if self.models is not None:
            return None
        return cache.key(
            self.job, self.select, self.exclude, self.modified, current_variant(), *parts
        )


def _frozen(raw: Columns) -> Frozen:
    return tuple((table, tuple(columns.items())) for table, columns in sorted(raw.items()))


@lru_cache(maxsize=256)
def _compiled(
    request: Request, raw: Frozen, dialect: str, schemas: Schemas, variant: str, many: bool
) -> CompiledBuild:
    """Compile a run; a process does it once, since models and raw tables hardly ever change."""
    from cursor_marts.building.binding import bind_raw
    from cursor_marts.building.compiling import compile_build
    from cursor_marts.engines.dialect import DIALECTS

    chosen = DIALECTS[dialect].with_names(names_of(dialect, schemas))
    bound = bind_raw({table: dict(columns) for table, columns in raw}, chosen)
    return compile_build(request.plan(), bound, chosen, many=many)


@lru_cache(maxsize=256)
def _fingerprints(
    models: tuple[Model, ...], raw: Frozen, dialect: str, variant: str
) -> dict[str, str]:
    """Return the fingerprint of each model; a process computes them once for the same tables."""
    from cursor_marts.building.binding import bind_raw
    from cursor_marts.building.fingerprints import fingerprints
    from cursor_marts.engines.dialect import DIALECTS

    chosen = DIALECTS[dialect]
    bound = bind_raw({table: dict(columns) for table, columns in raw}, chosen)
    return fingerprints(models, bound, chosen)
