"""Change the models in small ways; a test must notice each change.

    make mutants

Each mutant is a copy of the package with one changed line. The tests of the models run against it,
but for the snapshots of SQL, which any change breaks. If they pass, the mutant has survived: that
line could be wrong without a failing test.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

# Imported once: every mutant's process is a fork of this one.
import hypothesis  # noqa: F401
import ibis  # noqa: F401
import pandera.ibis  # noqa: F401
import pyarrow.parquet  # noqa: F401
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "cursor_marts"
MODELS = ROOT / PACKAGE / "models"
#: Reference data that the definitions name line by line.
DATA = ("ai_ratio_bands.csv", "bug_fix_rules.csv")
#: They read the files of a project: the tests of commands cover them.
OF_PROJECTS = ("own.py", "seeds.py")
FILES = sorted(
    file
    for file in [*MODELS.rglob("*.py"), *(MODELS / "reference" / name for name in DATA)]
    if file.parent.name != "reference" or file.name in (*DATA, "bands.py")
    if file.name not in OF_PROJECTS
)
#: What is put in another's place, by regular expression.
SWAPS = (
    (r">=", ">"),
    (r"<=", "<"),
    (r" > ", " >= "),
    (r" < ", " <= "),
    (r" == ", " != "),
    (r" != ", " == "),
    (r" & ", " | "),
    (r" \| ", " & "),
    (r"\.notnull\(\)", ".isnull()"),
    (r"\.isnull\(\)", ".notnull()"),
    (r"\.sum\(\)", ".max()"),
    (r"\.mean\(\)", ".sum()"),
    (r"\bmean\(_\.(\w+)\)", r"_.\1.cast('float64').sum()"),
    (r"\bshare\((_\.\w+)\)", r"share(~\1)"),
    (r"\.min\(", ".max("),
    (r"\.max\(", ".min("),
    (r"\.nunique\(\)", ".count()"),
    (r"\.quantile\(0\.5\)", ".mean()"),
    (r"0\.9\)", "0.95)"),
    (r"\.fill_null\(0\)", ""),
    (r"\.fill_null\(False\)", ".fill_null(True)"),
    (r"\.clip\(lower=0\)", ""),
    (r"\.clip\(upper=1\.0\)", ""),
    (r"~", ""),
    (r"\bwhere=(\w)", r"where=~\1"),
    (r" \+ ", " - "),
    (r"desc\(", "asc("),
    (r"left_join\(", "inner_join("),
    (r"anti_join\(", "semi_join("),
    (r"semi_join\(", "anti_join("),
    (r"startswith\(", "contains("),
    (r"1970-01-05", "1970-01-04"),
    (r"\.lower\(\)", ""),
    (r"\.strip\(\)", ""),
    (r'\.nullif\(""\)', ""),
    (r"\.distinct\(\)", ""),
    (r"= 48\b", "= 47"),
    (r"= 500\b", "= 501"),
    (r"= 15\b", "= 16"),
    (r"= 5\b", "= 4"),
    (r"\b0\.3\b", "0.31"),
    (r"\b0\.6\b", "0.61"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"^(label|title|branch),", r"\1,x"),
)
#: Changed lines that change no row of any table, with the reason.
EQUIVALENT = {
    "whole = ibis.greatest(_.linked_total_lines, _.additions)": "DuckDB leaves out NULL here",
    "((_.tab_lines - _.composer_lines).notnull(), _.tab_lines + _.composer_lines),": (
        "both are known, or the sum is not"
    ),
    ".agg(rank=_.rank.max())": "only the first rank is left",
    "counts = (ready >= created) & (merged.isnull() | (ready <= merged))": (
        "where both are equal, either is the opening"
    ),
    'named = reverting(merged.filter(_.head_branch.contains("revert-")))': (
        "the pattern of a number begins with the whole start of the branch"
    ),
    ".agg(listed_count=_.commit_hash.count())": "the commits of a pull request are distinct",
    "hashes = parts.mutate(hash=_.part.re_extract(revert_words.HASH, 1).lower())": (
        "no hash is empty, so that an empty one joins none"
    ),
    ".agg(listed_count=_.count(), subject=_.subject.min())": "those of one commit are left",
    "points = comments.group_by(REVIEW).agg(points=(~_.is_reply).max())": (
        "it is false, which equals 0, if and only if the sum is 0"
    ),
    ".agg(**{name: _[name].max() for name in names})": "each number is 0 in all rows but one",
    'has_host = name.like("%.%/%/%") & (name.find(".") <= slash)': "no dot is a slash",
    "bounds.append(value >= low if band.from_inclusive else value >= low)": (
        "bands meet, and are tried from the lowest on: its end belongs to the one before"
    ),
}
#: The tests of the models, as their layers follow one another.
TESTS = (
    "test_staging.py",
    "test_intermediate.py",
    "test_marts.py",
    "reference",
    "test_against_oracle.py",
)


@dataclass(frozen=True)
class Mutant:
    """One line of one file, changed."""

    file: Path
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        place = self.file.relative_to(ROOT)
        return f"{place}:{self.line}: {self.before.strip()}  →  {self.after.strip()}"


def mutants() -> Iterator[Mutant]:
    """Yield every change of every expression; other tests cover the contracts."""
    for file in FILES:
        for number, line in enumerate(expressions(file), start=1):
            for pattern, instead in SWAPS:
                changed = re.sub(pattern, instead, line, count=1)
                if changed != line and changed.strip() not in EQUIVALENT:
                    yield Mutant(file, number, line, changed)


def expressions(file: Path) -> list[str]:
    """Return the lines of a file; contracts, imports and prose are empty."""
    lines = file.read_text().splitlines()
    if file.suffix == ".csv":
        return lines
    return [line if counts else "" for line, counts in zip(lines, _are_code(lines), strict=True)]


def _are_code(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it is a part of an expression."""
    is_class, is_prose = False, False
    for line in lines:
        text = line.strip()
        if line and not line[0].isspace():
            is_class = line.startswith("class ")
        opens = text.startswith('"""')
        quotes = text.count('"""')
        yield not (is_class or is_prose or opens or re.match(r"(#|def |from |import |@)", text))
        is_prose ^= quotes == 1


def survives(mutant: Mutant | None, noticed: Path) -> bool:
    """Run the tests against a mutant, or the package as it is; return whether all of them pass.

    In the folder `noticed` is a file for each changed one: which tests noticed a change of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / PACKAGE, Path(folder) / PACKAGE)
        if mutant is not None:
            file = Path(folder) / mutant.file.relative_to(ROOT)
            lines = file.read_text().splitlines()
            lines[mutant.line - 1] = mutant.after
            file.write_text("\n".join(lines) + "\n")
        likeliest = Likeliest(mutant.file if mutant else MODELS, noticed)
        run = multiprocessing.get_context("fork").Process(target=_test, args=(folder, likeliest))
        run.start()
        run.join()
    return run.exitcode == 0


@dataclass(frozen=True)
class Likeliest:
    """Runs those tests first that are likely to notice a change of a file."""

    file: Path
    noticed: Path

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort the tests: those that noticed others, those with its name, those of all columns."""
        before = self._before()
        word = self.file.stem.rpartition("_")[2]
        items.sort(
            key=lambda item: (
                before.index(item.nodeid) if item.nodeid in before else len(before),
                word not in item.name,
                "oracle" not in item.nodeid,
            )
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails."""
        if report.failed:
            with self._notes.open("a") as notes:
                notes.write(f"{report.nodeid}\n")

    @property
    def _notes(self) -> Path:
        return self.noticed / self.file.name

    def _before(self) -> list[str]:
        """Return the tests that noticed a change of the file, the last one first."""
        lines = self._notes.read_text().splitlines() if self._notes.exists() else []
        return list(dict.fromkeys(reversed(lines)))


def _test(folder: str, likeliest: Likeliest) -> None:
    """Run the tests against the package in a folder; exit as pytest does."""
    sys.path.insert(0, folder)
    os.chdir(ROOT)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    paths = [f"tests/models/{name}" for name in TESTS]
    quickly = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider")
    os._exit(pytest.main([*quickly, *paths], plugins=[likeliest]))


def main() -> int:
    """Test every mutant, or those whose line contains the first argument; print each result."""
    assert PACKAGE not in sys.modules, "the package would be tested as it is"
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutant for mutant in mutants() if wanted in str(mutant)]
    alive = 0
    with (
        tempfile.TemporaryDirectory() as noticed,
        ThreadPoolExecutor(max_workers=os.cpu_count()) as pool,
    ):
        if not survives(None, Path(noticed)):
            print("the tests fail without a change: run them first", file=sys.stderr)
            return 2
        runs = {pool.submit(survives, mutant, Path(noticed)): mutant for mutant in chosen}
        for tried, run in enumerate(as_completed(runs), start=1):
            alive += run.result()
            said = "SURVIVED" if run.result() else "noticed "
            print(f"{tried:>4}  {said}  {runs[run]}", flush=True)
    print(f"{len(chosen) - alive} of {len(chosen)} mutants noticed")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
