"""The status bar: how things stand with the centre, whose desk it is, how old the records are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import TEHRAN, format_jalali, format_long
from desktop.ui import look, theme
from desktop.ui.standing.line import SyncLook, sync_look
from desktop.ui.times import time_of
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.told.status import LineSwitch, StatusItem, SyncItem

if TYPE_CHECKING:
    from desktop.actions.desk import SyncStatus
    from desktop.actions.waiting import Hindrance

_HEIGHT = 28


class StatusBar(QWidget):
    """Sync first, office, age of the records; at the left draft, zoom, date, time."""

    def __init__(self) -> None:
        super().__init__()
        theme.ground(self, "rail")
        self._sync: SyncLook | None = None
        self._narrow = self._has_records = self._troubled = False
        self.sync = SyncItem()
        self.line = LineSwitch()
        self.line.hide()
        self.office = StatusItem("")
        self.training = StatusItem("سوابق ساختگی", icon="school", colour="training")
        self.training.hide()
        self.records = StatusItem("", icon="database")
        self.draft = StatusItem("")
        self.zoom = StatusItem("")
        self.date = StatusItem("")
        self.time = StatusItem("")
        row = Row(gap=18, margins=(0, 20, 0, 20))
        for item in (self.sync, self.line, self.office, self.training, self.records):
            row.addWidget(item)
        row.addStretch(1)
        for item in (self.draft, self.zoom, self.date, self.time):
            row.addWidget(item)
        self.setLayout(row)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Height and zoom as they are now."""
        self.setFixedHeight(theme.px(_HEIGHT))
        self.zoom.set_words(look.zoom_words(theme.zoom()))

    def show_sync(self, status: SyncStatus, line: Hindrance | None) -> None:
        """How things stand with the centre, what waits and for how long, what needs a person."""
        self._sync = sync_look(status, line)
        self._tell_sync()
        if status.records_as_of is not None:
            self.records.set_words(f"سوابق شهرداری تا {format_jalali(status.records_as_of)}")
        self._has_records, self._troubled = status.records_as_of is not None, line is not None
        self._share_out()

    def show_time(self, now: datetime) -> None:
        """Date and time of the desk."""
        self.date.set_words(format_long(now.astimezone(TEHRAN).date()))
        self.time.set_words(time_of(now))

    def show_draft(self, at: datetime | None) -> None:
        """When the draft was last saved."""
        self.draft.set_words(f"پیش‌نویس ذخیره شد {time_of(at)}" if at else "")
        # A reader would come to a word that is none.
        self.draft.setVisible(at is not None)

    def tell_left(self) -> None:
        """What was typed on the page before is not lost."""
        self.draft.set_words("نوشتهٔ شما نگه داشته شد")
        self.draft.show()

    def tell_apart(self, *, apart: bool) -> None:
        """Before the machine is an office's desk: that, in place of whose desk it is."""
        self.office.set_words("این رایانه هنوز به دفتری سپرده نشده است" if apart else "")
        self.sync.setVisible(not apart)

    def tell_training(self, *, training: bool) -> None:
        """Whether this desk is one to practise at, whose records are made up."""
        self.training.setVisible(training)

    def tell_reached(self, words: str) -> None:
        """How the centre stands before the machine is an office's desk; nothing for no words."""
        self.sync.tell(words, "circle-check", "ok", "reached")
        self.sync.setVisible(bool(words))

    def _tell_sync(self) -> None:
        if self._sync is None:
            return
        look = self._sync
        self.sync.tell(
            look.short if self._narrow else look.words, look.icon, look.colour, look.state
        )
        self.sync.setToolTip(look.words)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the office's name leaves, a cut line says less."""
        self._narrow = narrow
        self._tell_sync()
        self.line.set_narrow(narrow)
        self._share_out()

    def _share_out(self) -> None:
        """Narrow: no room for the office's name, nor for both the records' age and what hinders."""
        self.office.setVisible(not self._narrow)
        self.records.setVisible(self._has_records and not (self._narrow and self._troubled))
