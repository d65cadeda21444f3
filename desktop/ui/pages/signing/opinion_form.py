"""نظر دوم: what the expert changed beside the letter that comes of it; sign it, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import reviewing, signing
from desktop.actions.access import confirm
from desktop.actions.desk import Seat
from desktop.actions.signing import ProposalDraft
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import AskedInstead, ChallengeReason, Recommendation
from desktop.domain.request import SeenDocument
from desktop.domain.service import Service
from desktop.domain.words import title_of
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.signing.changed import ChangedRows
from desktop.ui.pages.signing.draft_pane import DraftPane
from desktop.ui.standing.expert import entered_words
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.work import Work

AGREE, AGAINST = "agree", "against"
_ANSWERS = [(AGREE, "موافقم، امضا می‌کنم"), (AGAINST, "مخالفم")]
_WHOLE = ("", "همهٔ نظر")
_MISSING = "توضیح مخالفت را بنویسید؛ کارشناس آن را می‌خواند."
_OWN = "نظر شما"
_THEN = "مخالفت بی‌توضیح ثبت نمی‌شود. اگر دوباره هم‌نظر نشدید، پرونده نزد ناظر می‌رود."
_PAPER = "paper."


class OpinionForm(SignedForm):
    """What the expert changed, the draft, and the second person's own opinion.

    `asked` gives a paper that is to be opened, `turned` comes when the answer is another.
    """

    name = "opinion"
    tab = "امضا"
    asked = Signal(object)
    turned = Signal()

    def __init__(
        self,
        case: Case,
        told: Recommendation,
        service: Service | None,
        papers: Mapping[str, tuple[SeenDocument, ...]],
        *,
        narrow: bool = False,
    ) -> None:
        decision = case.decision
        whole = len(decision.findings) if decision is not None else 0
        changed, rest = len(told.opinions), whole - len(told.opinions)
        words = f"{changed} از {whole} شرط؛ {rest} شرط دیگر همان است که سامانه دید"
        super().__init__("آنچه کارشناس تغییر داده", to_persian_digits(words), "", "user-check")
        self._case = case
        self.rows = ChangedRows(case, told, papers, narrow=narrow)
        self.rows.asked.connect(self.asked)
        self.rows.asked.connect(self.banner.hide)
        self.card.add(self.rows)
        said = [
            entered_words(told.entered, service),
            *(f"{number}. {reason}" for number, reason in enumerate(told.reasons, 1)),
            told.note,
        ]
        for each in filter(None, said):
            self.card.add(Label(to_persian_digits(each), wrap=True))
        found = decision.failing if decision is not None else ()
        titles = {finding.gate: title_of(finding) for finding in found}
        items = [(each.gate, titles.get(each.gate, each.gate)) for each in told.opinions]
        choice = Segments(_ANSWERS)
        choice.setAccessibleName(_OWN)
        # The card says what it is.
        self.answer = FormField("", choice, key="opinion")
        self.item = FormField("دربارهٔ کدام مورد", ListChoice([_WHOLE, *items]), key="item")
        reasons = [(each.value, each.word) for each in ChallengeReason]
        self.reason = FormField("دلیل مخالفت", ListChoice(reasons), key="reason")
        wanted = [(each.value, each.word) for each in AskedInstead]
        self.wanted = FormField("اقدام لازم", ListChoice(wanted), key="wanted")
        self.comment = FormField("توضیح", Prose(lines=2), key="comment")
        self._own = Card(_OWN, "", gap=8)
        self._then = Label(_THEN, "small", "text2", wrap=True)
        self._put_own(narrow=narrow)
        self.answer.edited.connect(self.arrange_typed)
        self.letter = DraftPane()
        self._lay_out(narrow=narrow)
        self.arrange_typed()

    def _put_own(self, *, narrow: bool) -> None:
        self.know(self.answer, self.item, self.reason, self.wanted, self.comment, self.password)
        self._own.add(self.answer)
        self._three = QWidget()
        line: Row | Column = Column(gap=8) if narrow else Row(gap=14)
        for field in (self.item, self.reason, self.wanted):
            line.addWidget(field, 1)
        self._three.setLayout(line)
        self._own.add(self._three)
        self._own.add(self.comment)
        self._own.add(self._then)
        self._own.add(self.password)

    def _lay_out(self, *, narrow: bool) -> None:
        """The letter at the left; where it is narrow only its facts, above all else."""
        layout = self.layout()
        assert layout is not None
        layout.removeWidget(self.card)
        said = QWidget()
        column = Column(self.card, self._own, gap=10)
        column.addStretch(1)
        said.setLayout(column)
        row: Row | Column = Column(gap=10) if narrow else Row(gap=12)
        if narrow:
            self.letter.fold()
            row.addWidget(self.letter)
        row.addWidget(said, 1)
        if not narrow:
            row.addWidget(self.letter)
        self._panes = QWidget()
        self._panes.setLayout(row)
        layout.addWidget(self._panes)

    @property
    def agrees(self) -> bool:
        """Whether the answer is, or would be, the signature."""
        return bool(self.answer.value() != AGAINST)

    def arrange_typed(self) -> None:
        """Only who disagrees says of what, why and in words; only who agrees signs."""
        against = not self.agrees
        self._three.setVisible(against)
        self.comment.setVisible(against)
        self._then.setVisible(against)
        self.password.setVisible(self.answer.value() == AGREE)
        self.button = "ثبت مخالفت" if against else "امضا و صدور نامه"
        self.icon = "arrow-back-up" if against else "user-check"
        self.turned.emit()

    def ask_draft(self, work: Work, seat: Seat, today: date) -> None:
        """Ask for the letter, off the window's thread."""
        job = partial(signing.draft, seat, self._case.case_id)

        def show(draft: ProposalDraft) -> None:
            self.letter.show_draft(work, self._case, draft, today)

        work.run(self, job, show, self.letter.tell, line=True)

    def first(self) -> QWidget | None:
        """The first paper that was not seen, else the answer."""
        unseen = self.rows.unseen
        return self.rows.links[unseen[0].key] if unseen else self.answer

    def faults(self) -> Faults:
        """To sign, every paper of what was changed and the password; against, why and in words."""
        if not self.agrees:
            return self._against()
        found: Faults = [
            (f"{_PAPER}{paper.key}", to_persian_digits(f"«{paper.title}» را ندیده‌اید."))
            for paper in self.rows.unseen
        ]
        if not self.answer.value():
            found.append(("opinion", "برگزینید: موافقید یا مخالف."))
        elif not found:
            found += self.password_fault()
        return found

    def _against(self) -> Faults:
        found: Faults = []
        if not self.reason.value():
            found.append(("reason", "دلیل مخالفت را برگزینید."))
        if not self.wanted.value():
            found.append(("wanted", "اقدام لازم را برگزینید."))
        if not str(self.comment.value()).strip():
            found.append(("comment", _MISSING))
        return found

    def check(self) -> bool:
        """One thing at a time: a paper is gone to before anything else is asked."""
        faults = self.faults()
        unseen = [fault for fault in faults if fault[0].startswith(_PAPER)]
        if not unseen:
            return super().check()
        self.show_faults(unseen[:1])
        self.go_to(unseen[0][0])
        return False

    def go_to(self, key: str) -> None:
        """Also to a paper."""
        if key.startswith(_PAPER):
            self.rows.go_to(key.removeprefix(_PAPER))
        else:
            super().go_to(key)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign it under the password, or say why not."""
        case = self._case
        if self.agrees:
            password = str(self.password.value())
            return lambda: signing.sign(confirm(seat, password), case)
        reason, wanted = ChallengeReason(self.reason.value()), AskedInstead(self.wanted.value())
        item, comment = str(self.item.value()), str(self.comment.value())
        return partial(reviewing.challenge, seat, case, item, reason, wanted, comment)
