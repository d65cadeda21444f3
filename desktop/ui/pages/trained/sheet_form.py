"""A sheet of former training, looked at: whose records it brings, which rows are left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop.actions import access, training_import
from desktop.actions.desk import Seat
from desktop.actions.training_import import TrainingLook
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.money import format_number
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui.choosing import open_file, save_file
from desktop.ui.page import Page, Shell
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.scan_line import ScanLine
from desktop.ui.pages.acts.signed_form import SHORT_REASON, SignedForm, is_short
from desktop.ui.pages.papers.cover import Cover
from desktop.ui.pages.records.parts import name_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.banner import Banner

_MOST = 60
"""So many rows are named; the others are counted."""
_SHEETS, _BOOKS = "اکسل یا CSV (*.xlsx *.csv)", "فایل اکسل (*.xlsx)"
_NOTHING = "در این برگه چیزی برای ثبت نیست."
_LEFT_OUT = "مرکز این ردیف‌ها را نپذیرفت؛ برگه را اصلاح و دوباره وارد کنید:"
_LATER = "{} ردیف نخست اکنون ثبت می‌شود؛ {} ردیف دیگر پس از امضای دوم، با ورود دوبارهٔ همین فایل."


class TrainingSheetForm(SignedForm):
    """All rows that are right rest on one paper; `takes` where there are any."""

    name = "training-sheet"

    def __init__(self, shell: Shell, look: TrainingLook) -> None:
        rows = len(look.records)
        words = to_persian_digits(f"امضا و ارسال {rows} ردیف برای امضای دوم")
        super().__init__("آموزش پیشین از فایل", name_of(look.source), words, "send")
        self.look, self.takes = look, bool(rows)
        self.subject = look.source.name
        self.card.add(Label(counts_words(look), "section", weight=700, wrap=True))
        if not self.takes:
            self.card.add(Banner(_NOTHING, "neutral"))
        if look.later:
            words = _LATER.format(format_number(rows), format_number(look.later))
            self.card.add(Banner(words, "neutral", icon="info-circle"))
        self._heading = Label("این ردیف‌ها ثبت نمی‌شود:", weight=500)
        self._rows = Column(gap=0)
        self.card.add(self._heading)
        self.card.body.addLayout(self._rows)
        self._name([no.words for no in look.faults])
        self._scan = ScanLine(shell)
        self.scan = FormField("تصویر کارنامه‌ها", self._scan, key="scan")
        self.reason = FormField("دلیل", Prose(lines=1, max_length=400), key="reason")
        self.reason.hide()
        if self.takes:
            self.add(self.scan, self.reason)
            self.put_password()

    def _name(self, rows: list[str]) -> None:
        clear(self._rows)
        self._heading.setVisible(bool(rows))
        for words in rows[:_MOST]:
            self._rows.addWidget(Label(words, wrap=True))
        if len(rows) > _MOST:
            more = to_persian_digits(f"و {len(rows) - _MOST} ردیف دیگر")
            self._rows.addWidget(Label(more, role="text2"))

    def faults(self) -> Faults:
        """The paper, a reason where the centre doubts, the password."""
        found: Faults = [] if self.takes else [("", _NOTHING)]
        if self.takes and (self._scan.busy or not self.scan.value()):
            found.append(("scan", self._scan.fault() or "تصویر کارنامه‌ها پیوست نشده است."))
        if not self.reason.isHidden() and is_short(str(self.reason.value())):
            found.append(("reason", SHORT_REASON))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put the right rows forward."""
        look, scan = self.look, str(self.scan.value())
        reason, password = str(self.reason.value()).strip(), str(self.password.value())
        self.done = to_persian_digits(f"{len(look.records)} ردیف منتظر امضای دوم است.")

        def do() -> None:
            access.confirm(seat, password)
            self.publication = training_import.put_forward(seat, look, scan, reason)

        return do

    def refused(self, refusal: Refusal) -> None:
        """By row where it stands by one; a doubt asks for its reason."""
        if isinstance(refusal, Refusals):
            self._heading.setText(_LEFT_OUT)
            self._name([no.words for no in refusal.faults])
            return
        if refusal.field == "reason":
            self.reason.show()
        super().refused(refusal)


class SheetCover(Cover):
    """The form of a sheet over the page; `put_forward` is what its main key does."""

    def __init__(self, host: Page, put_forward: Callable[[], None]) -> None:
        self._place = Scroller(gap=10, margins=(14, 20, 14, 20))
        self.send = Button("", "main", icon="send", keys="Ctrl+Enter")
        super().__init__(host, self._place, self.send)
        self.send.clicked.connect(put_forward)
        self.form: TrainingSheetForm | None = None

    def show_form(self, form: TrainingSheetForm) -> None:
        """In the place of whichever stood there."""
        clear(self._place.content)
        self.form = form
        self._place.add(form)
        self.send.setText(form.button)
        self.send.setVisible(form.takes)
        self.open_cover(form.heading, form.first() or self._place)


def counts_words(look: TrainingLook) -> str:
    """«۱۲۰ ردیف تازه از ۴۰ نفر در ۱۸ دفتر و ۲ ردیف نادرست»."""
    rows = f"{len(look.records)} ردیف تازه از {look.people} نفر در {look.offices} دفتر"
    counted = (
        (len(look.records), rows),
        (len(look.faults), f"{len(look.faults)} ردیف نادرست"),
        (look.same, f"{look.same} ردیف بی‌تغییر"),
    )
    return join_and([to_persian_digits(words) for count, words in counted if count]) or "ردیفی نیست"


def pick_sheet(parent: QWidget) -> Path | None:
    """Ask for a sheet of former training."""
    return open_file(parent, "ورود از فایل", _SHEETS)


def pick_pattern(parent: QWidget) -> Path | None:
    """Ask where a pattern to fill in is written."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return save_file(parent, "نمونهٔ فایل", Path(where) / "آموزش پیشین.xlsx", _BOOKS)
