"""Change the models in small ways; a test must notice each change.

    make mutants

Each mutant is a copy of the package with one changed line. The model and reference tests run
against it. If they pass, the mutant has survived: that line could be wrong without a failing test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "cursor_marts"
FILES = sorted(
    [
        *(ROOT / PACKAGE / "models").rglob("mart_*.py"),
        *(ROOT / PACKAGE / "models").rglob("int_*.py"),
        *(ROOT / PACKAGE / "models").rglob("stg_*.py"),
        ROOT / PACKAGE / "models" / "definitions.py",
        ROOT / PACKAGE / "models" / "marts" / "merged.py",
        ROOT / PACKAGE / "models" / "reference" / "ai_ratio_bands.csv",
    ]
)
#: What is put in another's place, by regular expression.
SWAPS = (
    (r">=", ">"),
    (r"<=", "<"),
    (r" > ", " >= "),
    (r" < ", " <= "),
    (r" == ", " != "),
    (r" != ", " == "),
    (r"\.notnull\(\)", ".isnull()"),
    (r"\.sum\(\)", ".max()"),
    (r"\.mean\(\)", ".sum()"),
    (r"\bmean\(_\.(\w+)\)", r"_.\1.cast('float64').sum()"),
    (r"\bshare\(", "ibis.ifelse("),
    (r"\.min\(\)", ".max()"),
    (r"\.nunique\(\)", ".count()"),
    (r"\.quantile\(0\.5\)", ".mean()"),
    (r"0\.9\)", "0.95)"),
    (r"\.fill_null\(0\)", ""),
    (r"\.fill_null\(False\)", ".fill_null(True)"),
    (r"\.clip\(lower=0\)", ""),
    (r"\.clip\(upper=1\.0\)", ""),
    (r"~own", "own"),
    (r"where=~", "where="),
    (r" \+ ", " - "),
    (r"desc\(", "asc("),
    (r"1970-01-05", "1970-01-04"),
    (r"\.lower\(\)", ""),
    (r"\.strip\(\)", ""),
    (r"\.distinct\(\)", ""),
    (r"= 48\b", "= 47"),
    (r"= 500\b", "= 501"),
    (r"= 15\b", "= 16"),
    (r"\b0\.3\b", "0.31"),
    (r"\b0\.6\b", "0.61"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"by_hash\.union\(by_number\)", "by_hash"),
    (r"\.filter\(_\.is_submitted\)", ""),
)
#: The likeliest to notice first, since the first that does ends a run.
TESTS = ("tests/models/test_marts.py", "tests/models/test_against_oracle.py", "tests/models")


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
                if changed != line:
                    yield Mutant(file, number, line, changed)


def expressions(file: Path) -> list[str]:
    """Return the lines of a file; lines outside of a model's expression are empty."""
    lines = file.read_text().splitlines()
    if file.suffix == ".csv":
        return lines
    kept, keep = [], file.name in ("definitions.py", "merged.py")
    for line in lines:
        if re.match(r"(@model|def |[A-Z_]+ = )", line):
            keep = True
        elif line.startswith("class "):
            keep = False
        prose = line.strip().startswith(('"""', "#", "def ", "from ", "import "))
        kept.append(line if keep and not prose else "")
    return kept


def survives(mutant: Mutant) -> bool:
    """Run the tests against a mutant; return whether all of them passed."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / PACKAGE, Path(folder) / PACKAGE)
        file = Path(folder) / mutant.file.relative_to(ROOT)
        lines = file.read_text().splitlines()
        lines[mutant.line - 1] = mutant.after
        file.write_text("\n".join(lines) + "\n")
        run = subprocess.run(
            [sys.executable, "-P", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": folder, "HYPOTHESIS_PROFILE": "mutants"},
            capture_output=True,
            check=False,
        )
    return run.returncode == 0


def main() -> int:
    """Test every mutant, or those whose line contains the first argument; print each result."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutant for mutant in mutants() if wanted in str(mutant)]
    alive = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for tried, (mutant, lives) in enumerate(
            zip(chosen, pool.map(survives, chosen), strict=True), start=1
        ):
            alive += lives
            print(f"{tried:>4}  {'SURVIVED' if lives else 'noticed '}  {mutant}", flush=True)
    print(f"{len(chosen) - alive} of {len(chosen)} mutants noticed")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
