"""What a build says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class CheckResult:
    """One data test: how many rows failed it, and whether that blocks."""

    model: str
    test: str
    severity: Literal["error", "warn"]
    failures: int
    description: str = ""

    @property
    def name(self) -> str:
        """Model and test, as in `mart_velocity.unique_week_repo_name`."""
        return f"{self.model}.{self.test}"

    @property
    def status(self) -> Literal["pass", "warn", "fail"]:
        """What the count of failing rows means."""
        if not self.failures:
            return "pass"
        return "fail" if self.severity == "error" else "warn"


@dataclass(frozen=True)
class ModelResult:
    """One table: its rows, the seconds it took to build and test, and its data tests."""

    model: str
    layer: str
    rows: int
    seconds: float
    tests: tuple[CheckResult, ...]

    def count(self, status: str) -> int:
        """Return how many tests ended with `status`: pass, warn or fail."""
        return sum(test.status == status for test in self.tests)


@dataclass(frozen=True)
class BuildReport:
    """A whole build, raw tables first, then the models in the order they were built."""

    models: tuple[ModelResult, ...]
    seconds: float
    source: str | None = None
    invented: bool = False

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
