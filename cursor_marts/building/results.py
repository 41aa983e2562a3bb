"""What a build says of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

Status = Literal["pass", "warn", "fail"]


@dataclass(frozen=True)
class CheckResult:
    """One data test: how many rows failed it, whether that blocks, and the first few of them.

    `guaranteed` is true where the model's expression lets no row fail it, so that none was asked;
    up to `allowed` failing rows count as none.
    """

    model: str
    test: str
    severity: Literal["error", "warn"]
    failures: int
    description: str = ""
    examples: tuple[dict[str, Any], ...] = ()
    guaranteed: bool = False
    allowed: float = 0.0

    @property
    def name(self) -> str:
        """Model and test, as in `mart_velocity.unique_week_repo_name`."""
        return f"{self.model}.{self.test}"

    @property
    def failing(self) -> str:
        """How many rows failed it, as in `1 row`."""
        return f"{self.failures:,} row{'s' if self.failures != 1 else ''}"

    @property
    def status(self) -> Status:
        """What the count of failing rows means."""
        if self.failures <= self.allowed:
            return "pass"
        return "fail" if self.severity == "error" else "warn"


@dataclass(frozen=True)
class ModelResult:
    """One table: its rows, the seconds it took to build and to test, and its data tests.

    `built` is false where it was tested as it stood, `chosen` where the run was not about it, and
    it was built or tested for the sake of others.
    """

    model: str
    layer: str
    rows: int
    tests: tuple[CheckResult, ...]
    started_at: datetime
    build_seconds: float
    test_seconds: float
    built: bool = True
    chosen: bool = True

    @property
    def seconds(self) -> float:
        """Seconds to build and to test it."""
        return self.build_seconds + self.test_seconds

    def count(self, status: Status) -> int:
        """Return how many tests ended with a status."""
        return sum(test.status == status for test in self.tests)


@dataclass(frozen=True)
class BuildReport:
    """A whole build, raw tables first, then the models in the order they were built.

    `extracted_at` is when the extraction of the raw tables ended, where that is known;
    `unreadable` has a line for each repository or pull request that the data lacks;
    `dropped` are tables of earlier builds that no model defines any more; a `whole` run was
    about every model; `skipped` are tables that were to be tested, had no test failed before;
    `warnings` are lines on what failed after the publication.
    """

    models: tuple[ModelResult, ...]
    seconds: float
    source: str | None = None
    invented: bool = False
    unreadable: tuple[str, ...] = ()
    extracted_at: datetime | None = None
    dropped: tuple[str, ...] = ()
    whole: bool = False
    skipped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    invocation_id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def tests(self) -> tuple[CheckResult, ...]:
        """Every data test that ran."""
        return tuple(test for model in self.models for test in model.tests)

    @property
    def warned(self) -> tuple[CheckResult, ...]:
        """Tests that found something and do not block."""
        return tuple(test for test in self.tests if test.status == "warn")

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """Tests that found something and block the publication."""
        return tuple(test for test in self.tests if test.status == "fail")

    def rows(self, model: str) -> int:
        """Return the row count of a model or raw table. Raises KeyError if it is not there."""
        return {result.model: result.rows for result in self.models}[model]

    @property
    def was_build(self) -> bool:
        """Whether it was to be published, and not only tested."""
        return any(result.built and result.layer != "intermediate" for result in self.models)

    @property
    def older_versions(self) -> int:
        """Versions of commits that staging left out for newer ones; 0 if both were not tested."""
        models = {result.model: result for result in self.models}
        if not {"commits", "stg_commits"} <= set(models):
            return 0
        nameless = sum(t.failures for t in self.tests if t.name == "commits.not_null_commit_hash")
        return models["commits"].rows - nameless - models["stg_commits"].rows

    def data(self) -> dict[str, Any]:
        """Return it as JSON knows it, but for times: each table with its data tests."""
        return {
            "invocation_id": self.invocation_id,
            "source": self.source,
            "invented": self.invented,
            "unreadable": list(self.unreadable),
            "extracted_at": self.extracted_at,
            "seconds": self.seconds,
            "passed": not self.failed,
            "older_versions": self.older_versions,
            "dropped": list(self.dropped),
            "skipped": list(self.skipped),
            "models": [
                asdict(model)
                | {"tests": [asdict(test) | {"status": test.status} for test in model.tests]}
                for model in self.models
            ],
        }


def replaced(older: int) -> str:
    """Return one line on older versions of commits."""
    if older == 1:
        return "1 older version of a commit replaced by a newer one"
    return f"{older:,} older versions of commits replaced by newer ones"
