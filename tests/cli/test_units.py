"""The units that a centre's machine is given: each begins a command that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.cli.apps import centre_app

UNITS = Path(__file__).parents[2] / "resources" / "centre"


@pytest.mark.parametrize("unit", sorted(each.name for each in UNITS.glob("*.service")))
def test_a_unit_begins_a_command_of_the_centre(unit: str) -> None:
    known = {
        each.name or str(getattr(each.callback, "__name__", "")).replace("_", "-")
        for each in centre_app.registered_commands
    }
    text = (UNITS / unit).read_text(encoding="utf-8")
    (named,) = re.findall(r"^ExecStart=/opt/pishkhan/run centre (\S+)", text, re.MULTILINE)
    assert named in known


def test_what_is_done_again_and_again_has_a_timer_and_a_word_in_the_manual() -> None:
    manual = (UNITS.parents[1] / "docs" / "operating.md").read_text(encoding="utf-8")
    timers = {each.stem for each in UNITS.glob("*.timer")}
    assert timers == {f"pishkhan-{each}" for each in ("backup", "corrections", "messages")}
    for timer in timers:
        assert (UNITS / f"{timer}.service").exists()
        assert timer in manual
