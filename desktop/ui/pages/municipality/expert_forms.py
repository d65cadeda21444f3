"""The expert's forms: clear, return, refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import review, reviewing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.service import Effect, Service
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.municipality.expert_values import ExpertValues
from desktop.ui.pages.municipality.gate_rows import GateRows, failing
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row

_MOST_REASONS = 9
_STANDS = "برطرف نشده است: با ذکر دلیل رفع کنید، پرونده را برگردانید یا پاسخ منفی ثبت کنید."


class ClearForm(ActForm):
    """نظر کارشناس: every condition that failed for a person, cleared with a reason.

    What the service asks of its expert is entered here too; `service` is None where its file has
    not come to this desk.
    """

    name = "clear"
    tab = "نظر کارشناس"

    def __init__(
        self, case: Case, service: Service | None, today: date, *, narrow: bool = False
    ) -> None:
        left = bool(failing(case, Effect.REVIEW, Effect.VISIT))
        words = "هر مانع را با ذکر دلیل رفع کنید؛ مرکز دوباره تصمیم می‌گیرد." if left else ""
        super().__init__("تصمیم کارشناس", words, "ثبت نظر", "eye-check")
        self._case, self._service, self._today = case, service, today
        self.gates = GateRows(failing(case, Effect.REVIEW, Effect.VISIT))
        self.gates.edited.connect(self.banner.hide)
        for who, said in said_before(case):
            self.card.add(Label(to_persian_digits(f"{who}: {said}"), role="text2", wrap=True))
        if not self.gates.rows:
            words = (
                "شرطی برای بررسی نمانده است. اگر چیزی باید اصلاح شود، پرونده را برگردانید؛ "
                "اگر همان پاسخ درست است، بنویسید چرا."
            )
            self.card.add(Label(words, role="text2", wrap=True))
        self.card.add(self.gates)
        self.know(*self.gates.fields())
        for row in self.gates.rows:
            self.typed.know(f"tick.{row.gate}", row.tick)
        self.card.add(Hairline())
        self.values = ExpertValues(self, case, service, today, 2 if narrow else 3)
        if self.values.cells:
            self.card.add(Label("آنچه کارشناس وارد می‌کند", "small", "text2", 500))
            self.card.add(self.values)
            self.card.add(Hairline())
        asked = not self.gates.rows
        words = "دلیل درستی پاسخ" if asked else "توضیح"
        self.note = FormField(words, Prose(lines=2), key="note", optional=not asked)
        self.add(self.note)

    def first(self) -> QWidget | None:
        """The first condition."""
        return self.gates.rows[0].tick if self.gates.rows else self.note

    def faults(self) -> Faults:
        """All conditions, each with its reason, else the case would only come back; all values."""
        faults = self.gates.faults()
        faults += [(fault.field or "", fault.words) for fault in self.values.read()[1]]
        if not self.gates.rows and not self.note.value():
            faults.append(("note", "بنویسید چرا همان پاسخ درست است."))
        for row in self.gates.open_ones():
            faults.append((f"tick.{row.gate}", f"«{row.words}» {_STANDS}"))
        return faults

    def go_to(self, key: str) -> None:
        """Also to a condition that is not ticked; once it is, to its reason."""
        gate = key.removeprefix("tick.")
        row = next((r for r in self.gates.rows if r.gate == gate), None)
        if row is not None and not row.tick.value():
            row.tick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().go_to(gate)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Propose what they allow."""
        opinions = tuple(
            Opinion(gate, Verdict.CLEARED, OTHER, words=why)
            for gate, why in self.gates.cleared().items()
        )
        told = Recommendation(Proposal.LETTER, opinions, note=self.note.value())
        return partial(reviewing.recommend, seat, self._case, told, self.values.texts())

    def arrange_typed(self) -> None:
        """Only a condition that is ticked has a reason; values may ask for others."""
        self.gates.arrange()
        self.values.ask_now()


def said_before(case: Case) -> list[tuple[str, str]]:
    """What was said of the answer that came back: by the supervisor, the office, the centre."""
    looked = case.looked.comment if case.looked is not None else ""
    who = "ناظر" if looked == case.review_comment else "برای بررسی"
    said = [(who, case.review_comment)] if case.review_comment else []
    voided = [held.voided for held in case.letters if held.voided]
    if voided and voided[-1] != case.review_comment:
        said.append(("دلیل ابطال نامه", voided[-1]))
    return said


class _CommentForm(ActForm):
    """An act with one comment that must be there."""

    def __init__(self, case: Case, heading: str, sentence: str, button: str, missing: str) -> None:
        super().__init__(heading, sentence, button, "arrow-back-up")
        self._case, self._missing = case, missing
        self.comment = FormField("توضیح", Prose(lines=3), key="comment")
        self.add(self.comment)

    def faults(self) -> Faults:
        """The comment is asked."""
        return [] if self.comment.value() else [("comment", self._missing)]


class ReturnForm(_CommentForm):
    """برگشت برای اصلاح."""

    name = "return"
    tab = "برگشت"

    def __init__(self, case: Case) -> None:
        super().__init__(
            case,
            "برگشت برای اصلاح",
            "پرونده به دفتر برمی‌گردد و پس از اصلاح به همین‌جا می‌آید.",
            "برگرداندن",
            "بنویسید چه چیز باید اصلاح شود.",
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """Send it back."""
        case, comment = self._case, self.comment.value()
        return lambda: review.send_back(seat, case, comment)


class RefuseForm(ActForm):
    """پاسخ منفی: numbered reasons, as the letter gives them."""

    name = "refuse"
    tab = "پاسخ منفی"

    def __init__(self, case: Case) -> None:
        words = "هر دلیل با مادهٔ قانونی آن؛ همان‌گونه در نامه نوشته می‌شود."
        super().__init__("پاسخ منفی", words, "ثبت پاسخ منفی", "ban")
        self._case = case
        self.reasons: list[FormField] = []
        self._lines = Column(gap=8)
        self.card.body.addLayout(self._lines)
        more = Button("دلیل دیگر", icon="plus")
        more.clicked.connect(self.add_reason)
        row = Row()
        row.addWidget(more)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.typed.made.connect(self._make_reasons)
        self.add_reason()

    def _make_reasons(self, texts: Mapping[str, str]) -> None:
        """As many lines as were typed."""
        typed = [number for number in range(_MOST_REASONS) if texts.get(_reason_key(number))]
        while len(self.reasons) <= max(typed, default=0):
            self.add_reason()

    def add_reason(self) -> None:
        """One more line, with the focus."""
        if len(self.reasons) >= _MOST_REASONS:
            return
        number = to_persian_digits(len(self.reasons) + 1)
        words, key = f"دلیل {number}", _reason_key(len(self.reasons))
        field = FormField(words, Prose(lines=2, max_length=500), key=key, topic="refusal")
        self.know(field)
        self.reasons.append(field)
        self._lines.addWidget(field)
        field.setFocus()

    def faults(self) -> Faults:
        """At least one."""
        if any(field.value() for field in self.reasons):
            return []
        return [(self.reasons[0].key, "دلیل پاسخ منفی را بنویسید.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Refuse."""
        reasons = tuple(field.value() for field in self.reasons if field.value())
        told = Recommendation(Proposal.REFUSAL, reasons=reasons)
        return partial(reviewing.recommend, seat, self._case, told, {})


def _reason_key(place: int) -> str:
    return f"reasons.{place}"
