"""What a change of the models does: build what it reaches beside what is published, and compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cursor_marts.building.comparing import Comparer, Tables, stored_name
from cursor_marts.building.differences import Diff, TableDifference
from cursor_marts.building.execution import Execution
from cursor_marts.building.modified import modified
from cursor_marts.building.request import Request
from cursor_marts.building.required import check_required
from cursor_marts.building.results import BuildReport, CheckResult
from cursor_marts.building.unchanged import data_of
from cursor_marts.contracts import Contract
from cursor_marts.engines import ddl, loaded_files, record
from cursor_marts.engines.audit import EXAMPLES, Examples, Failure
from cursor_marts.engines.inspection import columns_at, columns_in
from cursor_marts.engines.names import Names as EngineNames
from cursor_marts.engines.publisher import VISIBLE, Publisher
from cursor_marts.engines.quoting import identifier
from cursor_marts.engines.registry import publisher_of, session_of
from cursor_marts.engines.session import Session, Statement
from cursor_marts.errors import NothingModified
from cursor_marts.graph.catalog import Catalog, catalog
from cursor_marts.graph.selection import Modified as Selectable
from cursor_marts.graph.selection import reachable, selected
from cursor_marts.graph.words import Names, selectors
from cursor_marts.models import all_models

if TYPE_CHECKING:
    from cursor_marts.graph.definition import Model

PUBLISHED = "what is published"
OTHER_DATA = (
    "other data has been loaded since the tables were published, so that a part of the differences "
    "comes from it: transform with the models as they were, then compare"
)


@dataclass
class _Unstored:
    """What a run needs that shows the rows that fail a test, and stores none of them."""

    session: Session

    def store_failures(self, failures: Sequence[Failure]) -> list[Examples]:
        """Return some columns of the first rows that fail each test."""
        answers = self.session.execute_all(
            Statement(ddl.first_rows_of(f.query, self.session.names, f.shown, EXAMPLES), f.name)
            for f in failures
        )
        return [
            tuple(dict(zip(failure.shown, row, strict=True)) for row in answer.rows)
            for failure, answer in zip(failures, answers, strict=True)
        ]


def diff_all(
    backend: Any,
    models: Iterable[Model] | None = None,
    *,
    select: Names = (),
    exclude: Names = (),
    strict: bool = False,
    lock_timeout: float = 30.0,
) -> Diff:
    """Return how the tables of the models differ from those that are published.

    Only tables whose SQL has changed, or that of a table that they read, are built: from the raw
    tables as they are, where readers do not see them. Nothing is published, and nothing stays.
    Raises what `build_all` raises, but for tests that fail, which are in the result.
    """
    session, request = session_of(backend), Request.of("diff", models, (), ())
    request.check()
    entries = catalog(request.every_model)
    found = modified(session, request)
    chosen = _chosen(entries, select, exclude, found.differing)
    wanted = {n: layer for n, layer in found.differing.items() if n in chosen}
    gone = {} if selectors(select) or selectors(exclude) else found.gone
    with publisher_of(session, lock_timeout) as publisher:
        needed = reachable(wanted, lambda name: entries[name].reads)
        built = [name for name in found.differing if name in needed]
        report = _build(publisher, replace(request, select=tuple(built)), strict) if built else None
        comparer = _comparer(session, entries)
        compared = [comparer.compare(layer, name) for name, layer in (wanted | gone).items()]
    return Diff.of(
        PUBLISHED,
        _with_failures(compared, report.failed if report else (), entries),
        untouched=tuple(name for name in found.same if name in chosen),
        invented=_is_invented(session),
        remarks=(OTHER_DATA,) if compared and _is_of_other_data(session) else (),
    )


def diff_databases(
    session: Session,
    other: EngineNames,
    file: str,
    *,
    select: Names = (),
    exclude: Names = (),
) -> Diff:
    """Return how the published tables differ from those of another file, which is attached."""
    entries = catalog(all_models())
    chosen = _chosen(entries, select, exclude, None)
    is_of_all = not selectors(select) and not selectors(exclude)
    with publisher_of(session, 0.0) as publisher:
        here, there = _tables(session, session.names), _tables(session, other)
        found = [
            (layer, name)
            for layer in VISIBLE
            for name in {**here.columns[layer], **there.columns[layer]}
            if name in chosen or (is_of_all and name not in entries)
        ]
        publisher.prepare_scratch([("marts", stored_name(name)) for _, name in found])
        comparer = Comparer(session, here, there, _contracts(entries))
        compared = [comparer.compare(layer, name) for layer, name in found]
    return Diff.of(file, compared, invented=_is_invented(session))


def _chosen(entries: Catalog, select: Names, exclude: Names, modified: Selectable) -> set[str]:
    try:
        return {each.name for each in selected(entries, select, exclude, modified)}
    except NothingModified:
        return set()


def _build(publisher: Publisher, request: Request, strict: bool) -> BuildReport:
    """Build and test the tables of a request in the scratch schema, and leave them there."""
    session = publisher.session
    build = request.compiled(columns_in(session, "raw"), session)
    check_required(publisher, build, request)
    stored = [("marts", stored_name(table.name)) for table in build.tables]
    publisher.prepare_scratch((*build.publication.temporary, *stored))
    return Execution(_Unstored(session), build, strict).report()


def _comparer(session: Session, entries: Catalog) -> Comparer:
    here, there = _tables(session, session.scratch), _tables(session, session.names)
    return Comparer(session, here, there, _contracts(entries))


def _tables(session: Session, names: EngineNames) -> Tables:
    return Tables(names, {layer: columns_at(session, names, layer) for layer in VISIBLE})


def _contracts(entries: Catalog) -> dict[str, type[Contract]]:
    return {entry.name: entry.contract for entry in entries.values()}


def _with_failures(
    compared: Iterable[TableDifference], failed: Sequence[CheckResult], entries: Catalog
) -> list[TableDifference]:
    """Return the tables with the tests that would fail; those of other tables come last."""
    of: dict[str, list[CheckResult]] = {}
    for test in failed:
        of.setdefault(test.model, []).append(test)
    tables = [replace(table, failed=tuple(of.pop(table.table, ()))) for table in compared]
    others = [TableDifference(n, entries[n].layer, failed=tuple(of[n])) for n in of]
    return [*tables, *others]


def _is_invented(session: Session) -> bool:
    """Return whether a simulator generated the loaded rows, as far as that is recorded."""
    invented, current = (session.names.spelled(name) for name in ("invented", "is_current"))
    columns = columns_in(session, "raw").get(session.names.spelled("extractions"), {})
    if not {invented, current} <= set(columns):
        return False
    runs = session.names.table("raw", "extractions")
    query = f"SELECT COUNT(*) FROM {runs} WHERE {identifier(invented)} AND {identifier(current)}"
    return bool(session.execute(query).fetchone()[0])


def _is_of_other_data(session: Session) -> bool:
    """Return whether other files are loaded than those that the published tables were built from.

    False where that is not known, as where another tool has loaded the raw tables.
    """
    if not loaded_files.is_recorded(session, columns_in(session, "raw")):
        return False
    noted = record.present(session).notes.get(record.DATA)
    return noted is not None and noted != data_of(loaded_files.read(session))
