"""What the expert's file sets beside each other, and what of the decision folds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.recommendation import ReviewReason, Verdict
from desktop.domain.record_sheet import NONE, area_words
from desktop.domain.request import VisitReport
from desktop.domain.state import State
from desktop.domain.words import FindingWords
from desktop.ui.pages.review.condition import Condition
from desktop.ui.pages.review.differences import Difference, differences
from desktop.ui.pages.review.file_parts import VisitPart
from desktop.ui.widgets.told.empty import EmptyState
from desktop.wire.reviewing import ReviewFileAnswer, SheetSectionBody, SheetValueBody
from tests.domain.test_message import SLOT, case
from tests.shipped import SHIPPED
from tests.ui.pages.municipal_hands import say

REPORT = VisitReport(
    visited_at=datetime(2026, 11, 24, 6, 0, tzinfo=UTC), present="مالک", land="240.50",
    built="0.00", floors=0, units=0, use="مسکونی", condition="land", bounds=("", "", "", ""),
    lane_width="8", advance="", violation="", violation_area="", latitude="", longitude="",
    result="", cleared={},
)  # fmt: skip


def recorded(**told: str) -> ReviewFileAnswer:
    values = [SheetValueBody(key=key, label=key, value=words) for key, words in told.items()]
    sections = [SheetSectionBody(title="ملک", values=values)]
    return ReviewFileAnswer(
        as_of=None, match="found", sections=sections, earlier=[], earlier_total=0, experts=[]
    )


def test_only_what_two_of_the_three_say_otherwise_is_set_side_by_side() -> None:
    service = SHIPPED["subdivision"]
    asked = replace(case().request, answers={"land": "240.50", "built": "186"})
    file = recorded(land=area_words(Decimal("240.50")), built=area_words(Decimal(180)), use="باغ")
    told = differences(case(request=asked, report=REPORT), service, file)
    assert told == [
        Difference("اعیان", "۱۸۶٫۰۰ مترمربع", "۱۸۰٫۰۰ مترمربع", "ندارد"),
        Difference("کاربری", NONE, "باغ", "مسکونی"),
    ]
    # Before a visit only form and records are compared; who has no form of it says nothing.
    assert [each.label for each in differences(case(request=asked), service, file)] == ["اعیان"]
    assert differences(case(request=asked), None, file) == []


def test_a_file_without_a_report_says_whether_one_is_to_come(qtbot: QtBot) -> None:
    part = VisitPart()
    qtbot.addWidget(part)
    for told, words in (
        (case(), "این پرونده بازدید نخواسته است."),
        (case(slot=SLOT), "گزارش بازدید این پرونده هنوز نرسیده است."),
        (case(state=State.VISIT_DUE), "گزارش بازدید این پرونده هنوز نرسیده است."),
    ):
        part.show_case(told)
        assert part.findChildren(EmptyState)[-1].accessibleName().endswith(words)


def test_what_is_cleared_folds_to_a_line_and_opens_again(qtbot: QtBot) -> None:
    told = FindingWords("deed", "review", "سند رسمی نیست", "سند عادی", "سوابق", "—")
    reason = ReviewReason("deed-seen", "اصل سند دیده شد", ("deed",), ("مادهٔ ۲۲ قانون ثبت",))
    condition = Condition(told, [reason])
    host = QWidget()
    qtbot.addWidget(host)
    condition.setParent(host)
    host.show()

    def shown() -> list[bool]:
        return [each.isVisibleTo(host) for each in (condition.verdict, condition.reason)]

    say(condition, Verdict.STANDS, "سند عادی است")
    condition.fold()
    assert shown() == [True, False], "what stands is never folded away"
    condition.verdict.set_value(Verdict.CLEARED.value)
    condition.reason.set_value("")
    condition.fold()
    assert shown() == [True, True], "what lacks its reason is not done"
    condition.reason.set_value(reason.code)
    condition.reason.edited.emit()
    condition.fold()
    assert shown() == [False, False]
    told_line = condition.findChildren(type(condition._told))
    assert "مانع برطرف است: اصل سند دیده شد، مادهٔ ۲۲ قانون ثبت: سند عادی است" in [
        each.text() for each in told_line
    ]
    condition._again.click()
    assert shown() == [True, True]


def test_where_nothing_but_an_expert_is_asked_no_hindrance_is_gone(qtbot: QtBot) -> None:
    for gate, words in (
        ("expert", ["بی‌مانع است", "مانع دارد", "مدرک لازم است"]),
        ("deed", ["مانع برطرف است", "باقی است", "مدرک لازم است"]),
    ):
        told = FindingWords(gate, "review", "شرط", "این خدمت را کارشناس بررسی می‌کند", "ضوابط", "—")
        condition = Condition(told, ())
        qtbot.addWidget(condition)
        assert [each for _, each in condition.verdict.options()] == words
        condition.set_narrow(True)
        assert [each for _, each in condition.verdict.options()][0] == words[0].removeprefix(
            "مانع "
        )
