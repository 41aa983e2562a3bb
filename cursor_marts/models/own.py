"""The models and seeds of a project: files of a folder that join the package's for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

from cursor_marts.contracts import Contract, seed_file
from cursor_marts.errors import ReferenceFilesError, did_you_mean
from cursor_marts.graph.definition import OWN_PACKAGE, Model
from cursor_marts.graph.discovery import files_in, imported_from, models_of
from cursor_marts.graph.order import in_build_order
from cursor_marts.graph.variant import variant
from cursor_marts.models.reference.loading import NAMES


@dataclass(frozen=True)
class Own:
    """The folders of a project's models and reference files, and the hash of what they hold."""

    models: Path
    reference: Path | None
    fingerprint: str

    @classmethod
    def of(cls, models: Path, reference: Path | None) -> Own:
        """Return the folders as they are now."""
        files = [*files_in(models), *_csv_files(reference)]
        digest = blake2b(f"{models.resolve()}".encode(), digest_size=8)
        for file in files:
            digest.update(f"\0{file}\0".encode() + file.read_bytes())
        return cls(models, reference, digest.hexdigest())

    def found(self) -> list[Model]:
        """Return its models and seeds. Raises ContractError and ReferenceFilesError."""
        from cursor_marts.models.seeds import seed_of

        modules = imported_from(self.models.absolute(), f"{OWN_PACKAGE}{self.fingerprint}")
        seeds = [seed_of(each, self.reference) for each in _seeds_in(modules)]
        self._refuse_undeclared({seed.csv.name for seed in seeds})
        return [*models_of(modules), *seeds]

    def _refuse_undeclared(self, declared: set[str]) -> None:
        known = {*NAMES, *declared}
        for file in _csv_files(self.reference):
            if file.name not in known:
                meant = did_you_mean(file.name, known)
                raise ReferenceFilesError(
                    f"{file}: no contract declares this seed, and no reference file is called so",
                    hint=f"{meant} a seed has a contract in models/: @seed({file.name!r})".strip(),
                )


_own: ContextVar[Own | None] = ContextVar("_own", default=None)


def current_own() -> Own | None:
    """Return the folders of the project in use, None without one."""
    return _own.get()


@contextmanager
def using_own(models: Path, reference: Path | None) -> Iterator[None]:
    """Add a project's models to the package's, which the cache keeps apart."""
    own = Own.of(models, reference)
    token = _own.set(own)
    try:
        with variant(own.fingerprint):
            yield
    finally:
        _own.reset(token)


@lru_cache(maxsize=8)
def with_own(own: Own, shipped: tuple[Model, ...]) -> tuple[Model, ...]:
    """Return the package's models and those of a project in build order. Raises ContractError."""
    return in_build_order([*shipped, *own.found()])


def _csv_files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.csv")) if folder else []


def _seeds_in(modules: Iterable[ModuleType]) -> dict[type[Contract], None]:
    """Return the contracts of seeds, each once."""
    values = (value for module in modules for value in vars(module).values())
    classes = (value for value in values if isinstance(value, type))
    return {c: None for c in classes if issubclass(c, Contract) and seed_file(c)}
