"""A service file that is an objection has what its unit's answer is kept in, and is told so."""

from __future__ import annotations

import pytest

from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load

NAME = "objection.toml"
TEXT = whole_text(SERVICES / NAME)


def faults(text: str) -> str:
    with pytest.raises(FaultyFile) as told:
        load(text, NAME)
    return " ".join(fault.words for fault in told.value.file_faults)


def test_the_shipped_one_contests() -> None:
    assert load(TEXT, NAME).contests


@pytest.mark.parametrize("key", ["upheld", "rejected", "corrected", "paper", "since", "next_way"])
def test_what_the_units_answer_is_kept_in_can_not_lack(key: str) -> None:
    assert f"«{key}»" in faults(TEXT.replace(f'key = "{key}"', f'key = "{key}_x"'))


def test_nothing_is_contested_that_nobody_could_put_right() -> None:
    assert "«colour»" in faults(TEXT.replace('value = "use"', 'value = "colour"'))


def test_another_service_asks_for_nothing_of_it() -> None:
    assert not load(whole_text(SERVICES / "clearance.toml"), "clearance.toml").contests
