"""The contract of a seed: a small CSV that a team edits and no source sends."""

from __future__ import annotations

from collections.abc import Callable

from cursor_marts.contracts.contract import C, Contract

#: The attribute of a contract that names its file.
FILE = "__seed__"


def seed(file: str) -> Callable[[type[C]], type[C]]:
    """Declare that a contract describes a CSV in the folder of reference files.

    The table is called like the file; models read it as `Table[…]` of the contract.
    """

    def declare(contract: type[C]) -> type[C]:
        setattr(contract, FILE, file)
        return contract

    return declare


def seed_file(contract: type[Contract]) -> str | None:
    """Return the file of a seed's contract, None for any other contract."""
    return vars(contract).get(FILE)
