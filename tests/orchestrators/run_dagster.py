"""The page on Dagster: an asset for each table, a check for each data test.

`make orchestrators` runs it with the Dagster of `.venv/dagster`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from cursor_marts.building import profiling
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.checks import checks_of
from cursor_marts.models import all_models

ROOT = Path(__file__).parents[2]
DAGSTER = ROOT / ".venv" / "dagster" / "bin" / "python"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
SCRIPT = """
import json, dagster, definitions
instance = dagster.DagsterInstance.ephemeral()
job = definitions.defs.resolve_job_def("every_table")
run = job.execute_in_process(instance=instance, raise_on_error=False)
checks = run.get_asset_check_evaluations()
made = [event.asset_key.path[-1] for event in run.get_asset_materialization_events()]
failed = [c.check_name for c in checks if not c.passed and c.severity.name == "ERROR"]
found = {"success": run.success, "made": made, "checks": len(checks), "failed": failed}
print(json.dumps(found))
"""


def ran(folder: Path) -> dict[str, object]:
    (code,) = BLOCK.findall((ROOT / "docs" / "dagster.md").read_text("utf-8"))
    (folder / "definitions.py").write_text(code, "utf-8")
    run = subprocess.run(
        [DAGSTER, "-c", SCRIPT],
        cwd=folder,
        env=os.environ
        | {
            "CURSOR_MARTS_DATA_DIR": str(folder / "data"),
            "CURSOR_SIM_URL": "embedded",
            "CURSOR_MARTS_START_DATE": "20d",
            "PYTHONPATH": str(folder),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_every_table_is_an_asset_and_every_data_test_of_a_model_a_check(tmp_path: Path) -> None:
    entries = catalog(all_models())
    models = [entry for entry in entries.values() if entry.model]
    tests = sum(len([*checks_of(each.contract), *profiling.tests_of(each)]) for each in models)
    found = ran(tmp_path)
    assert found["success"] is True
    assert sorted(found.pop("made")) == sorted(entries)  # type: ignore[call-overload]
    assert (found["checks"], found["failed"]) == (tests, [])
