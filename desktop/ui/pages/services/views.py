"""What a service's file makes: letters as pages, examples, past requests, differences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.publishing import SampleLetter
from desktop.domain.decision import Outcome
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.words import OUTCOMES
from desktop.ui import pdf as pdf_pages
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import IconLabel, Label, Role
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Work
from desktop.wire.services import ExampleBody, TriedBody, TryAnswer

_SETTLE_MS = 120
_MARGINS = (10, 16, 14, 16)
NOT_OFFERED = "ارائه نمی‌شد"
LATER = "پس از رفع ایرادهای پرونده آزموده می‌شود."


def outcome_words(outcome: str) -> str:
    """An outcome as the wire names it, in words; empty is a service that was not offered."""
    return OUTCOMES[Outcome(outcome)] if outcome else NOT_OFFERED


class View(Scroller):
    """A tab: what it shows under a line that says how things stand, and the card of publishing."""

    def __init__(self) -> None:
        super().__init__(gap=10, margins=_MARGINS)
        self.note = Banner("", "neutral")
        self.note.hide()
        self.shown = Column(gap=8)
        self.add(self.note)
        self.content.addLayout(self.shown)

    def tell(self, words: str) -> None:
        """One sentence on top; empty takes it away."""
        self.note.set_words(words)
        self.note.setVisible(bool(words))

    def empty(self) -> None:
        """Show nothing."""
        clear(self.shown)

    def place(self, widget: QWidget) -> None:
        """Put the card of publishing under what is there."""
        self.content.addWidget(widget)


class PagesView(QWidget):
    """The pages of a PDF one under the other, as wide as there is room; drawn off this thread."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._pdf, self._pages = b"", list[QImage]()
        self._drawn = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._draw)

    def pages(self) -> int:
        """How many are drawn."""
        return len(self._pages)

    def set_pdf(self, pdf: bytes) -> None:
        """Show another letter."""
        if pdf != self._pdf:
            self._pdf, self._drawn = pdf, 0
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: drawn anew when it stands still."""
        super().resizeEvent(event)
        self._fit()
        self._settle.start()

    def sizeHint(self) -> QSize:
        """All pages."""
        return QSize(theme.px(300), self._high())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages, white in every theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = 0
        for page in self._pages:
            high = self._height_of(page)
            rect = QRect(0, top, self.width(), high)
            if rect.intersects(event.rect()):
                painter.drawImage(rect, page)
                painter.setPen(theme.colour("edge"))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            top += high + theme.px(10)

    def _height_of(self, page: QImage) -> int:
        return round(self.width() * page.height() / page.width()) if page.width() else 0

    def _high(self) -> int:
        return sum(self._height_of(page) + theme.px(10) for page in self._pages)

    def _fit(self) -> None:
        self.setFixedHeight(max(1, self._high()))

    def _draw(self) -> None:
        pdf = self._pdf
        wide = round(self.width() * self.devicePixelRatioF())
        if not pdf or wide < theme.px(100) or wide == self._drawn:
            return

        def show(images: list[QImage]) -> None:
            if pdf == self._pdf:
                self._pages, self._drawn = images, wide
                self._fit()
                self.update()

        self._work.run(self, lambda: pdf_pages.pages(pdf, wide), show, papers=True)


class LettersView(View):
    """The letters of the examples; the chosen one as its pages."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.letters: tuple[SampleLetter, ...] = ()
        self.choice = ListChoice([])
        self._field = FormField("نامهٔ کدام نمونه؟", self.choice, key="letter")
        self._field.edited.connect(self._show)
        self.pages = PagesView(work)
        self.add(self._field)
        self.add(self.pages)
        self._field.hide()

    def show_letters(self, letters: Sequence[SampleLetter]) -> None:
        """Show these; the one that was looked at stays chosen."""
        self.letters = tuple(letters)
        before = str(self.choice.value())
        options = [
            (str(number), f"{each.kind.word}، {to_persian_digits(each.example)}")
            for number, each in enumerate(self.letters)
        ]
        self.choice.set_options(options)
        known = [key for key, _ in options]
        self.choice.set_value(before if before in known else "0" if known else "")
        self._field.setVisible(bool(options))
        self.pages.setVisible(bool(options))
        self.tell("" if options else "هیچ نمونه‌ای به نامه نمی‌رسد.")
        self._show()

    def _show(self) -> None:
        key = str(self.choice.value())
        if not key:
            return
        letter = self.letters[int(key)]
        self.pages.setAccessibleName(f"{letter.kind.word}، {letter.example}")

        def show(pdf: bytes) -> None:
            if str(self.choice.value()) == key:
                self.pages.set_pdf(pdf)

        self._work.run(self, lambda: letter.pdf, show, papers=True)


class ExamplesView(View):
    """Each example right or wrong, with what came out; Enter leads to it in the text."""

    wanted = Signal(int)

    def show_examples(self, examples: Sequence[ExampleBody]) -> None:
        """Show how they came out."""
        self.empty()
        self.tell("" if examples else LATER)
        for number, each in enumerate(examples):
            right = not each.words
            row = ListRow(
                to_persian_digits(each.name),
                _came_out(each),
                icon="circle-check" if right else "alert-circle",
                colour="ok" if right else "refuse",
                note="درست" if right else "نادرست",
            )
            row.clicked.connect(lambda _=False, at=number: self.wanted.emit(at))
            self.shown.addWidget(row)
            if each.words:
                self.shown.addWidget(Label(each.words, "small", "refuse", wrap=True))


def _came_out(example: ExampleBody) -> str:
    words = outcome_words(example.outcome)
    if example.outcome != example.wanted:
        words = f"{words} شد؛ در پرونده {outcome_words(example.wanted)} است"
    return f"{words}، {format_rial(example.amount)}" if example.amount else words


class PastView(View):
    """The last requests put again: how many come out the same, and each that does not."""

    opened = Signal(str)

    def show_tried(self, told: TryAnswer) -> None:
        """Show what would change."""
        self.empty()
        self.tell("" if told.asked else "هنوز درخواستی از این خدمت ثبت نشده است.")
        if not told.asked:
            return
        otherwise = [each for each in told.others if each.before != each.after]
        sums = len(told.others) - len(otherwise)
        card = Card("درخواست‌های گذشته", to_persian_digits(f"{told.asked} درخواست آخر"))
        counts: tuple[tuple[str, int, Role | Tone], ...] = (
            ("همان پاسخ", told.same, "ok"),
            ("پاسخ دیگر", len(otherwise), "pay" if otherwise else "text2"),
            ("همان پاسخ با مبلغ یا دلیل دیگر", sums, "pay" if sums else "text2"),
        )
        for words, count, tone in counts:
            line = Row(gap=8)
            line.addWidget(Label(words), 1)
            line.addWidget(Label(to_persian_digits(count), role=tone, weight=700))
            card.body.addLayout(line)
        self.shown.addWidget(card)
        for each in told.others:
            self._tell_one(each)

    def _tell_one(self, tried: TriedBody) -> None:
        row = ListRow(
            f"درخواست {isolate(to_persian_digits(tried.tracking))}",
            _turned(tried),
            icon="history",
            colour="pay",
        )
        row.clicked.connect(lambda: self.opened.emit(tried.case_id))
        self.shown.addWidget(row)
        if tried.unanswered:
            words = f"پاسخ ندارد: {'، '.join(tried.unanswered)}"
            self.shown.addWidget(Label(words, "small", "text2", wrap=True))


def _turned(tried: TriedBody) -> str:
    parts = []
    if tried.before != tried.after:
        parts.append(f"«{outcome_words(tried.before)}» می‌شود «{outcome_words(tried.after)}»")
    if tried.amount_before != tried.amount_after:
        before, after = format_rial(tried.amount_before), format_rial(tried.amount_after)
        parts.append(f"{before} می‌شود {after}")
    return "؛ ".join(parts) or "دلیل‌های دیگر"


class DifferenceView(View):
    """What the file says otherwise than the version in force, a sentence a difference."""

    def show_lines(self, heading: str, lines: Sequence[str], effects: Sequence[str] = ()) -> None:
        """Show these sentences; `effects` are what else would come out otherwise."""
        self.empty()
        self.tell("")
        for title, sentences in ((heading, lines), ("اثر بر نمونه‌ها", effects)):
            if not sentences:
                continue
            card = Card(title, to_persian_digits(f"{len(sentences)} مورد"))
            for sentence in sentences:
                line = Row(gap=8)
                line.addWidget(IconLabel("pencil", 16, "text2"))
                line.addWidget(Label(sentence, wrap=True), 1)
                card.body.addLayout(line)
            self.shown.addWidget(card)
