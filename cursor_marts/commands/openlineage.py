"""Events of OpenLineage after a run, if its variables say where to."""

from __future__ import annotations

import os

from cursor_marts.building.results import BuildReport
from cursor_marts.engines.engine import Engine

#: The variables of OpenLineage's client, and how all others of them begin.
ADDRESS, OTHERS, OFF = "OPENLINEAGE_URL", "OPENLINEAGE__TRANSPORT", "OPENLINEAGE_DISABLED"


def events_sent(report: BuildReport, engine: Engine) -> tuple[str, ...]:
    """Send the events of a run; return a warning if that fails: the run itself has succeeded."""
    wanted = any(name == ADDRESS or name.startswith(OTHERS) for name in os.environ)
    if not wanted or os.environ.get(OFF, "").lower() == "true":
        return ()
    try:
        from cursor_marts.reporting.openlineage import emit
    except ImportError:
        return ("cannot send OpenLineage events: install cursor-marts[openlineage]",)
    try:
        emit(report, f"{engine.dialect}://{engine}", engine.dialect)
    except Exception as error:  # of its transports, each has its own kinds
        return (f"cannot send OpenLineage events: {type(error).__name__}",)
    return ()
