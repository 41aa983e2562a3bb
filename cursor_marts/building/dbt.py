"""The report of a run as dbt's tools read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cursor_marts.building.results import BuildReport, CheckResult, ModelResult


def run_results(report: BuildReport) -> dict[str, Any]:
    """Return the report in the shape of dbt's run_results.json, version 6.

    What dbt does not have (`rows`, `layer`, `severity`, `source`, `invented`, `older_versions`)
    stands beside.
    """
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
            "generated_at": datetime.now(UTC).isoformat(),
            "invocation_id": report.invocation_id,
            "env": {},
            "source": report.source,
            "invented": report.invented,
            "older_versions": report.older_versions,
        },
        "results": [entry for model in report.models for entry in _entries(model)],
        "elapsed_time": report.seconds,
        "args": {"which": "build" if report.was_build else "test"},
    }


def _entries(model: ModelResult) -> list[dict[str, Any]]:
    kind = "source" if model.layer == "raw" else "model"
    of_model = _entry(
        f"{kind}.cursor_marts.{model.model}", "success", model.build_seconds, model.started_at
    )
    of_model |= {"adapter_response": {"rows_affected": model.rows}, "layer": model.layer}
    tested_at = model.started_at + timedelta(seconds=model.build_seconds)
    each = model.test_seconds / max(1, len(model.tests))  # one query answers them all
    of_tests = [
        _entry(f"test.cursor_marts.{test.name}", test.status, each, tested_at)
        | {
            "failures": test.failures,
            "severity": test.severity,
            "message": _message(test),
        }
        for test in model.tests
    ]
    # A raw table was loaded; a model that was only tested has no result of its own.
    return [of_model, *of_tests] if model.built or kind == "source" else of_tests


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
