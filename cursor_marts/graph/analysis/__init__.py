"""What follows from an expression: which columns may be NULL, which keys hold, what is used."""
