"""The value of an option: the given one, else its environment variable, else its default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cursor_marts.commands.options.by_command import EveryOption
from cursor_marts.commands.options.definition import described, spelled

EVERY = described(EveryOption)


@dataclass(frozen=True)
class Given:
    """A value, and the option or environment variable that it comes from."""

    value: Any
    named: str


def given(options: object, name: str, environ: Mapping[str, str]) -> Given:
    """Return an option's value: the given one, else its environment variable, else its default.

    An empty variable counts as unset.
    """
    value, option = getattr(options, name, None), EVERY[name]
    if value is not None:
        return Given(value, spelled(name))
    if environ.get(option.env, "").strip():
        return Given(environ[option.env], option.env)
    return Given(option.default, spelled(name))
