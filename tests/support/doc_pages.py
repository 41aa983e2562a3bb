"""Execute the code blocks of a documentation page, and compare their output with the page.

- The blocks of a page run in order, in one folder with a built demo database in `data`, and share
  their variables. `<!-- not run: why -->` before a block skips it.
- In a `console` block, lines after `$ ` are commands; the other lines are their output. The output
  of a `python` block is in the `text` block after it.
- A `python` block after `<!-- file: path -->` is written to that file.
- `...` matches anything within a line; alone on a line, it matches any number of lines. After
  `<!-- numbers move -->`, a number matches every number.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from cursor_marts.building.cache import on_disk

BLOCK = re.compile(
    r"(?:^[ ]*<!--[ ](?P<remark>[^\n]*)[ ]-->\n)?"
    r"^(?P<indent>[ ]*)```(?P<language>python|console|text)\n(?P<text>.*?)^(?P=indent)```$",
    re.M | re.S,
)
TOKEN = re.compile(
    r"(?P<lines>^\.\.\.\n)|(?P<dots>\.\.\.)|(?P<number>\d[\d,.:-]*)|(?P<blank> +)", re.M
)


@dataclass(frozen=True)
class Block:
    """Code in a language, and the output that the page shows for it."""

    language: str
    typed: str
    shown: str
    remark: str

    @property
    def expected(self) -> re.Pattern[str]:
        """The output of the page as a pattern."""
        pattern, at = "", 0
        for token in TOKEN.finditer(self.shown):
            pattern += re.escape(self.shown[at : token.start()]) + self._meaning(token)
            at = token.end()
        return re.compile(pattern + re.escape(self.shown[at:]))

    def _meaning(self, token: re.Match[str]) -> str:
        if token.lastgroup == "number" and self.remark != "numbers move":
            return re.escape(token[0])
        return {
            "lines": r"(?:.*\n)*?",
            "dots": r".*?",
            "number": r"\d[\d,.:-]*",
            "blank": r" +",
        }[str(token.lastgroup)]


def blocks_of(page: str) -> Iterator[Block]:
    """Yield the blocks of a page that are executed."""
    for match, after in pairwise([*BLOCK.finditer(page), None]):
        assert match is not None
        remark, text = match["remark"] or "", dedent(match["text"])
        if remark.startswith(("not run: ", "model: ")) or match["language"] == "text":
            continue
        if match["language"] == "console":
            for typed, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
                yield Block("console", typed, shown, remark)
            continue
        follows = after and after["language"] == "text"
        between = page[match.end() : after.start()].strip() if after else ""
        shown = dedent(after["text"]) if after and follows and not between else ""
        yield Block("python", text, shown, remark)


@dataclass
class Reader:
    """Executes blocks in a folder; `stand_ins` replaces the placeholders of the page."""

    folder: Path
    environ: dict[str, str]
    stand_ins: dict[str, str]

    def __post_init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "page"}

    def types(self, block: Block) -> str:
        """Execute a block, and return its output without blanks at the ends of lines.

        Raises CalledProcessError for a failing command if the page shows no output.
        """
        if block.remark.startswith("file: "):
            (self.folder / block.remark.removeprefix("file: ")).write_text(block.typed)
            return ""
        typed = block.typed
        for shown, meant in self.stand_ins.items():
            typed = typed.replace(shown, meant)
        if block.language == "python":
            appeared = self._python(typed)
        else:
            appeared = self._console(typed, must_work=not block.shown)
        return re.sub(r"[ ]+$", "", appeared, flags=re.M)

    def _python(self, typed: str) -> str:
        with redirect_stdout(io.StringIO()) as said, on_disk():  # as the commands of the page
            exec(compile(typed, "page", "exec", dont_inherit=True), self.names)
        return said.getvalue()

    def _console(self, typed: str, *, must_work: bool) -> str:
        if variable := re.fullmatch(r"export (\w+)=(.*)", typed):
            self.environ[variable[1]] = variable[2]
            return ""
        return subprocess.run(
            ["bash", "-c", typed],
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=must_work,
        ).stdout
