"""A project: a folder with `cursor_marts.toml`, and a team's own models and reference files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cursor_marts.building import thresholds
from cursor_marts.building.thresholds import Thresholds
from cursor_marts.commands.options.definition import described
from cursor_marts.commands.places import path_of
from cursor_marts.commands.project_file import NAME, OPTIONS, TARGET, TARGETS, THRESHOLDS, values_of
from cursor_marts.commands.targets import BUILT_IN, STANDARD, Target, Targets, chosen
from cursor_marts.errors import NextCommand, UsageError

FILE = "cursor_marts.toml"
VARIABLE = "CURSOR_MARTS_PROJECT"
#: Options that name a place; in the file they are relative to the project.
PLACES = ("data_dir", "reference", "output")


@dataclass(frozen=True)
class Project:
    """A project: its folder, the options that its file gives, and the target that is in use."""

    folder: Path
    values: Mapping[str, Any]
    target: Target = field(default_factory=Target)

    @property
    def file(self) -> Path:
        """The file that makes the folder a project."""
        return self.folder / FILE

    @property
    def name(self) -> str:
        """Its name, by which builds know their own tables: the file's, else the folder's."""
        return str(self.values.get(NAME) or self.folder.resolve().name)

    @property
    def thresholds(self) -> Thresholds:
        """How many rows may fail a data test."""
        found: Thresholds = self.values.get(THRESHOLDS, thresholds.STANDARD)
        return found

    @property
    def models(self) -> Path:
        """The folder of its models."""
        return self.folder / "models"

    @property
    def options(self) -> dict[str, tuple[str, Any]]:
        """Return option → its key in the file, and its value: the target's, else that of all."""
        own = {
            name: (f"{TARGETS}.{self.target}.{name}", v) for name, v in self.target.values.items()
        }
        found = {name: (name, value) for name, value in self.values.items()} | own
        return {name: (f"{self.file}: {k}", v) for name, (k, v) in found.items() if name in OPTIONS}

    def default(self, name: str, default: Any) -> Any:
        """Return the default of an option within the project."""
        if name == "data_dir":
            return str(self.folder / default)
        reference = self.folder / "reference"
        return str(reference) if name == "reference" and reference.is_dir() else default


def project_of(options: object, environ: Mapping[str, str] | None = None) -> Project | None:
    """Return the project that a command's options or the environment name, at their target.

    Without a name that is the nearest folder with a `cursor_marts.toml`, upwards from the current
    one. Raises UsageError for a named folder without one, for a mistake in the file, and for a
    target that it does not have.
    """
    named, target = (getattr(options, name, None) for name in ("project", "target"))
    return project_at(named, os.environ if environ is None else environ, target)


def target_of(options: object, environ: Mapping[str, str] | None = None) -> Target:
    """Return the target that options, environment or project name. Raises UsageError if unknown."""
    project = project_of(options, environ)
    if project is not None:
        return project.target
    environ = os.environ if environ is None else environ
    return chosen(getattr(options, "target", None), environ, BUILT_IN, STANDARD)


def project_at(
    named: str | Path | None, environ: Mapping[str, str], target: str | None = None
) -> Project | None:
    """Return the project of a folder, or without a name what `project_of` returns."""
    folder = _folder(named, environ)
    if folder is None:
        return None
    values = _read(folder / FILE)
    targets: Targets = values.get(TARGETS, BUILT_IN)
    at = chosen(target, environ, targets, values.get(TARGET, STANDARD))
    placed = _placed(folder, f"{TARGETS}.{at}.", at.values)
    return Project(folder, _placed(folder, "", values), replace(at, values=placed))


def _folder(named: str | Path | None, environ: Mapping[str, str]) -> Path | None:
    if named is not None:
        return _with_file(path_of(named, "--project"))
    if environ.get(VARIABLE, "").strip():
        return _with_file(path_of(environ[VARIABLE], VARIABLE))
    try:
        here = Path.cwd()
    except OSError:  # the current folder has been removed
        return None
    found = next((folder for folder in (here, *here.parents) if (folder / FILE).is_file()), None)
    return Path() if found == here else found


def _with_file(folder: Path) -> Path:
    if not (folder / FILE).is_file():
        raise UsageError(
            f"there is no project in {folder}: it has no {FILE}",
            hint="create one",
            next_command=NextCommand("init", (str(folder),)),
        )
    return folder


def _read(file: Path) -> Mapping[str, Any]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {file}: {error.strerror or error}", hint="make it readable"
        ) from None
    return values_of(str(file), content)


def _placed(folder: Path, section: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a section with paths as seen from the current folder."""
    named = f"{folder / FILE}: {section}"
    paths = {name: values[name] for name in PLACES if "://" not in values.get(name, "://")}
    return {**values, **{n: str(folder / path_of(p, f"{named}{n}")) for n, p in paths.items()}}


def from_file(options: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that only the file of the project gives.

    One with a variable or a default of its own is left to `given`: the variable wins over the file.
    """
    accepted = described(options)
    if "project" not in accepted:
        return {}
    named, environ, target = (given.get(name) for name in ("project", "environ", "target"))
    project = project_at(named, os.environ if environ is None else environ, target)
    values = project.options if project else {}
    plain = (n for n in values if not OPTIONS[n].env and OPTIONS[n].default is None)
    return {name: values[name][1] for name in plain if name in accepted and name not in given}
