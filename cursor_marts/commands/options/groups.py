"""The options that several commands share, in groups."""

from pathlib import Path
from typing import Annotated

from cursor_marts.commands.options.definition import Names, Option, Options, options_class
from cursor_marts.commands.options.places import InProject
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.progress import Progress


@options_class()
class FromSource(Options):
    """The source and the days of an extraction."""

    source: Annotated[
        str | None,
        Option(
            "Address of the API. Without one, or with embedded: invented data of the embedded "
            "simulator.",
            env="CURSOR_SIM_URL",
            shown=False,
        ),
    ] = None
    api_key: Annotated[
        str | None,
        Option(
            "Key for it.",
            env="CURSOR_API_KEY",
            default=DEVELOPMENT_KEY,
            shown="the development key",
        ),
    ] = None
    start_date: Annotated[
        str | None,
        Option(
            "First day, UTC: 2026-08-01, 2026-08-01T12:00Z or 90d (days back).",
            env="CURSOR_MARTS_START_DATE",
            default="90d",
        ),
    ] = None
    end_date: Annotated[
        str | None, Option("Last day, UTC, whole: 2026-10-31 or now.", default="now")
    ] = None


@options_class(kw_only=True)
class FromGitHub(Options):
    """The repositories and pull requests that an extraction reads from GitHub."""

    github: Annotated[
        Names,
        Option(
            "Read repositories and pull requests from GitHub: an organisation, a user, or "
            "OWNER/REPO. Several are put together. --source is then the Cursor API, for "
            "AI-tracked commits alone. The token is GITHUB_TOKEN or GH_TOKEN.",
            shown=False,
        ),
    ] = ()
    exclude_repo: Annotated[
        Names, Option("Not these: patterns of names, as in infra-* or acme/web.", shown="none")
    ] = ()
    forks: Annotated[bool, Option("Read repositories that are forks, too.")] = False
    skip_archived: Annotated[bool, Option("Do not read archived repositories.")] = False
    github_reserve: Annotated[
        int, Option("Points of each hour of GitHub's limit that are left to others.", min=0)
    ] = 500
    tracked_days: Annotated[
        int,
        Option("Days before --start-date from which AI-tracked commits are read.", min=0),
    ] = 30


@options_class(kw_only=True)
class Reference(Options):
    """The reference data that models are built with."""

    reference: Annotated[
        str | Path | None,
        Option(
            "Folder of your own accounts.csv, bug_fix_rules.csv, teams.csv or ai_ratio_bands.csv: "
            "its lines are added to the package's, or replace those with the same key.",
            env="CURSOR_MARTS_REFERENCE",
            shown=False,
        ),
    ] = None


@options_class()
class Selection(Options):
    """The tables that a command selects."""

    select: Annotated[
        Names,
        Option(
            "Only these: names, layers, patterns (stg_*), path:FOLDER, state:modified (published "
            "by other SQL); + before or after adds up- or downstream (+mart_quality, "
            "1+mart_quality), @ its readers and all they read. Several are put together, those "
            "with commas intersected.",
            shown="all",
            short="-s",
            tables=True,
        ),
    ] = ()
    exclude: Annotated[
        Names, Option("Not these, written in the same way.", shown="none", tables=True)
    ] = ()


@options_class()
class OneTable(Options):
    """The table that a command shows."""

    model: Annotated[str, Option("The table's name.", argument=True, tables=True)]


@options_class(kw_only=True)
class Gaps(Options):
    """Whether data with gaps is published."""

    skip_unreadable: Annotated[
        bool,
        Option("Publish without the repositories and pull requests that cannot be read."),
    ] = False


@options_class(kw_only=True)
class Refresh(Options):
    """Whether what is there already is read again."""

    full_refresh: Annotated[
        bool,
        Option(
            "Extract everything since --start-date again and load all rows, not only what changed."
        ),
    ] = False


@options_class(kw_only=True)
class Extraction(Gaps, Refresh):
    """The way in which data is extracted."""

    output: Annotated[
        str | None,
        Option(
            "Write the Parquet set there, too: gs://bucket/prefix, s3://… or a folder.",
            shown=False,
        ),
    ] = None
    fresh: Annotated[bool, Option("Do not continue an extraction that was cut off.")] = False
    forget: Annotated[
        Names,
        Option(
            "Drop what is stored of a repository that is not read any more: OWNER/REPO.",
            shown="none",
        ),
    ] = ()
    attempts: Annotated[int, Option("Attempts at a request that meets faults.", min=1)] = 8
    time_limit: Annotated[float, Option("Minutes that an extraction may take.", min=0)] = 240.0
    max_rejects: Annotated[
        float, Option("Share of records that may break the contract.", min=0, max=1)
    ] = 0.01
    no_bodies: Annotated[
        bool,
        Option(
            "Store no titles, bodies, messages, names and emails beyond what the models need: they "
            "become digests with the key in CURSOR_MARTS_PRIVACY_KEY."
        ),
    ] = False


@options_class(kw_only=True)
class Input(Options):
    """The place that a set is loaded from."""

    input: Annotated[
        str | None,
        Option("Load the Parquet set that --output wrote there.", shown="the data folder's"),
    ] = None


@options_class(kw_only=True)
class Loading(Options):
    """The way in which raw tables are created."""

    stage: Annotated[
        str | None,
        Option(
            "Let Snowflake copy the set itself, from its stage over that place: "
            "@DB.SCHEMA.STAGE/prefix.",
            shown="uploaded",
        ),
    ] = None
    raw: Annotated[
        str,
        Option(
            "What raw tables become: table, or view: nothing is copied, and the landed files "
            "remain for as long as views read them.",
            choices=("table", "view"),
        ),
    ] = "table"


@options_class(kw_only=True)
class Waiting(Options):
    """The time to wait for the database."""

    lock_timeout: Annotated[
        float, Option("Seconds to wait for a database that another process is using.", min=0)
    ] = 30.0


@options_class(kw_only=True)
class AtTarget(Waiting, InProject):
    """The database of the target, which is read or written."""


@options_class(kw_only=True)
class Forcing(Options):
    """Whether tables are built that would not change."""

    force: Annotated[bool, Option("Build even if neither data nor code has changed.")] = False


@options_class(kw_only=True)
class Strictness(Options):
    """The effect of warnings of data tests."""

    strict: Annotated[bool, Option("Warnings of data tests block, too.")] = False


@options_class(kw_only=True)
class Testing(Strictness):
    """The effect of data tests that warn or fail."""

    fail_fast: Annotated[bool, Option("Stop at the first data test that fails.")] = False
    max_age: Annotated[
        Names,
        Option(
            "Fail if a source was read longer ago: 36h or 2d, for one source github=6h (a part of "
            "its address).",
            shown="any age",
        ),
    ] = ()


@options_class(kw_only=True)
class Watching:
    """The receiver of progress messages, which only Python callers give."""

    progress: Progress | None = None
