"""Staging: cleaned, one row a thing, no joins. Views."""
