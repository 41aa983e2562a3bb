"""Targets: dev and prod, and those that the file of a project names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cursor_marts.engines.registry import ENGINES, TARGETS
from cursor_marts.engines.snowflake.account import SECRET, VARIABLES
from cursor_marts.errors import UsageError, did_you_mean

VARIABLE = "CURSOR_MARTS_TARGET"
#: The target where none is chosen.
STANDARD = "dev"
#: The key that says which engine a target has, and the keys that only one on Snowflake has.
TYPE, OF_SNOWFLAKE = "type", ("account", "user", "role", "warehouse", "database")
#: Each part of a Snowflake account as a key, by its variable and by its name.
PARTS = {name.removeprefix("SNOWFLAKE_").lower(): name for name in VARIABLES.values()} | VARIABLES
SECRETS = {VARIABLES[name] for name in SECRET}

#: What to do about a target that is no section.
BELOW = "write each target as a section, such as [targets.dev_alice]"


@dataclass(frozen=True)
class Target:
    """A target: its name, its engine ('duckdb' or 'snowflake'), and what the file says of it."""

    name: str = STANDARD
    type: str = TARGETS[STANDARD]
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def account(self) -> dict[str, str]:
        """Return the variables of its Snowflake account that the file gives."""
        return {VARIABLES[key]: self.values[key] for key in OF_SNOWFLAKE if key in self.values}


Targets = Mapping[str, Target]
#: The targets that need no file.
BUILT_IN: Targets = {name: Target(name, type_) for name, type_ in TARGETS.items()}


def chosen(name: str | None, environ: Mapping[str, str], targets: Targets, default: str) -> Target:
    """Return the target that the option names, else the variable. Raises UsageError if unknown."""
    for text, named in ((name or "", "--target"), (environ.get(VARIABLE, ""), VARIABLE)):
        if text.strip():
            return target_called(text.strip(), named, targets)
    return targets[default]


def target_called(name: str, named: str, targets: Targets) -> Target:
    """Return a target by its name. Raises UsageError that lists the known ones."""
    if name in targets:
        return targets[name]
    hint = f"{did_you_mean(name, targets)} known: {', '.join(targets)}".strip()
    if targets == BUILT_IN:
        hint += "; a project names others, as in [targets.dev_alice]"
    raise UsageError(f"{named} {name!r} is unknown", hint=hint)


def targets_of(named: str, sections: Any, option: Callable[[str, str, Any], Any]) -> Targets:
    """Return name → target of a file's sections, besides those without one.

    `option` checks a key that is an option, and returns its value. Raises UsageError, naming what
    is wrong.
    """
    if not isinstance(sections, Mapping):
        raise UsageError(f"{named} is {sections!r}, not a section", hint=BELOW)
    own = {name: _target(f"{named}.{name}", name, has, option) for name, has in sections.items()}
    return {**BUILT_IN, **own}


def _target(named: str, name: str, section: Any, option: Callable[[str, str, Any], Any]) -> Target:
    if not isinstance(section, Mapping):
        raise UsageError(f"{named} is {section!r}, not a section", hint=BELOW)
    type_ = _type(named, name, section.get(TYPE))
    rest = {key: value for key, value in section.items() if key != TYPE}
    checked = {k: _value(f"{named}.{k}", k, value, type_, option) for k, value in rest.items()}
    return Target(name, type_, checked)


def _type(named: str, name: str, given: Any) -> str:
    """Return the engine of a target. Raises UsageError without one, and for an unknown one."""
    if given is None and name not in TARGETS:
        raise UsageError(f"{named} has no type", hint=f"add type = {_either()}")
    type_ = TARGETS.get(name, given)
    if given not in (None, type_):
        raise UsageError(
            f"{named}.{TYPE} is {given!r}, and {name} is {type_}",
            hint="leave it out, or give the section another name",
        )
    if type_ not in ENGINES:
        raise UsageError(f"{named}.{TYPE} {type_!r} is unknown", hint=f"write {_either()}")
    return str(type_)


def _either() -> str:
    return " or ".join(f'"{name}"' for name in ENGINES)


def _value(named: str, key: str, value: Any, type_: str, option: Callable[..., Any]) -> Any:
    if key not in OF_SNOWFLAKE:
        return option(named, key, value)
    if type_ != "snowflake":
        raise UsageError(f"{named} is only for type snowflake", hint="leave it out")
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{named} is {value!r}, not a text in quotes", hint="correct it")
    return value


def refuse_part(named: str, key: str) -> None:
    """Raise UsageError for a key that says how to reach Snowflake where it cannot be said."""
    if key in OF_SNOWFLAKE:
        raise UsageError(
            f"{named} is unknown", hint="write it below a target, such as [targets.prod]"
        )
    if key in PARTS:
        why = ": secrets stay in the environment" if PARTS[key] in SECRETS else ""
        raise UsageError(f"{named} does not belong into the file", hint=f"set {PARTS[key]}{why}")
