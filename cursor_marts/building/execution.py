"""Execute a compiled build, wave by wave: the tables of a wave do not read each other."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from cursor_marts.building import freshness
from cursor_marts.building.compiled import CompiledBuild, CompiledTable, CompiledTest
from cursor_marts.building.freshness import Limit
from cursor_marts.building.profiles import COLUMNS, Profile, Window, profiles_of, results
from cursor_marts.building.results import BuildReport, CheckResult, ModelResult
from cursor_marts.building.thresholds import STANDARD, Thresholds
from cursor_marts.engines import ddl
from cursor_marts.engines.audit import Examples, Failure
from cursor_marts.engines.names import REPOSITORY
from cursor_marts.engines.session import Answer, Session, Statement
from cursor_marts.errors import UsageError
from cursor_marts.raw.manifest import unreadable_lines


class Storing(Protocol):
    """What an execution needs of a publisher."""

    session: Session

    def store_failures(self, failures: Sequence[Failure]) -> list[Examples]:
        """Store the rows that fail each test; return some columns of the first few."""


@dataclass
class Execution:
    """One run: creates the tables of each wave while those of the wave before are tested.

    `keyed` are the tables whose key holds, `profiles` what each table holds, `before` what it held
    when it was published. With `fail_fast` a wave in which a test fails is the last one. `limits`
    say how old the data of a source may be.
    """

    publisher: Storing
    build: CompiledBuild
    strict: bool
    fail_fast: bool = False
    limits: Sequence[Limit] = ()
    thresholds: Thresholds = STANDARD
    before: Mapping[str, Profile] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    window: Window | None = None
    keyed: set[str] = field(default_factory=set)
    tests: dict[str, list[CheckResult]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    started: dict[str, datetime] = field(default_factory=dict)
    build_seconds: dict[str, float] = field(default_factory=dict)
    test_seconds: dict[str, float] = field(default_factory=dict)

    def report(self) -> BuildReport:
        """Execute the run; return what was found, and whose data it is."""
        began = time.perf_counter()
        last = 1 + max((0, *(table.tested_after for table in self.build.tables)))
        provenance: list[Any] = []
        for wave in range(last + 1):
            if wave == 1:
                self._expect_rows()
                self._number_repositories()
            provenance += self._execute(wave, is_last=wave == last)
            if self.fail_fast and self._has_failed():
                break
        self._store_failures()
        self._test_freshness(provenance)
        self._compare_profiles()
        seconds = time.perf_counter() - began
        to_test = [table for table in self.build.tables if table.count]
        tested = tuple(self._result(table) for table in to_test if table.name in self.tests)
        skipped = tuple(table.name for table in to_test if table.name not in self.tests)
        return BuildReport(tested, seconds, skipped=skipped, **_origin(provenance))

    def _expect_rows(self) -> None:
        """Tell the session how many rows the run is over, if the tests of raw tables say it."""
        created = {table.name for table in self.build.tables if table.query}
        read = {n for table in self.build.tables if table.query for n in table.reads} - created
        if read and read <= self.rows.keys():
            self.publisher.session.expect(max(self.rows[name] for name in read))

    def _number_repositories(self) -> None:
        """Create the type of the names of repositories, if the tables of the run have it."""
        if names := self.build.repository_names:
            self.publisher.session.execute(ddl.create_enum(REPOSITORY, names))

    def _test_freshness(self, provenance: Iterable[Any]) -> None:
        """Add the tests of when each source was read to those of the record of extractions."""
        if not self.limits or (self.fail_fast and self._has_failed()):
            return
        if freshness.TABLE not in self.tests:
            raise UsageError(
                f"--max-age tests {freshness.TABLE}, which the selection leaves out",
                hint=f"select it, too: --select {freshness.TABLE}",
            )
        read_at = [(source, ended) for source, *_, ended in provenance if source and ended]
        self.tests[freshness.TABLE] += freshness.freshness_of(read_at, self.limits)

    def _has_failed(self) -> bool:
        return any(test.status == "fail" for tests in self.tests.values() for test in tests)

    def _execute(self, wave: int, *, is_last: bool) -> list[Any]:
        """Create a wave's tables, and test what the wave before made testable.

        With the last wave, note what the tables hold. Return, from the first wave of tables, the
        rows that tell where the raw tables come from.
        """
        now = datetime.now(UTC)
        created = [t for t in self.build.tables if t.query and t.wave == wave]
        tested = [t for t in self.build.tables if t.count and t.tested_after == wave - 1]
        queries = list(_batches(tested, self.publisher.session.tested_together))
        for table in created:
            self._store_first(table)
        statements = [
            *map(self._creation, created),
            *map(self._counts, queries),
            *([Statement(self.build.provenance)] if wave == 1 else []),
            *([self._profile()] if is_last and self.build.profile else []),
        ]
        answers = iter(self.publisher.session.execute_all(statements))
        for table in (*created, *tested):
            self.started.setdefault(table.name, now)
        for table, answer in zip(created, answers, strict=False):
            self.build_seconds[table.name] = answer.seconds
        for tables, answer in zip(queries, answers, strict=False):
            self._note(tables, answer)
        if is_last and self.build.profile:
            *rest, profile = answers
            self.profiles, self.window = profiles_of(self.build.profiled, profile.rows)
            for each in self.build.profiled:
                self.test_seconds[each.name] += profile.seconds / len(self.build.profiled)
            answers = iter(rest)
        return [row for answer in answers for row in answer.rows]

    def _profile(self) -> Statement:
        return Statement(counts(self.build.profile), "tests")

    def _compare_profiles(self) -> None:
        """Add what the tables' profiles tell to the results of their tests."""
        for table in self.build.profiled if self.profiles else ():
            now, before = self.profiles[table.name], self.before.get(table.name)
            for found in results(table, now, before, self.window, self.thresholds):
                of = len(table.columns) if found.test == COLUMNS else 1
                judged = self.thresholds.judged(self._strictly(found), of)
                self.tests[table.name].append(judged)

    def _strictly(self, found: CheckResult) -> CheckResult:
        return replace(found, severity="error") if self.strict else found

    def _store_first(self, table: CompiledTable) -> None:
        """Store what a table's SELECT alone reads, in order: these tables may read each other."""
        session = self.publisher.session
        for name, query in table.stored_first:
            text = ddl.create_table(session.scratch, table.layer, name, query)
            session.execute(text, table.name)

    def _creation(self, table: CompiledTable) -> Statement:
        scratch = self.publisher.session.scratch
        comment = self.build.publication.comments.get(table.name, "")
        text = ddl.create_table(scratch, table.layer, table.name, table.query, comment)
        return Statement(text, table.name)

    def _counts(self, tables: Sequence[CompiledTable]) -> Statement:
        text = counts([self._count(table) for table in tables])
        return Statement(text, tables[0].name if len(tables) == 1 else "tests")

    def _key_follows(self, table: CompiledTable) -> bool:
        return table.key_may_follow and self.keyed.issuperset(table.key_follows_from)

    def _count(self, table: CompiledTable) -> tuple[str, int]:
        """Return the query of a table's counts, and how many these are."""
        if self._key_follows(table):
            return table.count_without_key, sum(not test.is_key for test in table.tests)
        return table.count, len(table.tests)

    def _note(self, tables: Sequence[CompiledTable], answer: Answer) -> None:
        """Note the rows and the tests of tables that were tested in one query."""
        for table, (_, rows, *failures) in zip(tables, sorted(answer.rows), strict=True):
            self.rows[table.name] = int(rows)
            self.test_seconds[table.name] = answer.seconds / len(tables)
            self._note_tests(table, failures)

    def _note_tests(self, table: CompiledTable, failures: Sequence[Any]) -> None:
        """Note the results of a table's tests, and whether its key holds."""
        follows, counted = self._key_follows(table), iter(failures)
        self.tests[table.name] = [
            self._guaranteed(table, test)
            if follows and test.is_key
            # Over no rows, not every engine counts 0.
            else self._counted(table, test, int(next(counted) or 0))
            for test in table.tests
        ]
        results = zip(table.tests, self.tests[table.name], strict=True)
        if table.is_model and any(test.is_key and not found.failures for test, found in results):
            self.keyed.add(table.name)

    def _guaranteed(self, table: CompiledTable, test: CompiledTest) -> CheckResult:
        return CheckResult(table.name, test.name, "error", 0, test.description, guaranteed=True)

    def _counted(self, table: CompiledTable, test: CompiledTest, count: int) -> CheckResult:
        if count and test.exact:
            (count,) = self.publisher.session.execute(test.exact, table.name).fetchone()
        found = CheckResult(table.name, test.name, test.severity, count, test.description)
        return self.thresholds.judged(self._strictly(found), self.rows[table.name])

    def _store_failures(self) -> None:
        """Store the rows that fail each test; add the first few of them to its result."""
        failed = list(self._failed())
        stored = self.publisher.store_failures([failure for _, _, failure in failed])
        for (table, number, _), examples in zip(failed, stored, strict=True):
            found = self.tests[table]
            found[number] = replace(found[number], examples=examples)

    def _failed(self) -> Iterator[tuple[str, int, Failure]]:
        """Give each failed test's table, its number there, and the rows to store."""
        for table in self.build.tables:
            if table.name not in self.tests:
                continue
            for number, test in enumerate(table.tests):
                if self.tests[table.name][number].status != "pass":
                    failure = Failure(f"{table.name}__{test.name}", test.rows, test.shown)
                    yield table.name, number, failure

    def _result(self, table: CompiledTable) -> ModelResult:
        return ModelResult(
            table.name,
            table.layer,
            self.rows[table.name],
            tuple(self.tests[table.name]),
            self.started[table.name],
            self.build_seconds.get(table.name, 0.0),
            self.test_seconds[table.name],
            table.created,
            table.chosen,
        )


def _batches(tables: Sequence[CompiledTable], size: int) -> Iterator[Sequence[CompiledTable]]:
    for start in range(0, len(tables), size):
        yield tables[start : start + size]


def counts(queries: Sequence[tuple[str, int]]) -> str:
    """Return one query of the counts of several tables: a row each, which its number begins.

    Each query comes with the number of its counts after the first; NULL fills the narrower rows.
    """
    widest = max(width for _, width in queries)
    return " UNION ALL ".join(
        f"SELECT {', '.join([str(number), 'counted.*', *['NULL'] * (widest - width)])} "
        f"FROM ({query}) AS counted"
        for number, (query, width) in enumerate(queries)
    )


def _origin(rows: Iterable[Any]) -> dict[str, Any]:
    """Return the fields of the report that tell where the raw tables come from."""
    rows = list(rows)
    return {
        "source": min((source for source, *_ in rows if source), default=None),
        "invented": any(invented for _, invented, *_ in rows),
        "unreadable": tuple(unreadable_lines(noted for _, _, noted, _ in rows)),
        "extracted_at": max((ended for *_, ended in rows if ended), default=None),
    }
