"""The rules of `bug_fix_rules.csv` as an expression: which pull requests are bug fixes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from itertools import groupby

import ibis
import ibis.expr.types as ir

from cursor_marts.models.definitions import matches
from cursor_marts.models.reference import current
from cursor_marts.models.staging.cleaning import as_json


def bug_fix_rule(title: ir.Column, branch: ir.Column, labels: ir.Column) -> ir.Column:
    """Return the kind of the first rule that matches: label, title or branch; NULL without one."""
    matches_kind = {
        "label": partial(_has_label, labels),
        "title": partial(_has_type, title),
        "branch": partial(_begins_with, branch),
    }
    rules = groupby(current().bug_fix_rules, key=lambda each: each.rule)
    cases = [(matches_kind[kind]([each.value for each in some]), kind) for kind, some in rules]
    return ibis.cases(*cases, else_=ibis.null("string"))


def _has_label(labels: ir.Column, values: Sequence[str]) -> ir.Column:
    """Return whether one of the labels is one of the values, ignoring case."""
    text = as_json(labels).lower()
    return ibis.or_(*(text.contains(json.dumps(value, ensure_ascii=False)) for value in values))


def _has_type(title: ir.Column, values: Sequence[str]) -> ir.Column:
    """Return whether a title has one of these types, as in `fix:`, `fix(scope):` or `fix!:`."""
    return matches(title.strip().lower(), f"^({'|'.join(values)})([(][^()]*[)])?!?:")


def _begins_with(branch: ir.Column, values: Sequence[str]) -> ir.Column:
    """Return whether a branch begins with one of the values, ignoring case."""
    return ibis.or_(*(branch.strip().lower().startswith(value) for value in values))
