"""Columns that all raw tables share, and how a field of a source becomes the name of a column."""

from __future__ import annotations

import re

from cursor_marts.contracts import Field, Timestamp

#: Columns that the landing adds: what they say differs from run to run, not the record.
BOOKKEEPING = ("extracted_at", "landed_month")
#: What the landing adds to a repository: it does not come from a record either.
KNOWN_UNTIL = "known_until"


def extra_fields() -> str:
    """Return the declaration of the column with all that a contract does not know."""
    return Field("Fields that this contract does not know, as a JSON object.", nullable=True)


def time_of_extraction() -> Timestamp:
    """Return the declaration of the column that tells which run has read a row."""
    return Field("When the run began that read the record as it is here.", nullable=True)


def month_of_file() -> str:
    """Return the declaration of the column that tells which file holds a row."""
    return Field("The month of the landed file that holds the row.", nullable=True)


def snake_case(name: str) -> str:
    """Return `commitHash`, `COMMIT_HASH` and `commit_hash` as the last of them."""
    if name.isupper():
        return name.lower()
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
