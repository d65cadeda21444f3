"""The look in force: theme, zoom and fonts, and the one place that changes them."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Literal, Protocol
from weakref import WeakKeyDictionary, WeakSet

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip, QWidget

from desktop.ui import fonts
from desktop.ui.palette import (
    GROUNDS,
    LIGHT,
    THEMES,
    Ground,
    Theme,
    Tokens,
    Tone,
    ToneColours,
    qt_palette,
)
from desktop.ui.style import Part, style_sheet

ZOOM_MIN, ZOOM_MAX, ZOOM_STEP = 90, 160, 10

Kind = Literal["cap", "small", "body", "section", "title", "headline"]
Weight = Literal[400, 500, 700]

# Point sizes at 100 %; "cap" is for key caps and the part names of the renewal code only.
POINTS: dict[Kind, float] = {
    "cap": 9.0,
    "small": 9.5,
    "body": 10.5,
    "section": 12.0,
    "title": 15.0,
    "headline": 21.0,
}


@dataclass
class _State:
    tokens: Tokens = LIGHT
    zoom: int = 100
    motion: bool = True


class _Notifier(QObject):
    """Tells widgets that the theme or the zoom changed."""

    changed = Signal()


class Follower(Protocol):
    """What takes its sizes and colours from the look in force."""

    def restyle(self) -> None:
        """Take them anew."""


_state = _State()
_notifier = _Notifier()
_followers: WeakKeyDictionary[Follower, None] = WeakKeyDictionary()
_sized: WeakSet[QWidget] = WeakSet()
_dressed: WeakKeyDictionary[QWidget, Part] = WeakKeyDictionary()
_fonts: dict[tuple[Kind, int, int], QFont] = {}
_inks: dict[tuple[str, Theme], QPalette] = {}


def notifier() -> _Notifier:
    """The object whose signal `changed` comes after each change of theme or zoom."""
    return _notifier


def follow(each: Follower) -> None:
    """Have it take sizes and colours anew at each change, before `changed` comes.

    Of what a form has hundreds of: a signal's connection to each would cost more than the rest.
    """
    _followers[each] = None


def follow_size(widget: QWidget) -> None:
    """Have it ask for its place anew at each change: what draws itself needs no more."""
    _sized.add(widget)


def ground(widget: QWidget, name: Ground) -> None:
    """Fill the widget with that ground, in whatever theme."""
    widget.setBackgroundRole(GROUNDS[name])
    widget.setAutoFillBackground(True)


def dress(widget: QWidget, part: Part) -> None:
    """Have Qt draw it by the style sheet of that part, in whatever theme and at whatever zoom.

    Qt works a sheet out for every widget under it anew: there is none of the whole program.
    """
    _dressed[widget] = part
    widget.setStyleSheet(style_sheet(part, _state.tokens, px))


def tokens() -> Tokens:
    """The colours in force."""
    return _state.tokens


def zoom() -> int:
    """The zoom in force, percent."""
    return _state.zoom


def motion_ms() -> int:
    """How long a fade takes, milliseconds: 120, or 0 where the person asked for less motion."""
    return 120 if _state.motion else 0


def colour(token: str) -> QColor:
    """The colour of a token named in `Tokens`, or of a tone's text by its name."""
    found = _state.tokens.tones.get(token)  # type: ignore[call-overload]
    return QColor(found.text if found is not None else getattr(_state.tokens, token))


def ink(token: str) -> QPalette:
    """A palette in which words have the colour of that token or tone, and all else is inherited."""
    key = (token, _state.tokens.name)
    made = _inks.get(key)
    if made is None:
        made = _inks[key] = QPalette()
        # On the ground of a surface Qt writes in the colour of typed text.
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            made.setColor(role, colour(token))
    return made


def bare() -> QPalette:
    """A palette of a field that fills its own ground, in any theme, and all else is inherited."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
    return made


def tone(name: Tone) -> ToneColours:
    """The three colours of a tone in the theme in force."""
    return _state.tokens.tones[name]


def px(at_100: float) -> int:
    """Pixels at the zoom in force of a length given at 100 %; never 0 unless asked for 0."""
    scaled = round(at_100 * _state.zoom / 100)
    return max(1, scaled) if at_100 > 0 else scaled


def font(kind: Kind, weight: Weight = 400) -> QFont:
    """The font of one of the type sizes at the zoom in force."""
    key = (kind, int(weight), _state.zoom)
    made = _fonts.get(key)
    if made is None:
        made = fonts.font(POINTS[kind] * _state.zoom / 100, weight)
        _fonts[key] = made
    return QFont(made)


def hold_font(widget: QWidget, kind: Kind, weight: Weight = 400) -> None:
    """Keeps the font of a dressed widget that sets its own: call it when that changes, and when it
    shows.

    Qt's style sheets give a widget back the first font they saw on it whenever it is polished,
    moved to another parent or first shown.
    """
    wanted, shown = font(kind, weight), widget.font()
    same = wanted.weight() == shown.weight() and wanted.family() == shown.family()
    if not same or abs(wanted.pointSizeF() - shown.pointSizeF()) > 0.01:
        widget.setFont(wanted)


def metrics(kind: Kind, weight: Weight = 400) -> QFontMetrics:
    """Measures of `font(kind, weight)`."""
    return QFontMetrics(font(kind, weight))


_PREPARED = "prepared"


def prepare(app: QApplication) -> None:
    """Once at start: right to left, Persian words of Qt, Fusion, and the program's own fonts.

    Raises RuntimeError when a font or Qt's Persian words do not load.
    """
    if app.property(_PREPARED):
        return
    app.setProperty(_PREPARED, True)
    QLocale.setDefault(QLocale(QLocale.Language.Persian, QLocale.Country.Iran))
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    app.setStyle(QStyleFactory.create("Fusion"))
    # Qt's own words: the menu of an edit box, the buttons of a dialog.
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not words.load("qtbase_fa", folder):
        raise RuntimeError(f"Qt's Persian words are not in {folder}")
    app.installTranslator(words)
    fonts.register()


def apply(
    app: QApplication,
    theme: Theme = Theme.LIGHT,
    zoom_percent: int = 100,
    *,
    motion: bool = True,
) -> None:
    """Put theme and zoom in force and tell every widget.

    `zoom_percent` is held between 90 and 160.
    """
    _state.tokens = THEMES[theme]
    _state.zoom = min(ZOOM_MAX, max(ZOOM_MIN, zoom_percent))
    _state.motion = motion
    # Qt walks over a list of all widgets here and calls into Python for each: were one of them
    # collected as garbage meanwhile, the walk would step on it.
    collects = gc.isenabled()
    gc.disable()
    try:
        app.setFont(font("body"))
        app.setPalette(qt_palette(_state.tokens))
        # Else widgets would hear of it with the next turn of the loop, and be painted half old.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange.value)
        QToolTip.setPalette(app.palette())
        for widget, part in list(_dressed.items()):
            if shiboken6.isValid(widget):
                dress(widget, part)
        for each in list(_followers):
            if shiboken6.isValid(each):
                each.restyle()
        for sized in list(_sized):
            if shiboken6.isValid(sized):
                sized.updateGeometry()
        _notifier.changed.emit()
    finally:
        if collects:
            gc.enable()
