"""A project: a folder with `cursor_marts.toml`, and a team's own models and reference files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from cursor_marts.building import thresholds
from cursor_marts.building.thresholds import Thresholds
from cursor_marts.commands.options.by_command import EveryOption
from cursor_marts.commands.options.definition import Names, Option, described
from cursor_marts.commands.places import path_of
from cursor_marts.errors import NextCommand, UsageError, did_you_mean

FILE = "cursor_marts.toml"
VARIABLE = "CURSOR_MARTS_PROJECT"
#: Options that name a place; in the file they are relative to the project.
PLACES = ("data_dir", "reference", "output")
#: Options that a project cannot have: secrets, and what one run is about.
NOT_IN_FILE = ("api_key", "force", "fresh", "full_refresh", "input", "project")
OPTIONS = described(EveryOption)
TEXT = "a text in quotes"
#: The keys that are no options: the name of the project, and how many rows may fail a data test.
NAME, THRESHOLDS = "name", "thresholds"
#: The keys of the file: these and options, written as in Python.
KEYS = (NAME, THRESHOLDS, *(name for name in OPTIONS if name not in NOT_IN_FILE))


@dataclass(frozen=True)
class Project:
    """A project: its folder, and the options that its file gives."""

    folder: Path
    values: Mapping[str, Any]

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

    def default(self, name: str, default: Any) -> Any:
        """Return the default of an option within the project."""
        if name == "data_dir":
            return str(self.folder / default)
        reference = self.folder / "reference"
        return str(reference) if name == "reference" and reference.is_dir() else default


def project_of(
    named: str | Path | None, environ: Mapping[str, str] | None = None
) -> Project | None:
    """Return the project that `--project` or its variable names, else that of the current folder.

    That is the nearest folder with a `cursor_marts.toml`, upwards. Raises UsageError for a named
    folder without one, and for a mistake in the file.
    """
    environ = os.environ if environ is None else environ
    if named is not None:
        return _in(path_of(named, "--project"))
    if environ.get(VARIABLE, "").strip():
        return _in(path_of(environ[VARIABLE], VARIABLE))
    try:
        here = Path.cwd()
    except OSError:  # the current folder has been removed
        return None
    found = next((folder for folder in (here, *here.parents) if (folder / FILE).is_file()), None)
    if found is None:
        return None
    return _read(Path() if found == here else found)


def _in(folder: Path) -> Project:
    if not (folder / FILE).is_file():
        raise UsageError(
            f"there is no project in {folder}: it has no {FILE}",
            hint="create one",
            next_command=NextCommand("init", (str(folder),)),
        )
    return _read(folder)


def _read(folder: Path) -> Project:
    file = folder / FILE
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {file}: {error.strerror or error}", hint="make it readable"
        ) from None
    values = dict(_values(str(file), content))
    for name in PLACES:
        if name in values and "://" not in values[name]:
            values[name] = str(folder / path_of(values[name], f"{file}: {name}"))
    return Project(folder, values)


@lru_cache(maxsize=8)
def _values(file: str, content: bytes) -> Mapping[str, Any]:
    """Return option → value. Raises UsageError, naming file and key."""
    import tomllib

    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}", hint="write it as TOML, in UTF-8") from None
    return {key: _checked(f"{file}: {key}", key, value) for key, value in read.items()}


def _checked(named: str, key: str, value: Any) -> Any:
    if key not in KEYS:
        if key in OPTIONS:
            raise UsageError(f"{named} does not belong into the file", hint=_instead(key))
        meant = did_you_mean(key, KEYS)
        raise UsageError(f"{named} is unknown", hint=f"{meant} known: {', '.join(KEYS)}".strip())
    if key == THRESHOLDS:
        return thresholds.read(named, value)
    types, words = ((str,), TEXT) if key == NAME else _types_of(key)
    if not _is_of(value, types):
        raise UsageError(f"{named} is {value!r}, not {words}", hint="correct it")
    (Option("") if key == NAME else OPTIONS[key]).check(named, value)
    return tuple(value) if isinstance(value, list) else value


def _instead(key: str) -> str:
    variable = OPTIONS[key].env
    return f"set {variable}: secrets stay in the environment" if variable else "give it as option"


def _types_of(key: str) -> tuple[tuple[type, ...], str]:
    """Return the types that a key may have, and their name in words."""
    every: Any = EveryOption
    hint = get_type_hints(every)[key]
    if hint == Names:
        return (str, list), 'a text, or a list of texts like ["acme", "acme/web"]'
    kinds = get_args(hint) or (hint,)
    if str in kinds:
        return (str,), TEXT
    if float in kinds:
        return (int, float), "a number"
    return ((bool,), "true or false") if bool in kinds else ((int,), "a whole number")


def _is_of(value: Any, types: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in types
    if isinstance(value, list):
        return list in types and all(isinstance(each, str) for each in value)
    return isinstance(value, types)


def from_file(options: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that only the file of the project gives.

    One with a variable or a default of its own is left to `given`: the variable wins over the file.
    """
    accepted = described(options)
    if "project" not in accepted:
        return {}
    project = project_of(given.get("project"), given.get("environ"))
    values = project.values if project else {}
    options_of = (name for name in values if name in OPTIONS)
    plain = (n for n in options_of if not OPTIONS[n].env and OPTIONS[n].default is None)
    return {name: values[name] for name in plain if name in accepted and name not in given}
