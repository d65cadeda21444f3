"""The look that a person chose, kept in the data folder for the next start."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication

from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Theme

_NAME = "pishkhan-yazd"


@dataclass(frozen=True)
class Look:
    """Theme, zoom in percent, and whether things fade."""

    theme: Theme = Theme.LIGHT
    zoom: int = 100
    motion: bool = True

    def zoomed(self, step: int) -> Look:
        """So many steps larger or smaller; with 0 the usual size."""
        return replace(self, zoom=self.zoom + step * theme.ZOOM_STEP if step else 100)


def place_settings(folder: Path) -> None:
    """Keep what `QSettings()` keeps in the folder, from here on and in the whole program."""
    QCoreApplication.setOrganizationName(_NAME)
    QCoreApplication.setApplicationName(_NAME)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


def zoom_words(zoom: int) -> str:
    """«بزرگ‌نمایی ۱۰۰٪»: an island, or behind a Persian word the sign would change its side."""
    return f"بزرگ‌نمایی {isolate(to_persian_digits(f'{zoom}٪'))}"


def current() -> Look:
    """The look in force."""
    return Look(theme.tokens().name, theme.zoom(), theme.motion_ms() > 0)


def read() -> Look:
    """The kept look; what was never chosen, or can't be read, is the default's."""
    settings = QSettings()
    name, zoom = str(settings.value("theme", "")), str(settings.value("zoom", ""))
    return Look(
        Theme(name) if name in tuple(Theme) else Theme.LIGHT,
        int(zoom) if zoom.isdecimal() else 100,
        str(settings.value("motion", "true")) != "false",
    )


def keep(look: Look) -> None:
    """Put it in force and keep it for the next start."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app, look)
    settings = QSettings()
    settings.setValue("theme", look.theme.value)
    settings.setValue("zoom", theme.zoom())
    settings.setValue("motion", "true" if look.motion else "false")


def keeps_help(person: str) -> bool:
    """Whether this person left the help open beside the page."""
    return str(QSettings().value(f"help/{person}", "")) == "open"


def keep_help(person: str, *, shown: bool) -> None:
    """How this person left it."""
    QSettings().setValue(f"help/{person}", "open" if shown else "closed")


def apply(app: QApplication, look: Look) -> None:
    """Put it in force."""
    theme.apply(app, look.theme, look.zoom, motion=look.motion)
