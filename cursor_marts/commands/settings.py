"""Settings: frozen values, secrets masked. The only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cursor_marts.engines.snowflake.account import Account
from cursor_marts.errors import UsageError
from cursor_marts.raw.bucket.addresses import Endpoints, check_place
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.address import check_address
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.secret import Secret

__all__ = ["DEVELOPMENT_KEY", "TARGETS", "Account", "Endpoints", "Secret", "Settings", "Window"]

RAW_KINDS = ("table", "view")
#: A stage of Snowflake, and a path in it, as SQL without quotes writes them.
STAGE = re.compile(r"@[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*){0,2}(/[\w.=-]+)*/?", re.ASCII)
TARGETS = ("dev", "prod")
#: The source that needs no address: the simulator within this package, and its invented data.
EMBEDDED = "embedded"
#: What it is called in what is extracted from it.
EMBEDDED_SOURCE = "the embedded simulator"


@dataclass(frozen=True)
class Settings:
    """Everything a run can be told. `source` is an address, 'embedded', or None: not given.

    `invented` says that the source makes its data up, as the embedded one does; `lock_timeout` is
    how many seconds to wait for a database that is in use; `strict` makes errors of warnings;
    `fresh` does not go on with an extraction that was cut off; `attempts` are tries of a request
    that meets faults, `time_limit_seconds` what an extraction may take, `max_rejects` the share
    of a resource's records that may break the contract; `output` is a bucket or a folder that the
    set is put into, too, `input` one that it is loaded from; `stage` is the same place as Snowflake
    knows it; `raw` is what the raw tables are in
    the database: 'table', or 'view' over the landed files; `account` is the Snowflake account of
    the target prod.
    """

    source: str | None = None
    invented: bool = False
    api_key: Secret = field(default_factory=lambda: Secret(DEVELOPMENT_KEY))
    window: Window = field(default_factory=Window.parse)
    data_dir: Path = Path("data")
    target: str = "dev"
    lock_timeout: float = 30.0
    strict: bool = False
    fresh: bool = False
    attempts: int = 8
    time_limit_seconds: float = 4 * 3600.0
    max_rejects: float = 0.01
    output: str | None = None
    input: str | None = None
    stage: str | None = None
    endpoints: Endpoints = field(default_factory=Endpoints)
    raw: str = "table"
    account: Account | None = None

    def __post_init__(self) -> None:
        if self.target not in TARGETS:
            raise UsageError(
                f"there is no target {self.target!r}", hint=f"use one of: {', '.join(TARGETS)}"
            )
        if self.raw not in RAW_KINDS:
            raise UsageError(
                f"raw tables cannot be a {self.raw!r}", hint=f"use one of: {', '.join(RAW_KINDS)}"
            )
        if self.raw == "view" and self.target != "dev":
            raise UsageError("--raw view is for --target dev", hint="leave out one of the two")
        if self.target != "dev" and self.source == EMBEDDED:
            raise UsageError(
                f"--target {self.target} takes no invented data, and no other source is given",
                hint="name yours with --source or CURSOR_SIM_URL",
            )
        if self.raw == "view" and self.input is not None:
            raise UsageError(
                "--raw view reads the files of the landing, and --input copies a set for a moment",
                hint="leave out one of the two",
            )
        if self.stage is not None:
            self._check_stage(self.stage)
        if self.source not in (None, EMBEDDED):
            check_address(self.source)
        for option, address in (("--output", self.output), ("--input", self.input)):
            if address is not None:
                check_place(address, option)
                self._check_apart(address, option)

    def _check_stage(self, stage: str) -> None:
        if self.target != "prod":
            raise UsageError("--stage is for --target prod", hint="leave it out, or add that")
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
    def landing(self) -> Path:
        """The folder that holds the complete Parquet set of the last extraction."""
        return self.data_dir / "raw"

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.data_dir / "analytics.duckdb"

    @property
    def run_results(self) -> Path:
        """The report of the last build or test, as a JSON file."""
        return self.data_dir / "run_results.json"

    @classmethod
    def read(
        cls,
        *,
        source: str | None = None,
        api_key: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        data_dir: str | Path | None = None,
        target: str = "dev",
        lock_timeout: float = 30.0,
        strict: bool = False,
        fresh: bool = False,
        attempts: int = 8,
        time_limit: float = 240.0,
        max_rejects: float = 0.01,
        output: str | None = None,
        input: str | None = None,
        stage: str | None = None,
        raw: str = "table",
        environ: Mapping[str, str] = os.environ,
    ) -> Settings:
        """Combine options with `CURSOR_SIM_URL`, `CURSOR_API_KEY` and the like; options win.

        Options are as the command line has them: `time_limit` is in minutes. Raises UsageError
        for a value that makes no sense.
        """

        def setting(option: Any, name: str, default: Any = None) -> Any:
            return next((x for x in (option, environ.get(name)) if x not in (None, "")), default)

        if source == "":
            raise UsageError(
                "--source is empty", hint="give the API's address; a variable may not be set"
            )
        address = setting(source, "CURSOR_SIM_URL")
        return cls(
            source=address.strip() if address else None,
            api_key=Secret(setting(api_key, "CURSOR_API_KEY", DEVELOPMENT_KEY).strip()),
            window=Window.parse(
                setting(start_date, "CURSOR_MARTS_START_DATE", "90d"), end_date or "now"
            ),
            data_dir=Path(setting(data_dir, "CURSOR_MARTS_DATA_DIR", "data")),
            target=target,
            lock_timeout=lock_timeout,
            strict=strict,
            fresh=fresh,
            attempts=attempts,
            time_limit_seconds=time_limit * 60,
            max_rejects=max_rejects,
            output=output,
            input=input,
            stage=stage,
            endpoints=Endpoints.read(environ),
            raw=raw,
            account=Account.read(environ) if target == "prod" else None,
        )
