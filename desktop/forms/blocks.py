"""Blocks that many services share: a file names them in `include`, and its text gets theirs.

What is published, checked and kept by version is the whole text, blocks and all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.forms.faults import FileFault, near

BLOCKS = Path(__file__).parent / "blocks"
_INCLUDE = re.compile(r"^include\s*=\s*(\[[^\]]*\])[ \t]*$", re.MULTILINE)
_APPLICANTS = re.compile(r"^applicants\s*=\s*(\[[^\]]*\])", re.MULTILINE)
_WHEN = re.compile(r"applicant = (\[[^\]]*\]|\"[^\"]*\")")
_TABLE = re.compile(r"^(?=\[)", re.MULTILINE)


@dataclass(frozen=True)
class Expanded:
    """A file's whole text; its own lines come first and keep their numbers.

    `faults` tells of blocks that don't exist.
    """

    text: str
    own_lines: int
    faults: tuple[FileFault, ...] = ()


def expand(text: str, name: str) -> Expanded:
    """The text of the service file `name` with the blocks that it includes behind it."""
    lines = text.count("\n") + 1
    found = _INCLUDE.search(text)
    if found is None:
        return Expanded(text, lines)
    wanted = _names(found[1])
    known = {path.stem for path in BLOCKS.glob("*.toml")}
    line = text.count("\n", 0, found.start()) + 1
    faults = tuple(
        FileFault(name, line, "include", f"قطعهٔ آمادهٔ «{block}» نداریم{near(block, known)}.")
        for block in wanted
        if block not in known
    )
    applicants = _APPLICANTS.search(text)
    kinds = _names(applicants[1]) if applicants else []
    parts = [_block(block, kinds) for block in wanted if block in known]
    # The line stays as a note, so that every line of the file keeps its number.
    whole = text[: found.start()] + f"# {found[0]}" + text[found.end() :]
    return Expanded("\n".join([whole.rstrip("\n"), *parts]).rstrip("\n") + "\n", lines, faults)


def _names(written: str) -> list[str]:
    try:
        return [str(name) for name in tomllib.loads(f"names = {written}")["names"]]
    except tomllib.TOMLDecodeError:
        # The reader of the whole file tells what is wrong with the line.
        return []


def _block(name: str, applicants: list[str]) -> str:
    """The block's tables that these applicants need, each asked only of them."""
    text = (BLOCKS / f"{name}.toml").read_text(encoding="utf-8")
    tables = [part.strip("\n") for part in _TABLE.split(text)[1:]]
    kept = (_asked_of(table, applicants) for table in tables)
    return "\n" + "\n\n".join(table for table in kept if table) + "\n"


def _asked_of(table: str, applicants: list[str]) -> str:
    """The table with its condition cut down to these applicants; empty when it is for none."""
    found = _WHEN.search(table)
    if found is None:
        return table
    meant = _names(found[1] if found[1].startswith("[") else f"[{found[1]}]")
    left = [kind for kind in meant if kind in applicants]
    written = ", ".join(f'"{kind}"' for kind in left)
    return table.replace(found[0], f"applicant = [{written}]") if left else ""
