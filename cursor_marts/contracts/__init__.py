"""What a table promises: Contract, its columns, Table, and data tests."""

from cursor_marts.contracts.contract import *  # noqa: F403
