"""The definition of an option: name, type, default, variable, help and range in one place.

A command's options are a dataclass that inherits the groups it needs. From it follow the signature
of the public function, the options of the command line, and the fields of `Settings`: an option
that is added to a group exists in all three.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import FrozenInstanceError, dataclass
from functools import cache
from typing import Any, TypeVar, dataclass_transform, get_type_hints

from cursor_marts.errors import UsageError

T = TypeVar("T")
#: One text, or several.
Names = str | Iterable[str]


@dataclass(frozen=True)
class Option:
    """An option outside of Python: its help, its variable, its range, and its `--help` default.

    `env` is the environment variable that gives the value where the option is not given, `default`
    the value where neither is. `shown` is the default that `--help` prints, if it is another text;
    False prints none. `short` is a second spelling. `argument` marks a positional word of the
    command line, `tables` one that the shell completes to names of tables.
    """

    help: str
    env: str = ""
    default: str | None = None
    shown: str | bool | None = None
    choices: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    short: str = ""
    argument: bool = False
    tables: bool = False

    def check(self, named: str, value: Any) -> None:
        """Raise UsageError, naming the option, for a value that is empty or out of range."""
        if _is_empty(value):
            raise UsageError(
                f"{named} is empty",
                hint="give a value or leave it out; a shell variable in it may not be set",
            )
        if self.choices and value not in (None, *self.choices):
            raise UsageError(
                f"{named} {value!r} is unknown", hint=f"use one of: {', '.join(self.choices)}"
            )
        if isinstance(value, int | float) and not self._is_in_range(value):
            raise UsageError(f"{named} {value} is out of range", hint=f"give {self.range}")

    def _is_in_range(self, number: float) -> bool:
        low = -math.inf if self.min is None else self.min
        high = math.inf if self.max is None else self.max
        return math.isfinite(number) and low <= number <= high

    @property
    def range(self) -> str:
        """The range in words."""
        if self.max is None:
            return "a number" if self.min is None else f"a number of at least {self.min:g}"
        return f"a number from {self.min or 0:g} to {self.max:g}"


def _is_empty(value: object) -> bool:
    """Return whether a value is a text without content, or holds nothing but such texts."""
    if isinstance(value, str):
        return not value.strip(" \t\r\n,")
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_empty, value))


@dataclass_transform(frozen_default=True, eq_default=False)
def options_class(
    *, kw_only: bool = False, repr: bool = False, eq: bool = False
) -> Callable[[type[T]], type[T]]:
    """Make a class a dataclass, whose base `Options` lets each field be set once.

    Each further method of so many classes is time at every start: these have none that is unused.
    """
    return dataclass(kw_only=kw_only, repr=repr, eq=eq)


@options_class()
class Options:
    """The options of a command. Creating them raises UsageError for a value that is not usable."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set a field. Raises FrozenInstanceError if it is set already."""
        if name in vars(self):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super().__setattr__(name, value)

    def __post_init__(self) -> None:
        options: Any = type(self)
        for name, option in described(options).items():
            option.check(spelled(name), getattr(self, name))


@cache
def described(options: Any) -> dict[str, Option]:
    """Return name → option of a class of options, in the order of its fields."""
    hints = get_type_hints(options, include_extras=True)
    fields = getattr(options, "__dataclass_fields__", {})
    found = {name: getattr(hints[name], "__metadata__", ()) for name in fields if name in hints}
    return {name: extra[0] for name, extra in found.items() if extra}


def spelled(name: str) -> str:
    """Return an option as the command line spells it."""
    return f"--{name.replace('_', '-')}"
