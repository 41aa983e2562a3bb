"""Interrupts running SQL statements when the process receives a signal to end.

Python handles a signal only after the current statement, which may take minutes. So another thread
is notified of the signal at once, and interrupts the statement.
"""

from __future__ import annotations

import signal
import socket
import sys
import time
from threading import Event, Thread
from typing import Any

from cursor_marts.engines.interruption import interrupt_all

STOPS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The process received a signal to end; its number is the argument.

    It is no plain KeyboardInterrupt: after one has left an `exec`, as imports use it, Python ends
    by the signal and ignores the exit code.
    """


_handled = Event()
_stopped_by: list[int] = []
#: Seconds until statements are interrupted again: a library may have swallowed the exception, as
#: some do while they are imported.
CLEAN_UP = 5.0


def cut_off_on_signals() -> None:
    """Start the thread that interrupts statements; the main thread calls this once."""
    sys.unraisablehook = _silent_about_stops(sys.unraisablehook)
    hears, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.detach(), warn_on_full_buffer=False)
    Thread(target=_listen, args=(hears,), daemon=True).start()


def on_stops(handler: Any) -> None:
    """Set the handler of the signals that end the process."""
    for number in STOPS:
        signal.signal(number, handler)


def stop(number: int) -> Stopped:
    """Return the exception for a signal; statements of the clean-up are not interrupted."""
    _stopped_by.append(number)
    _handled.set()
    return Stopped(number)


def stopped_by() -> int:
    """Return the signal that was received, 0 without one, even if its exception was swallowed."""
    return _stopped_by[0] if _stopped_by else 0


def _silent_about_stops(report: Any) -> Any:
    """Return a hook without a report of a Stopped that a destructor swallowed: it is kept here."""
    return lambda found: None if isinstance(found.exc_value, Stopped) else report(found)


def _listen(hears: socket.socket) -> None:
    while heard := hears.recv(1):
        if heard[0] in STOPS:
            interrupt_all()
            # An interruption has no effect on a statement that has not begun yet.
            while not _handled.wait(0.1):
                interrupt_all()
            while True:
                time.sleep(CLEAN_UP)
                interrupt_all()
