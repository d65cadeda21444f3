"""Nothing typed is lost: every form of every act keeps what stands in it, and gives it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import (
    act_drafts,
    board,
    consultations,
    counter_acts,
    payments,
    rounds,
    visit_day,
)
from desktop.actions.documents import PaperSource
from desktop.actions.records import ImportBody
from desktop.demo.following import case_now, release
from desktop.demo.sample_paper import sample_paper
from desktop.domain.case import Case
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.record_words import WordColumn
from desktop.domain.request import Payment
from desktop.domain.rota import Away
from desktop.domain.state import State
from desktop.forms.sheet_cells import COLUMN, MEANING
from desktop.ui import places
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.amend_form import AmendForm
from desktop.ui.pages.case.counter_acts import LackForm, MoveForm, WithdrawForm
from desktop.ui.pages.case.messages import ResendForm
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.reply_form import ConsulteeReplyForm
from desktop.ui.pages.case.tabs import DOCUMENTS, WHY_TAB
from desktop.ui.pages.commissions.forms import FinalForm
from desktop.ui.pages.conversion.forms import SecondForm
from desktop.ui.pages.figures.figure_form import FigureForm
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.home.page import Home
from desktop.ui.pages.home.parts import DraftCard
from desktop.ui.pages.inspection.ends import MissForm, OtherDayForm
from desktop.ui.pages.inspection.report_form import Ground, ReportForm
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.looks.look_back import LookBackForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.consult_forms import ConsultForm, DropForm, RemindForm
from desktop.ui.pages.office.desk_forms import RevokeForm
from desktop.ui.pages.office_letters.forms import TakeBackForm
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.people.door_forms import UnlockForm
from desktop.ui.pages.people.sign_form import SignForm
from desktop.ui.pages.people.term_forms import AddForm
from desktop.ui.pages.readings.forms import OrderForm, QuestionForm, ReplyForm
from desktop.ui.pages.records.forms import BackForm, ChosenForm, LiftForm, ReadyForm
from desktop.ui.pages.records.held import HeldForm
from desktop.ui.pages.records.words import WordsForm
from desktop.ui.pages.review.aside_forms import RefuseForm, ReturnForm
from desktop.ui.pages.services.withdraw import WithdrawForm as ServiceWithdrawForm
from desktop.ui.pages.signing.opinion_form import OpinionForm
from desktop.ui.pages.till.claim_form import ClaimForm
from desktop.ui.pages.till.entry_forms import RefundForm, VoidPaymentForm
from desktop.ui.pages.visits.form import AbsenceEndForm, AbsenceForm, MoveVisitsForm
from desktop.ui.pages.visits.rounds_form import RoundsForm
from desktop.ui.registry import load_pages
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.wire.readings import ReadingBody
from desktop.wire.services import ServiceBody, VersionBody, VersionState
from tests.houses import MORNING
from tests.reports.test_office_letter import both, letters
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.act_hands import SECRET, escape, fill, lines, opened, press_in
from tests.ui.pages.case_hands import booked, unpaid
from tests.ui.pages.commissions.made import COMMISSION_FORMS
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import opened_file
from tests.ui.pages.objection_forms import OBJECTION_FORMS
from tests.ui.pages.office.made import OFFICE_FORMS
from tests.ui.pages.people.made import PEOPLE_FORMS, known
from tests.ui.pages.recall_forms import RECALL_FORMS
from tests.ui.pages.record_states import TODAY, full_known
from tests.ui.pages.review.made import REVIEW_FORMS
from tests.ui.pages.seeing import wake
from tests.ui.pages.signing.made import opinion_form
from tests.ui.pages.test_elsewhere import ELSEWHERE_FORMS
from tests.ui.pages.test_sheets import SHEET_FORMS
from tests.ui.pages.test_unreached import unreached
from tests.ui.pages.unit_forms import FIGURE_KINDS, UNIT_FORMS, looked

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def _claimed(office: Office) -> Case:
    case = cases.owing(office.crew)
    owed = case.owed[0]
    paid = Payment(owed.amount, "bill", "9912", case.request.received_on)
    payments.claim(office.crew.clerk, case.case_id, owed.key, paid)
    return case_now(office.crew.clerk, case.case_id)


def _withdrawn(office: Office) -> Case:
    case = cases.to_visit(office.crew)
    counter_acts.withdraw(office.crew.clerk, case.case_id, "ملک فروخته شد.")
    return case_now(office.crew.clerk, case.case_id)


def _in_review(office: Office) -> Case:
    case = cases.in_review(office.crew)
    return board.municipal_case(office.crew.expert, case.case_id)[0]


def _asked(office: Office) -> Case:
    """One case, however many forms of it come to stand."""
    expert = office.crew.expert
    if rows := board.municipal_queue(expert, state=State.CONSULTING.value).rows:
        return board.municipal_case(expert, rows[0].case_id)[0]
    return cases.consulting(office.crew, *consultations.names(expert.desk)[:2])


def _amend(office: Office) -> ActForm:
    case = unpaid(office)
    service = board.service_of(office.crew.clerk.desk, case)
    files = FormFiles(office.window, office.window)
    return AmendForm(case, service, TODAY, files)


def _report(office: Office) -> ActForm:
    case, files = booked(office), FormFiles(office.window, office.window)
    return ReportForm(
        case, lambda: MORNING, files, Ground(visit_day.city_of(office.crew.inspector.desk))
    )


def _miss(office: Office) -> ActForm:
    case, files = booked(office), FormFiles(office.window, office.window)
    return MissForm(case, office.window.now, files)


def _staged(name: str) -> ImportBody:
    staged = full_known(name).state.staged
    assert staged is not None
    return staged


def _held(_: Office) -> ActForm:
    form = HeldForm(_staged("held"), ("سعید نوری",), lambda *_args, **_named: None)
    form.open_reason()
    return form


def _back(_: Office) -> ActForm:
    forced = full_known("in force").state.forced
    assert forced is not None
    return BackForm(7, forced)


def _service_withdraw(_: Office) -> ActForm:
    version = VersionBody(version="abc", day=TODAY, title="دیوارکشی", state=VersionState.COMING)
    service = ServiceBody(
        code="walling", title="دیوارکشی", icon="wall", digit=0, family="", versions=[version]
    )
    return ServiceWithdrawForm(service, version)


_LOOK = ReadingBody(
    chain="desk", seq=1, at=MORNING, until=MORNING, times=1, actor="zahra-fallah",
    name="زهرا فلاح", role="clerk", office="21", desk=2, what="case", way="page", case_id="",
    tracking="", code="2-1-1-1", about="", no_case=True, off_hours=False, right=True,
)  # fmt: skip
FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    QuestionForm: lambda _: QuestionForm(_LOOK),
    ReplyForm: lambda _: ReplyForm(_LOOK),
    OrderForm: lambda _: OrderForm(),
    WithdrawForm: lambda office: WithdrawForm(unpaid(office)),
    LackForm: lambda office: LackForm(unpaid(office), None),
    MoveForm: lambda office: MoveForm(booked(office)),
    AmendForm: _amend,
    RefundForm: lambda office: RefundForm(_withdrawn(office)),
    VoidPaymentForm: lambda office: VoidPaymentForm(cases.to_visit(office.crew)),
    ClaimForm: lambda office: ClaimForm(_claimed(office)),
    ReportForm: _report,
    OtherDayForm: lambda office: OtherDayForm(booked(office), TODAY),
    MissForm: _miss,
    ReturnForm: lambda office: ReturnForm(_in_review(office)),
    LookBackForm: lambda office: LookBackForm(cases.answered(office.crew)),
    RefuseForm: lambda office: RefuseForm(_in_review(office), None),
    ConsultForm: lambda office: ConsultForm(
        _in_review(office), consultations.consultees(office.crew.expert.desk)
    ),
    RemindForm: lambda office: RemindForm(case := _asked(office), case.awaited),
    DropForm: lambda office: DropForm(case := _asked(office), case.awaited),
    ConsulteeReplyForm: lambda office: ConsulteeReplyForm(
        case := _asked(office), case.awaited, TODAY, FormFiles(office.window, office.window)
    ),
    ChosenForm: lambda _: ChosenForm(Path("سوابق.xlsx"), TODAY, TODAY, None),
    ReadyForm: lambda _: ReadyForm(_staged("ready")),
    HeldForm: _held,
    BackForm: _back,
    LiftForm: lambda _: LiftForm(full_known("in force").kept[0], ("سعید نوری",)),
    WordsForm: lambda _: WordsForm(_staged("held").unknown),
    ServiceWithdrawForm: _service_withdraw,
    ResendForm: lambda office: ResendForm(case := unreached(office), *case.unreached),
    TakeBackForm: lambda _: TakeBackForm(letters(*both("21"))),
    MoveVisitsForm: lambda office: MoveVisitsForm(office.crew.planner, office.window.work, TODAY),
    AbsenceEndForm: lambda office: AbsenceEndForm(
        office.crew.planner, office.window.work, TODAY, "علی کارگر", Away("a", TODAY, TODAY)
    ),
    AbsenceForm: lambda office: AbsenceForm(
        office.crew.planner, office.window.work, TODAY, [("ali-kargar", "علی کارگر")]
    ),
    RoundsForm: lambda office: RoundsForm(rounds.look(office.crew.planner.desk, TODAY), TODAY),
    **COMMISSION_FORMS,
    OpinionForm: opinion_form,
    **OFFICE_FORMS,
    **PEOPLE_FORMS,
    **REVIEW_FORMS,
    **OBJECTION_FORMS,
    **RECALL_FORMS,
    **UNIT_FORMS,
    **SHEET_FORMS | ELSEWHERE_FORMS,
}
"""Every form of every role, and how it comes to stand."""


# Nothing but the password is typed there, if that, and it is never kept.
_ONLY_SIGNED = (FinalForm, ReadyForm, RevokeForm, SecondForm, SignForm, UnlockForm)


def kinds(of: type[ActForm] = ActForm) -> Iterator[type[ActForm]]:
    """Every form that a person can meet."""
    for each in of.__subclasses__():
        if "name" in vars(each) and each.__module__.startswith("desktop.ui.pages."):
            yield each
        yield from kinds(each)


def test_the_table_holds_every_form_of_every_role() -> None:
    for municipal in (False, True):
        load_pages(municipal=municipal)  # A class that nobody loaded is in no list.
    assert FORMS.keys() == set(kinds())
    names = [each.name for each in FORMS]
    assert len(names) == len(set(names))


def _of_each_room() -> Iterator[Any]:
    """All of them; beyond the first of a room they are for the long check."""
    met: Counter[str] = Counter()
    for kind in FORMS:
        room = kind.__module__.rpartition(".")[0]
        met[room] += 1
        yield pytest.param(kind, marks=pytest.mark.long) if met[room] > 1 else kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*_of_each_room()], ids=lambda kind: str(kind.name))
def test_what_is_typed_is_laid_in_again_and_thrown_away(
    forms_office: Office, qtbot: QtBot, kind: type[ActForm]
) -> None:
    office = forms_office
    first = FORMS[kind](office)
    second = FORMS[kind](office) if kind is not AmendForm else _same_amend(office, first)
    typed = _kept_and_thrown_away(qtbot, first, second)
    assert bool(typed) is (kind not in _ONLY_SIGNED)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FIGURE_KINDS)
def test_a_figure_of_every_kind_is_kept_whatever_its_columns(
    kept_office: Office, qtbot: QtBot, kind: str
) -> None:
    look = looked(kept_office, kind)
    for figure in [None, *look.figures[:1]]:
        first, second = FigureForm(look, figure), FigureForm(look, figure)
        assert _kept_and_thrown_away(qtbot, first, second)


@pytest.mark.slow
def test_a_choice_is_taken_back_with_what_hung_on_it(office: Office, qtbot: QtBot) -> None:
    """Another office has other roles, another column other meanings."""
    seat = office.crew.supervisor
    offices = ("office", (MUNICIPALITY, "21"), "role")
    columns = (COLUMN, [each.word for each in WordColumn][:2], MEANING)
    for form, (key, (former, later), hanging) in (
        (AddForm(seat, known(office), ""), offices),
        (FigureForm(looked(office, "words"), None), columns),
    ):
        qtbot.addWidget(form)
        form.typed.begin()
        choose(form, key, former)
        last = form.fields[hanging].control.options()[0][0]  # type: ignore[attr-defined]
        choose(form, hanging, last)
        choose(form, key, later)
        assert not form.fields[hanging].value()
        form.typed.undo.step(redo=False)
        assert (form.fields[key].value(), form.fields[hanging].value()) == (former, last)


def choose(form: ActForm, key: str, option: str) -> None:
    """Choose in a list, as typing does."""
    control: Any = form.fields[key].control
    control.set_value(option)
    control.edited.emit()


def _kept_and_thrown_away(qtbot: QtBot, first: ActForm, second: ActForm) -> dict[str, str]:
    """What was typed into the first, after all of it went the way of a draft in the second."""
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    first.typed.begin()
    empty = first.typed.texts()
    fill(first)
    typed = first.typed.typed()
    assert SECRET not in str(typed)
    second.typed.begin()
    second.typed.lay_in(typed, first.typed.words(), first.typed.shown())
    assert second.typed.aside == {}
    assert second.typed.typed() == typed
    assert second.faults() == [fault for fault in second.faults() if fault[1]]
    second.typed.throw_away()
    assert second.typed.typed() == {}
    second.typed.undo.step(redo=False)
    assert second.typed.typed() == typed
    # Step by step back to where it began, and on again.
    for _ in range(len(typed) + 9):
        first.typed.undo.step(redo=False)
    assert {k: v for k, v in first.typed.texts().items() if v} == {
        k: v for k, v in empty.items() if v
    }
    for _ in range(len(typed) + 9):
        first.typed.undo.step(redo=True)
    assert first.typed.typed() == typed
    return typed


@pytest.mark.slow
@pytest.mark.parametrize("kind", [ReportForm, MissForm, AmendForm, ConsulteeReplyForm])
def test_of_a_paper_that_is_still_read_it_is_said_that_it_is_left(
    forms_office: Office,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[ActForm],
) -> None:
    told: list[str] = []
    monkeypatch.setattr(forms_office.window, "toast", told.append)
    form: Any = FORMS[kind](forms_office)
    qtbot.addWidget(form)
    form.put_away()
    assert told == []
    # Whoever leaves before its pages came.
    monkeypatch.setattr(form.files, "run", lambda *_: None)
    content = sample_paper()[1]
    row = form.findChild(DocumentRow)
    form.files.add(row, [PaperSource("نامه.pdf", lambda: content)])
    form.put_away()
    (words,) = told
    assert "دوباره آن را پیوست کنید" in words


def _same_amend(office: Office, first: ActForm) -> ActForm:
    assert isinstance(first, AmendForm)
    files = FormFiles(office.window, office.window)
    return AmendForm(first._case, first._service, TODAY, files)


@pytest.mark.long
def test_a_refusal_s_reason_outlives_esc_another_page_and_a_lock(office: Office) -> None:
    case = cases.in_review(office.crew)
    page = opened_file(office, case)
    page.begin("refuse")
    form = page.form
    assert isinstance(form, RefuseForm)
    type_text(page, "خلاف ضوابط")
    form.add_reason()
    type_text(page, "پارکینگ")
    escape(page)
    assert page.form is None
    assert lines(page) == ["نوشتهٔ ناتمام: پاسخ منفی، ۱۰:۴۲"]
    office.go(places.MunicipalQueue())
    page = opened_file(office, case)
    assert len(lines(page)) == 1
    press_in(page, "ادامه")
    again = page.form
    assert isinstance(again, RefuseForm)
    assert [field.value() for field in again.reasons] == ["خلاف ضوابط", "پارکینگ"]
    assert again.earlier.isVisible()
    assert lines(page) == []
    # Somebody else at the same desk sees nothing of it.
    office.window.lock()
    other = opened(office, case, Role.SUPERVISOR)
    assert lines(other) == []
    # Thrown away it is gone for good.
    page = opened_file(office, case)
    press_in(page, "حذف")
    assert lines(page) == []
    assert act_drafts.mine(office.crew.expert) == []


@pytest.mark.long
def test_a_report_is_there_again_and_gone_once_it_is_filed(office: Office) -> None:
    case = booked(office)
    slot = case.slot
    assert slot is not None
    day = slot.day
    office.clock.moment = office.clock.moment.replace(year=day.year, month=day.month, day=day.day)
    page = opened(office, case, Role.INSPECTOR)
    assert isinstance(page, MunicipalCasePage)
    form = page._main_form
    assert isinstance(form, ReportForm)
    type_text(page, "930")
    form.fields["bound.north"].setFocus()
    type_text(page, "کوچهٔ گلستان")
    escape(page)
    page = opened(office, case, Role.INSPECTOR)
    assert isinstance(page, MunicipalCasePage)
    again = page._main_form
    assert isinstance(again, ReportForm)
    assert again.fields["bound.north"].value() == "کوچهٔ گلستان"
    assert again.fields["time"].value() == "930"
    assert "۱۰:۴۲" in again.earlier.accessibleName()
    # Where the keys were.
    assert again.fields["bound.north"].control.hasFocus()
    again.earlier.followed.emit()
    assert not again.earlier.isVisible()
    assert again.fields["bound.north"].value() == ""
    press(page, Key.Key_Z, CONTROL)
    assert again.fields["bound.north"].value() == "کوچهٔ گلستان"


@pytest.mark.slow
def test_what_was_done_is_no_draft_any_more(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    page.drafts.leave()
    assert [each.act for each in act_drafts.mine(office.window.seat)] == ["withdraw"]
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).state is State.WITHDRAWN
    assert act_drafts.mine(office.window.seat) == []
    assert lines(page) == []


@pytest.mark.long
def test_of_a_case_that_went_on_the_words_are_kept_to_be_read(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("lack")
    form = page.form
    assert isinstance(form, LackForm)
    form.comment.setFocus()
    type_text(page, "نقشهٔ ثبتی را هم بیاورید")
    office.go(places.Home())
    counter_acts.withdraw(office.crew.clerk, case.case_id, "ملک فروخته شد.")
    page = opened(office, case, Role.CLERK)
    assert isinstance(page, CasePage)
    (line,) = lines(page)
    assert "پرونده پیش رفته است" in line
    press_in(page, "دیدن نوشته")
    read = [label.text() for label in page.unfinished.findChildren(QLabel) if label.isVisible()]
    assert "نقشهٔ ثبتی را هم بیاورید" in read


@pytest.mark.long
def test_typing_on_and_on_is_kept_within_two_seconds(office: Office, qtbot: QtBot) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    seat = office.window.seat

    def kept() -> bool:
        # Steadily, faster than any pause that would be waited for.
        type_text(page, "ا")
        return bool(act_drafts.mine(seat))

    qtbot.waitUntil(kept, timeout=4_000)


@pytest.mark.long
def test_the_parts_of_the_case_stay_within_reach_while_an_act_is_typed(office: Office) -> None:
    case = cases.in_review(office.crew)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    assert page.form is not None
    reason = page.form.fields["reason"].control
    type_text(page, "منصرف شد")
    assert page.tabs.on_act
    page.tabs.open(WHY_TAB)
    QApplication.processEvents()
    assert page.tabs.parts[WHY_TAB].isVisible()
    assert page.tabs.why.isVisible()
    # Esc comes back to what is typed before it gives anything up.
    escape(page)
    assert page.tabs.on_act
    reason.setFocus()
    for _ in page.tabs.tabs._words:
        press(page, Key.Key_Tab, CONTROL)
    assert page.tabs.on_act
    assert reason.hasFocus()
    assert page.form.fields["reason"].value() == "منصرف شد"
    page.tabs.open(DOCUMENTS)
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case.case_id).state is State.WITHDRAWN


@pytest.mark.long
def test_home_lists_what_was_left_half_typed_and_opens_it_again(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    home = office.go(places.Home())
    assert office.window.status.draft.text() == "نوشتهٔ شما نگه داشته شد"
    assert office.window.status.draft.isVisible()
    assert isinstance(home, Home)
    card = next(
        each
        for each in office.window.findChildren(DraftCard)
        if any("انصراف متقاضی" in label.text() for label in each.findChildren(QLabel))
    )
    # No draft of a request among them: its service would not be known.
    assert home._loaded is not None
    assert home._loaded.day.drafts == []
    card.resumed.emit()
    QApplication.processEvents()
    again = office.page
    assert isinstance(again, CasePage)
    assert isinstance(again.form, WithdrawForm)
    assert again.form.reason.value() == "منصرف شد"
    assert again.form.reason.control.hasFocus()


@pytest.mark.long
def test_from_a_payment_that_was_gone_on_with_esc_leads_home_again(office: Office) -> None:
    case = cases.owing(office.crew)
    office.sit(Role.CLERK)
    wake(office)
    office.go(places.Outcome(case.case_id))
    type_text(office.window, "9001")
    home = office.go(places.Home())
    assert isinstance(home, Home)
    (card,) = office.window.findChildren(DraftCard)
    card.resumed.emit()
    QApplication.processEvents()
    assert isinstance(office.page, OutcomePage)
    assert office.page.owed is not None
    assert office.page.owed.payment.reference.value() == "9001"
    passed = []
    for _ in range(2):
        press(office.window, Key.Key_Escape)
        QApplication.processEvents()
        passed.append(office.page.place)
    assert passed == [places.Case(case.case_id), places.Home()]


@pytest.mark.long
def test_the_reason_of_a_voiding_is_kept_without_the_password(office: Office) -> None:
    case = cases.answered(office.crew)
    release(office.crew, case)
    office.sit(Role.MANAGER)
    wake(office)
    page = office.go(places.Letter(case.case_id))
    assert isinstance(page, LetterPage)
    page.panel.open_void()
    type_text(page, "نام مالک نادرست است")
    page.panel.void_card.password.setFocus()
    type_text(page, "secret")
    press(page, Key.Key_Escape)
    assert not page.panel.voids
    (kept,) = act_drafts.mine(office.window.seat)
    assert kept.typed == {"reason": "نام مالک نادرست است"}
    # From the case it leads to the letter again.
    there = office.go(places.Case(case.case_id))
    assert isinstance(there, CasePage)
    assert [line.partition(" نامهٔ ")[0] for line in lines(there)] == ["نوشتهٔ ناتمام: ابطال"]
    press_in(there, "ادامه")
    again = office.page
    assert isinstance(again, LetterPage)
    again.panel.open_void()
    assert again.panel.void_card.reason.value() == "نام مالک نادرست است"
    assert again.panel.void_card.password.value() == ""
    assert again.panel.void_card.form.earlier.isVisible()
    type_text(again, "؛ اصلاح شود")
    again.leave()
    (kept,) = act_drafts.mine(office.window.seat)
    assert kept.typed["reason"].startswith("نام مالک نادرست است")
    again.panel.void_card.form.earlier.followed.emit()
    again.leave()
    assert act_drafts.mine(office.window.seat) == []
