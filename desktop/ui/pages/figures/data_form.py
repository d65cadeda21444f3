"""A change to the municipality's data: looked at with the centre first, then signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import SheetDraft
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.forms.sheet_rows import SheetRow
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import FOR_SECOND, SHORT_REASON, SignedForm, is_short
from desktop.ui.pages.figures.told import change_lines
from desktop.ui.pages.services.publish import from_day
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask
from desktop.ui.widgets.told.banner import Banner
from desktop.wire.publishing import DraftBody, WeighAnswer

_MOST = 60
"""So many changes are named; the others are counted."""
_SAME = "چیزی عوض نمی‌شود: همه همان است که برقرار است."
_SIGNING = ("reason", "password")


@dataclass(frozen=True)
class Weighed:
    """A draft that nothing hinders, with what the centre told of it."""

    draft: DraftBody
    answer: WeighAnswer


class DataForm(SignedForm):
    """What is typed is weighed at the centre and told in words; only then it can be signed.

    `weighed` is empty until then, and again as soon as something else is typed; `turned` comes
    when the main key does another thing than before.
    """

    turned = Signal()

    def __init__(self, heading: str, sentence: str) -> None:
        super().__init__(heading, sentence, "", "")
        self.weighed: Weighed | None = None
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self._told = Column(gap=8)
        self._tell_key()

    def put_signing(self) -> None:
        """What would change, and under it the signature; both show once it was weighed."""
        told = QWidget()
        told.setLayout(self._told)
        let_lines_ask(told)
        self.card.add(told)
        self.put(1, (self.reason, 1))
        self.put_password()
        self._show_signing()

    # What a form says for itself.

    def typed_faults(self) -> Faults:
        """What is wrong with what is typed, as far as this desk can tell."""
        return []

    def drafting(self, seat: Seat) -> Callable[[], SheetDraft]:
        """What makes the draft of what is typed now, off the window's thread."""
        raise NotImplementedError

    # Weighing.

    def weighing(self, seat: Seat) -> Callable[[], Weighed]:
        """What looks at it with the centre. Raises LineDown; Refusal of what hinders it."""
        drafting = self.drafting(seat)

        def do() -> Weighed:
            made = drafting()
            if not made.draft.items:
                raise Refusal(_SAME)
            answer = publishing.weigh(seat, made.draft)
            if answer.hindrances:
                raise Refusals([_placed(made.rows, e.item, e.words) for e in answer.hindrances])
            return Weighed(made.draft, answer)

        return do

    def tell(self, weighed: Weighed) -> None:
        """Show what it would change, and ask for the signature."""
        self.show_faults([])
        self.weighed = weighed
        clear(self._told)
        answer = weighed.answer
        self._told.addWidget(Label("آنچه عوض می‌شود", "section", weight=700))
        for words in change_lines(answer.told)[:_MOST]:
            self._told.addWidget(_line(words))
        more = len(change_lines(answer.told)) - _MOST
        if more > 0:
            self._told.addWidget(Label(to_persian_digits(f"و {more} تغییر دیگر"), role="text2"))
        for words in answer.told.effects[:_MOST]:
            self._told.addWidget(_line(words))
        if answer.others:
            count = len(answer.others)
            many = "تغییر دیگری" if count == 1 else f"{count} تغییر دیگر"
            words = f"برای همین روز {many} در انتظار امضای دوم است؛ نخست آن را ببینید."
            self._told.addWidget(Banner(to_persian_digits(words), "neutral"))
        for doubt in answer.warnings:
            self._told.addWidget(Banner(doubt.words, "pay"))
        self._show_signing()
        self.go_to("reason" if answer.warnings else "password")

    def forget(self) -> None:
        """Something else is typed: it must be weighed again."""
        if self.weighed is not None:
            self.weighed = None
            clear(self._told)
            self._show_signing()

    def _show_signing(self) -> None:
        weighed = self.weighed
        self.reason.setVisible(weighed is not None and bool(weighed.answer.warnings))
        self.password.setVisible(weighed is not None)
        self._tell_key()
        self.turned.emit()

    def _tell_key(self) -> None:
        signs = self.weighed is not None
        self.button = FOR_SECOND if signs else "دیدن آنچه عوض می‌شود"
        self.icon = "send" if signs else "eye"

    def _touched(self, field: FormField) -> None:
        super()._touched(field)
        if field.key not in _SIGNING:
            self.forget()

    # Signing.

    def faults(self) -> Faults:
        """What can't be read; once it was weighed a doubt without a reason, and no password."""
        found = self.typed_faults()
        if self.weighed is None:
            return found
        if self.weighed.answer.warnings and is_short(str(self.reason.value())):
            found.append(("reason", SHORT_REASON))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign what was shown, first."""
        weighed = self.weighed
        assert weighed is not None
        draft, doubts = weighed.draft, weighed.answer.warnings
        self.publication = draft.publication
        days = {item.day for item in draft.items}
        when = f"، از {from_day(min(days))}" if days else ""
        self.done = f"{self.heading}{when}، منتظر امضای دوم است."
        reason, password = str(self.reason.value()).strip(), str(self.password.value())

        def do() -> None:
            access.confirm(seat, password)
            publishing.prepare(seat, draft, doubts, reason if doubts else "")

        return do


def _placed(rows: tuple[int, ...], item: int, words: str) -> Refusal:
    return SheetRow(rows[item], {}).fault(words) if 0 <= item < len(rows) else Refusal(words)


def _line(words: str) -> QWidget:
    line = QWidget()
    row = Row(gap=8)
    row.addWidget(IconLabel("pencil", 16, "text2"))
    row.addWidget(Label(words, wrap=True, middle=True), 1)
    line.setLayout(row)
    let_lines_ask(line)
    return line
