"""One measured run in its own process, so that memory and CPU time belong to it alone.

    python extraction_runs.py extract URL FOLDER    ours
    python extraction_runs.py loop URL FILE         every target of a JSON file with httpx
    python extraction_runs.py dlt URL FOLDER        dlt's REST source, in its environment

Prints one line of JSON. Seconds are those of the work, without the interpreter's start and imports.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEY = "cursor-sim-dev-key"
FIRST_DAY, LAST_DAY = "2026-08-23", "2026-11-20"
#: dlt's resources: path, the records in an answer, what makes one, the query, the page's size.
LISTS = {
    "commits": ("analytics/ai-code/commits", "items", "commitHash", "pageSize", 1000),
    "pull_requests": ("analytics/github/prs", "data", "id", "page_size", 100),
    "reviews": ("analytics/github/reviews", "data", "id", "page_size", 100),
}


def peak_memory() -> int:
    """Return the peak memory of this process in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def measured(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work; return its result with its seconds, CPU seconds and peak memory."""
    wall, cpu = time.perf_counter(), time.process_time()
    said = work()
    took = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return said | took | {"memory": peak_memory()}


def extracting(url: str, folder: str) -> Callable[[], dict[str, Any]]:
    """Extract into a folder."""
    import pyarrow as pa

    from cursor_marts.raw.window import Window
    from cursor_marts.sources.extraction import extract
    from cursor_marts.sources.http.client import Client
    from cursor_marts.sources.secret import Secret
    from cursor_marts.sources.simulator import simulator

    pa.array([0])  # with its first value pyarrow imports pandas, where that is installed
    gc.set_threshold(100_000)  # as on the command line

    def work() -> dict[str, Any]:
        client = Client(url, Secret(KEY))
        window = Window.parse(FIRST_DAY, LAST_DAY)
        manifest = extract([simulator(client)], window, Path(folder) / "raw")
        rows = {name: tally.rows for name, tally in manifest.resources.items()}
        return {"rows": rows, "requests": client.requests, "refused": client.pacer.refusals}

    return work


def looping(url: str, file: str) -> Callable[[], dict[str, Any]]:
    """Request the same pages one after the other, parse the JSON and discard it."""
    import httpx

    targets = json.loads(Path(file).read_text())

    def work() -> dict[str, Any]:
        with httpx.Client(base_url=url, auth=(KEY, "")) as client:
            for target in targets:
                client.get(target).raise_for_status().json()
        return {"requests": len(targets)}

    return work


def by_dlt(url: str, folder: str) -> Callable[[], dict[str, Any]]:
    """Let dlt read the lists page by page into Parquet."""
    import dlt
    from dlt.sources.rest_api import rest_api_source

    config = {
        "client": {
            "base_url": url,
            "auth": {"type": "http_basic", "username": KEY, "password": ""},
        },
        "resources": [
            {"name": "repos", "endpoint": {"path": "repos", "paginator": "single_page"}},
            *(_list(name, *described) for name, described in LISTS.items()),
        ],
    }
    landed = Path(folder) / "landed"
    pipeline = dlt.pipeline(
        pipeline_name="measured",
        pipelines_dir=str(Path(folder) / "pipelines"),
        destination=dlt.destinations.filesystem(bucket_url=landed.as_uri()),
        dataset_name="raw",
    )

    def work() -> dict[str, Any]:
        pipeline.run(rest_api_source(config), loader_file_format="parquet")
        return {"rows": {name: distinct(landed / "raw" / name) for name in LISTS}}

    return work


def distinct(table: Path) -> int:
    """Return the number of distinct records in a folder of Parquet files."""
    import pyarrow.parquet as pq

    key = "commit_hash" if table.name == "commits" else "id"
    files = sorted(table.glob("*.parquet"))
    return len({v for f in files for v in pq.read_table(f, columns=[key])[key].to_pylist()})


def _list(name: str, path: str, records: str, key: str, size: str, largest: int) -> dict[str, Any]:
    days = {"startDate": FIRST_DAY, "endDate": LAST_DAY} if name == "commits" else {}
    return {
        "name": name,
        "primary_key": key,
        "endpoint": {
            "path": path,
            "params": days | {size: largest},
            "data_selector": records,
            "paginator": {
                "type": "page_number",
                "base_page": 1,
                "page_param": "page",
                "total_path": None,
                "stop_after_empty_page": True,
            },
        },
    }


def main() -> None:
    """Do the run that the command line names, and print its measurements."""
    kind, url, where = sys.argv[1:]
    prepared = {"extract": extracting, "loop": looping, "dlt": by_dlt}[kind](url, where)
    print(json.dumps(measured(prepared)))


if __name__ == "__main__":
    main()
