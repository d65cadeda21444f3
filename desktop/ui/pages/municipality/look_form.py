"""بازبینی: the letter and its reasons side by side; right is what was seen whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QScrollArea, QWidget

from desktop.actions import letters, review
from desktop.actions.desk import Desk, Seat
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.why_card import reasons_of
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.soon import soon
from desktop.ui.standing.lines import NOTHING
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.reasons import Reason, Reasons
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.work import Work

# What stands round the form, and under its panes in its card, px.
_LEAST, _ROUND, _UNDER = 220, 28, 10
# Qt's own QWIDGETSIZE_MAX, which PySide does not name.
_ANY = 16_777_215
# Of the width, how much the letter has beside its reasons.
_LETTER_SHARE, _REASONS_SHARE = 5, 3
_SLACK = 4
_GROUPS = (("failed", "برقرار نیست"), ("note", "یادآوری"), ("ok", "برقرار است"))
_LETTER, _REASONS = "letter", "reasons."


_SCROLLS = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Up)


def _is_the_places(pane: QAbstractScrollArea, event: QKeyEvent) -> bool:
    """Whether the key scrolls the place in which the whole pane stands."""
    return event.key() in _SCROLLS and not pane.verticalScrollBar().maximum()


class LetterPane(PdfFrame):
    """The letter as wide as its place; seen once its last line has been in sight."""

    def __init__(self, work: Work) -> None:
        super().__init__(work, for_reading=True)
        self.seen = False
        self.drawn.connect(self.look_again)
        self.scrolled.connect(self.look_again)

    def showEvent(self, event: QShowEvent) -> None:
        """What is seen counts while the pane shows."""
        super().showEvent(event)
        self.look_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where the whole letter stands on the page, that is scrolled."""
        if _is_the_places(self, event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def look_again(self, *_: int) -> None:
        """More may be in sight, once the pages have the places that belong to this size."""
        soon(self, self._look)

    def _look(self) -> None:
        whole = _in_sight(self) >= self.viewport().height() - _SLACK
        if self._pages and self.isVisible() and whole and self.end_in_view():
            self.seen = True


class ReasonsPane(Scroller):
    """The reasons in groups, none folded; a group is seen once its end has been in sight."""

    def __init__(self, found: list[Reason]) -> None:
        super().__init__(gap=8, margins=(0, 0, 0, 12))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring = FocusRing(self, 4)
        self.setAccessibleName("دلیل‌ها")
        self.seen: set[str] = set()
        self.groups: dict[str, Card] = {}
        for key, words in _GROUPS:
            mine = [_in_two(reason) for reason in found if reason.result == key]
            if not mine:
                continue
            count = to_persian_digits(f"{len(mine)} شرط")
            card = Card(words, count, flush=True, margins=(9, 14, 0, 14))
            rows = Reasons(heads=False)
            rows.set_reasons(mine, fold=False)
            card.add(rows)
            self.groups[key] = card
            self.add(card)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().rangeChanged.connect(self.look_again)

    def showEvent(self, event: QShowEvent) -> None:
        """What is seen counts while the pane shows."""
        super().showEvent(event)
        self.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may show now."""
        super().resizeEvent(event)
        self.look_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where all reasons stand on the page, that is scrolled."""
        if _is_the_places(self, event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def go_to(self, key: str) -> None:
        """Bring the group, and give the pane the keys."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring(self.groups[key])

    def look_again(self, *_: int) -> None:
        """More may be in sight, once the groups have the places that belong to this size."""
        soon(self, self._look)

    def _look(self) -> None:
        if not self.isVisible():
            return
        high = _in_sight(self) + _SLACK
        for key, card in self.groups.items():
            if card.mapTo(self.viewport(), QPoint(0, card.height())).y() <= high:
                self.seen.add(key)


def _in_sight(pane: QAbstractScrollArea) -> int:
    """Down to which height of the pane the places that it stands in show it, px."""
    view = pane.viewport()
    shown, holder = view.height(), view.parentWidget()
    while holder is not None and not holder.isWindow():
        shown = min(shown, holder.height() - view.mapTo(holder, QPoint(0, 0)).y())
        holder = holder.parentWidget()
    return shown


def _in_two(reason: Reason) -> Reason:
    """In two columns: from where and by which article stand behind what was seen."""
    parts = (reason.seen.rstrip("."), reason.source, reason.article)
    words = "، ".join(part for part in parts if part and part != NOTHING)
    return replace(reason, seen=words, source="", article="")


class LookForm(ActForm):
    """بازبینی: right as it is, with a note or without, once letter and reasons were seen."""

    name = "look"
    tab = "بازبینی"

    def __init__(self, case: Case, desk: Desk, work: Work, *, narrow: bool = False) -> None:
        why = {
            "draw": "این پاسخ آنی به قرعه برگزیده شده است.",
            "boundary": "این پاسخ آنی به مرز یکی از شرط‌ها نزدیک است.",
            "received": "روز دریافت این درخواست پیش از آخرین تماس دفتر با مرکز است؛ آن را بپرسید.",
            "own": "ثبت‌کننده خود مهر کرده است؛ جز او کسی در دفتر نبود.",
        }.get(case.sampled, "نامه و دلیل‌ها را تا پایان ببینید.")
        super().__init__("بازبینی", why, "درست است", "check")
        self._case = case
        self._area: QScrollArea | None = None
        found = reasons_of(case.decision) if case.decision is not None else []
        self.letter = LetterPane(work) if case.answer is not None else None
        self.reasons = ReasonsPane(found)
        self.comment = FormField("توضیح", Prose(lines=2), key="comment", optional=True)
        self.know(self.comment)
        self._row = Row(gap=12)
        if self.letter is not None:
            self._row.addWidget(self.letter, _LETTER_SHARE)
        said = QWidget()
        said.setLayout(Column(self.reasons, self.comment, gap=8))
        self._row.addWidget(said, _REASONS_SHARE)
        self._panes = QWidget()
        self._panes.setLayout(self._row)
        self.card.add(self._panes)
        theme.notifier().changed.connect(self._later)
        self.set_narrow(narrow=narrow)
        self.reasons.installEventFilter(self)
        if self.letter is not None and case.answer is not None:
            self.letter.installEventFilter(self)
            for come in (self.letter.drawn, self.letter.zoomed):
                come.connect(self._later)
            work.run(self, partial(_drawn, desk, case.answer), self.letter.set_pdf)

    def set_narrow(self, *, narrow: bool) -> None:
        """Narrow: the letter as wide as the place, its reasons under it."""
        self._narrow = narrow
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._fit()

    def show_faults(self, faults: Faults) -> None:
        """What is told over the panes takes of their room."""
        super().show_faults(faults)
        self._later()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it is as high as the place it stands in."""
        super().showEvent(event)
        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        if holder is not None and holder is not self._area:
            self._area = holder
            holder.viewport().installEventFilter(self)
            holder.verticalScrollBar().valueChanged.connect(self._look_again)
        self._later()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its panes may stand otherwise in their place now."""
        super().resizeEvent(event)
        self._look_again()

    def _look_again(self, *_: int) -> None:
        self.reasons.look_again()
        if self.letter is not None:
            self.letter.look_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The place is another size now, or one of the panes, whose height goes by its width."""
        if event.type() is QEvent.Type.Resize:
            self._later()
        return super().eventFilter(watched, event)

    def _later(self, *_: int) -> None:
        # Once what stands over the panes has its size.
        soon(self, self._fit)

    def _fit(self) -> None:
        """The panes fill the place, side by side; where it is narrow each stands there whole, one
        under the other, and only the page is scrolled."""
        # A bar that comes and goes would change the width by which the height is reckoned.
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if_needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        panes: list[LetterPane | ReasonsPane] = [self.reasons]
        if self.letter is not None:
            panes.append(self.letter)
        for pane in panes:
            pane.setVerticalScrollBarPolicy(never if self._narrow else if_needed)
            high = max(theme.px(_LEAST), pane.whole_height()) if self._narrow else 0
            pane.setMinimumHeight(high)
            pane.setMaximumHeight(high or _ANY)
        if self._narrow:
            self._panes.setMinimumHeight(0)
            self._panes.setMaximumHeight(_ANY)
            return
        room = self._area.viewport().height() - theme.px(_ROUND) if self._area is not None else 0
        room -= self._panes.mapTo(self, QPoint(0, 0)).y()
        self._panes.setFixedHeight(max(2 * theme.px(_LEAST), room - theme.px(_UNDER)))

    def first(self) -> QWidget | None:
        """The letter, to be read."""
        return self.letter if self.letter is not None else self.reasons

    def faults(self) -> Faults:
        """What was not seen yet, in the order in which it stands."""
        found: Faults = []
        if self.letter is not None and not self.letter.seen:
            found.append((_LETTER, "نامه را تا پایان ببینید."))
        for key, words in _GROUPS:
            if key in self.reasons.groups and key not in self.reasons.seen:
                found.append((f"{_REASONS}{key}", f"دلیل‌های «{words}» را تا پایان ببینید."))
        return found

    def check(self) -> bool:
        """Whether all was seen; else go to the first that was not."""
        faults = self.faults()
        self.show_faults(faults[:1])
        if faults:
            self.go_to(faults[0][0])
        return not faults

    def go_to(self, key: str) -> None:
        """To the letter or a group of reasons: where it was left, not to its end."""
        if key == _LETTER and self.letter is not None:
            self.letter.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key.startswith(_REASONS):
            group = key.removeprefix(_REASONS)
            self.reasons.go_to(group)
            if self._narrow:
                bring_into_sight(self.reasons.groups[group], within=self._area)
        else:
            super().go_to(key)

    def job(self, seat: Seat) -> Callable[[], None]:
        """It is right."""
        case, comment = self._case, self.comment.value()
        return lambda: review.look_again(seat, case, right=True, comment=comment)


def _drawn(desk: Desk, held: CaseLetter) -> bytes:
    """The letter as it was released, else its proof."""
    return letters.kept(desk, held) if held.release is not None else letters.proof(held.letter)
