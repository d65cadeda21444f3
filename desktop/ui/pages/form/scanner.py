"""The scanner's folder beside a form: what has come from it, and for which document it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.actions import documents
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.scans.folder import ScanFolder
from desktop.ui.choosing import open_folder
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.papers.document_row import DocumentRow

_KEY = "scanner"
_EVERY_MS = 1000
Target = Callable[[DocumentRow | None], DocumentRow | None]


class ScannerStrip(QWidget):
    """Shown when files have come: «۳ فایل از اسکنر رسید» and «پیوست به «سند مالکیت»».

    `target` gives the row that they are for, knowing the one that they were for before.
    `link` chooses the folder.
    """

    def __init__(self, files: FormFiles, target: Target) -> None:
        super().__init__()
        self._files, self._target = files, target
        self._arrived: list[Path] = []
        self._row: DocumentRow | None = None
        self.link = Link("پوشهٔ اسکنر…")
        self.link.clicked.connect(self._choose)
        self.pick: Callable[[QWidget], str] = pick_folder
        self.words = Label("", weight=500, elide=True)
        self.attach = Button("پیوست", icon="paperclip")
        self.attach.clicked.connect(self._attach)
        self.aside = Link("کنار گذاشتن")
        self.aside.clicked.connect(self._set_aside)
        row = Row(IconLabel("scan", 18, "text2"), gap=10, margins=(6, 0, 6, 0))
        row.addWidget(self.words, 1)
        row.addWidget(self.attach)
        row.addWidget(self.aside)
        self._strip = QWidget()
        self._strip.setLayout(row)
        whole = Row()
        whole.addWidget(self._strip)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._strip.hide()
        self._folder = _folder()
        self._looking = False
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Look as long as it can be seen."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for a scan."""
        super().hideEvent(event)
        self._clock.stop()

    def look(self) -> None:
        """What has come since; rows may have come and gone with an answer."""
        self._aim()
        folder = self._folder
        if folder is None or self._looking:
            return
        self._looking = True
        self._files.run(self, folder.arrived, self._come, self._lost)

    def _follow(self) -> None:
        """The keys went from row to row."""
        if self._clock.isActive():
            self._aim()

    def _come(self, paths: list[Path]) -> None:
        self._looking = False
        self.show_arrived(paths)

    def show_arrived(self, paths: list[Path]) -> None:
        """Tell of these, beside what came before."""
        self._arrived += [path for path in paths if path not in self._arrived]
        self._tell()

    def _lost(self, refusal: Refusal) -> None:
        self._looking, self._folder = False, None
        self.words.setText(refusal.words)
        self.attach.hide()
        self._strip.show()

    def _tell(self) -> None:
        if not self._arrived:
            self._strip.hide()
            return
        self.words.setText(to_persian_digits(f"{len(self._arrived)} فایل از اسکنر رسید"))
        self.words.setToolTip("\n".join(isolate(path.name) for path in self._arrived))
        self._aim()
        self._strip.show()

    def _aim(self) -> None:
        """A row once aimed at stays while the focus is elsewhere than in a row."""
        held = self._row if self._row is not None and isValid(self._row) else None
        aimed = self._row = self._target(held)
        self.attach.setVisible(aimed is not None and bool(self._arrived))
        if aimed is not None:
            self.attach.set_words(f"پیوست به «{aimed.words()}»")

    def _attach(self) -> None:
        if self._row is None or self._folder is None:
            return
        paths, self._arrived = self._arrived, []
        folder = self._folder
        self._files.add(self._row, [documents.scanned_source(folder, path) for path in paths])
        self._tell()

    def _set_aside(self) -> None:
        self._arrived = []
        self._tell()

    def _choose(self) -> None:
        chosen = self.pick(self)
        if chosen:
            QSettings().setValue(_KEY, chosen)
            self._folder = ScanFolder(Path(chosen))
            self._arrived = []
            self._tell()


def _folder() -> ScanFolder | None:
    chosen = str(QSettings().value(_KEY, ""))
    return ScanFolder(Path(chosen)) if chosen else None


def pick_folder(parent: QWidget) -> str:
    """Ask for the folder that the scanner program writes to."""
    chosen = open_folder(parent, "پوشه‌ای که برنامهٔ اسکنر در آن می‌نویسد")
    return str(chosen) if chosen else ""
