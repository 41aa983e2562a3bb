"""The value of an option: given, else its variable's, else the project's, else its default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cursor_marts.commands.options.by_command import EveryOption
from cursor_marts.commands.options.definition import described, spelled
from cursor_marts.commands.project import project_of

EVERY = described(EveryOption)


@dataclass(frozen=True)
class Given:
    """A value, and the option, the variable or the key of the project's file it comes from."""

    value: Any
    named: str


def given(options: object, name: str, environ: Mapping[str, str]) -> Given:
    """Return an option's value: the given one, else its variable's, its project's, its default.

    An empty variable counts as unset.
    """
    value, option = getattr(options, name, None), EVERY[name]
    if value is not None:
        return Given(value, spelled(name))
    if environ.get(option.env, "").strip():
        return Given(environ[option.env], option.env)
    project = project_of(options, environ)
    if project is None:
        return Given(option.default, spelled(name))
    if name in project.options:
        key, value = project.options[name]
        return Given(value, key)
    return Given(project.default(name, option.default), spelled(name))
