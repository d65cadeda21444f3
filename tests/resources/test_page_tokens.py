"""The citizens' page wears the window's colours: its style says them again, and no others."""

from __future__ import annotations

import re

import pytest

from desktop.settings import resources
from desktop.ui.palette import THEMES, Theme

STYLE = (resources() / "offices-page" / "page.css").read_text(encoding="utf-8")
_ROOT = re.compile(r":root \{([^}]*)\}")
_NAMED = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6})")


@pytest.mark.parametrize(("at", "theme"), [(0, Theme.LIGHT), (1, Theme.DARK)])
def test_light_and_dark_are_the_windows(at: int, theme: Theme) -> None:
    said = dict(_NAMED.findall(_ROOT.findall(STYLE)[at]))
    assert len(said) > 15
    tokens = THEMES[theme]
    for name, colour in said.items():
        tone, _, ground = name.partition("-")
        if tone in tokens.tones:
            told = tokens.tones[tone]
            assert colour == (told.ground if ground else told.text).lower(), name
        else:
            assert colour == getattr(tokens, name.replace("-", "_")).lower(), name


def test_no_other_colour_is_said_in_the_style() -> None:
    rest = _ROOT.sub("", STYLE)
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", rest)) <= {"#0b7a75"}
