"""The options of every command, each written once: name, type, default, variable, help, range.

A command's options are a dataclass that inherits the groups it needs. From it follow the signature
of the public function, the options of the command line, and the fields of `Settings`: an option
that is added to a group exists in all three.
"""

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar, get_type_hints

from cursor_marts.errors import UsageError
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.progress import Progress

P = ParamSpec("P")
O = TypeVar("O")  # noqa: E741
R = TypeVar("R")
#: One text, or several.
Names = str | Iterable[str]


@dataclass(frozen=True)
class Option:
    """An option outside of Python: its help, its variable, its range, and its `--help` default.

    `env` is the environment variable that gives the value where the option is not given, `default`
    the value where neither is. `shown` is the default that `--help` prints, if it is another text;
    False prints none. `short` is a second spelling. `argument` marks a positional word of the
    command line, `tables` one that the shell completes to names of tables.
    """

    help: str
    env: str = ""
    default: str | None = None
    shown: str | bool | None = None
    choices: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    short: str = ""
    argument: bool = False
    tables: bool = False

    def check(self, named: str, value: Any) -> None:
        """Raise UsageError, naming the option, for a value that is empty or out of range."""
        if _is_empty(value):
            raise UsageError(
                f"{named} is empty",
                hint="give a value or leave it out; a shell variable in it may not be set",
            )
        if self.choices and value not in self.choices:
            raise UsageError(
                f"{named} {value!r} is unknown", hint=f"use one of: {', '.join(self.choices)}"
            )
        if isinstance(value, int | float) and not self._is_in_range(value):
            raise UsageError(f"{named} {value} is out of range", hint=f"give {self.range}")

    def _is_in_range(self, number: float) -> bool:
        low = -math.inf if self.min is None else self.min
        high = math.inf if self.max is None else self.max
        return math.isfinite(number) and low <= number <= high

    @property
    def range(self) -> str:
        """The range in words."""
        if self.max is None:
            return "a number" if self.min is None else f"a number of at least {self.min:g}"
        return f"a number from {self.min or 0:g} to {self.max:g}"


def _is_empty(value: object) -> bool:
    """Return whether a value is a text without content, or holds nothing but such texts."""
    if isinstance(value, str):
        return not value.strip(" \t\r\n,")
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_empty, value))


@dataclass(frozen=True)
class Options:
    """The options of a command. Creating them raises UsageError for a value that is not usable."""

    def __post_init__(self) -> None:
        options: Any = type(self)
        for name, option in described(options).items():
            option.check(spelled(name), getattr(self, name))


@cache
def described(options: Any) -> dict[str, Option]:
    """Return name → option of a class of options, in the order of its fields."""
    hints = get_type_hints(options, include_extras=True)
    fields = getattr(options, "__dataclass_fields__", {})
    found = {name: getattr(hints[name], "__metadata__", ()) for name in fields if name in hints}
    return {name: extra[0] for name, extra in found.items() if extra}


def spelled(name: str) -> str:
    """Return an option as the command line spells it."""
    return f"--{name.replace('_', '-')}"


def accepts(options: Callable[P, O]) -> Callable[[Callable[[O], R]], Callable[P, R]]:
    """Give a function the options of a class as its parameters."""

    def decorate(function: Callable[[O], R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            return function(options(*args, **kwargs))

        types = get_type_hints(options)
        plain = inspect.signature(options).parameters.values()
        call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [parameter.replace(annotation=types[parameter.name]) for parameter in plain],
            return_annotation=inspect.signature(function).return_annotation,
        )
        return call

    return decorate


@dataclass(frozen=True)
class FromSource(Options):
    """Where an extraction reads, and which days."""

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


@dataclass(frozen=True, kw_only=True)
class FromGitHub(Options):
    """What an extraction reads from GitHub."""

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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Selection(Options):
    """Which tables a command is about."""

    select: Annotated[
        Names,
        Option(
            "Only these: names, layers, patterns (stg_*); + before or after adds up- or "
            "downstream (+mart_quality). Several are put together.",
            shown="all",
            short="-s",
            tables=True,
        ),
    ] = ()
    exclude: Annotated[
        Names, Option("Not these, written in the same way.", shown="none", tables=True)
    ] = ()


@dataclass(frozen=True)
class OfTable(Options):
    """The one table that a command is about."""

    model: Annotated[str, Option("The table's name.", argument=True, tables=True)]


@dataclass(frozen=True, kw_only=True)
class Extraction(Options):
    """How data is extracted."""

    output: Annotated[
        str | None,
        Option(
            "Write the Parquet set there, too: gs://bucket/prefix, s3://… or a folder.",
            shown=False,
        ),
    ] = None
    fresh: Annotated[bool, Option("Do not continue an extraction that was cut off.")] = False
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
    skip_unreadable: Annotated[
        bool,
        Option("Publish without the repositories and pull requests that cannot be read."),
    ] = False


@dataclass(frozen=True, kw_only=True)
class Input(Options):
    """Where a set is loaded from."""

    input: Annotated[
        str | None,
        Option("Load the Parquet set that --output wrote there.", shown="the data folder's"),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Loading(Options):
    """How raw tables are created."""

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


@dataclass(frozen=True, kw_only=True)
class Waiting(Options):
    """How long to wait for the database."""

    lock_timeout: Annotated[
        float, Option("Seconds to wait for a database that another process is using.", min=0)
    ] = 30.0


@dataclass(frozen=True, kw_only=True)
class Writing(Waiting):
    """Which database is written."""

    target: Annotated[
        str,
        Option(
            "Where the tables are: dev, a DuckDB file; prod, Snowflake.", choices=("dev", "prod")
        ),
    ] = "dev"


@dataclass(frozen=True, kw_only=True)
class Testing(Options):
    """What a data test that finds rows does."""

    strict: Annotated[bool, Option("Warnings of data tests block, too.")] = False


@dataclass(frozen=True, kw_only=True)
class Watching:
    """Who is told of the progress; a value of Python only."""

    progress: Progress | None = None


@dataclass(frozen=True)
class BuildOptions(
    Watching, Testing, Loading, Writing, Extraction, FromGitHub, InFolder, FromSource
):
    """The options of `build`."""


@dataclass(frozen=True)
class ExtractOptions(Watching, Extraction, FromGitHub, InFolder, FromSource):
    """The options of `extract`."""


@dataclass(frozen=True)
class LoadOptions(Loading, Writing, Input, InFolder):
    """The options of `load`."""


@dataclass(frozen=True)
class TransformOptions(Testing, Writing, InFolder, Selection):
    """The options of `transform` and of `test`."""


@dataclass(frozen=True, kw_only=True)
class SettingsOptions(Testing, Loading, Input, Writing, Extraction):
    """The options that `Settings` has as they are given."""


@dataclass(frozen=True)
class EveryOption(SettingsOptions, FromGitHub, InFolder, FromSource):
    """Every option from which `Settings` follow."""


@dataclass(frozen=True, kw_only=True)
class LsOptions(Selection):
    """The options of `ls`."""

    layer: Annotated[
        str | None, Option("Only this layer: raw, staging, intermediate or marts.", shown="all")
    ] = None


@dataclass(frozen=True, kw_only=True)
class ShowOptions(Waiting, InFolder, OfTable):
    """The options of `show`."""

    columns: Annotated[
        Names, Option("Only these, in this order: week,total_prs.", shown="all")
    ] = ()
    where: Annotated[str | None, Option("SQL over its columns: which rows.")] = None
    order_by: Annotated[str | None, Option("SQL: in which order.", shown="the newest first")] = None
    limit: Annotated[int | None, Option("How many rows; 0 for all.", min=0)] = 5


@dataclass(frozen=True, kw_only=True)
class ConnectOptions(Waiting, InFolder):
    """The options of `connect`."""

    read_only: bool = True


@dataclass(frozen=True)
class OfModels(Options):
    """Models that a command is about."""

    model: Annotated[
        Names, Option("Models, as --select names them.", argument=True, tables=True)
    ] = ()


@dataclass(frozen=True, kw_only=True)
class SqlOptions(Selection, OfModels):
    """The options of `sql`."""

    dialect: Annotated[str, Option("Whose SQL: duckdb or snowflake.")] = "duckdb"


@dataclass(frozen=True)
class OfPage(Options):
    """The page that is written."""

    out: Annotated[str | Path, Option("The HTML file to write.")] = Path("report.html")


@dataclass(frozen=True)
class ReportOptions(Waiting, InFolder, OfPage):
    """The options of `report`."""


@dataclass(frozen=True, kw_only=True)
class PeopleOptions(Waiting, InFolder):
    """The options of `people`."""

    anonymous: Annotated[bool, Option("Number the emails instead of printing them.")] = False
    github: Annotated[
        Names,
        Option(
            "Ask these organisations whose the emails are, as far as the token may know.",
            shown="none",
        ),
    ] = ()


EVERY = described(EveryOption)


@dataclass(frozen=True)
class Given:
    """A value, and what gave it: the option, or the environment variable."""

    value: Any
    named: str


def given(options: object, name: str, environ: Mapping[str, str]) -> Given:
    """Return an option's value: as given, else that of its variable, else its default.

    An empty variable counts as one that is not set.
    """
    value, option = getattr(options, name, None), EVERY[name]
    if value is not None:
        return Given(value, spelled(name))
    if environ.get(option.env, "").strip():
        return Given(environ[option.env], option.env)
    return Given(option.default, spelled(name))
