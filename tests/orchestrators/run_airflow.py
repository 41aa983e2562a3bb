"""The page on Airflow: its DAG builds the tables, and repeats only what may pass.

`make orchestrators` runs it with the Airflow of `.venv/airflow`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
AIRFLOW = ROOT / ".venv" / "airflow" / "bin"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    home = tmp_path_factory.mktemp("airflow")
    (home / "dags").mkdir()
    (home / "marts").mkdir()
    (code,) = BLOCK.findall((ROOT / "docs" / "airflow.md").read_text("utf-8"))
    (home / "dags" / "cursor_marts_dag.py").write_text(code, "utf-8")
    environ = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "MARTS_PYTHON": sys.executable,
        "MARTS_FOLDER": str(home / "marts"),
        "CURSOR_SIM_URL": "embedded",
        "CURSOR_MARTS_START_DATE": "20d",
    }
    subprocess.run([AIRFLOW / "airflow", "db", "migrate"], env=environ, check=True)
    return environ


def tried(environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the DAG once, in this process of Airflow."""
    command = [str(AIRFLOW / "airflow"), "dags", "test", "cursor_marts"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_the_dag_builds_every_table(environ: Mapping[str, str]) -> None:
    run = tried(environ)
    assert run.returncode == 0, run.stderr
    file = Path(environ["MARTS_FOLDER"]) / "data" / "analytics.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.sql("SELECT count(*) FROM main_mart.mart_pull_requests").fetchone()
    assert found is not None
    assert found[0] > 0


#: Each exit code of a command, and whether Airflow is to repeat it.
CODES = {0: "None", 1: "AirflowFailException", 2: "AirflowFailException", 75: "RuntimeError"}


@pytest.mark.parametrize("code", CODES)
def test_only_what_may_pass_is_repeated(
    code: int, environ: Mapping[str, str], tmp_path: Path
) -> None:
    """Airflow repeats a RuntimeError, and never an AirflowFailException."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    script = (
        "import cursor_marts_dag as dag\n"
        "try:\n    dag.run('load')\n    print(None)\n"
        "except Exception as error:\n    print(type(error).__name__)\n"
    )
    folder = str(Path(environ["AIRFLOW_HOME"]) / "dags")
    run = subprocess.run(
        [AIRFLOW / "python", "-c", script],
        env={**environ, "MARTS_PYTHON": str(program), "PYTHONPATH": folder},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[-1] == CODES[code]
