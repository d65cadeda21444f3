"""Blocks that many services share: a file names them in `include`, and its text gets theirs.

What is published, checked and kept by version is the whole text, blocks and all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.forms.faults import FileFault, among
from desktop.forms.lines import Lines

BLOCKS = Path(__file__).parent / "blocks"
_INCLUDE = re.compile(r"^include\s*=\s*(\[[^\]]*\]|\"[^\"\n]*\")[ \t]*(?:#.*)?$", re.MULTILINE)
_NOTED = re.compile(r"^# include\s*=\s*(\[[^\]]*\])", re.MULTILINE)
_WHEN = re.compile(r"applicant = (\[[^\]]*\]|\"[^\"]*\")")
_TABLE = re.compile(r"^(?=\[)", re.MULTILINE)


@dataclass(frozen=True)
class Expanded:
    """A file's whole text; its own lines come first and keep their numbers.

    `blocks` are those that follow, each with the line on which it begins; `include` is the line
    that names them, 0 where none does. `faults` tells of blocks that don't exist.
    """

    text: str
    include: int = 0
    blocks: tuple[tuple[int, str], ...] = ()
    faults: tuple[FileFault, ...] = ()

    def block_of(self, line: int) -> str:
        """The block that a line of the text belongs to; empty for the file's own."""
        begun = [name for first, name in self.blocks if first <= line]
        return begun[-1] if begun else ""


def expand(text: str, name: str) -> Expanded:
    """The text of the service file `name` with the blocks that it includes behind it."""
    found = _INCLUDE.search(text)
    if found is None:
        return Expanded(text)
    line = text.count("\n", 0, found.start()) + 1
    faults = []
    wanted = _names(found[1])
    if not found[1].startswith("["):
        faults.append(FileFault(name, line, "include", f"فهرست بنویسید: include = [{found[1]}]."))
        wanted = []
    known = {path.stem for path in BLOCKS.glob("*.toml")}
    for block in dict.fromkeys(wanted):
        if block not in known:
            words = f"قطعهٔ آمادهٔ «{block}» نداریم{among(block, known)}."
            faults.append(FileFault(name, line, "include", words))
        elif wanted.count(block) > 1:
            words = f"قطعهٔ آمادهٔ «{block}» دو بار آمده است؛ یکی را بردارید."
            faults.append(FileFault(name, line, "include", words))
    kinds = _applicants(text)
    # The lines stay as notes, so that every line of the file keeps its number.
    noted = "# " + found[0].replace("\n", "\n# ")
    whole = (text[: found.start()] + noted + text[found.end() :]).rstrip("\n")
    blocks = []
    for block in dict.fromkeys(wanted):
        if block in known:
            blocks.append((whole.count("\n") + 2, block))
            whole += "\n" + _block(block, kinds)
    return Expanded(whole.rstrip("\n") + "\n", line, tuple(blocks), tuple(faults))


def shared_from(text: str) -> int:
    """The line on which the blocks of a whole text begin; one behind its last where none do.

    A text whose blocks are not as this program has them is its file's own, all of it.
    """
    written = text.rstrip("\n")
    noted = _NOTED.search(written)
    if noted is not None:
        kinds = _applicants(written)
        named = _names(noted[1].replace("\n# ", "\n"))
        shipped = [name for name in dict.fromkeys(named) if (BLOCKS / f"{name}.toml").is_file()]
        shared = "".join("\n" + _block(name, kinds) for name in shipped).rstrip("\n")
        written = written.removesuffix(shared)
    return written.count("\n") + 2


def _applicants(text: str) -> list[str]:
    """Whom the file is for, however TOML lets it be written; nobody where no TOML can be read."""
    for readable in (text, Lines(text).without(text)):
        try:
            named = tomllib.loads(readable).get("applicants")
        except (ValueError, RecursionError):
            # The reader of the whole file tells what is wrong with it, or what is written twice.
            continue
        return [str(name) for name in named] if isinstance(named, list) else []
    return []


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
