"""تصمیم: every condition that failed for a person, and what comes of what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import reviewing, signing
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.lawful_review import unopened
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import Proposal, Recommendation, Verdict
from desktop.domain.service import Effect
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.commissions.fine_form import fine_words
from desktop.ui.pages.municipality.gate_rows import failing
from desktop.ui.pages.review.condition import Condition
from desktop.ui.pages.review.expert_values import ExpertValues
from desktop.ui.pages.review.shown import ShownFile
from desktop.ui.standing.case import replies_words
from desktop.ui.standing.telling import ruling_words
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.toned_line import TonedLine


class DecisionForm(ActForm):
    """One card a condition, then what the service asks of its expert, a note, and what comes of it.

    `seen` gives the keys of the papers that were shown to their end; `turned` comes when another
    thing is to come of what was said.
    """

    name = "recommend"
    tab = "تصمیم"

    turned = Signal()

    def __init__(
        self,
        loaded: ShownFile,
        today: date,
        seen: Callable[[], Collection[str]],
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__("تصمیم", "", "ثبت نظر", "eye-check")
        # It stands over the column already.
        self.card.heading.hide()
        self.card.beside.hide()
        self._case, self._service, self._city = loaded.case, loaded.service, loaded.city
        self._signs, self._today, self._seen = loaded.signs, today, seen
        case, service, city = self._case, self._service, self._city
        found = failing(case, Effect.REVIEW, Effect.VISIT)
        self.conditions = [
            Condition(told, city.reasons_for(told.gate), narrow=narrow) for told in found
        ]
        above = Column(gap=8)
        for line in _told_before(case):
            above.addWidget(line)
        for condition in self.conditions:
            above.addWidget(condition)
            condition.know(self.typed)
            self.know(*condition.fields)
            condition.edited.connect(partial(self._said, condition))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(layout.indexOf(self.card), above)
        self.values = ExpertValues(self, case, service, today, 1 if narrow else 2)
        if self.values.cells:
            self.card.add(Label("آنچه کارشناس وارد می‌کند", "small", "text2", 500))
            self.card.add(self.values)
        asked = not self.conditions
        words = "دلیل درستی پاسخ" if asked else "توضیح"
        self.note = FormField(words, Prose(lines=2), key="note", optional=not asked)
        self.add(self.note)
        # Beside the words to each condition more is only said where nothing failed.
        self.card.setVisible(asked or bool(self.values.cells))
        self.note.setVisible(asked)
        self._outcome = Column(gap=0)
        layout.addLayout(self._outcome)
        self._told()

    def set_narrow(self, narrow: bool) -> None:
        """Shorter verdicts where the window is narrow."""
        for each in self.conditions:
            each.set_narrow(narrow)

    def first(self) -> QWidget | None:
        """The first condition that nothing was said of."""
        open_ = (each for each in self.conditions if each.said() is None)
        first = next(open_, self.conditions[0] if self.conditions else None)
        return first.verdict if first is not None else self.note

    def left(self) -> int:
        """How many conditions nothing was said of."""
        return sum(each.said() is None for each in self.conditions)

    def go_on(self) -> bool:
        """The keys go to the next open condition; whether there is one."""
        condition = next((each for each in self.conditions if each.said() is None), None)
        if condition is None:
            return False
        for each in self.conditions:
            each.fold()
        condition.verdict.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def check(self) -> bool:
        """What was not said of is gone to, in one sentence for all of it."""
        left = self.left()
        if left:
            self.show_faults([("", to_persian_digits(f"نظر خود را دربارهٔ {left} مورد برگزینید."))])
            self.go_on()
            return False
        return super().check()

    def faults(self) -> Faults:
        """All conditions with their reasons, the papers that these rest on, all values."""
        faults: Faults = []
        for each in self.conditions:
            own = each.faults()
            reason = each.listed()
            if not own and reason is not None and each.said() is Verdict.CLEARED:
                words = unopened(self._case, reason, self._seen())
                own = [(each.reason.key, words)] if words else []
            faults += own
        if self.proposal() is Proposal.LETTER:
            faults += [(fault.field or "", fault.words) for fault in self.values.read()[1]]
        if not self.conditions and not self.note.value():
            faults.append(("note", "بنویسید چرا همان پاسخ درست است."))
        return faults

    def show_faults(self, faults: Faults) -> None:
        """What is complained of stands open."""
        keys = {key for key, _ in faults}
        for each in self.conditions:
            if keys.intersection(field.key for field in each.fields):
                each.fold(folded=False)
        super().show_faults(faults)

    def go_to(self, key: str) -> None:
        """Also to a condition of which nothing was said."""
        gate = key.removeprefix("verdict.")
        condition = next((each for each in self.conditions if each.gate == gate), None)
        if condition is not None:
            condition.verdict.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().go_to(key)

    def refused(self, refusal: Refusal) -> None:
        """What the law says of a condition stands beside its reason."""
        keys = {each.gate: each.reason.key for each in self.conditions}
        if refusal.field in keys:
            refusal = Refusal(refusal.words, field=keys[refusal.field])
        super().refused(refusal)

    def proposal(self) -> Proposal | None:
        """What is to come of it: None where papers are asked for."""
        said = [each.said() for each in self.conditions]
        if Verdict.LACKS in said:
            return None
        return Proposal.REFUSAL if Verdict.STANDS in said else Proposal.LETTER

    def job(self, seat: Seat) -> Callable[[], None]:
        """Propose it, or ask for what lacks."""
        case, told = self._case, self.recommendation()
        if told is None:
            lacks = [
                f"{each.words}: {each.note.value()}"
                for each in self.conditions
                if each.said() is Verdict.LACKS
            ]
            return partial(reviewing.send_back, seat, case, "؛ ".join(lacks))
        return partial(reviewing.recommend, seat, case, told, self.values.texts())

    def draft_job(self, seat: Seat) -> Callable[[], signing.ProposalDraft] | None:
        """Have the letter written that would come of it; None where papers are asked for."""
        case, told, typed = self._case, self.recommendation(), self.values.texts()
        if told is None:
            return None
        return lambda: signing.draft(
            seat, case.case_id, reviewing.proposed(seat, case, told, typed)
        )

    def recommendation(self) -> Recommendation | None:
        """What is said of all conditions; None where papers are asked for."""
        proposal = self.proposal()
        if proposal is None:
            return None
        opinions = tuple(told for each in self.conditions if (told := each.opinion()) is not None)
        stands = tuple(
            f"{each.words}: {each.note.value()}"
            for each in self.conditions
            if each.said() is Verdict.STANDS
        )
        seen = tuple(sorted(self._seen()))
        return Recommendation(proposal, opinions, stands, self.note.value(), seen=seen)

    def arrange_typed(self) -> None:
        """What each condition asks for as it was laid in."""
        for each in self.conditions:
            each.arrange()
        self.values.ask_now()
        self._told()

    def _said(self, condition: Condition) -> None:
        # What was complained of is being mended.
        self.banner.hide()
        for each in self.conditions:
            if each is not condition:
                each.fold()
        self._told()

    def main_words(self) -> str:
        """The main key's, with what is proposed once that is known: the card that tells it may be
        out of sight."""
        proposal = None if self.left() else self.proposal()
        return f"{self.button}: {proposal.word}" if proposal is not None else self.button

    def _told(self) -> None:
        """What comes of it, and who has the next word."""
        clear(self._outcome)
        self._outcome.addWidget(self._outcome_line())
        self.turned.emit()

    def _outcome_line(self) -> TonedLine:
        left, proposal = self.left(), self.proposal()
        if left:
            words = to_persian_digits(f"{left} مورد مانده است")
            return TonedLine(
                words, "پیشنهاد پس از تعیین همهٔ موارد می‌آید.", "circle-dashed", "neutral"
            )
        if proposal is None:
            then = "پرونده به دفتر برمی‌گردد و پس از اصلاح به همین‌جا می‌آید."
            return TonedLine("برگشت برای مدرک", then, "arrow-back-up", "pay")
        words, then = f"پیشنهاد: {proposal.word}", self._then()
        if proposal is Proposal.REFUSAL:
            return TonedLine(words, then, "ban", "refuse")
        return TonedLine(words, then, "file-certificate", "ok")

    def _then(self) -> str:
        begins = self._city.enforced.get(OfficeRule.COUNTERSIGN)
        if begins is None or begins > self._today:
            return "مرکز بی‌درنگ دوباره تصمیم می‌گیرد."
        signs = self._signs
        then = f"سپس {signs.word} امضا می‌کند یا مخالفت خود را می‌نویسد."
        return then if signs is Role.SIGNER else f"{Role.SIGNER.word} معرفی نشده است؛ {then}"


def _told_before(case: Case) -> Iterator[TonedLine]:
    """What others said since the records did: other bodies, a commission, finance, who sent it
    back and who did not agree."""
    if words := replies_words(case):
        yield TonedLine(words, "", "mail", "neutral")
    if case.commission_result is not None:
        words = f"رأی کمیسیون: {ruling_words(case.commission_result)}"
        yield TonedLine(words, "", "gavel", "neutral")
    for who, said in _sent_back(case):
        yield TonedLine(to_persian_digits(f"{who}: {said}"), "", "arrow-back-up", "review")
    if words := fine_words(case):
        yield TonedLine(words, "", "receipt", "pay")


def _sent_back(case: Case) -> Iterator[tuple[str, str]]:
    """Who had the answer looked at again, and why."""
    comment = case.review_comment
    if comment:
        yield ("ناظر" if case.looked and case.looked.comment == comment else "برای بررسی"), comment
    voided = [held.voided for held in case.letters if held.voided]
    if voided and voided[-1] != comment:
        yield "دلیل ابطال نامه", voided[-1]
    for told in case.challenges[-1:]:
        yield "مخالفت با نظر پیشین", told.comment
