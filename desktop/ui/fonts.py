"""The one door for fonts: ours from the program's folder, drawn alike whatever the machine has."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from desktop.settings import resources

# A name of its own (`resources/fonts/make.py`): a Vazirmatn of the machine's would hide ours.
FAMILY = "Vazirmatn Pishkhan"


def register() -> None:
    """Hand Qt the program's own files, once; there must be an application.

    Raises RuntimeError when one does not load: no other font has the widths that pages stand on.
    """
    if QFontDatabase.hasFamily(FAMILY):
        return
    for path in sorted((resources() / "fonts" / "window").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"font file does not load: {path.name}")


def font(points: float, weight: int = 400) -> QFont:
    """Our font of a size and weight.

    Letters that it lacks are fetched from the machine's fonts, or are boxes where there are none;
    nothing else of the machine's has a say.
    """
    made = QFont(FAMILY)
    made.setPointSizeF(points)
    made.setWeight(QFont.Weight(weight))
    # Else these come from fontconfig: without it whole pixels, with most desktops' part of one.
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    made.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    return made
