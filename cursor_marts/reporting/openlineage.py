"""The report of a run as events of OpenLineage, sent by its own client.

A table that is built is a job, and its data tests are another one; each has an event for its start
and one for its end. The end of a build has the columns of the table, and from which columns of its
inputs each comes; the end of the tests says which of them passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import column_lineage_dataset as lineage
from openlineage.client.facet_v2 import data_quality_assertions_dataset as quality
from openlineage.client.facet_v2 import output_statistics_output_dataset as statistics
from openlineage.client.facet_v2 import parent_run, schema_dataset

from cursor_marts.building.results import BuildReport, ModelResult
from cursor_marts.contracts import columns_of
from cursor_marts.graph.catalog import Catalog, Entry, catalog
from cursor_marts.graph.column_lineage import steps
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.steps import ROWS, How, Step
from cursor_marts.models import all_models
from cursor_marts.reporting.describing import described

PRODUCER = "https://pypi.org/project/cursor-marts"
#: What OpenLineage calls each way in which a column is read.
KINDS: dict[How, tuple[str, str]] = {
    "value": ("DIRECT", "TRANSFORMATION"),
    "filter": ("INDIRECT", "FILTER"),
    "join key": ("INDIRECT", "JOIN"),
    "grouping": ("INDIRECT", "GROUP_BY"),
    "order": ("INDIRECT", "SORT"),
}


def emit(report: BuildReport, database: str, dialect: str) -> None:
    """Send the events of a run to where the OPENLINEAGE_… variables say; raise what fails."""
    client = OpenLineageClient()
    for event in events(report, database, dialect):
        client.emit(event)
    client.close()


def events(report: BuildReport, database: str, dialect: str) -> Iterator[Any]:
    """Yield the events of a run; `database` is the namespace of its tables."""
    entries = catalog(all_models())
    for result in report.models:
        entry = entries.get(result.model)
        if entry and entry.model:
            yield from _of_table(report, result, _Tables(entries, database, dialect), entry)


def _of_table(
    report: BuildReport, result: ModelResult, tables: _Tables, entry: Entry
) -> Iterator[Any]:
    whole = parent_run.ParentRunFacet(
        run=parent_run.Run(runId=report.invocation_id),
        job=parent_run.Job(namespace=tables.database, name="cursor_marts"),
    )
    job = f"cursor_marts.{entry.name}"
    began, built = result.started_at, result.started_at + timedelta(seconds=result.build_seconds)
    if result.built:
        inputs = [InputDataset(*tables.name(tables.entries[name])) for name in entry.reads]
        outputs = [tables.output(entry, result)]
        yield from _job(whole, job, (began, built), RunState.COMPLETE, inputs, outputs)
    if result.tests:
        failed = any(test.status == "fail" for test in result.tests)
        state = RunState.FAIL if failed else RunState.COMPLETE
        ended = built + timedelta(seconds=result.test_seconds)
        inputs = [tables.tested(entry, result)]
        yield from _job(whole, f"{job}.test", (built, ended), state, inputs, [])


def _job(
    whole: parent_run.ParentRunFacet,
    name: str,
    times: tuple[datetime, datetime],
    state: RunState,
    inputs: list[InputDataset],
    outputs: list[OutputDataset],
) -> Iterator[Any]:
    """Yield the event of the start of a job, and that of its end in some state."""
    run = Run(runId=str(uuid4()), facets={"parent": whole})
    job = Job(namespace=whole.job.namespace, name=name)
    for moment, type_ in zip(times, (RunState.START, state), strict=True):
        made = outputs if type_ is not RunState.START else []
        yield RunEvent(
            eventTime=_zoned(moment),
            producer=PRODUCER,
            run=run,
            job=job,
            eventType=type_,
            inputs=inputs,
            outputs=made,
        )


def _zoned(moment: datetime) -> str:
    return moment.astimezone().isoformat()


class _Tables:
    """The tables of a database, as OpenLineage names and describes them."""

    def __init__(self, entries: Catalog, database: str, dialect: str) -> None:
        self.entries, self.database, self.dialect = entries, database, dialect

    def name(self, entry: Entry) -> tuple[str, str]:
        """Return the namespace and the name of a table; one that is not stored has its layer."""
        schema = LAYERS[entry.layer].schemas[self.dialect] or entry.layer
        return self.database, f"{schema}.{entry.name}"

    def output(self, entry: Entry, result: ModelResult) -> OutputDataset:
        return OutputDataset(
            *self.name(entry),
            facets={
                "schema": schema_dataset.SchemaDatasetFacet(fields=list(self._fields(entry))),
                "columnLineage": self._lineage(entry),
            },
            outputFacets={
                "outputStatistics": statistics.OutputStatisticsOutputDatasetFacet(
                    rowCount=result.rows
                )
            },
        )

    def tested(self, entry: Entry, result: ModelResult) -> InputDataset:
        return InputDataset(
            *self.name(entry),
            inputFacets={
                "dataQualityAssertions": quality.DataQualityAssertionsDatasetFacet(
                    assertions=[
                        quality.Assertion(assertion=test.test, success=not test.failures)
                        for test in result.tests
                    ]
                )
            },
        )

    def _fields(self, entry: Entry) -> Iterator[Any]:
        for column in described(self.entries, entry).columns:
            yield schema_dataset.SchemaDatasetFacetFields(
                name=column.name, type=column.types[self.dialect], description=column.description
            )

    def _lineage(self, entry: Entry) -> Any:
        """Return the columns that each column comes from, and those that decide all rows."""
        found = steps(self.entries, [entry.name])
        by_column = {
            column: [step for step in found if step.reader.column == column]
            for column in (*columns_of(entry.contract), ROWS)
        }
        rows = list(self._read(by_column.pop(ROWS)))
        fields = {
            column: lineage.Fields(inputFields=list(self._read(some)))
            for column, some in by_column.items()
        }
        return lineage.ColumnLineageDatasetFacet(fields=fields, dataset=rows)

    def _read(self, some: Iterable[Step]) -> Iterator[Any]:
        for step in some:
            if step.how in KINDS and step.read.column != ROWS:
                kind, subtype = KINDS[step.how]
                yield lineage.InputField(
                    *self.name(self.entries[step.read.table]),
                    field=step.read.column,
                    transformations=[lineage.Transformation(type=kind, subtype=subtype)],
                )
