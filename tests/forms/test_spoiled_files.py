"""A spoiled service file is told or tried: none crashes its reader, its tariffs or its examples."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms import examples
from desktop.forms.blocks import expand
from desktop.forms.charges import charge_faults, placed
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.loader import load
from tests.awning import FILE
from tests.forms.test_expert_fields import TEXT
from tests.forms.test_worked_out import TABLE
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY

DAY = date(2026, 11, 24)
WHOLE = (FILE.read_text(encoding="utf-8"), TEXT, plain_text(TABLE))
_TOKEN = re.compile(r'[A-Za-z_\-]+|"[^"\n]*"|[0-9.]+')
TOKENS = sorted({token for text in WHOLE for token in _TOKEN.findall(text)})


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """One of the files with a line gone, moved or twice, a word exchanged, or a letter lost."""
    lines = draw(st.sampled_from(WHOLE)).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        tokens = _TOKEN.findall(lines[at])
        match draw(st.sampled_from(("gone", "moved", "twice", "word", "letter"))):
            case "gone":
                lines[at] = ""
            case "moved":
                lines[at], lines[other] = lines[other], lines[at]
            case "twice":
                lines.insert(at, lines[other])
            case "word" if tokens:
                old, new = draw(st.sampled_from(tokens)), draw(st.sampled_from(TOKENS))
                lines[at] = lines[at].replace(old, new, 1)
            case "letter" if lines[at]:
                cut = draw(st.integers(0, len(lines[at]) - 1))
                lines[at] = lines[at][:cut] + lines[at][cut + 1 :]
    return "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=80)
@given(text=spoiled())
def test_whatever_is_written_is_told_or_tried(text: str) -> None:
    assert all(fault.line > 0 and fault.advice for fault in _told(text))


def _told(text: str) -> list[FileFault]:
    try:
        service = load(text, NAME)
    except FaultyFile as faulty:
        return faulty.file_faults
    # No example is stopped by a bug: what comes out otherwise is told in the gates' own words.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examples._log, "warning", _stopped)
        examples.run(service, DAY, CITY)
    return placed(charge_faults(service, CITY), expand(text, NAME).text, NAME)


def _stopped(*told: object, **cause: object) -> None:
    raise AssertionError(told, cause)
