"""What a run is to do: which job, on which models; checked and compiled once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cursor_marts.building import cache
from cursor_marts.building.compiled import CompiledBuild
from cursor_marts.engines.inspection import Columns
from cursor_marts.graph.variant import current_variant
from cursor_marts.graph.words import Names, words

if TYPE_CHECKING:
    from cursor_marts.building.plan import Plan
    from cursor_marts.graph.definition import Model

Job = Literal["build", "test"]
CHECKED = "checked"


@dataclass(frozen=True)
class Request:
    """A job on the package's models (None), or on given ones; the selection as single words."""

    job: Job
    models: tuple[Model, ...] | None
    select: tuple[str, ...]
    exclude: tuple[str, ...]

    @classmethod
    def of(cls, job: Job, models: Iterable[Model] | None, select: Names, exclude: Names) -> Request:
        """Return the request of a function's arguments."""
        given = None if models is None else tuple(models)
        return cls(job, given, words(select), words(exclude))

    @property
    def whole(self) -> bool:
        """Whether the run is about every model."""
        return not self.select and not self.exclude

    def plan(self) -> Plan:
        """Plan the run. Raises UsageError for a name that no table has, ContractError."""
        from cursor_marts.building.plan import plan_build, plan_test
        from cursor_marts.models import all_models

        plan = plan_build if self.job == "build" else plan_test
        models = all_models() if self.models is None else self.models
        return plan(models, self.select, self.exclude)

    def check(self) -> None:
        """Raise what `plan` raises, and ContractError where a model breaks its contract."""
        key = self.key(CHECKED)
        if key and cache.get(key) == CHECKED:
            return
        from cursor_marts.graph.conformance import check_contracts

        check_contracts(self.plan().models)
        if key:
            cache.put(key, CHECKED)

    def compiled(self, raw: Columns, dialect: str) -> CompiledBuild:
        """Return all statements of the run over raw tables. Raises RawError if they do not fit."""
        key = self.key(dialect, raw)
        known = key and cache.get(key)
        if known:
            try:
                return CompiledBuild.from_json(known)
            except (ValueError, KeyError, TypeError):
                pass  # a damaged file is as good as none
        columns = tuple((table, tuple(found.items())) for table, found in sorted(raw.items()))
        build = _compiled(self, columns, dialect, current_variant())
        if key:
            cache.put(key, build.to_json())
        return build

    def key(self, *parts: object) -> str | None:
        """Return the key of what follows from the request; None for models not in the package."""
        if self.models is not None:
            return None
        return cache.key(self.job, self.select, self.exclude, current_variant(), *parts)


@lru_cache(maxsize=256)
def _compiled(
    request: Request,
    raw: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
    dialect: str,
    variant: str,
) -> CompiledBuild:
    """Compile a run; a process does it once, since models and raw tables hardly ever change."""
    from cursor_marts.building.binding import bind_raw
    from cursor_marts.building.compiling import compile_build
    from cursor_marts.engines.dialect import DIALECTS

    chosen = DIALECTS[dialect]
    bound = bind_raw({table: dict(columns) for table, columns in raw}, chosen)
    return compile_build(request.plan(), bound, chosen)
