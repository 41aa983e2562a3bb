"""Statements that Python waits for, cut off when the process is told to end.

What Python has to do on a signal is done when the statement that it waits for has ended, which may
take minutes. So another thread hears of the signal at once, and cuts the statement off.
"""

from __future__ import annotations

import signal
import socket
import time
from threading import Event, Thread
from typing import Any

from cursor_marts.engines.interruption import interrupt_all

STOPS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The process is told to end, by the signal that is its argument.

    A kind of its own, since Python kills itself, whatever code it is to exit with, once a plain
    KeyboardInterrupt has come out of an `exec`, of which imports are full.
    """


_handled = Event()
_stopped_by: list[int] = []
#: Seconds after which tidying up is over, or never began: some libraries swallow what is raised in
#: their midst, as while they are imported.
TIDYING = 5.0


def cut_off_on_signals() -> None:
    """Begin to listen; to be called once, by the main thread of a command."""
    hears, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.detach(), warn_on_full_buffer=False)
    Thread(target=_listen, args=(hears,), daemon=True).start()


def on_stops(handler: Any) -> None:
    """Set what is done when the process is told to end."""
    for number in STOPS:
        signal.signal(number, handler)


def stop(number: int) -> Stopped:
    """Return what to raise for a signal; what tidies up after it is not cut off."""
    _stopped_by.append(number)
    _handled.set()
    return Stopped(number)


def stopped_by() -> int:
    """Return the signal that has come, 0 if none has, whatever became of what was raised for it."""
    return _stopped_by[0] if _stopped_by else 0


def _listen(hears: socket.socket) -> None:
    while heard := hears.recv(1):
        if heard[0] in STOPS:
            interrupt_all()
            # A statement that was just about to begin has not noticed.
            while not _handled.wait(0.1):
                interrupt_all()
            while True:
                time.sleep(TIDYING)
                interrupt_all()
