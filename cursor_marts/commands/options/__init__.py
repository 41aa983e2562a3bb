"""The options of every command, each written once."""
