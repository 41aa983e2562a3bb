"""Intermediate: joined. Not visible after a build."""
