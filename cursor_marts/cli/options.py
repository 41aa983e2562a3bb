"""The options that commands share: what each is called, what it means, where it defaults to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def table_names(incomplete: str) -> list[str]:
    """Return what the shell may complete a table's name to, a plus before it included."""
    from cursor_marts.graph.catalog import catalog
    from cursor_marts.graph.definition import all_models
    from cursor_marts.graph.layers import LAYERS

    plus = "+" if incomplete.startswith("+") else ""
    names = [plus + name for name in (*catalog(all_models()), *LAYERS)]
    return [name for name in names if name.startswith(incomplete)]


Source = Annotated[
    str | None,
    typer.Option(
        help="Address of the API. [env: CURSOR_SIM_URL]  Without one, or with embedded: invented "
        "data of the embedded simulator.",
        show_default=False,
    ),
]
ApiKey = Annotated[
    str | None,
    typer.Option(help="Key for it. [env: CURSOR_API_KEY]", show_default="the development key"),
]
StartDate = Annotated[
    str | None,
    typer.Option(
        help="First day, UTC: 2026-08-01, 2026-08-01T12:00Z or 90d (days back). "
        "[env: CURSOR_MARTS_START_DATE]",
        show_default="90d",
    ),
]
EndDate = Annotated[
    str | None,
    typer.Option(help="Last day, UTC, whole: 2026-10-31 or now.", show_default="now"),
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the Parquet set and the database. [env: CURSOR_MARTS_DATA_DIR]",
        show_default="data",
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        help="Put the Parquet set there, too: gs://bucket/prefix, s3://… or a folder.",
        show_default=False,
    ),
]
Input = Annotated[
    str | None,
    typer.Option(
        help="Load the Parquet set that --output has put there.",
        show_default="the data folder's",
    ),
]
Stage = Annotated[
    str | None,
    typer.Option(
        help="Let Snowflake copy the set itself, out of its stage over that place: "
        "@DB.SCHEMA.STAGE/prefix.",
        show_default="uploaded",
    ),
]
Target = Annotated[
    str, typer.Option(help="Where the tables live: dev, a DuckDB file; prod, Snowflake.")
]
LockTimeout = Annotated[
    float, typer.Option(help="Seconds to wait for a database that another process has open.", min=0)
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Do not go on with an extraction that was cut off.")
]
Attempts = Annotated[int, typer.Option(help="Tries of a request that meets faults.", min=1)]
TimeLimit = Annotated[float, typer.Option(help="Minutes that an extraction may take.", min=0)]
MaxRejects = Annotated[
    float, typer.Option(help="Share of records that may break the contract.", min=0, max=1)
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        "-s",
        help="Only these: names, layers, patterns (stg_*); + before or after adds up- or "
        "downstream (+mart_quality). Several are put together.",
        show_default="all",
        autocompletion=table_names,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(help="Not these, written alike.", show_default="none", autocompletion=table_names),
]
Layer = Annotated[
    str | None,
    typer.Option(help="Only this layer: raw, staging, intermediate or marts.", show_default="all"),
]
Model = Annotated[str, typer.Argument(help="The table's name.", autocompletion=table_names)]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Print nothing but errors and what else is asked for.")
]
Profile = Annotated[
    bool, typer.Option("--profile", help="Show the seconds of each table and of its tests.")
]
Raw = Annotated[
    str,
    typer.Option(
        help="What raw tables become: table, or view: nothing is copied, and the landed files stay "
        "where they are for as long as views read them."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings of data tests block, too.")]
