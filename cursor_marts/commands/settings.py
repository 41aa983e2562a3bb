"""Settings: frozen values with masked secrets. Only this module reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cursor_marts.building.freshness import limits_of
from cursor_marts.building.thresholds import STANDARD, Thresholds
from cursor_marts.commands.github import GitHubAccess
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import EveryOption, SettingsOptions
from cursor_marts.commands.options.definition import Options, described, options_class, spelled
from cursor_marts.commands.options.given import Given, given
from cursor_marts.commands.options.groups import AtTarget
from cursor_marts.commands.places import path_of
from cursor_marts.commands.project import Project, project_of, target_of
from cursor_marts.commands.schemas import schemas_of
from cursor_marts.commands.targets import BUILT_IN, Target, target_called
from cursor_marts.engines.names import DEFAULT
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.errors import UsageError
from cursor_marts.graph.layers import Schemas
from cursor_marts.raw.bucket.addresses import Endpoints, check_place
from cursor_marts.raw.window import Window, day_of
from cursor_marts.sources.http.address import check_address
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.secret import Secret

if TYPE_CHECKING:
    from cursor_marts.engines.engine import Engine

#: An unquoted Snowflake stage, with an optional path in it.
STAGE = re.compile(r"@[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*){0,2}(/[\w.=-]+)*/?", re.ASCII)
#: The source that needs no address: the simulator within this package, and its invented data.
EMBEDDED = "embedded"
#: Its name in the manifest and the raw tables.
EMBEDDED_SOURCE = "the embedded simulator"


@options_class(kw_only=True)
class _ReadOptions(EveryOption):
    environ: Mapping[str, str] | None = None  #: instead of the environment of the process


@options_class(repr=True, eq=True)
class Settings(SettingsOptions):
    """Everything that a run needs to know.

    `source` is an address, 'embedded', or None without one; `invented` says that its data is
    invented. With `github`, the source is the Cursor API, which is read from `tracked_days` before
    the window. `privacy_key` is the key of `no_bodies`, `reference` the folder of a team's
    reference files, `project` that of its own models, `schemas` where the tables are. `target` is
    the one whose database the run opens, `account` its Snowflake account. A command that opens no
    database has target dev, and needs no account.
    `SettingsOptions` describes the other fields.
    """

    source: str | None = None
    invented: bool = False
    api_key: Secret = field(default_factory=lambda: Secret(DEVELOPMENT_KEY))
    github: GitHubAccess | None = None
    tracked_days: int = 30
    privacy_key: Secret | None = None
    window: Window = field(default_factory=Window.parse)
    data_dir: Path = Path("data")
    reference: Path | None = None
    project: Project | None = None
    schemas: Schemas = DEFAULT
    target: Target = field(default_factory=Target)
    endpoints: Endpoints = field(default_factory=Endpoints)
    account: Account | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        limits_of(self.max_age)
        if isinstance(self.target, str):  # by its name, as everywhere in Python
            object.__setattr__(self, "target", target_called(self.target, "target", BUILT_IN))
        self._check_target()
        self._check_source()
        self._check_raw()
        self._check_places()

    def _check_target(self) -> None:
        if self.target.type == "snowflake" and self.account is None:
            raise UsageError(
                f"--target {self.target} needs a Snowflake account, and none is given",
                hint="set SNOWFLAKE_ACCOUNT and SNOWFLAKE_USER, and read them: "
                f"Settings.read(target='{self.target}')",
            )
        if self.target.type != "duckdb" and self.source == EMBEDDED:
            raise UsageError(
                f"--target {self.target} accepts no invented data, and no other source is given",
                hint="name yours with --source or CURSOR_SIM_URL",
            )

    def _check_source(self) -> None:
        if self.no_bodies and self.privacy_key is None:
            raise UsageError(
                "--no-bodies needs a key, and none is given",
                hint="set CURSOR_MARTS_PRIVACY_KEY to a long random text, the same for every run",
            )
        if self.github is not None and self.source == EMBEDDED:
            raise UsageError(
                "--github reads real data, and --source embedded is invented data",
                hint="leave out one of the two",
            )
        if self.source not in (None, EMBEDDED):
            check_address(self.source)

    def _check_raw(self) -> None:
        if self.raw == "view" and self.target.type != "duckdb":
            raise UsageError(
                f"--raw view is for DuckDB, and --target {self.target} is Snowflake",
                hint="leave out one of the two",
            )
        if self.raw == "view" and self.input is not None:
            raise UsageError(
                "--raw view reads the landed files, and --input copies a set only temporarily",
                hint="leave out one of the two",
            )

    def _check_places(self) -> None:
        if self.stage is not None:
            self._check_stage(self.stage)
        for option, address in (("--output", self.output), ("--input", self.input)):
            if address is not None:
                check_place(address, option)
                self._check_apart(address, option)

    def _check_stage(self, stage: str) -> None:
        if self.target.type != "snowflake":
            raise UsageError(
                f"--stage is for Snowflake, and --target {self.target} is DuckDB",
                hint="leave it out, or name a target on Snowflake, such as prod",
            )
        if self.input is None and self.output is None:
            raise UsageError(
                "--stage needs the manifest of the set that lies there",
                hint="name the bucket, too: load --input, or build --output gs://bucket/prefix",
            )
        if not STAGE.fullmatch(stage):
            raise UsageError(
                f"--stage {stage!r} is not a stage",
                hint="write it like @CURSOR_ANALYTICS.RAW.BUCKET or @DB.SCHEMA.STAGE/prefix",
            )

    def _check_apart(self, address: str, option: str) -> None:
        if "://" not in address and Path(address).resolve() == self.data_dir.resolve():
            raise UsageError(
                f"{option} {address!r} is the data folder, which has a set of its own",
                hint=f"give another folder, or leave {option} out",
            )

    @property
    def time_limit_seconds(self) -> float:
        """The seconds that an extraction may take."""
        return self.time_limit * 60

    @property
    def landing(self) -> Path:
        """The folder that holds the complete Parquet set of the last extraction."""
        return self.data_dir / "raw"

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.data_dir / "analytics.duckdb"

    @property
    def project_name(self) -> str:
        """The name under which a build records its tables: '' without a project."""
        return self.project.name if self.project else ""

    @property
    def thresholds(self) -> Thresholds:
        """How many rows may fail a data test."""
        return self.project.thresholds if self.project else STANDARD

    @property
    def engine(self) -> Engine:
        """The database of the target."""
        from cursor_marts.engines.engine import Where
        from cursor_marts.engines.registry import engine_of

        rest = (self.lock_timeout, self.schemas)
        return engine_of(
            Where(self.target.type, self.database, self.raw, self.account, self.stage, *rest)
        )

    @property
    def run_results(self) -> Path:
        """The report of the last build or test, as a JSON file."""
        return self.data_dir / "run_results.json"

    @staticmethod
    @accepts(_ReadOptions)
    def read(options: _ReadOptions) -> Settings:
        """Combine options with `CURSOR_SIM_URL`, `CURSOR_API_KEY` and the like; options win.

        Raises UsageError for a value that is not usable, naming the option or the variable.
        """
        return Settings.of(options, options.environ)

    @classmethod
    def of(cls, options: Options, environ: Mapping[str, str] | None = None) -> Settings:
        """Combine the options of a command with the environment, as `read` does."""
        environ = os.environ if environ is None else environ
        as_given = {
            name: getattr(options, name)
            for name in described(SettingsOptions)
            if hasattr(options, name)
        }
        for name in ("output", "input"):
            as_given[name] = _expanded(as_given.get(name), spelled(name))
        target = target_of(options, environ) if isinstance(options, AtTarget) else Target()
        source, folder = given(options, "source", environ), given(options, "data_dir", environ)
        return cls(
            **as_given,
            source=_address(source),
            api_key=Secret(given(options, "api_key", environ).value.strip()),
            github=GitHubAccess.of(options, environ),
            tracked_days=getattr(options, "tracked_days", 30),
            privacy_key=_secret(environ, "CURSOR_MARTS_PRIVACY_KEY"),
            window=_window(*(given(options, name, environ) for name in ("start_date", "end_date"))),
            data_dir=path_of(folder.value, folder.named),
            reference=reference_of(options, environ),
            project=project_of(options, environ),
            schemas=schemas_of(options, environ),
            target=target,
            endpoints=Endpoints.read(environ),
            account=_account(target, environ) if target.type == "snowflake" else None,
        )


def _account(target: Target, environ: Mapping[str, str]) -> Account:
    """Return the account that the variables name, else the section of the target."""
    given = {name: text for name, text in environ.items() if text}
    return Account.read(target.account | given, target.name)


def _secret(environ: Mapping[str, str], name: str) -> Secret | None:
    text = environ.get(name, "").strip()
    return Secret(text) if text else None


def _address(source: Given) -> str | None:
    """Return the address of a source. Raises UsageError, naming what gave it."""
    address = source.value.strip() if source.value else None
    if address not in (None, EMBEDDED):
        check_address(address, source.named)
    return address


def reference_of(options: Options, environ: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder of a team's reference files, None without one. Raises UsageError."""
    folder = given(options, "reference", os.environ if environ is None else environ)
    return None if folder.value is None else path_of(folder.value, folder.named)


def _window(start: Given, end: Given) -> Window:
    now = datetime.now(UTC)
    return Window(*(day_of(day.value, now, day.named) for day in (start, end)))


def _expanded(address: str | None, named: str) -> str | None:
    """Return the address of a set, with the path of a folder in full where it begins with `~`."""
    if address is None or "://" in address:
        return address
    return str(path_of(address, named))
