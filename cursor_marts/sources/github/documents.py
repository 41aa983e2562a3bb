"""The GraphQL documents of this source: one operation each, with the fragments it uses."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

FILES = (
    "repositories.graphql",
    "pull_requests.graphql",
    "people.graphql",
)
DEFINITION = re.compile(r"^(?:query|fragment) (\w+)", re.MULTILINE)
SPREAD = re.compile(r"\.\.\.(\w+)")


@cache
def document(operation: str) -> str:
    """Return the text of an operation and of every fragment that it uses, directly or not."""
    definitions = _definitions()
    needed, waiting = [operation], [operation]
    while waiting:
        for name in SPREAD.findall(definitions[waiting.pop()]):
            if name not in needed:
                needed.append(name)
                waiting.append(name)
    return "\n".join(definitions[name] for name in needed)


@cache
def _definitions() -> dict[str, str]:
    found = {}
    for file in FILES:
        text = re.sub(r"^#.*\n", "", _text(file), flags=re.MULTILINE)
        starts = [match.start() for match in DEFINITION.finditer(text)]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            definition = text[start:end].rstrip() + "\n"
            found[DEFINITION.match(definition)[1]] = definition  # type: ignore[index]
    return found


def _text(file: str) -> str:
    return (files(__package__) / "queries" / file).read_text("utf-8")
