"""The options that say where a command finds things: project, target, data folder, schemas."""

from pathlib import Path
from typing import Annotated

from cursor_marts.commands.options.definition import Option, Options, options_class


@options_class(kw_only=True)
class InProject(Options):
    """The project whose models, files and settings a command uses, and the target it is for."""

    project: Annotated[
        str | Path | None,
        Option(
            "Folder with cursor_marts.toml, and with models and reference files of your own.",
            env="CURSOR_MARTS_PROJECT",
            shown="the current folder, or the nearest one above",
        ),
    ] = None
    target: Annotated[
        str | None,
        Option(
            "Where the tables are: dev, a DuckDB file; prod, Snowflake; or one that the project "
            "names.",
            env="CURSOR_MARTS_TARGET",
            default="dev",
        ),
    ] = None


@options_class()
class InFolder(Options):
    """The data folder."""

    data_dir: Annotated[
        str | Path | None,
        Option(
            "Folder of the Parquet set and the database.",
            env="CURSOR_MARTS_DATA_DIR",
            default="data",
        ),
    ] = None


@options_class(kw_only=True)
class InSchemas(Options):
    """The schemas of the tables."""

    schema_prefix: Annotated[
        str | None,
        Option(
            "Begin the names of all schemas with it: dev_alice makes dev_alice_mart, "
            "dev_alice_staging and so on, apart from those of others in the same database.",
            env="CURSOR_MARTS_SCHEMA_PREFIX",
            shown=False,
        ),
    ] = None
    raw_schema: Annotated[
        str | None,
        Option(
            "Read the raw tables of this schema, which somebody else loads.",
            env="CURSOR_MARTS_RAW_SCHEMA",
            shown=False,
        ),
    ] = None
