"""A text that is not to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Secret:
    """A text that never shows itself: not in `repr`, `str`, a log or an error."""

    reveal: str = field(repr=False)

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__
