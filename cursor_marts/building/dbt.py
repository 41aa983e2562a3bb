"""The report of a run as dbt's tools read it, and how these name tables and tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cursor_marts.building.results import BuildReport, CheckResult, ModelResult

#: The version of dbt whose formats are written.
DBT_VERSION = "1.11.6"
PACKAGE = "cursor_marts"


def node_id(layer: str, name: str) -> str:
    """Return the name that dbt's tools know a table by."""
    return f"source.{PACKAGE}.raw.{name}" if layer == "raw" else f"model.{PACKAGE}.{name}"


def test_id(name: str) -> str:
    """Return the name that dbt's tools know a data test by: the table's name, then its own."""
    return f"test.{PACKAGE}.{name}"


def run_results(report: BuildReport, **args: Any) -> dict[str, Any]:
    """Return the report of a run with these arguments as dbt's run_results.json, version 6.

    What dbt does not have is where its format allows anything: `source`, `invented` and
    `older_versions` in `args`, `layer` and `severity` in the `adapter_response`.
    """
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
            "dbt_version": DBT_VERSION,
            "generated_at": datetime.now(UTC).isoformat(),
            "invocation_id": report.invocation_id,
            "env": {},
        },
        "results": [entry for model in report.models for entry in _entries(model)],
        "elapsed_time": report.seconds,
        "args": {
            "which": "build" if report.was_build else "test",
            "source": report.source,
            "invented": report.invented,
            "older_versions": report.older_versions,
            **args,
        },
    }


def _entries(model: ModelResult) -> list[dict[str, Any]]:
    unique_id = node_id(model.layer, model.model)
    of_model = _entry(unique_id, "success", model.build_seconds, model.started_at)
    of_model["adapter_response"] = {"rows_affected": model.rows, "layer": model.layer}
    tested_at = model.started_at + timedelta(seconds=model.build_seconds)
    each = model.test_seconds / max(1, len(model.tests))  # one query answers them all
    of_tests = [
        _entry(test_id(test.name), test.status, each, tested_at)
        | {
            "failures": test.failures,
            "adapter_response": {"severity": test.severity},
            "message": _message(test),
        }
        for test in model.tests
    ]
    # A raw table was loaded; a model that was only tested has no result of its own.
    return [of_model, *of_tests] if model.built or model.layer == "raw" else of_tests


def _message(test: CheckResult) -> str | None:
    if test.failures:
        return test.description
    return "guaranteed by the model's expression" if test.guaranteed else None


def _entry(unique_id: str, status: str, seconds: float, started: datetime) -> dict[str, Any]:
    ended = started + timedelta(seconds=seconds)
    return {
        "unique_id": unique_id,
        "status": status,
        "execution_time": seconds,
        "timing": [
            {
                "name": "execute",
                "started_at": started.isoformat(),
                "completed_at": ended.isoformat(),
            }
        ],
        "thread_id": "Thread-1",
        "adapter_response": {},
        "message": None,
        "failures": None,
        "compiled": None,
        "compiled_code": None,
        "relation_name": None,
    }
