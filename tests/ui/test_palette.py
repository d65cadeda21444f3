"""The colours against the contrast table of the look, token by token, ground by ground."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from desktop.ui.palette import DARK, HIGH_CONTRAST, LIGHT, TONES, Tokens, contrast, qt_palette

_EVERYWHERE = ("bg", "surface", "sunk", "rail", "sel", "tint")
_PLAIN = ("bg", "surface", "sunk")
_EDGES = ("edge", "focus")
_BUTTON = ("accent", "accent_hover", "accent_press")

# (text tokens, grounds, least contrast in light, dark, high contrast); None: not promised.
_TABLE: list[tuple[tuple[str, ...], tuple[str, ...], tuple[float, float, float]]] = [
    (("text",), _EVERYWHERE, (11.6, 8.6, 9.2)),
    (("text2",), _EVERYWHERE, (5.6, 5.2, 9.2)),
    (("hint",), _PLAIN, (4.7, 5.7, 13.8)),
    (("link",), _EVERYWHERE, (4.6, 5.4, 6.2)),
    (("on_accent",), _BUTTON, (5.2, 5.8, 14.0)),
    (_EDGES, _EVERYWHERE, (3.0, 3.0, 3.0)),
    (TONES, ("bg", "surface"), (4.5, 4.5, 4.5)),
    (TONES, ("sel",), (4.5, 4.5, 4.5)),
]


def _value(tokens: Tokens, name: str) -> str:
    for tone in TONES:
        if tone == name:
            return tokens.tones[tone].text
    return str(getattr(tokens, name))


@pytest.mark.parametrize(("which", "tokens"), list(enumerate((LIGHT, DARK, HIGH_CONTRAST))))
def test_every_pair_keeps_the_contrast_of_the_table(which: int, tokens: Tokens) -> None:
    weak = []
    for texts, grounds, least in _TABLE:
        for text in texts:
            for ground in grounds:
                ratio = contrast(_value(tokens, text), _value(tokens, ground))
                # The table gives one decimal, so a pair may lie half of it below; an edge may not.
                if ratio < least[which] - (0 if text in _EDGES else 0.05):
                    weak.append(f"{text} on {ground}: {ratio:.2f} < {least[which]}")
    assert not weak


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_tones_are_readable_on_their_grounds_and_as_discs(tokens: Tokens) -> None:
    for tone in TONES:
        colours = tokens.tones[tone]
        assert contrast(colours.text, colours.ground) >= 4.5, tone
        assert contrast(tokens.surface, colours.text) >= 4.5, tone
        assert contrast(colours.chart, tokens.surface) >= 3, tone
        # Controls stand on the ground of a headline and of a banner too.
        assert contrast(tokens.edge, colours.ground) >= 3, tone
        assert contrast(tokens.focus, colours.ground) >= 3, tone


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_qt_gets_the_same_colours(tokens: Tokens) -> None:
    palette = qt_palette(tokens)
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    assert palette.color(role.Window).name().upper() == tokens.bg
    assert palette.color(role.Base).name().upper() == tokens.surface
    assert palette.color(role.Highlight).name().upper() == tokens.sel
    assert palette.color(role.HighlightedText).name().upper() == tokens.text
    assert palette.color(group.Disabled, role.Text).name().upper() == tokens.disabled


def test_contrast_is_that_of_black_and_white_at_its_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
