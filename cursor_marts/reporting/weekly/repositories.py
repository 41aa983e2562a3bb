"""Each repository of the page: its week beside the weeks before, the largest change first."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.reporting.weekly.differences import (
    CONFIDENCE,
    FEW,
    Difference,
    difference,
    logarithms,
)
from cursor_marts.reporting.weekly.pulls import (
    PullRequest,
    Pulls,
    by_repository,
    cycle_time,
    during,
    is_unreviewed,
    known,
    middle,
    short_names,
)
from cursor_marts.reporting.weekly.trends import Trend, trend
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import (
    UNKNOWN,
    duration,
    mean_count,
    number,
    signed,
    times,
)

SHOWN = 12  # repositories before the fold


@dataclass(frozen=True)
class Repository:
    """A row of the table; `found` is how the week differs from the weeks before."""

    name: str
    merged: Trend
    speed: Trend
    found: Difference | None
    unreviewed: str
    reverted: str

    @property
    def few(self) -> bool:
        """Whether too few were merged in the week, or before, to judge its change."""
        return self.found is None

    @property
    def count(self) -> str:
        """Pull requests merged in the week."""
        return number(self.merged.now)

    @property
    def count_before(self) -> str:
        """The mean of the weeks before."""
        return UNKNOWN if self.merged.before is None else mean_count(self.merged.before)

    @property
    def median(self) -> str:
        """The median time to merge."""
        return duration(self.speed.now)

    @property
    def median_before(self) -> str:
        """The mean of the medians of the weeks before."""
        return duration(self.speed.before)

    @property
    def change(self) -> str:
        """The change of the median; a dash with too few merges."""
        relative = self.speed.change
        return UNKNOWN if self.few or relative is None else signed(relative)

    @property
    def interval(self) -> str:
        """The interval of the change; '' with too few merges."""
        if self.found is None:
            return ""
        return f"{signed(self.found.low)} to {signed(self.found.high)}"

    @property
    def is_clear(self) -> bool:
        """Whether the median changed, and the interval says the same."""
        found = self.found
        return bool(found and found.is_clear and found.estimate * self.speed.direction > 0)

    @property
    def verdict(self) -> str:
        """Whether the change is more than chance."""
        if self.found is None:
            return "too few"
        if not self.is_clear:
            return "may be chance"
        return "slower" if self.found.estimate > 0 else "faster"


def repositories(counted: Pulls, weeks: Weeks, unknown: Reasons) -> list[Repository]:
    """Return the repositories with a merge in the shown weeks, by the size of their change."""
    judged = changes(counted, weeks)
    names = short_names(pull.repo_name for pull in counted)
    found = [
        (repo, _repository(names[repo], pulls, weeks, judged.get(repo), unknown))
        for repo, pulls in by_repository(counted).items()
    ]
    found.sort(key=lambda each: (*_rank(each[1]), each[0]))
    return [row for _, row in found]


def changes(counted: Pulls, weeks: Weeks) -> dict[str, Difference]:
    """Return the change of the time to merge of each repository with enough merges to judge.

    The more repositories are judged, the wider the intervals: one of many is extreme by chance.
    """
    now = by_repository(during(counted, [weeks.last]))
    then = by_repository(during(counted, weeks.before))
    pairs = {
        repo: (known(pulls, cycle_time), known(then.get(repo, ()), cycle_time))
        for repo, pulls in now.items()
    }
    judged = {repo: p for repo, p in pairs.items() if min(map(len, p)) >= FEW}
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(judged))
    found = {
        repo: difference([(logarithms(a), logarithms(b))], confidence)
        for repo, (a, b) in judged.items()
    }
    return {repo: each.as_ratio() for repo, each in found.items() if each}


def _rank(row: Repository) -> tuple[bool, bool, float, float]:
    """Order by clear changes, then others by size, then those with too few merges by these."""
    size = -times(row.speed.change or 0.0) if row.found else 0.0
    return row.few, not row.is_clear, size, -(row.merged.now or 0)


def _repository(
    name: str,
    pulls: list[PullRequest],
    weeks: Weeks,
    found: Difference | None,
    unknown: Reasons,
) -> Repository:
    last = during(pulls, [weeks.last])
    unreviewed = sum(map(is_unreviewed, last))
    reverted = sum(pull.is_reverted for pull in last)
    return Repository(
        name,
        trend(pulls, weeks, len),
        trend(pulls, weeks, lambda of: middle(of, cycle_time), better=-1),
        found,
        UNKNOWN if "reviews" in unknown else number(unreviewed),
        UNKNOWN if "reverts" in unknown else number(reverted),
    )


#: What the table says of its rows.
NOTE = (
    "The change is that of the median. The interval is that of the typical (geometric mean) time "
    "to merge, and allows for the number of repositories: where it includes 0%, the change may be "
    f"chance. It needs {FEW} merges in the week and {FEW} in the weeks before. Each line is on its "
    "own scale."
)
