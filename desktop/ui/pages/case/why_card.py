"""«چرا؟»: every finding of a decision as a card, short or whole."""

from __future__ import annotations

from desktop.domain.case import Case
from desktop.domain.decision import Decision
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.words import tell_all
from desktop.ui.palette import Tone
from desktop.ui.standing.case import since_paid_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.lists.reasons import Reason, Reasons, arranged

EFFECT_LOOKS: dict[str, tuple[str, Tone]] = {
    Effect.REFUSE: ("ban", "refuse"),
    Effect.VISIT: ("calendar-event", "visit"),
    Effect.REVIEW: ("eye-check", "review"),
    Effect.PAY: ("cash-banknote", "pay"),
}


class WhyCard(Card):
    """The card; passing conditions stand in one line, a link unfolds them."""

    def __init__(self) -> None:
        super().__init__("چرا؟", " ", flush=True, margins=(9, 14, 0, 14))
        self.rows = Reasons()
        self.link = Button("", "quiet", icon="filter")
        self.link.clicked.connect(self._turn)
        self.head.addWidget(self.link)
        self.add(self.rows)
        self._found: list[Reason] = []
        self._turned = False
        self.hide()

    def set_decision(self, decision: Decision | None, case: Case | None = None) -> None:
        """Show another decision's findings; the same again change nothing.

        Of sums that the decision asked for, `case` tells what is left of them.
        """
        found = reasons_of(decision, case) if decision is not None else []
        if found != self._found:
            self._found = found
            self._show()

    def _turn(self) -> None:
        self._turned = not self._turned
        self._show()

    def _show(self) -> None:
        found = self._found
        self.setVisible(bool(found))
        self.beside.setText(why_words(found))
        self.link.setVisible(len(arranged(found)) < len(found))
        self.link.set_words("خلاصه" if self._turned else "همهٔ شرط‌ها")
        self.rows.set_reasons(found, fold=not self._turned)


def reasons_of(decision: Decision, case: Case | None = None) -> list[Reason]:
    """Every finding of a decision as a row under «چرا؟»; `case` as of `WhyCard.set_decision`."""
    rows = []
    found = [*decision.failing, *(each for each in decision.findings if each.passed)]
    for one, finding in zip(tell_all(decision), found, strict=True):
        since = since_paid_words(finding.owed, case) if case is not None else ""
        seen = f"{one.seen}؛ {since}" if since else one.seen
        icon, tone = EFFECT_LOOKS.get(one.effect, ("", "refuse"))
        if not one.effect:
            rows.append(Reason(one.condition, one.seen, one.source, one.article))
        elif one.effect == Effect.NOTE:
            row = Reason(one.condition, one.seen, one.source, one.article, result="note")
            rows.append(row)
        else:
            rows.append(Reason(one.condition, seen, one.source, one.article, "failed", icon, tone))
    return rows


def why_words(reasons: list[Reason]) -> str:
    """«۸ شرط برقرار است، ۱ یادآوری»."""
    failed = sum(reason.result == "failed" for reason in reasons)
    passed = sum(reason.result == "ok" for reason in reasons)
    notes = sum(reason.result == "note" for reason in reasons)
    words = f"{failed} شرط برقرار نیست" if failed else f"{passed} شرط برقرار است"
    return to_persian_digits(words + (f"، {notes} یادآوری" if notes else ""))
