"""The raw rows of the models' tests, each test's in repositories of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from mutation.rare_rows import rare_rows
from support import raw_rows
from support.raw_rows import Row, add, pr

from cursor_marts.models.reference import current

FOLDER = Path(__file__).parents[1] / "models"
FILES = ("test_staging.py", "test_intermediate.py", "test_marts.py")
OWNER = re.compile(r"(?<![\w-])(acme)(?=/)", re.I)
#: Whose records say which run is current, and when it ended: there is one for all rows.
LEFT_OUT = ("extractions", "rejects")
HASH = "commit_hash"


def collected() -> list[dict[str, list[Row]]]:
    """Return what each call of `raw_rows.loaded` loads while the models' tests run."""
    found: list[dict[str, list[Row]]] = []
    load = raw_rows.loaded

    def noted(**tables: list[Row]) -> Any:
        found.append({"repos": [{"full_name": raw_rows.REPO}], **tables})
        return load(**tables)

    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.setattr(raw_rows, "loaded", noted)
        quietly = ("-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")
        assert pytest.main([*quietly, *(str(FOLDER / file) for file in FILES)]) == 0
    return found


def apart(value: Any, number: int) -> Any:
    """Return a value with the owner of a repository that only one test has."""
    if isinstance(value, list):
        return [apart(each, number) for each in value]
    return OWNER.sub(rf"\g<1>{number}", value) if isinstance(value, str) else value


def moved(row: Row, number: int) -> Row:
    """Return a row of one test; the end of a commit's hash says of which."""
    of_test = {name: apart(value, number) for name, value in row.items()}
    return {**of_test, **({HASH: f"{row[HASH]}{number:03x}"} if row.get(HASH) else {})}


def of_every_rule() -> list[Row]:
    """Return a pull request for each rule of bug fixes, which fits it alone."""
    makes: dict[str, Callable[[str], Row]] = {
        "label": lambda value: {"labels": [value]},
        "title": lambda value: {"title": f"{value}: it"},
        "branch": lambda value: {"head_branch": f"{value}it"},
    }
    return [
        pr(number, repo_name="acme/rules", **makes[each.rule](each.value))
        for number, each in enumerate(current().bug_fix_rules, start=1)
    ]


def add_rows_of_tests(backend: Any) -> None:
    """Add the rows to the raw tables of a database."""
    others = [rare_rows(), {"pull_requests": of_every_rule()}]
    for number, tables in enumerate([*collected(), *others], start=1):
        for name in tables.keys() - set(LEFT_OUT):
            add(backend, name, [moved(row, number) for row in tables[name]])
