"""Who sends records, and how a run knows that all have arrived."""
