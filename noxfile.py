"""Fast tests and builds on each supported Python, with the oldest and the newest libraries.

`pyproject.toml` declares a range for each library; this shows that both of its ends work.
A Python that is not on the machine is skipped; CI has all of them.
"""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

PYTHONS = ("3.11", "3.12", "3.13")
#: How uv chooses versions: the lowest of each declared range, or the newest of all.
RESOLUTIONS = ("lowest-direct", "highest")
#: Slow tests whose result depends on the libraries: what is compiled, built and tested.
OF_LIBRARIES = (
    "tests/building/test_binding.py",
    "tests/building/test_build.py",
    "tests/engines/snowflake/test_traps.py",
    "tests/graph/test_checks.py",
    "tests/models/test_snapshots.py",
)


@nox.session(python=PYTHONS)
@nox.parametrize("resolution", RESOLUTIONS)
def tests(session: nox.Session, resolution: str) -> None:
    """Install one end of every declared range; run the fast tests and those of whole builds."""
    chosen = str(Path(session.create_tmp()) / f"{resolution}.txt")
    options = ("--quiet", "--resolution", resolution, "--python-version", str(session.python))
    compile_ = ("uv", "pip", "compile", *options, "--extra", "dev", "--output-file", chosen)
    session.run(*compile_, "pyproject.toml", external=True)
    session.install("--requirement", chosen)
    session.install("--no-deps", "--editable", ".")
    pytest = ("pytest", "-q", "-n", "2")
    session.run(*pytest, "--fast", *session.posargs)
    session.run(*pytest, "--dist", "loadfile", *OF_LIBRARIES, *session.posargs)


@nox.session(python=PYTHONS[0], default=False)
def next_duckdb(session: nox.Session) -> None:
    """Run the fast tests on the newest DuckDB and Ibis, whatever range is declared."""
    session.install("--editable", ".[dev]")
    session.install("--upgrade", "duckdb", "ibis-framework[duckdb]")
    session.run("pytest", "-q", "-n", "2", "--fast", *session.posargs)
