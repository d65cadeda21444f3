"""Service files as a slip of the hand leaves them: told line by line, never a crash."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.centre.examining import examined
from desktop.forms.catalogue import SERVICES
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from desktop.forms.shipped import shipped_city
from tests.forms.planting import BASES

CITY, DAY = shipped_city(), date(2026, 11, 24)
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in SERVICES.glob("*.toml")}
LINES = sorted({line for text in TEXTS.values() for line in text.split("\n")})
# What a hand slips on, and values of another kind than the key wants.
SLIPS = [
    '"', "=", "[", "]", "{", "}", "{{", "}}", "{% if x %}", "{% endif %}", "#", "\n", "\\", '"""',
    "'''", "**", ",", ".", "۵", "ي", "\u200f", "\ufeff", "\t", "[[", "]]", "[[field]]", "[fees]",
]  # fmt: skip
VALUES = [
    "5", "-1", "1.5", "1e999", "nan", "true", '""', '" "', '"x"', '"owner"', "[]", '[""]', "[1]",
    "{}", "{ a = 1 }", "[{}]", "2026-01-01", "2026-01-01T00:00:00Z", "10:00:00", "1405-01-01",
    '"{{ basis }}"', '"1405/09/03"', '["a", "a"]', '"sum(a)"', '"a / 0"', "9" * 30, '"table"',
    '"date"', '"choices"', '"expert"', '["expert"]', '"rule"', '"charge"', '"land"', '"dig_from"',
    '{ record = "none" }', '{ applicant = "owner" }', '"end-of-year"', '"answer"', f'"{"x" * 300}"',
]  # fmt: skip
HANDS = ["delete", "twice", "swap", "foreign", "slip", "value", "block"]


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, str]:
    """A shipped file's name, and its text after a few slips."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    rows = TEXTS[name].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(HANDS)):
            case "delete":
                rows[at : at + 1] = []
            case "block":
                rows[at : at + draw(st.integers(2, 12))] = []
            case "twice":
                rows.insert(draw(st.integers(0, len(rows))), rows[at])
            case "swap":
                other = draw(st.integers(0, len(rows) - 1))
                rows[at], rows[other] = rows[other], rows[at]
            case "foreign":
                rows.insert(at, draw(st.sampled_from(LINES)))
            case "slip":
                place = draw(st.integers(0, len(rows[at])))
                slip = draw(st.sampled_from(SLIPS))
                rows[at] = rows[at][:place] + slip + rows[at][place + draw(st.integers(0, 3)) :]
            case "value":
                rows[at] = rows[at].partition("=")[0] + "= " + draw(st.sampled_from(VALUES))
        rows = rows or [""]
    return name, "\n".join(rows)


def placed(text: str, name: str) -> bool:
    """Whether all that is told of the text, if anything, has a line of it and says something."""
    try:
        load(text, name)
    except FaultyFile as error:
        told = error.file_faults
        lines = range(1, text.count("\n") + 2)
        return bool(told) and all(fault.line in lines and fault.advice for fault in told)
    return True


@settings(max_examples=150)
@given(mangled())
@pytest.mark.long
def test_a_mangled_file_is_read_or_told(file: tuple[str, str]) -> None:
    name, text = file
    assert placed(text, name)


@pytest.mark.slow
@settings(max_examples=25)
@given(mangled())
def test_a_mangled_file_that_can_be_read_is_tried_whole(file: tuple[str, str]) -> None:
    name, text = file
    found = examined(text, name, CITY, DAY, {})
    for fault in found.faults:
        assert 1 <= fault.line <= text.count("\n") + 1
    assert found.faults or found.service is not None


@given(st.text(max_size=400))
@pytest.mark.slow
def test_any_text_at_all_is_told(text: str) -> None:
    assert examined(text, "harim.toml", CITY, DAY).faults


@pytest.mark.slow
@given(st.data())
def test_any_value_of_any_key_is_told_or_taken(data: st.DataObject) -> None:
    rows = BASES["harim"].split("\n")
    keys = [i for i, row in enumerate(rows) if "=" in row and not row.startswith(("#", "{%"))]
    at = data.draw(st.sampled_from(keys))
    rows[at] = rows[at].partition("=")[0] + "= " + data.draw(st.sampled_from(VALUES))
    assert placed("\n".join(rows), "harim.toml")
