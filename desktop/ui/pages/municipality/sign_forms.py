"""The second person's forms: agree with what the expert proposed, or say why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import reviewing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import ChallengeReason, Recommendation, Wanted
from desktop.domain.service import Service
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.standing.expert import entered_words, lifted_words
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label

_WHOLE = ("", "همهٔ نظر")


class SignForm(ActForm):
    """امضای دوم: what the expert proposed and why, as it takes effect."""

    name = "countersign"
    tab = "امضا"

    def __init__(self, case: Case, told: Recommendation, service: Service | None) -> None:
        words = f"{case.recommended_name}: {told.proposal.word}"
        super().__init__("نظر کارشناس", words, "امضای نظر", "user-check")
        self._case = case
        said = [
            lifted_words(told.cleared, service),
            entered_words(told.entered, service),
            *(f"{number}. {reason}" for number, reason in enumerate(told.reasons, 1)),
            told.note,
        ]
        for each in said:
            if each:
                self.card.add(Label(to_persian_digits(each), wrap=True))

    def first(self) -> QWidget | None:
        """Nothing is typed here."""
        return None

    def faults(self) -> Faults:
        """Nothing is asked but the act itself."""
        return []

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign it."""
        return partial(reviewing.countersign, seat, self._case)


class ChallengeForm(ActForm):
    """مخالفت: which condition, why, what is wanted instead, and the comment that must be there."""

    name = "challenge"
    tab = "مخالفت"

    def __init__(self, case: Case, told: Recommendation, service: Service | None) -> None:
        words = "کارشناس توضیح را می‌خواند. اگر دوباره هم‌نظر نشدید، پرونده نزد ناظر می‌رود."
        super().__init__("مخالفت با نظر کارشناس", words, "ثبت مخالفت", "arrow-back-up")
        self._case = case
        items = [
            (each.gate, lifted_words({each.gate: each.why}, service)) for each in told.opinions
        ]
        self.item = FormField("دربارهٔ کدام مورد", ListChoice([_WHOLE, *items]), key="item")
        reasons = [(each.value, each.word) for each in ChallengeReason]
        self.reason = FormField("دلیل مخالفت", ListChoice(reasons), key="reason")
        wanted = [(each.value, each.word) for each in Wanted]
        self.wanted = FormField("چه باید بشود", ListChoice(wanted), key="wanted")
        self.comment = FormField("توضیح", Prose(lines=3), key="comment")
        self.add(self.item, self.reason, self.wanted, self.comment)

    def faults(self) -> Faults:
        """Why, what is wanted, and in words."""
        found: Faults = []
        if not self.reason.value():
            found.append(("reason", "دلیل مخالفت را برگزینید."))
        if not self.wanted.value():
            found.append(("wanted", "برگزینید چه باید بشود."))
        if not self.comment.value():
            found.append(("comment", "توضیح مخالفت را بنویسید؛ کارشناس آن را می‌خواند."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Tell it."""
        reason, wanted = ChallengeReason(self.reason.value()), Wanted(self.wanted.value())
        item, comment = self.item.value(), self.comment.value()
        return partial(reviewing.challenge, seat, self._case, item, reason, wanted, comment)
