"""What service files note of themselves is read by who writes them at the municipality."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.forms.catalogue import SERVICES
from desktop.settings import resources

FILES = sorted([*SERVICES.glob("*.toml"), *(resources() / "service").glob("*.toml")])
# Two words of another language side by side, a command, the name of a page of ours.
_STRANGE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|\./run|[A-Z]{3,}\.md")
# What an example of the file's own language says.
_CODE = re.compile(r'"[^"]*"|{.*?}|^\S+ = .*$')


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_notes_are_persian(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n"):
        _, mark, note = line.partition("# ")
        if mark:
            assert not _STRANGE.search(_CODE.sub("", note)), line


def test_a_day_stands_alone_in_its_line_where_its_jalali_day_is_told_beside_it() -> None:
    for path in FILES:
        days = [row for row in path.read_text(encoding="utf-8").split("\n") if "effective" in row]
        assert days
        assert all("#" not in row for row in days), path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_note_that_stands_alone_begins_in_persian(path: Path) -> None:
    """Its line is laid out from where its first letter is read: a Latin one turns it round."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        first = re.search(r"\w", line) if re.match(r"# [^\[]*[آ-ی]", line) else None
        example = re.match(r"# *\S+ = ", line)
        assert first is None or example or not first[0].isascii(), line
