"""What the page says, computed once for all its formats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from cursor_marts.errors import UsageError, did_you_mean
from cursor_marts.graph.words import Names, words
from cursor_marts.reporting.tables import Row
from cursor_marts.reporting.weekly.attention import LookAt, to_look_at
from cursor_marts.reporting.weekly.cards import Card, Part, cards, parts
from cursor_marts.reporting.weekly.comparison import Comparison, compare_bands
from cursor_marts.reporting.weekly.pulls import PullRequest, Pulls, short_names
from cursor_marts.reporting.weekly.repositories import Repository, repositories
from cursor_marts.reporting.weekly.sentences import Sentence, sentences
from cursor_marts.reporting.weekly.snapshot import Snapshot
from cursor_marts.reporting.weekly.unknown import Reasons, reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import day, listed, plural, span

STALE = timedelta(days=7)
#: A repository that was read so long before the loaded run was not read by it.
LEFT_BEHIND = timedelta(days=1)


@dataclass(frozen=True)
class Content:
    """The page: `snapshot` is filtered, `scope` says by what, `names` are short ones."""

    snapshot: Snapshot
    scope: str
    counted: Pulls
    unknown: Reasons
    sentences: list[Sentence]
    cards: list[Card]
    parts: list[Part]
    look_at: list[LookAt]
    repositories: list[Repository]
    comparison: Comparison
    names: dict[str, str]

    @property
    def weeks(self) -> Weeks:
        """The weeks of the page."""
        return self.snapshot.weeks

    @property
    def title(self) -> str:
        """The heading of the page."""
        week = f": {span(self.weeks.last)}" if self.weeks.last else ""
        return f"Delivery{self.scope}{week}"

    @property
    def alarms(self) -> list[str]:
        """What a reader has to know before the numbers."""
        found = [self.stale, self.left_behind]
        if unreadable := self.snapshot.unreadable:
            parts = plural(len(unreadable), "part")
            found.append(f"These numbers lack {parts} of the data that could not be read.")
        if self.snapshot.run and (failed := self.snapshot.run.failed):
            tests = plural(len(failed), "data test")
            found.append(
                f"The last build failed {tests} and published nothing: these numbers are older."
                if self.snapshot.run.was_build
                else f"What is published failed {tests}."
            )
        return [each for each in found if each]

    def link(self, pull: PullRequest) -> str:
        """Return the address of a pull request; '' if the source sends none for a browser."""
        url = pull.url or ""
        return url if url.startswith(("https://", "http://")) else ""

    @property
    def stale(self) -> str:
        """A sentence if the data ends more than a week before it was read; else ''."""
        end = self.snapshot.end
        if end is None or self.snapshot.read_at.date() - end <= STALE:
            return ""
        days = (self.snapshot.read_at.date() - end).days
        return f"The data is {days} days old: it ends on {_date(self)}, and lacks what came later."

    @property
    def left_behind(self) -> str:
        """A sentence on repositories that the loaded run has not read, if there are any."""
        if not self.snapshot.extraction:
            return ""
        began = min(row["started_at"] for row in self.snapshot.extraction)
        known = {row["repo_name"]: row["known_until"] for row in self.snapshot.coverage}
        late = sorted(
            repo for repo, until in known.items() if until and began - until > LEFT_BEHIND
        )
        if not late:
            return ""
        oldest = min(known[repo] for repo in late).date()
        names = listed([self.names.get(repo, repo) for repo in late[:3]])
        more = f" and {len(late) - 3} more" if len(late) > 3 else ""
        verb, it = ("is", "it") if len(late) == 1 else ("are", "them")
        return f"{names}{more} {verb} known until {day(oldest)} only: no run since has read {it}."

    @property
    def until(self) -> str:
        """In words, until when the data goes, and where it comes from."""
        if not self.snapshot.extraction:
            return "Until when this data goes is not on record: another tool has loaded it."
        return f"Data until {_date(self)}, from {self.snapshot.extraction[0]['source']}."

    @property
    def left_out(self) -> str:
        """A sentence on the week that is not over, if there is one."""
        running = self.weeks.running
        if running is None or self.weeks.last is None or self.snapshot.end == running:
            return ""
        return f"Whole weeks only: the week of {day(running)} is not over in the data."


def _date(content: Content) -> str:
    last = max(row["finished_at"] for row in content.snapshot.extraction)
    end = content.snapshot.end
    if end is not None and end < last.date():
        ends = end - timedelta(days=1)
        return f"{ends.day} {ends:%B %Y}"
    return f"{last.day} {last:%B %Y, %H:%M} UTC"


def content(snapshot: Snapshot, repo: Names = (), team: Names = ()) -> Content:
    """Return the page of some repositories and teams; without names, of all.

    Raises UsageError for a name that no pull request of the weeks has.
    """
    chosen, scope = _filtered(snapshot, words(repo), words(team))
    counted = [pull for pull in chosen.pulls if pull.counts]
    unknown = reasons(counted)
    comparison = compare_bands(counted, unknown)
    return Content(
        snapshot=chosen,
        scope=scope,
        counted=counted,
        unknown=unknown,
        sentences=sentences(chosen.pulls, chosen.weeks, unknown, comparison),
        cards=cards(counted, chosen.weeks, unknown),
        parts=parts(counted, chosen.weeks, unknown),
        look_at=to_look_at(chosen.pulls, chosen.weeks, unknown),
        repositories=repositories(counted, chosen.weeks, unknown),
        comparison=comparison,
        names=short_names(pull.repo_name for pull in chosen.pulls),
    )


def _filtered(
    snapshot: Snapshot, repos: tuple[str, ...], teams: tuple[str, ...]
) -> tuple[Snapshot, str]:
    if not repos and not teams:
        return snapshot, ""
    by_repo = _named("repository", repos, {p.repo_name for p in snapshot.pulls})
    by_team = _named("team", teams, {p.team for p in snapshot.pulls if p.team})

    def wanted(pull: PullRequest) -> bool:
        return (not repos or pull.repo_name in by_repo) and (not teams or pull.team in by_team)

    pulls = tuple(filter(wanted, snapshot.pulls))
    coverage = tuple(row for row in snapshot.coverage if not teams and row["repo_name"] in by_repo)
    own = tuple(replace(mart, rows=_rows(mart.rows, by_repo)) for mart in snapshot.own)
    of = [*([f"team {listed(by_team)}"] if teams else []), *([listed(by_repo)] if repos else [])]
    kept = replace(snapshot, pulls=pulls, coverage=coverage, own=own)
    return kept, f" of {' in '.join(of)}"


def _rows(rows: tuple[Row, ...], repos: list[str]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not repos or row.get("repo_name", repos[0]) in repos)


def _named(what: str, names: tuple[str, ...], known: set[str]) -> list[str]:
    """Return the known names that some names mean: in any case, a repository without its owner."""
    found = []
    for name in names:
        same = [
            each
            for each in sorted(known)
            if name.casefold() in (each.casefold(), each.rpartition("/")[2].casefold())
        ]
        if not same:
            some = ", ".join(sorted(known)[:8]) or "none: teams.csv says who is in which"
            raise UsageError(
                f"no pull request of these weeks has the {what} {name!r}",
                hint=f"{did_you_mean(name, known)} there is {some}".strip(),
            )
        found += same
    return list(dict.fromkeys(found))
