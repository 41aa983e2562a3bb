"""Marts: merged pull requests by the week of the merge. Tables."""
