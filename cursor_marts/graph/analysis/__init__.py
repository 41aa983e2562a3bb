"""Analyses of expressions: nullable columns, guaranteed keys, used columns."""
