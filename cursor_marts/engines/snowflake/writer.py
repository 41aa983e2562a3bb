"""One writer at a time: loads and builds of a Snowflake database do not overlap."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from cursor_marts.engines.session import tidying
from cursor_marts.engines.snowflake import publishing
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.errors import DatabaseLocked

#: A run that was killed leaves its note; after so many minutes it is taken for dead.
DEAD_AFTER = 120
LEFT = "cannot drop {}: until that is done, the next run waits for up to two hours"
POLL = 1.0  # seconds between two tries
#: The service's error numbers for a table that exists already, and for one that does not.
EXISTS, ABSENT = 2002, 2003


class Writer:
    """The run that writes. Its note is a table that can be created only once: `BUILD.WRITER`."""

    def __init__(self, session: SnowflakeSession, *, timeout: float = 30.0) -> None:
        """Wait up to `timeout` seconds for another run to end."""
        self._session = session
        self._run_id = session.run_id
        self._timeout = timeout
        self._names = session.names
        self._table = f"{self._names.schema(publishing.BUILD)}.WRITER"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only writer inside; a run that is so already has nothing to do.

        Raises DatabaseLocked, naming the other one.
        """
        if self._session.is_alone:
            yield
            return
        deadline = time.monotonic() + self._timeout
        try:
            while not self._noted():
                self._wait(deadline)
            self._session.is_alone = True
            yield
        finally:
            with tidying(self._session, LEFT.format(self._table)):
                if self._note()[0] == self._run_id:
                    self._session.execute(publishing.drop_note(self._names))
            self._session.is_alone = False
            self._session.forget()

    def check(self) -> None:
        """Raise DatabaseLocked where another run has taken this one for dead."""
        holder, _ = self._note()
        if holder != self._run_id:
            raise DatabaseLocked(
                f"this run took more than {DEAD_AFTER} minutes, and {holder or 'another'} began",
                hint="nothing of this run was published; run again, with a larger warehouse",
            )

    def _noted(self) -> bool:
        """Return whether this run is the writer now; create the schema if it does not exist."""
        refusal = self._refusal()
        if getattr(refusal, "errno", None) == ABSENT:
            self._session.execute(publishing.create_schema(self._names.schema(publishing.BUILD)))
            refusal = self._refusal()
        if refusal is not None and getattr(refusal, "errno", None) != EXISTS:
            raise refusal
        # It may be this run's own, where an answer was lost and the connector asked again.
        return refusal is None or self._note()[0] == self._run_id

    def _refusal(self) -> Exception | None:
        try:
            self._session.execute(publishing.note(self._names, self._run_id))
        except Exception as error:  # the connector's, which is imported where it is used
            return error
        return None

    def _note(self) -> tuple[str | None, int]:
        """Return which run holds the note, and for how many minutes; None where there is none."""
        try:
            row = next(iter(self._session.ask(publishing.read_note(self._names))), None)
        except Exception as error:
            if getattr(error, "errno", None) != ABSENT:
                raise
            row = None
        return (str(row[0]), int(row[1])) if row else (None, 0)

    def _wait(self, deadline: float) -> None:
        holder, minutes = self._note()
        if holder and minutes >= DEAD_AFTER:
            self._session.execute(publishing.drop_note(self._names))
        elif holder and time.monotonic() >= deadline:
            raise DatabaseLocked(
                f"run {holder} has been writing to this database for {minutes} minutes",
                hint=f"wait for it, or if it was killed: DROP TABLE {self._table}",
            )
        elif holder:
            time.sleep(POLL)
