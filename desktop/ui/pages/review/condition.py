"""A condition that failed: what was seen, what the expert says of it, why and by which article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import OTHER, Opinion, ReviewReason, Verdict, verdict_words
from desktop.domain.words import FindingWords
from desktop.ui.pages.acts.typed import Typed
from desktop.ui.pages.case.why_card import EFFECT_LOOKS
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row

_OTHER = (OTHER, "دلیل دیگر")
_LONGEST = 300


class Condition(Card):
    """The card of one condition; `edited` after each change of it.

    Once cleared with all that is asked, it folds to one line while another one is looked at.
    """

    edited = Signal()

    def __init__(
        self, told: FindingWords, reasons: Sequence[ReviewReason], *, narrow: bool = False
    ) -> None:
        super().__init__(gap=6)
        self.gate, self.words = told.gate, told.condition
        self._listed = {reason.code: reason for reason in reasons}
        icon, tone = EFFECT_LOOKS.get(told.effect, ("alert-circle", "refuse"))
        head = Row(gap=8)
        head.addWidget(IconLabel(icon, 18, tone))
        head.addWidget(Label(told.condition, weight=500, wrap=True, middle=True), 1)
        self.body.addLayout(head)
        parts = (told.seen, "" if told.article == "—" else f"({told.article})")
        self._seen = Label(" ".join(part for part in parts if part), "small", "text2", wrap=True)
        self.add(self._seen)
        self._folded = False
        self._told = Label("", "small", "ok", wrap=True)
        self._again = Link("ویرایش", weight=400)
        self._again.setAccessibleName(f"ویرایش: {told.condition}")
        self._again.clicked.connect(self._take_up)
        head.addWidget(self._again)
        self.add(self._told)
        self.verdict = Segments(
            [(each.value, verdict_words(self.gate, each, short=narrow)) for each in Verdict]
        )
        self.verdict.setAccessibleName(f"{told.condition}: نظر کارشناس")
        self.add(self.verdict)
        options = [(reason.code, to_persian_digits(reason.words)) for reason in reasons]
        gate = told.gate
        choice = ListChoice([*options, _OTHER])
        self.reason = FormField("دلیل", choice, key=f"reason.{gate}", topic="review-reason")
        self._article = ListChoice([])
        self.article = FormField(
            "مستند", self._article, key=f"article.{gate}", topic="review-article"
        )
        self.add(self.reason)
        self.add(self.article)
        line = TextLine(max_length=_LONGEST)
        self.note = FormField("توضیح", line, key=f"words.{gate}", topic="review-words")
        self.add(self.note)
        for field in (self.reason, self.article, self.note):
            field.control.setAccessibleName(f"{told.condition}: {field.words()}")
        self.verdict.edited.connect(self._changed)
        self.reason.edited.connect(self._changed)
        self.note.edited.connect(self.edited)
        self.article.edited.connect(self.edited)
        self.arrange()

    def set_narrow(self, narrow: bool) -> None:
        """Shorter verdicts where the window is narrow."""
        self.verdict.set_words([verdict_words(self.gate, each, short=narrow) for each in Verdict])

    def know(self, typed: Typed) -> None:
        """Have what is typed here kept; the verdict is asked for by no label of its own."""
        typed.know(f"verdict.{self.gate}", self.verdict, self.words)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What is asked besides the verdict."""
        return (self.reason, self.article, self.note)

    def said(self) -> Verdict | None:
        """The verdict, None while nothing was said."""
        value = self.verdict.value()
        return Verdict(value) if value else None

    def listed(self) -> ReviewReason | None:
        """The chosen reason of the list; None for another, and while none is chosen."""
        return self._listed.get(self.reason.value())

    def opinion(self) -> Opinion | None:
        """What was said, None while nothing was."""
        verdict, reason = self.said(), self.listed()
        if verdict is None:
            return None
        words = self.note.value()
        if verdict is not Verdict.CLEARED:
            return Opinion(self.gate, verdict, OTHER, words=words)
        if reason is None:
            return Opinion(self.gate, verdict, self.reason.value(), words=words)
        article = self.article.value() if reason.articles else ""
        return Opinion(self.gate, verdict, reason.code, reason.words, article, words)

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by the key of its field; the papers are the form's to look at."""
        verdict, reason = self.said(), self.listed()
        if verdict is None:
            return [(f"verdict.{self.gate}", f"نظر خود را دربارهٔ «{self.words}» برگزینید.")]
        if verdict is Verdict.STANDS and not self.note.value():
            return [(self.note.key, "بنویسید چرا باقی است؛ در نامه همین نوشته می‌شود.")]
        if verdict is Verdict.LACKS and not self.note.value():
            return [(self.note.key, "بنویسید کدام مدرک لازم است.")]
        if verdict is not Verdict.CLEARED:
            return []
        if not self.reason.value():
            return [(self.reason.key, "دلیل رفع مانع را برگزینید.")]
        if reason is None and not self.note.value():
            return [(self.note.key, "برای «دلیل دیگر» توضیح بنویسید.")]
        if reason is not None and reason.articles and not self.article.value():
            return [(self.article.key, "مستند را برگزینید.")]
        return []

    def fold(self, *, folded: bool = True) -> None:
        """To one line, if nothing is left to say of it; or open again."""
        self._folded = folded
        self.arrange()

    def _take_up(self) -> None:
        self.fold(folded=False)
        self.verdict.setFocus()

    def arrange(self) -> None:
        """What is asked for as the verdict and the reason stand; of what is folded a line."""
        verdict, reason, opinion = self.said(), self.listed(), self.opinion()
        cleared = verdict is Verdict.CLEARED
        self._folded = self._folded and cleared and not self.faults()
        self._told.setVisible(self._folded)
        self._again.setVisible(self._folded)
        self._seen.setVisible(not self._folded)
        self.verdict.setVisible(not self._folded)
        if self._folded and opinion is not None:
            word = verdict_words(self.gate, Verdict.CLEARED)
            self._told.setText(to_persian_digits(f"{word}: {opinion.why}"))
            for field in self.fields:
                field.hide()
            return
        self.reason.setVisible(cleared)
        articles = reason.articles if reason is not None and cleared else ()
        options = [(each, to_persian_digits(each)) for each in articles]
        if options != [*self._article.options()]:
            self._article.set_options(options)
            if len(options) == 1:
                self._article.set_value(options[0][0])
        self.article.setVisible(bool(articles))
        self.note.setVisible(verdict is not None)
        self.note.set_optional(optional=cleared and reason is not None)

    def _changed(self, *_: Any) -> None:
        self.arrange()
        self.edited.emit()
