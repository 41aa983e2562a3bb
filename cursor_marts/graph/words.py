"""Names of tables as users write them: one text or several."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: One text, or several.
Names = str | Iterable[str]
#: Selects the tables that were published by other SQL than their models have.
MODIFIED = "state:modified"


def words(names: Names) -> tuple[str, ...]:
    """Return the words of one text or of several."""
    return _split(names, r"[\s,]+")


def selectors(names: Names) -> tuple[str, ...]:
    """Return the selectors of one text or of several: a comma within one intersects its parts."""
    return _split(names, r"[\s,]*\s[\s,]*|^,+|,+$")


def depends_on_state(*selections: Names) -> bool:
    """Return whether a selection depends on what is published."""
    return any(MODIFIED in word for names in selections for word in selectors(names))


def _split(names: Names, at: str) -> tuple[str, ...]:
    texts = [names] if isinstance(names, str) else names
    return tuple(word for text in texts for word in re.split(at, text) if word)
