"""HTTP: the client, its pace, its journal, and pages of records."""
