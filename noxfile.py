"""The fast tests on each Python that is supported, with the oldest and the newest libraries.

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


@nox.session(python=PYTHONS)
@nox.parametrize("resolution", RESOLUTIONS)
def tests(session: nox.Session, resolution: str) -> None:
    """Install one end of every declared range, and run the fast tests."""
    chosen = str(Path(session.create_tmp()) / f"{resolution}.txt")
    options = ("--quiet", "--resolution", resolution, "--python-version", str(session.python))
    compile_ = ("uv", "pip", "compile", *options, "--extra", "dev", "--output-file", chosen)
    session.run(*compile_, "pyproject.toml", external=True)
    session.install("--requirement", chosen)
    session.install("--no-deps", "--editable", ".")
    session.run("pytest", "-q", "-n", "2", "--fast", *session.posargs)
