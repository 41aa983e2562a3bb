"""Marts: merged pull requests by the week of the merge, and every pull request. Tables."""
