"""پاسخ مرجع: what a body replied to our letter, entered by the unit or by the counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from desktop.actions import consultations
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_day_month
from desktop.domain.case import Case
from desktop.domain.consultation import Consultation, Reply, ReplyKind
from desktop.domain.lawful_consultations import reply_faults
from desktop.domain.persian import isolate, to_latin_digits, to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.layouts import Hairline, Row
from desktop.ui.widgets.papers.document_row import DocumentRow

_SCAN = "scan"


def takes_by_hand(case: Case) -> tuple[Consultation, ...]:
    """Of whom the counter takes a reply in: those whose citizens may bring it, numbered by now."""
    return tuple(each for each in case.awaited if each.sent.by_hand and each.numbers)


class AskedForm(ActForm):
    """An act on a question that awaits a reply; where there are several, one is chosen."""

    def __init__(
        self,
        case: Case,
        asked: tuple[Consultation, ...],
        heading: str,
        sentence: str,
        button: str,
        icon: str,
    ) -> None:
        super().__init__(heading, sentence, button, icon)
        self._case, self._asked = case, asked
        self.which: FormField | None = None
        if len(asked) > 1:
            options = [(each.ident, _called(each)) for each in asked]
            choice = ListChoice(options, must=True)
            choice.set_value(asked[0].ident)
            self.which = FormField("مرجع", choice, key="which")
            self.add(self.which)

    @property
    def chosen(self) -> Consultation:
        """The question that the act is on."""
        wanted = self.which.value() if self.which is not None else self._asked[0].ident
        return next(each for each in self._asked if each.ident == wanted)


def _called(asked: Consultation) -> str:
    """«میراث فرهنگی، نامهٔ ۱۴۰۵/۱۲»."""
    number = f"، نامهٔ {isolate(asked.numbers[-1])}" if asked.numbers else ""
    return to_persian_digits(f"{asked.sent.consultee}{number}")


class ConsulteeReplyForm(AskedForm):
    """The reply with its own number and day, the number of ours that it names, and its scan."""

    name = "reply"
    tab = "پاسخ مرجع"

    def __init__(
        self, case: Case, asked: tuple[Consultation, ...], today: date, files: FormFiles
    ) -> None:
        one = asked[0]
        words = "آنچه روی نامهٔ پاسخ آمده است؛ با آخرین پاسخ، پرونده ادامه می‌یابد."
        if len(asked) == 1:
            since, until = map(format_day_month, (one.sent.asked_on, one.reply_by))
            words = f"{_called(one)}، از {since}؛ پاسخ تا {until}."
        super().__init__(case, asked, "پاسخ مرجع", words, "ثبت پاسخ", "mail")
        self._today, self.files = today, files
        kinds = [(kind.value, kind.word) for kind in ReplyKind]
        self.kind = FormField("نظر مرجع", Segments(kinds), key="kind")
        self.number = FormField("شمارهٔ نامهٔ پاسخ", TextLine(max_length=40), key="number")
        self.dated = FormField("تاریخ نامهٔ پاسخ", DateLine(today, "past"), key="dated")
        ours = to_persian_digits(f"نامهٔ ما: {isolate(one.numbers[-1])}")
        line = TextLine(max_length=40)
        self.to_number = FormField("در پاسخ به نامهٔ شمارهٔ", line, key="to_number", hint=ours)
        prose = Prose(lines=2, max_length=1000)
        self.words = FormField("شرط‌ها یا دلیل", prose, key="words", optional=True)
        self.kind.edited.connect(self._tell_words)
        self.add(self.kind)
        beside = Row(gap=12)
        for field in (self.number, self.dated, self.to_number):
            self.know(field)
            beside.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(beside)
        self.add(self.words)
        self.scan = DocumentRow(
            _SCAN, "تصویر نامهٔ پاسخ", needs_number=False, needs_scan=True, original=False
        )
        self.card.add(Hairline())
        self.card.add(self.scan)
        files.serve(self.scan)
        files.changed.connect(self._scanned)
        papers = RowPapers(files, self.scan, case.case_id, None)
        self.typed.know(_SCAN, papers, self.scan.words())
        self._tell_scan()

    def _scanned(self, _: str) -> None:
        self.scan.set_error(None)
        self._tell_scan()

    def _tell_scan(self) -> None:
        there = self.files.papers(_SCAN).file is not None
        self.scan.set_state("complete" if there else "incomplete")

    def _tell_words(self) -> None:
        """Who agrees without conditions need say no more."""
        kind = self.kind.value()
        self.words.set_optional(optional=not kind or not ReplyKind(kind).needs_words)

    def arrange_typed(self) -> None:
        """As after typing."""
        self._tell_scan()
        self._tell_words()

    def put_away(self) -> None:
        """What was still being read is not in the draft."""
        self.files.leave()

    def faults(self) -> Faults:
        """What a reply must tell, and that it is one to this question."""
        found: Faults = []
        if not self.kind.value():
            found.append(("kind", "نظر مرجع را برگزینید."))
        if self.dated.value() is None:
            found.append(("dated", "تاریخ نامهٔ پاسخ را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."))
        found += reply_faults(self.reply(), self.chosen, self._today)
        if self.files.busy:
            words = "تصویر هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید."
            found = [*(each for each in found if each[0] != _SCAN), (_SCAN, words)]
        order = [*self.fields, _SCAN]
        return sorted(found, key=lambda each: order.index(each[0]))

    def show_faults(self, faults: Faults) -> None:
        """Also beside the scan."""
        super().show_faults(faults)
        self.scan.set_error(dict(faults).get(_SCAN))

    def go_to(self, key: str) -> None:
        """Also to the scan."""
        if key == _SCAN:
            self.scan.setFocus()
        else:
            super().go_to(key)

    def reply(self) -> Reply:
        """What was typed; what is not there yet says nothing wrong."""
        return Reply(
            kind=ReplyKind(self.kind.value() or ReplyKind.AGREED),
            number=str(self.number.value()),
            dated=self.dated.value() or self.chosen.sent.asked_on,
            to_number=to_latin_digits(str(self.to_number.value())),
            words=str(self.words.value()),
            scan=self.files.papers(_SCAN).file,
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """Enter it."""
        case, asked, reply = self._case, self.chosen, self.reply()
        return lambda: consultations.enter_reply(seat, case, asked, reply)
