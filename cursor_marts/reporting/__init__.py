"""Output for readers: rows, descriptions, lineage, the data dictionary, the weekly page."""
