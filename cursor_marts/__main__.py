"""Run the command line: `python -m cursor_marts`."""

from cursor_marts.cli import main

if __name__ == "__main__":
    main()
