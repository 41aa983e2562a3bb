"""Raw rows without texts and names: what is left is what the models need to tell rows apart.

A text becomes a digest with a key of the team's, so that equal texts stay equal and nobody else can
guess them. What says that a pull request fixes or reverts something stays readable.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pyarrow as pa

from cursor_marts.raw.records import Row, as_json

#: A title of GitHub's Revert button, and the number that a merge adds to a title.
REVERT = re.compile(r'(\s*Revert ")(.+)(")( \(#\d+\))?\s*', re.DOTALL)
NUMBER = re.compile(r" \(#\d+\)$")
#: The beginning of a conventional title: `fix:`, `feat(scope)!:`.
PREFIX = re.compile(r"\s*[\w-]+(?:\([^)]*\))?!?:")
#: What names a pull request or a commit that is reverted.
EVIDENCE = re.compile(
    r"^Reverts [^ #\n]*#[0-9]{1,18}[ \t\r]*$|This reverts commit [0-9a-fA-F]{7,40}\b", re.MULTILINE
)
#: The columns that say who somebody is, by an email or otherwise.
PERSONS = ("author_id", "author_email", "user_email", "user_id", "reviewers")
NOT_STORED = "(not stored)"
DIGITS = 16


class Redaction:
    """Removes texts and names from rows. With the same key, equal texts have equal digests."""

    def __init__(self, key: str) -> None:
        """Use a key of the team's, which shows nowhere."""
        self._key = key.encode()
        self._columns: dict[tuple[str, str], Callable[[str], str | None]] = {
            ("pull_requests", "title"): self.title,
            ("pull_requests", "body"): self.evidence,
            ("pull_requests", "author_name"): _nothing,
            ("pull_request_commits", "message"): self.message,
            ("commits", "message"): self.message,
            ("commits", "user_name"): _nothing,
            ("reviews", "body"): self.presence,
            ("review_comments", "body"): _nothing,
        }

    @property
    def mark(self) -> str:
        """A text that tells one key from another, and reveals none."""
        return self._digest("cursor_marts")

    def table(self, resource: str, rows: pa.Table) -> pa.Table:
        """Return raw rows without texts, names and emails; unknown fields are left out."""
        columns = [self._column(resource, name, rows[name]) for name in rows.column_names]
        return pa.table(columns, schema=rows.schema)

    def reject(self, reject: Row) -> Row:
        """Return a rejected record by the names of its fields, with the column that is wrong."""
        column, colon, _ = reject["reason"].partition(": ")
        reason = f"{column}: a value that does not fit" if colon else reject["reason"]
        return reject | {"reason": reason, "record": as_json({"record": NOT_STORED})}

    def title(self, title: str) -> str:
        """Return a title's digest behind its conventional prefix, within `Revert "…"`."""
        if revert := REVERT.fullmatch(title):
            before, inner, after, number = revert.groups()
            return f"{before}{self.title(inner)}{after}{number or ''}"
        number = NUMBER.search(title.rstrip())
        text = title.rstrip().removesuffix(number[0] if number else "")
        prefix = PREFIX.match(text)
        start = prefix[0] if prefix else ""
        rest = text[len(start) :].strip()
        words = [start, self._digest(rest) if rest else ""]
        return " ".join(filter(None, words)) + (number[0] if number else "")

    def message(self, message: str) -> str:
        """Return a message with the digest of its first line, and what it says that it reverts."""
        subject, _, rest = message.strip().partition("\n")
        evidence = self.evidence(rest)
        return f"{self.title(subject)}\n\n{evidence}" if evidence else self.title(subject)

    def evidence(self, text: str) -> str:
        """Return only what a text says about reverts, a line each."""
        return "\n".join(match[0].strip() for match in EVIDENCE.finditer(text))

    def presence(self, text: str) -> str:
        """Return whether there is a text, which makes a review more than a reply."""
        return NOT_STORED if text.strip() else text

    def email(self, email: str) -> str:
        """Return the digest of an email, in the form of one."""
        return f"{self._digest(email.strip().lower())}@email.invalid"

    def _column(self, resource: str, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
        if name == "extra":
            return pa.nulls(len(column), column.type)
        redact = self._columns.get((resource, name), self._person if name in PERSONS else None)
        if redact is None:
            return column
        return pa.array([_each(redact, value) for value in column.to_pylist()], column.type)

    def _person(self, name: str) -> str:
        return self.email(name) if "@" in name else name

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), sha256).hexdigest()[:DIGITS]


def _each(redact: Callable[[str], str | None], value: Any) -> Any:
    """Redact a text, or each text of a list."""
    if isinstance(value, list):
        return [_each(redact, each) for each in value]
    return None if value is None else redact(value)


def _nothing(text: str) -> None:
    return None
