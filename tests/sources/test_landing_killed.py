"""A run that is killed at any step leaves the landing as it was, or as the run makes it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from support.killed_runs import run

pytestmark = pytest.mark.slow


def test_a_run_killed_at_any_step_leaves_one_of_two_states(tmp_path: Path) -> None:
    """Each run is killed some steps later than the one before; the last one succeeds.

    KILL_STRIDE=1 tries every step: about a minute.
    """
    found = run(tmp_path, int(os.environ.get("KILL_STRIDE", "20")))
    codes = [code for code, _ in found["left"]]
    states = [state for _, state in found["left"]]
    assert codes[-1] == 0
    assert set(codes[:-1]) <= {0, -signal.SIGKILL}
    assert codes.count(-signal.SIGKILL) > len(codes) / 2
    assert found["old"] != found["new"]
    before = states.count(found["old"])
    assert before > 0
    assert states == [found["old"]] * before + [found["new"]] * (len(states) - before)
    assert found["versions"] == 1
