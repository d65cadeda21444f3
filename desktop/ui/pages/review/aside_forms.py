"""What an expert does instead of the decision: send the case back, refuse in his own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.actions import reviewing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.domain.service import Service
from desktop.domain.words import laws_in, with_article
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.form.fields import put_in_order
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.suggested_line import SuggestedLine
from desktop.ui.widgets.layouts import Column, Row

_MOST_REASONS = 9


class ReturnForm(ActForm):
    """برگشت برای اصلاح: one comment, which must be there."""

    name = "return"
    tab = "برگشت"

    def __init__(self, case: Case) -> None:
        words = "پرونده به دفتر برمی‌گردد و پس از اصلاح به همین‌جا می‌آید."
        super().__init__("برگشت برای اصلاح", words, "برگرداندن", "arrow-back-up")
        self._case = case
        self.comment = FormField("توضیح", Prose(lines=3), key="comment")
        self.add(self.comment)

    def faults(self) -> Faults:
        """The comment is asked."""
        return [] if self.comment.value() else [("comment", "بنویسید چه چیز باید اصلاح شود.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Send it back."""
        return partial(reviewing.send_back, seat, self._case, self.comment.value())


class RefuseForm(ActForm):
    """پاسخ منفی: numbered reasons with their articles, as the letter gives them."""

    name = "refuse"
    tab = "پاسخ منفی"

    def __init__(self, case: Case, service: Service | None) -> None:
        words = "هر دلیل با مادهٔ قانونی آن؛ همان‌گونه در نامه نوشته می‌شود."
        super().__init__("پاسخ منفی", words, "ثبت پاسخ منفی", "ban")
        self._case = case
        self._known = _laws(case, service)
        self.reasons: list[FormField] = []
        self.laws: list[FormField] = []
        self._lines = Column(gap=8)
        self.card.body.addLayout(self._lines)
        self._more = Button("دلیل دیگر", icon="plus")
        self._more.clicked.connect(self.add_reason)
        row = Row()
        row.addWidget(self._more)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.typed.made.connect(self._make_reasons)
        self.add_reason()

    def _make_reasons(self, texts: Mapping[str, str]) -> None:
        """As many lines as were typed."""
        keys = (_reason_key, _law_key)
        places = range(_MOST_REASONS)
        typed = [place for place in places if any(texts.get(key(place)) for key in keys)]
        while len(self.reasons) <= max(typed, default=0):
            self.add_reason()

    def add_reason(self) -> None:
        """One more line, with the focus."""
        if len(self.reasons) >= _MOST_REASONS:
            return
        place = len(self.reasons)
        words = to_persian_digits(f"دلیل {place + 1}")
        prose = Prose(lines=2, max_length=500)
        reason = FormField(words, prose, key=_reason_key(place), topic="refusal")
        line = SuggestedLine(self._known, placeholder="ماده، تبصره یا ضابطه", keeps=True)
        law = FormField(f"مستند {words}", line, key=_law_key(place), topic="refusal")
        for field, fields in ((reason, self.reasons), (law, self.laws)):
            self.know(field)
            fields.append(field)
            self._lines.addWidget(field)
        # A later one stands before the button that asked for it, for the keys too.
        both = zip(self.reasons, self.laws, strict=True)
        put_in_order([*(each for pair in both for each in pair), self._more])
        reason.setFocus()

    def faults(self) -> Faults:
        """At least one, each with what it rests on."""
        told = [
            (law.key, "مستند این دلیل را برگزینید یا بنویسید.")
            if reason.value()
            else (reason.key, "دلیلی را که این مستند از آن است بنویسید.")
            for reason, law in zip(self.reasons, self.laws, strict=True)
            if bool(reason.value()) != bool(law.value())
        ]
        if not told and not any(field.value() for field in self.reasons):
            return [(self.reasons[0].key, "دلیل پاسخ منفی را بنویسید.")]
        return told

    def job(self, seat: Seat) -> Callable[[], None]:
        """Refuse."""
        both = zip(self.reasons, self.laws, strict=True)
        reasons = tuple(
            with_article(reason.value(), law.value()) for reason, law in both if reason.value()
        )
        told = Recommendation(Proposal.REFUSAL, reasons=reasons)
        return partial(reviewing.recommend, seat, self._case, told, {})


def _laws(case: Case, service: Service | None) -> tuple[str, ...]:
    """What this case's conditions and its service rest on."""
    found = laws_in(case.decision.findings) if case.decision is not None else ()
    return tuple(dict.fromkeys((*found, *(service.legal_basis if service is not None else ()))))


def _reason_key(place: int) -> str:
    return f"reasons.{place}"


def _law_key(place: int) -> str:
    return f"laws.{place}"
