"""Staging: cleaned, one row a thing. Views."""
