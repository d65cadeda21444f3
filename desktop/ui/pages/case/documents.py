"""The documents of a case: seen or not, number and date, what is wrong, the file to look at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.papers import Defect
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import SeenDocument
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Hairline, Row


class DocumentsCard(Card):
    """A line for each document; `looked` asks for the file of one (SeenDocument)."""

    looked = Signal(object)

    def __init__(self, case: Case) -> None:
        super().__init__("مدارک", " ")
        wrong = {d.document: d for d in case.returned.defects} if case.returned else {}
        for document in case.request.documents:
            self.add(self._line(document, wrong.get(document.title)))
            self.add(Hairline())
        if case.report is not None and case.report.photos is not None:
            photos = SeenDocument("photos", "عکس‌های بازدید", seen=True, file=case.report.photos)
            self.add(self._line(photos, None, "پیوست گزارش بازدید"))
            self.add(Hairline())
        if case.report is not None and case.report.sketch is not None:
            sketch = SeenDocument("sketch", "کروکی دستی", seen=True, file=case.report.sketch)
            self.add(self._line(sketch, None, "پیوست گزارش بازدید"))
            self.add(Hairline())
        if case.missed is not None and case.missed.photo is not None:
            door = SeenDocument("door", "عکس در یا محل", seen=True, file=case.missed.photo)
            self.add(self._line(door, None, "بازدید انجام نشد"))
            self.add(Hairline())
        if not case.request.documents:
            self.add(Label("این خدمت مدرکی نمی‌خواهد.", role="text2"))

    def _line(self, document: SeenDocument, fault: Defect | None, note: str = "") -> QWidget:
        icon, tone = _mark(document, fault)
        row = Row(gap=10, margins=(4, 0, 4, 0))
        row.addWidget(IconLabel(icon, 18, tone))
        row.addWidget(Label(document.title, weight=500, wrap=True, middle=True), 1)
        words = f"{fault.fault}؛ {fault.remedy}" if fault else note or _words(document)
        told = Label(to_persian_digits(words), role="text2", wrap=True, left=True, middle=True)
        if fault:
            told.set_role("pay")
        row.addWidget(told, 1)
        if document.file is not None:
            look = Link(to_persian_digits(f"دیدن {document.file.pages} صفحه"))
            look.setAccessibleName(f"{document.title}: {look.text()}")
            look.clicked.connect(lambda: self.looked.emit(document))
            row.addWidget(look)
        line = QWidget()
        line.setLayout(row)
        return line


def _mark(document: SeenDocument, fault: Defect | None) -> tuple[str, Tone]:
    """What only the counter saw is no evidence yet for who sees it here."""
    if fault is not None or not document.seen:
        return "alert-triangle", "pay"
    return ("circle-check", "ok") if document.file is not None else ("check", "neutral")


def _words(document: SeenDocument) -> str:
    parts = ["اصل دیده شد" if document.seen else "اصل دیده نشده"]
    if document.number:
        parts.append(f"شمارهٔ {isolate(to_persian_digits(document.number))}")
    if document.dated:
        parts.append(f"تاریخ {isolate(format_jalali(document.dated))}")
    if document.file is None:
        parts.append("تصویر ندارد")
    return "، ".join(parts)
