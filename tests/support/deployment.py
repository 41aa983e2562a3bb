"""The files under deploy/, and an image built by the steps of the Dockerfile without an engine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
RUN = "python -m cursor_marts "
SOMEBODY = 10001  # the user of the Dockerfile's last stage


def stages() -> list[list[list[str]]]:
    """Return the Dockerfile's stages: for each a list of instructions, as word and rest."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if re.match("[A-Z]", line)]
    starts = [n for n, (word, _) in enumerate(lines) if word == "FROM"]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def variables(stage: list[list[str]]) -> dict[str, str]:
    """Return the environment variables that a stage sets."""
    words = [word for line, rest in stage if line == "ENV" for word in shlex.split(rest)]
    return dict(word.split("=", 1) for word in words)


@dataclass(frozen=True)
class Job:
    """The definition of a job, with values for the variables of its operator."""

    definition: dict[str, Any]

    @classmethod
    def read(cls, name: str, **values: str) -> Job:
        text = (DEPLOY / f"{name}.yaml").read_text()
        return cls(yaml.safe_load(Template(text).safe_substitute(values)))

    @property
    def task(self) -> dict[str, Any]:
        return self.definition["spec"]["template"]["spec"]["template"]["spec"]

    @property
    def container(self) -> dict[str, Any]:
        (only,) = self.task["containers"]
        return only

    @property
    def commands(self) -> list[list[str]]:
        """The arguments of each `python -m cursor_marts` that it runs."""
        if "command" not in self.container:
            return [self.container["args"]]
        (script,) = self.container["args"]
        lines = [line.strip().removeprefix("exec ") for line in script.split("&&")]
        assert all(line.startswith(RUN) for line in lines), script
        return [shlex.split(line.removeprefix(RUN)) for line in lines]

    @property
    def words(self) -> list[str]:
        """The whole command: the entry point of the image or of the job, and the arguments."""
        return [*self.container.get("command", RUN.split()), *self.container["args"]]


def python_for_all() -> str | None:
    """Return a Python that every user of this machine may run, or None."""
    test = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    for python in (str(Path(sys.base_prefix) / "bin" / "python3"), "/usr/bin/python3"):
        try:
            if as_somebody([python, "-c", test]).returncode == 0:
                return python
        except OSError:
            continue
    return None


def as_somebody(
    words: list[str], environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as the user of the image, in a folder that this user cannot write to."""
    return subprocess.run(
        words,
        env=environ,
        cwd="/",
        user=SOMEBODY,
        group=SOMEBODY,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Image:
    """The file system that the Dockerfile creates, in a folder of this machine."""

    folder: Path

    def build(self, python: str) -> None:
        """Execute the steps of the first stage, and those of the last that change the base."""
        (self.folder / "build").mkdir()
        run(python, "-m", "venv", "--without-pip", self.base)
        run(sys.executable, "-m", "pip", "--python", self.base / "bin/python", *INSTALL_PIP)
        first, last = stages()
        for word, rest in first:
            if word == "COPY":
                *sources, target = rest.split()
                self._copy(sources, self.folder / "build" / target)
            elif word == "RUN":
                self._run(rest)
        for rest in (rest for word, rest in last if word == "RUN"):
            self._run(rest.partition("&&")[0])  # does not create the user on this machine
        run("chmod", "-R", "a-w,a+rX", self.app)

    @property
    def base(self) -> Path:
        """The content of the base image: a Python with pip."""
        return self.folder / "base"

    @property
    def app(self) -> Path:
        """The folder that the last stage copies from the first."""
        return self.folder / "app"

    def _copy(self, sources: list[str], target: Path) -> None:
        for source in sources:
            if (ROOT / source).is_dir():
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / source, target, ignore=ignore)
            else:
                shutil.copy(ROOT / source, target)

    def _run(self, line: str) -> None:
        path = f"{self.base}/bin:{os.environ['PATH']}"
        command = line.replace("/opt/cursor_marts", str(self.app))
        run("sh", "-euc", command, cwd=self.folder / "build", path=path)

    def run(self, words: list[str], data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command as the container would: another user, no home, only `data` writable."""
        inside = variables(stages()[1])
        path = inside["PATH"].replace("/opt/cursor_marts", str(self.app))
        inside |= {"PATH": path.replace("/usr/local/bin", str(self.base / "bin"))}
        inside |= {"CURSOR_MARTS_DATA_DIR": str(data), "HOME": "/nonexistent"}
        return as_somebody(words, inside | environ)


INSTALL_PIP = ("install", "--quiet", "--disable-pip-version-check", "pip")


def run(*words: str | Path, cwd: Path | None = None, path: str | None = None) -> None:
    """Run a step of the build; fail the test if it fails."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ["PATH"] = path or environ["PATH"]
    done = subprocess.run(words, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stderr}"
