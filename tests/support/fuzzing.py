"""The time that a fuzz test may take."""

from __future__ import annotations

import os
import time

import pytest

SECONDS = float(os.environ.get("FUZZ_SECONDS", "240"))
_began: dict[str, float] = {}


def stop_in_time() -> None:
    """End the test that runs, without a failure, once it has taken its time."""
    test = os.environ["PYTEST_CURRENT_TEST"]
    if time.monotonic() - _began.setdefault(test, time.monotonic()) > SECONDS:
        pytest.skip(f"{SECONDS:.0f} seconds without a failure")
