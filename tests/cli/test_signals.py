"""A signal that arrives where Python swallows exceptions is not lost, and reports nothing odd."""

from __future__ import annotations

import subprocess
import sys

IN_A_DESTRUCTOR = """
import os, signal
from cursor_marts.cli.signals import cut_off_on_signals, on_stops, stop, stopped_by

def handler(number, frame):
    raise stop(number)

on_stops(handler)
cut_off_on_signals()

class Held:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        while not stopped_by():
            pass

Held()
print(stopped_by())

class Broken:
    def __del__(self):
        raise ValueError("a defect")

Broken()
"""


def test_a_stop_in_a_destructor_is_kept_without_a_report() -> None:
    """Reports of other exceptions that a destructor swallows stay."""
    run = subprocess.run(
        [sys.executable, "-c", IN_A_DESTRUCTOR], capture_output=True, text=True, check=True
    )
    assert run.stdout == "15\n"
    assert "ValueError: a defect" in run.stderr
    assert "Stopped" not in run.stderr
