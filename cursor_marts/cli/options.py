"""The options of the command line, which follow from those of the public functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from cursor_marts.commands.options.definition import (
    Names,
    Option,
    Options,
    described,
    spelled,
)
from cursor_marts.commands.project_file import KEYS

#: Options that say how a command prints its result; a function returns it as a value.
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Print only errors and explicitly requested output.")
]
Profile = Annotated[
    bool, typer.Option("--profile", help="Show the seconds of each table and of its tests.")
]


def takes(options: type[Options]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a class; those with a value reach it as `**options`.

    They come before the parameters that the command itself has.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def call(**values: Any) -> None:
            command(**{name: value for name, value in values.items() if value is not None})

        own = inspect.signature(command, eval_str=True).parameters.values()
        parameters = [
            *_parameters(options),
            *(p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD),
        ]
        call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        )
        call.__annotations__ = {p.name: p.annotation for p in parameters}
        return call

    return decorate


def _parameters(options: Any) -> Iterable[inspect.Parameter]:
    types, known = get_type_hints(options), described(options)
    for parameter in inspect.signature(options).parameters.values():
        if option := known.get(parameter.name):
            kind = _kind(types[parameter.name])
            default = None if parameter.default == () else parameter.default
            annotated: Any = Annotated  # which no checker allows with a type that is a value
            annotation = annotated[kind, _in_typer(parameter.name, option, types)]
            yield parameter.replace(default=default, annotation=annotation)


def _kind(type_: Any) -> Any:
    """Return the type as the command line reads it: a path as text, which may be empty."""
    if type_ == Names:
        return list[str] | None
    kinds = get_args(type_) or (type_,)
    return kinds[0] | None if type(None) in kinds else kinds[0]


def _in_typer(name: str, option: Option, types: dict[str, Any]) -> Any:
    described: dict[str, Any] = {"help": option.help}
    if Path in get_args(types[name]):
        described["metavar"] = "<path>"
    if option.env:
        described["help"] += f" Environment variable: {option.env}."
    if option.tables:
        described["autocompletion"] = table_names
    if option.argument:
        return typer.Argument(**described)
    shown = option.default if option.shown is None else option.shown
    if shown is not None:
        described["show_default"] = shown
    spellings = [spelled(name)]
    if types[name] is bool and name in KEYS:  # what a project switches on can be switched off
        spellings = [f"{spelled(name)}/{spelled(_off(name))}"]
    if option.short:
        spellings.append(option.short)
    return typer.Option(*spellings, min=option.min, max=option.max, **described)


def _off(flag: str) -> str:
    """Return the name of the flag that switches another one off."""
    return flag.removeprefix("no_") if flag.startswith("no_") else f"no_{flag}"


def table_names(incomplete: str) -> list[str]:
    """Return the names that the shell may complete a table's name to, with a plus before it."""
    from cursor_marts.commands.options.by_command import LineageOptions
    from cursor_marts.commands.reference import files_of
    from cursor_marts.graph.catalog import catalog
    from cursor_marts.graph.layers import LAYERS
    from cursor_marts.models import all_models

    plus = "+" if incomplete.startswith("+") else ""
    with files_of(LineageOptions()):
        names = [plus + name for name in (*catalog(all_models()), *LAYERS)]
    return [name for name in names if name.startswith(incomplete)]
