"""How many requests a command sends to Snowflake, how deep, how long: `LATENCY [COMMAND …]`.

On the emulator, which answers each request after so many seconds: of its own it needs a few, which
a latency of 0 shows. `depth` is the number of requests that wait for the answer of another one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.snowflake_server import emulator, sent, variables

from cursor_marts.commands.pipeline import run_build, run_load, run_test, run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

#: In this order, on one database; the first one creates what the others find.
COMMANDS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "first build": (run_build, {}),
    "build, all raw tables changed": (run_build, {"full_refresh": True, "force": True}),
    "build, nothing changed": (run_build, {}),
    "transform": (run_transform, {}),
    "load, all raw tables changed": (run_load, {"full_refresh": True}),
    "load, nothing changed": (run_load, {}),
    "test": (run_test, {}),
}


def depth_of(requests: list[dict[str, Any]]) -> int:
    """Return the length of the longest chain of requests, each sent after an answer."""
    depths: list[int] = []
    for number, each in enumerate(requests):
        answered = [
            depth
            for depth, earlier in zip(depths, requests[:number], strict=True)
            if earlier["answered"] <= each["received"]
        ]
        depths.append(1 + max(answered, default=0))
    return max(depths, default=0)


def main(latency: float, *chosen: str) -> None:
    """Print one line for each command."""
    world = generate(4, end=Window.parse().end, days=20, developers=4)
    with (
        tempfile.TemporaryDirectory() as folder,
        emulator(latency) as address,
        serve(Simulator(world, rate_limit=None)) as source,
    ):
        terms: dict[str, Any] = {
            "source": source,
            "target": "prod",
            "data_dir": Path(folder) / "data",
        }
        terms["environ"] = variables(address)
        for name, (run, options) in COMMANDS.items():
            if chosen and name not in chosen:
                continue
            before, began = len(sent(address)), time.perf_counter()
            run(Settings.read(**terms, **options))
            seconds = time.perf_counter() - began
            requests = sent(address)[before:]
            print(f"{name}: {len(requests)} requests, {depth_of(requests)} deep, {seconds:.1f} s")


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
