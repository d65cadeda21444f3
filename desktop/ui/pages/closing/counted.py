"""What was counted and explained of a day so far, and the steps that lead to its close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.day_close import CloseCount
from desktop.actions.office_day import Day, Doubt
from desktop.domain.day_register import COUNTED, Explanation, Sheets
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.tool import Tool
from desktop.ui.pages.acts.signed_form import OWN_PASSWORD
from desktop.ui.pages.closing.doubts import lacking, unexplained
from desktop.ui.widgets.holders.card import SectionState
from desktop.ui.widgets.lists.steps import Step


@dataclass(frozen=True)
class Counted:
    """Sums by tool (Rial), whether the bank is put off, answers by the payment's name, sheets
    (None while not counted), the note."""

    sums: Mapping[Tool, int]
    bank_later: bool
    answers: Mapping[str, Explanation]
    sheets: Sheets | None
    note: str

    @property
    def said(self) -> CloseCount | None:
        """All of it, for the close; None while the sheets are not counted."""
        sheets = self.sheets
        if sheets is None:
            return None
        return CloseCount(
            self.sums,
            sheets.begin,
            sheets.received,
            sheets.spoiled,
            sheets.left,
            self.answers,
            self.note,
        )

    def has(self, tool: Tool) -> bool:
        """Whether the tool is counted, or need not be today."""
        return tool in self.sums or (tool is Tool.BANK and self.bank_later)

    @property
    def differs(self) -> bool:
        """Whether other sheets were counted than should be left."""
        return self.sheets is not None and self.sheets.left != self.sheets.expected

    def unexplained(self, day: Day) -> int:
        """Rial of both tools' differences that no payment explains."""
        return sum(abs(unexplained(day, self.sums, self.answers, tool)) for tool in COUNTED)

    def unanswered(self, day: Day) -> list[Doubt]:
        """Payments that must be answered and are not."""
        return [each for each in day.doubts(self.answers) if each.name not in self.answers]

    def lacking_payments(self, day: Day) -> dict[Tool, int]:
        """How many payments of this day each tool lacks, as far as anybody said."""
        counts = dict[Tool, int]()
        for doubt in (each for each in day.doubts(self.answers) if not each.carried):
            answer = self.answers.get(doubt.name)
            if answer is None or answer.lacking:
                counts[doubt.entry.tool] = counts.get(doubt.entry.tool, 0) + 1
        return counts

    def found_payments(self, day: Day) -> dict[Tool, int]:
        """How many payments of earlier registers are in what was counted of each tool."""
        counts = dict[Tool, int]()
        for tool in COUNTED:
            found = [
                each
                for each in day.carried
                if each.entry.tool is tool and self.answers.get(each.name) is Explanation.FOUND
            ]
            differs = tool in self.sums and day.book.total(tool) != self.sums[tool]
            if differs and not unexplained(day, self.sums, self.answers, tool):
                counts[tool] = len(found)
        return counts

    def wants_note(self, day: Day) -> bool:
        """Whether something differs that only words can explain."""
        return not self.note and (self.differs or bool(self.unexplained(day)))


def steps(day: Day, typed: Counted) -> list[Step]:
    """The five steps to the close, each as far as it is."""
    till = all(typed.has(tool) for tool in COUNTED)
    sheets, unsent = typed.sheets is not None, day.figures.unsent
    waits = f"{unsent} درخواست ارسال‌نشده" if unsent else "ارسال‌نشده"
    return [
        Step("شمارش صندوق", _done(till), "done" if till else "current"),
        Step(
            "شمارش برگه‌ها",
            "با مانده برابر نیست" if typed.differs else _done(sheets),
            "later" if not sheets else "warned" if typed.differs else "done",
        ),
        _difference(day, typed, till=till),
        Step(
            to_persian_digits(waits),
            "مانع بستن نیست؛ در دفتر روز می‌آید" if unsent else "ندارد",
            "warned" if unsent else "done",
        ),
        Step("امضا و مهر", OWN_PASSWORD),
    ]


def _difference(day: Day, typed: Counted, *, till: bool) -> Step:
    missing = sum(abs(lacking(day, typed.answers, tool)) for tool in COUNTED)
    left = typed.unexplained(day)
    explained = not typed.unanswered(day) and (not left or bool(typed.note))
    state: SectionState = "done" if explained and till else "later"
    if not missing and not left and not day.doubts(typed.answers):
        return Step("اختلاف", "ندارد" if till else "پس از شمارش", state)
    detail = "توضیح آن نوشته شد" if explained else "توضیح آن مانده است"
    return Step(f"اختلاف {format_rial(missing + left)}", detail, state)


def _done(done: bool) -> str:
    return "انجام شد" if done else "مانده است"
