"""The value of an option: as given, from the environment, or its default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cursor_marts.commands.options.definition import described, spelled
from cursor_marts.commands.options.of_commands import EveryOption

EVERY = described(EveryOption)


@dataclass(frozen=True)
class Given:
    """A value, and what gave it: the option, or the environment variable."""

    value: Any
    named: str


def given(options: object, name: str, environ: Mapping[str, str]) -> Given:
    """Return an option's value: as given, else that of its variable, else its default.

    An empty variable counts as one that is not set.
    """
    value, option = getattr(options, name, None), EVERY[name]
    if value is not None:
        return Given(value, spelled(name))
    if environ.get(option.env, "").strip():
        return Given(environ[option.env], option.env)
    return Given(option.default, spelled(name))
