"""Marts: tables of merged pull requests by the week of the merge, and of every pull request."""
