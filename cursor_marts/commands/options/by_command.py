"""The options of each command: the groups that it inherits, and its own options."""

from pathlib import Path
from typing import Annotated

from cursor_marts.commands.options.definition import Names, Option, Options, options_class
from cursor_marts.commands.options.groups import (
    AtTarget,
    Extraction,
    Forcing,
    FromGitHub,
    FromSource,
    Gaps,
    Input,
    Loading,
    OneTable,
    Reference,
    Refresh,
    Selection,
    Strictness,
    Testing,
    Waiting,
    Watching,
)
from cursor_marts.commands.options.places import InFolder, InProject, InSchemas
from cursor_marts.errors import UsageError


@options_class()
class BuildOptions(
    Watching,
    Forcing,
    Testing,
    Reference,
    Loading,
    AtTarget,
    InSchemas,
    Extraction,
    FromGitHub,
    InFolder,
    FromSource,
    InProject,
):
    """The options of `build`."""


@options_class()
class ExtractOptions(Watching, Extraction, FromGitHub, InFolder, FromSource, InProject):
    """The options of `extract`."""


@options_class()
class LoadOptions(Gaps, Refresh, Loading, AtTarget, InSchemas, Input, InFolder, InProject):
    """The options of `load`."""


@options_class()
class TestOptions(Testing, Reference, AtTarget, InSchemas, InFolder, Selection, InProject):
    """The options of `test`."""


@options_class()
class TransformOptions(TestOptions):
    """The options of `transform`."""

    if_changed: Annotated[
        bool,
        Option("Build nothing if neither data nor code has changed since the last build."),
    ] = False


@options_class()
class RetryOptions(Testing, Reference, AtTarget, InSchemas, InFolder, InProject):
    """The options of `retry`."""


@options_class()
class DiffOptions(Strictness, Reference, AtTarget, InSchemas, InFolder, Selection, InProject):
    """The options of `diff`."""

    against: Annotated[
        str | Path | None,
        Option(
            "Build nothing: compare the published tables with those of this DuckDB file.",
            shown="what is published",
        ),
    ] = None


@options_class()
class PruneOptions(InFolder, InProject):
    """The options of `prune`."""

    before: Annotated[
        str | None,
        Option(
            "First day that stays, UTC: 2026-01-01 or 365d (days back); the Monday of its week.",
            shown=False,
        ),
    ] = None
    dry_run: Annotated[bool, Option("Say what would go, and drop nothing.")] = False


@options_class(kw_only=True)
class SettingsOptions(Forcing, Testing, Loading, Input, Waiting, Extraction):
    """The options that `Settings` stores unchanged."""


@options_class()
class EveryOption(
    SettingsOptions, Reference, AtTarget, InSchemas, FromGitHub, InFolder, FromSource, InProject
):
    """Every option that `Settings` is read from."""


@options_class(kw_only=True)
class CheckOptions(Reference, InProject):
    """The options of `check`."""


@options_class(kw_only=True)
class LsOptions(Reference, AtTarget, InSchemas, InFolder, Selection, InProject):
    """The options of `ls`."""

    layer: Annotated[
        str | None, Option("Only this layer: raw, staging, intermediate or marts.", shown="all")
    ] = None


@options_class()
class LineageOptions(Selection, InSchemas, InProject):
    """The options of `lineage`: tables, or one column."""

    column: Annotated[
        str | None,
        Option(
            "A column instead of tables: mart_quality.revert_rate, raw.pull_requests.merged_at.",
            argument=True,
            tables=True,
        ),
    ] = None
    downstream: Annotated[bool, Option("What reads the column, not what it comes from.")] = False

    def __post_init__(self) -> None:
        """Raise UsageError for options of which one has no effect beside the other."""
        super().__post_init__()
        if self.column is None and self.downstream:
            raise UsageError(
                "--downstream is about a column",
                hint="name one, as in raw.pull_requests.merged_at; of tables select raw+",
            )
        if self.column is not None and (self.select or self.exclude):
            raise UsageError(
                "a column and a selection of tables exclude each other", hint="leave one out"
            )


@options_class(kw_only=True)
class ShowOptions(InSchemas, AtTarget, InFolder, OneTable, InProject):
    """The options of `show`."""

    columns: Annotated[
        Names, Option("Only these, in this order: week,total_prs.", shown="all")
    ] = ()
    where: Annotated[str | None, Option("SQL over its columns: which rows.")] = None
    order_by: Annotated[str | None, Option("SQL: in which order.", shown="the newest first")] = None
    limit: Annotated[int | None, Option("How many rows; 0 for all.", min=0)] = 5


@options_class(kw_only=True)
class ConnectOptions(InSchemas, Waiting, InFolder, InProject):
    """The options of `connect`."""

    read_only: bool = True


@options_class()
class ModelNames(Options):
    """The models that a command shows."""

    model: Annotated[
        Names, Option("Models, as --select names them.", argument=True, tables=True)
    ] = ()


@options_class(kw_only=True)
class SqlOptions(InSchemas, Reference, Selection, ModelNames, InProject):
    """The options of `sql`."""

    dialect: Annotated[
        str | None, Option("Dialect of the SQL: duckdb or snowflake.", shown="the target's")
    ] = None


@options_class(kw_only=True)
class DescribeOptions(InSchemas, Reference, OneTable, InProject):
    """The options of `describe`."""


@options_class(kw_only=True)
class ArtifactsOptions(InSchemas, Reference, InFolder, InProject):
    """The options of `artifacts`."""

    dialect: Annotated[
        str | None,
        Option("The engine of the tables.", choices=("duckdb", "snowflake"), shown="the target's"),
    ] = None


@options_class()
class PageFile(Options):
    """The file of the weekly page."""

    out: Annotated[
        str | Path | None, Option("The file to write.", shown="report.html or report.md")
    ] = None


@options_class(kw_only=True)
class ReportOptions(Reference, AtTarget, InSchemas, InFolder, PageFile, InProject):
    """The options of `report`."""

    repo: Annotated[
        Names, Option("Only these repositories, with their owner or without.", shown="all")
    ] = ()
    team: Annotated[Names, Option("Only these teams of teams.csv.", shown="all")] = ()
    weeks: Annotated[int, Option("How many whole weeks to show.", min=2, max=104)] = 13
    format: Annotated[
        str,
        Option(
            "html for a browser or paper, markdown for chat and mail.",
            choices=("html", "markdown"),
        ),
    ] = "html"


@options_class(kw_only=True)
class PeopleOptions(InSchemas, Waiting, InFolder, InProject):
    """The options of `people`."""

    anonymous: Annotated[bool, Option("Number the emails instead of printing them.")] = False
    github: Annotated[
        Names,
        Option(
            "Ask these organisations whose the emails are, as far as the token may know.",
            shown="none",
        ),
    ] = ()
