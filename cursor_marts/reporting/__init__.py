"""What people read: rows, descriptions, lineage, the dictionary, the weekly page."""
