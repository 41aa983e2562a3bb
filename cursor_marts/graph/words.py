"""Names of tables as users write them: one text or several."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: One text, or several.
Names = str | Iterable[str]


def words(names: Names) -> tuple[str, ...]:
    """Return the words of one text or of several."""
    texts = [names] if isinstance(names, str) else names
    return tuple(word for text in texts for word in re.split(r"[\s,]+", text) if word)
