"""Says how texts and the kit's pages stand on this machine's fonts, as one JSON object."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontDatabase, QImage, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget

from desktop.reports.letter.v1.text import isolate_numbers, normalise
from desktop.ui import fonts, theme
from desktop.ui.look import place_settings
from desktop.ui.palette import Theme
from desktop.ui.theme import POINTS
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from tests.reports.judges import qt_order
from tests.reports.samples import VOCABULARY
from tests.ui import gallery, gallery_page, gallery_parts

Place = tuple[str, int, int, int, int]
# Isolates, marks of order, a joiner: what a text brings that nobody sees.
LINES = [
    *(" ".join(isolate_numbers(word) for word in normalise(line).split()) for line in VOCABULARY),
    "تلفن \u200e0913\u200f و \u2067نام\u2069 \u2068یا\u2069 \u061cکد\u2060",
]
# A letter and a sign that ours lacks.
FOREIGN = ("ש", "←")


def laid(words: str, kind: theme.Kind, weight: theme.Weight) -> tuple[float, float, list[str]]:
    """Width and height of a line, and the fonts that its letters come from."""
    layout = QTextLayout(words, theme.font(kind, weight))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1_000_000)
    layout.endLayout()
    every = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
    families = {run.rawFont().familyName() for run in line.glyphRuns(-1, -1, every)}
    return line.naturalTextWidth(), line.height(), sorted(families)


def places(root: QWidget) -> list[Place]:
    """Where each widget that shows stands on the page."""
    return [
        (type(w).__name__, *w.mapTo(root, QPoint(0, 0)).toTuple(), *w.size().toTuple())
        for w in (root, *root.findChildren(QWidget))
        if w.isVisibleTo(root)
    ]


def picture(page: QWidget) -> str:
    """What is seen, as a number."""
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def paragraphs() -> QWidget:
    """Codes in sentences of every size, in one line and in several."""
    page = QWidget()
    labels = [Label(line, kind) for line, kind in zip(LINES, list(POINTS) * 9, strict=False)]
    labels += [Label(" ".join(LINES[:9]), kind, weight=700, wrap=True) for kind in POINTS]
    page.setLayout(Column(*labels))
    return page


def kit(app: QApplication) -> dict[str, Any]:
    """Texts, the judge's order, and the pages of the kit."""
    told: dict[str, Any] = {
        "families": [name for name in QFontDatabase.families() if fonts.FAMILY not in name],
        "foreign": {sign: laid(sign, "body", 400)[2] for sign in FOREIGN},
        "order": [qt_order(line) for line in LINES],
        "laid": [
            laid(line, kind, weight) for line in LINES for kind in POINTS for weight in (400, 700)
        ],
        "places": {},
        "pictures": {},
    }
    for build in (gallery.build, gallery_parts.build, gallery_page.build, paragraphs):
        page = build()
        for zoom in (100, 150):
            gallery.show(app, page, Theme.LIGHT, zoom)
            name = f"{build.__module__}.{build.__name__} {zoom}"
            told["places"][name], told["pictures"][name] = places(page), picture(page)
        page.close()
    return told


def begin(settings: Path) -> QApplication:
    """The application as a start makes it, in light at 100 %."""
    app = QApplication([])
    place_settings(settings)
    theme.prepare(app)
    theme.apply(app, Theme.LIGHT, 100, motion=False)
    app.setCursorFlashTime(0)
    return app


if __name__ == "__main__":
    json.dump(kit(begin(Path(sys.argv[1]))), sys.stdout)
