"""The tables, a file each: its contract and its expression."""
