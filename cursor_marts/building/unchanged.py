"""Whether what is published is what a build would publish: same files, same code, same terms."""

from __future__ import annotations

from typing import Any

from cursor_marts.building import cache
from cursor_marts.building.request import Request
from cursor_marts.building.thresholds import STANDARD, Thresholds
from cursor_marts.engines import loaded_files, record
from cursor_marts.engines.inspection import Columns, columns_in, tables_by_layer
from cursor_marts.engines.loaded_files import Loaded
from cursor_marts.engines.publisher import LASTING
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.session import Session


def is_published(backend: Any, *, strict: bool = False, thresholds: Thresholds = STANDARD) -> bool:
    """Return whether a build of all models would publish what is published already.

    That is so if the last build was one of all models, by the same code and reference files, on
    the same landed files, and its tables exist. What another tool has loaded tells nothing.
    """
    session, request = session_of(backend), Request.of("build", None, (), ())
    raw = columns_in(session, "raw")
    if not loaded_files.is_recorded(session, raw):
        return False
    state = state_of(session, request, raw, loaded_files.read(session), (strict, thresholds))
    if state is None:
        return False
    there = tables_by_layer(session, LASTING)
    if record.read(session, there[record.LAYER]).notes.get(record.STATE) != state:
        return False
    build = request.compiled(raw, session)
    return all(table.name in there[table.layer] for table in build.publication.tables)


def data_of(loaded: Loaded) -> str:
    """Return a text that changes with the loaded files."""
    files = loaded.items()
    return cache.digest(*sorted(f"{name} {sorted(months.items())}" for name, months in files))


def state_of(
    session: Session, request: Request, raw: Columns, loaded: Loaded, terms: object
) -> str | None:
    """Return a text that changes with all that a publication follows from; None if unknown."""
    key = request.key(session.names.dialect, session.names.schemas, raw)
    return cache.key(key, terms, loaded) if key and request.whole else None
