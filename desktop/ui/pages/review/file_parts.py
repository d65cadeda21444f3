"""The parts of the expert's file but the papers: request, record, visit, earlier cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.reviewing import ReviewFileAnswer
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.report_words import report_sections
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.status import read_status
from desktop.domain.words import letter_called
from desktop.ui.pages.case.applicant import applicant_rows
from desktop.ui.pages.case.tabs import DUE, answers_of, letter_words, sums_of
from desktop.ui.pages.case.why_card import reasons_of, why_words
from desktop.ui.pages.review.differences import DifferencesCard, differences
from desktop.ui.standing.chips import CHIPS
from desktop.ui.standing.lines import NOTHING, short_number, whole_code
from desktop.ui.standing.telling import paid_words
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import clear
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.lists.reasons import Reason, Reasons
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.empty import EmptyState

_MARGINS = (12, 12, 14, 12)
_NO_VISIT = "این پرونده بازدید نخواسته است."
_REPORT_AWAITED = "گزارش بازدید این پرونده هنوز نرسیده است."


def pairs_card(title: str, rows: Iterable[tuple[str, str]], beside: str = " ") -> Card:
    """A card of names and values."""
    card, pairs = Card(title, beside), Pairs()
    for label, value in rows:
        pairs.add(label, value)
    card.add(pairs)
    return card


class RequestPart(Scroller):
    """درخواست: the form as it was filled."""

    def __init__(self) -> None:
        super().__init__(gap=10, margins=_MARGINS)

    def show_case(self, case: Case, service: Service | None, address: str) -> None:
        """Applicant, and what the form says."""
        clear(self.content)
        self.add(pairs_card("متقاضی", applicant_rows(case.request.party, address)))
        title = service.title if service else case.request.service
        code = ("کد رهگیری", whole_code(case.request.tracking))
        self.add(pairs_card(title, [code, *answers_of(case, service)]))
        if paid := list(_sum_rows(case)):
            self.add(pairs_card("پرداخت‌ها", paid))


def _sum_rows(case: Case) -> Iterator[tuple[str, str]]:
    for name, amount, payment, bill in sums_of(case):
        how = paid_words(payment) if payment else f"{DUE.words}، {bill}".rstrip("، ")
        yield name, f"{format_rial(amount)}، {how}"


class RecordPart(Scroller):
    """سوابق: where others say another thing, what each condition saw, then the whole record."""

    def __init__(self) -> None:
        super().__init__(gap=10, margins=_MARGINS)

    def show_case(self, case: Case, service: Service | None, file: ReviewFileAnswer) -> None:
        """Differences, the decision's findings, and the sections of the record."""
        clear(self.content)
        if differ := differences(case, service, file):
            self.add(DifferencesCard(differ))
        if case.decision is not None:
            found = reasons_of(case.decision, case)
            why = Card("نتیجهٔ بررسی شرط‌ها", why_words(found), flush=True)
            rows = Reasons(heads=False)
            rows.set_reasons([_in_two(reason) for reason in found], fold=False)
            why.add(rows)
            self.add(why)
        as_of = f"تا {format_jalali(file.as_of)}" if file.as_of else ""
        for section in file.sections:
            told = [
                (each.label, f"{each.value}، {each.sign}" if each.sign else each.value)
                for each in section.values
            ]
            self.add(pairs_card(section.title, told or [("ندارد", "")], as_of))
        if not file.sections:
            self.add(EmptyState("سابقه‌ای یافت نشد", "ملکی با این مشخصات در سوابق نیست."))


def _in_two(reason: Reason) -> Reason:
    """In two columns: from where and by which article stand behind what was seen."""
    parts = (reason.seen.rstrip("."), reason.source, reason.article)
    words = "، ".join(part for part in parts if part and part != NOTHING)
    return replace(reason, seen=words, source="", article="")


class VisitPart(Scroller):
    """بازدید: the inspector's report; `printed` asks for it on paper."""

    printed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=10, margins=_MARGINS)

    def show_case(self, case: Case) -> None:
        """What was measured and said; without a report the last word of the visit."""
        clear(self.content)
        report = case.report
        if report is None:
            awaited = case.slot is not None or case.state is State.VISIT_DUE
            words = _REPORT_AWAITED if awaited else _NO_VISIT
            self.add(EmptyState("گزارش بازدیدی نیست", words, icon="walk"))
            return
        on_paper = Link("چاپ گزارش")
        on_paper.clicked.connect(self.printed)
        for section in report_sections(report):
            card = pairs_card(section.title, section.rows)
            if not self.content.count():
                card.head.addWidget(on_paper)
            self.add(card)


class EarlierPart(Scroller):
    """پیشین: letters of the case, other cases of the property; `opened` gives the id of one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=6, margins=_MARGINS)

    def show_case(
        self, case: Case, file: ReviewFileAnswer, services: Mapping[str, Service]
    ) -> None:
        """A row each, the newest first."""
        clear(self.content)
        if case.letters:
            told = [(_letter_name(held), letter_words(held)) for held in reversed(case.letters)]
            self.add(pairs_card("نامه‌های همین پرونده", told))
        for each in file.earlier:
            service = services.get(each.service)
            title = service.title if service else each.service
            day, number = format_jalali(each.received_on), short_number(each.tracking)
            row: QWidget = ListRow(
                f"{title}، {to_persian_digits(each.applicant)}",
                f"{isolate(day)}، شمارهٔ {number}",
                icon="list-details",
                chip=CHIPS[read_status(each.status, each.state)],
            )
            assert isinstance(row, ListRow)
            row.clicked.connect(lambda _=False, other=each.case_id: self.opened.emit(other))
            self.add(row)
        left = file.earlier_total - len(file.earlier)
        if left > 0:
            self.add(Label(to_persian_digits(f"{left} پروندهٔ قدیمی‌تر هم هست."), role="text2"))
        if not file.earlier:
            self.add(EmptyState("پروندهٔ دیگری نیست", "این نخستین درخواست برای این ملک است."))


def _letter_name(held: CaseLetter) -> str:
    return f"{letter_called(held.letter)}، {isolate(to_persian_digits(held.letter.number))}"
