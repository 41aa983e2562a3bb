"""Public functions that take the options of a class, completed by the file of a project."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, get_type_hints

from cursor_marts.commands.project import from_file

P = ParamSpec("P")
O = TypeVar("O")  # noqa: E741
R = TypeVar("R")


def accepts(options: Callable[P, O]) -> Callable[[Callable[[O], R]], Callable[P, R]]:
    """Give a function the options of a class as its parameters."""
    plain = inspect.signature(options)

    def decorate(function: Callable[[O], R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            given = plain.bind_partial(*args, **kwargs).arguments
            return function(options(*args, **kwargs, **from_file(options, given)))

        types = get_type_hints(options)
        call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [p.replace(annotation=types[p.name]) for p in plain.parameters.values()],
            return_annotation=inspect.signature(function).return_annotation,
        )
        return call

    return decorate
