"""How many records to request at once: fewer after a failure, more again when all is well."""

from __future__ import annotations

from dataclasses import dataclass

GOOD_PAGES_BEFORE_GROWTH = 10


@dataclass
class PageSize:
    """The size of an operation's pages, from 1 to `largest`."""

    largest: int
    value: int = 0
    _good: int = 0

    def __post_init__(self) -> None:
        self.value = self.value or self.largest

    def shrink(self) -> bool:
        """Halve the size; return False where it is 1 already."""
        self._good = 0
        if self.value == 1:
            return False
        self.value //= 2
        return True

    def succeeded(self) -> None:
        """Note a good page. After some of them in a row the size doubles."""
        self._good += 1
        if self._good >= GOOD_PAGES_BEFORE_GROWTH:
            self._good = 0
            self.value = min(self.largest, self.value * 2)
