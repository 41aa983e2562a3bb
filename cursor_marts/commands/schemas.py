"""The schemas of the tables, as options, environment and project name them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from cursor_marts.commands.options.definition import Options
from cursor_marts.commands.options.given import Given, given
from cursor_marts.errors import UsageError
from cursor_marts.graph.layers import Schemas

#: The name of a schema, or its beginning, that needs no quotes on any engine.
SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,99}")


def schemas_of(options: Options, environ: Mapping[str, str] | None = None) -> Schemas:
    """Return the schemas of the tables. Raises UsageError for a name that would need quotes."""
    environ = os.environ if environ is None else environ
    return Schemas(*(_name(given(options, n, environ)) for n in ("schema_prefix", "raw_schema")))


def _name(schema: Given) -> str:
    """Return a part of a schema's name, in lower case as engines compare it; '' if not given."""
    text = (schema.value or "").strip().lower()
    if text and not SCHEMA.fullmatch(text):
        raise UsageError(
            f"{schema.named} {schema.value!r} is not a plain name",
            hint="use letters, digits and _, beginning with a letter, as in dev_alice or pr_17",
        )
    return text
