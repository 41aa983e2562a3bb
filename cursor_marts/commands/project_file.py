"""The file of a project: which keys it may have, and what is wrong with one that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from cursor_marts.building import thresholds
from cursor_marts.commands.options.by_command import EveryOption
from cursor_marts.commands.options.definition import Names, Option, described
from cursor_marts.commands.targets import (
    BUILT_IN,
    OF_SNOWFLAKE,
    TYPE,
    refuse_part,
    target_called,
    targets_of,
)
from cursor_marts.errors import UsageError, did_you_mean

#: Options that a project cannot have: secrets, and what one run is about.
NOT_IN_FILE = ("api_key", "force", "fresh", "full_refresh", "input", "project")
OPTIONS = described(EveryOption)
TEXT = "a text in quotes"
#: The keys that are no options: the name of the project, how many rows may fail a data test, and
#: the targets by name.
NAME, THRESHOLDS, TARGETS = "name", "thresholds", "targets"
#: The key that names the target of commands that name none.
TARGET = "target"
#: The keys of the file: these and options, written as in Python.
KEYS = (NAME, THRESHOLDS, TARGETS, *(name for name in OPTIONS if name not in NOT_IN_FILE))
#: The keys of a target.
TARGET_KEYS = (TYPE, *OF_SNOWFLAKE, *(n for n in KEYS if n in OPTIONS and n != TARGET))


@lru_cache(maxsize=8)
def values_of(file: str, content: bytes) -> Mapping[str, Any]:
    """Return key → value. Raises UsageError, naming file and key."""
    import tomllib

    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}", hint="write it as TOML, in UTF-8") from None
    values = {key: _checked(f"{file}: {key}", key, value) for key, value in read.items()}
    if TARGET in values:
        target_called(values[TARGET], f"{file}: {TARGET}", values.get(TARGETS, BUILT_IN))
    return values


def _checked(named: str, key: str, value: Any) -> Any:
    if key == THRESHOLDS:
        return thresholds.read(named, value)
    if key == TARGETS:
        return targets_of(named, value, _of_target)
    if key == NAME:
        return _typed(named, value, (str,), TEXT, Option(""))
    return _option(named, key, value, KEYS)


def _of_target(named: str, key: str, value: Any) -> Any:
    """Return the value of an option that a target has."""
    if key in KEYS and key not in TARGET_KEYS:
        raise UsageError(f"{named} is not about one target", hint="write it above all sections")
    return _option(named, key, value, TARGET_KEYS)


def _option(named: str, key: str, value: Any, known: Iterable[str]) -> Any:
    if key not in known:
        refuse_part(named, key)
        if key in OPTIONS:
            raise UsageError(f"{named} does not belong into the file", hint=_instead(key))
        meant = did_you_mean(key, known)
        raise UsageError(f"{named} is unknown", hint=f"{meant} known: {', '.join(known)}".strip())
    return _typed(named, value, *_types_of(key), OPTIONS[key])


def _typed(named: str, value: Any, types: tuple[type, ...], words: str, option: Option) -> Any:
    if not _is_of(value, types):
        raise UsageError(f"{named} is {value!r}, not {words}", hint="correct it")
    option.check(named, value)
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
