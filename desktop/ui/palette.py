"""Colours as data: the three themes, the six tones of state, and Qt's palette made from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from PySide6.QtGui import QColor, QPalette


class Theme(StrEnum):
    """The themes a person may choose."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


Tone = Literal["ok", "pay", "visit", "review", "refuse", "neutral"]
TONES: tuple[Tone, ...] = get_args(Tone)


@dataclass(frozen=True)
class ToneColours:
    """One state tone: its text, the ground under that text, and its colour in charts."""

    text: str
    ground: str
    chart: str


@dataclass(frozen=True)
class Tokens:
    """Every colour of one theme, as #RRGGBB."""

    name: Theme
    bg: str
    surface: str
    sunk: str
    rail: str
    line: str
    edge: str
    text: str
    text2: str
    hint: str
    disabled: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    link: str
    focus: str
    sel: str
    tint: str
    training: str
    tones: dict[Tone, ToneColours]

    @property
    def bordered(self) -> bool:
        """Whether chips, cards and bars need a border because their grounds are all alike."""
        return self.name is Theme.HIGH_CONTRAST


# Three colours of the tile band that no theme changes; high contrast has no band.
TILE_GROUND, TILE_STAR, TILE_DOT = "#0B7A75", "#2BA8A0", "#EADFCE"

LIGHT = Tokens(
    name=Theme.LIGHT,
    bg="#F4EEE3",
    surface="#FFFDF8",
    sunk="#FAF5EB",
    rail="#EADFCE",
    line="#DDD0BC",
    edge="#8B7C67",
    text="#2B241C",
    text2="#5F5446",
    hint="#74685A",
    disabled="#9C907F",
    accent="#0B7A75",
    accent_hover="#096661",
    accent_press="#07524E",
    on_accent="#FFFFFF",
    link="#0A6E69",
    focus="#0B7A75",
    sel="#CFE7E2",
    tint="#DCEFEB",
    training="#B8500F",
    tones={
        "ok": ToneColours("#3B6E22", "#E7F0DC", "#5F8C46"),
        "pay": ToneColours("#855300", "#FAEBCB", "#B57F1C"),
        "visit": ToneColours("#2A5694", "#E2EBF7", "#4A76B5"),
        "review": ToneColours("#6A4785", "#F0E6F4", "#8A68A6"),
        "refuse": ToneColours("#A3312A", "#FAE4DF", "#BC5A51"),
        "neutral": ToneColours("#5F5446", "#ECE3D5", "#5F5446"),
    },
)

DARK = Tokens(
    name=Theme.DARK,
    bg="#1B1713",
    surface="#26211B",
    sunk="#211C17",
    rail="#14110E",
    line="#3B342B",
    edge="#9B8A70",
    text="#F1E9DC",
    text2="#C3B6A3",
    hint="#A5988A",
    disabled="#7A6F61",
    accent="#45BDB2",
    accent_hover="#5CCDC3",
    accent_press="#37A79C",
    on_accent="#06211F",
    link="#5CCDC3",
    focus="#6FE0D5",
    sel="#1F4646",
    tint="#16393A",
    training="#F2913D",
    tones={
        "ok": ToneColours("#A4D07F", "#26331A", "#86B266"),
        "pay": ToneColours("#F0C063", "#3B2D10", "#D9A94A"),
        "visit": ToneColours("#9DC0F2", "#1D2E47", "#7FA6DE"),
        "review": ToneColours("#D3B2E8", "#36273F", "#B593CF"),
        "refuse": ToneColours("#F5A095", "#46211D", "#E0857A"),
        "neutral": ToneColours("#C3B6A3", "#352E26", "#C3B6A3"),
    },
)

HIGH_CONTRAST = Tokens(
    name=Theme.HIGH_CONTRAST,
    bg="#000000",
    surface="#000000",
    sunk="#0D0D0D",
    rail="#000000",
    line="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    hint="#D9D9D9",
    disabled="#A6A6A6",
    accent="#5FE8DA",
    accent_hover="#9CF4EA",
    accent_press="#FFFFFF",
    on_accent="#000000",
    link="#5FE8DA",
    focus="#FFE600",
    sel="#00514B",
    tint="#00332F",
    training="#FFB000",
    tones={
        "ok": ToneColours("#B6F58A", "#000000", "#B6F58A"),
        "pay": ToneColours("#FFD166", "#000000", "#FFD166"),
        "visit": ToneColours("#A8CCFF", "#000000", "#A8CCFF"),
        "review": ToneColours("#E5C2FF", "#000000", "#E5C2FF"),
        "refuse": ToneColours("#FF9C90", "#000000", "#FF9C90"),
        "neutral": ToneColours("#FFFFFF", "#000000", "#FFFFFF"),
    },
)

THEMES: dict[Theme, Tokens] = {tokens.name: tokens for tokens in (LIGHT, DARK, HIGH_CONTRAST)}


Ground = Literal["bg", "surface", "sunk", "rail", "line"]

GROUNDS: dict[Ground, QPalette.ColorRole] = {
    "bg": QPalette.ColorRole.Window,
    "surface": QPalette.ColorRole.Base,
    "sunk": QPalette.ColorRole.AlternateBase,
    "rail": QPalette.ColorRole.Midlight,
    "line": QPalette.ColorRole.Mid,
}
"""Which of Qt's roles holds the colour of a ground."""


def qt_palette(tokens: Tokens) -> QPalette:
    """Qt's palette of one theme: every ground and all words that say no colour of their own."""
    role = QPalette.ColorRole
    colours: list[tuple[str, tuple[QPalette.ColorRole, ...]]] = [
        (tokens.bg, (role.Window,)),
        (tokens.surface, (role.Base, role.Button, role.Light, role.ToolTipText)),
        (tokens.sunk, (role.AlternateBase,)),
        (tokens.rail, (role.Midlight,)),
        (tokens.line, (role.Mid,)),
        (tokens.edge, (role.Dark, role.Shadow)),
        (tokens.text, (role.WindowText, role.Text, role.ButtonText)),
        (tokens.text, (role.HighlightedText, role.ToolTipBase)),
        (tokens.hint, (role.PlaceholderText,)),
        (tokens.accent, (role.Accent,)),
        (tokens.link, (role.Link, role.LinkVisited)),
        (tokens.sel, (role.Highlight,)),
        (tokens.tones["refuse"].text, (role.BrightText,)),
    ]
    palette = QPalette()
    for colour, roles in colours:
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.disabled))
    return palette


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
