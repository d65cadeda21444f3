"""What the counter does on the case page: withdraw, missing documents, amend, another half-day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions import counter_acts
from desktop.actions.documents import PaperSource
from desktop.demo.following import case_now
from desktop.domain.calendar import jalali
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.case.amend_form import AmendForm
from desktop.ui.pages.case.counter_acts import LackForm, MoveForm, WithdrawForm
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.work import Changed
from tests.papers import attached, picture
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages.case_hands import act, booked, main, opened, unpaid, words
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import key
from tests.ui.pages.seeing import wake
from tests.ui.spooler import Spooler

Key = Qt.Key


@pytest.mark.long
def test_withdrawing_asks_its_reason_in_place(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    withdraw = next(b for b in page.window().findChildren(Button) if "انصراف متقاضی" in b.text())
    withdraw.click()
    assert isinstance(page.form, WithdrawForm)
    act(page)
    assert page.form.reason.error() == "دلیل انصراف را بنویسید."
    type_text(page, "فروش ملک منتفی شد")
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.state is State.WITHDRAWN
    assert now.withdrawn == "فروش ملک منتفی شد"
    assert page.form is None
    assert "متقاضی انصراف داد" in words(page)


@pytest.mark.slow
def test_missing_documents_go_to_paper_and_come_back_amended(
    office: Office, spooler: Spooler
) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page.begin("lack")
    form = page.form
    assert isinstance(form, LackForm)
    act(page)
    assert form.banner.isVisible()
    form.rows[0].tick.click()
    title = form.rows[0].title
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.state is State.RETURNED
    assert now.returned is not None
    assert [d.document for d in now.returned.defects] == [title]
    assert page.paper.isVisible()
    assert page.paper.frame.pdf().startswith(b"%PDF")
    wake(office)
    # As its key said: it was registered, and it is printed, once.
    (paper,) = spooler.jobs()
    assert title in " ".join(text_of(paper))
    assert main(page).text() == "ادامه"
    act(page)
    assert len(spooler.jobs()) == 1
    assert "نقص مدارک" in words(page)
    assert main(page).text() == "اصلاح درخواست"
    act(page)
    amending = page.form
    assert isinstance(amending, AmendForm)
    key = next(k for k, row in amending.rows.items() if row.words() == title)
    assert not amending.rows[key].seen.value()
    act(page)
    assert amending.rows[key].error()
    amending.rows[key].seen.click()
    # How the applicant is addressed can be put right, too: it stands over every letter.
    amending.contact.cells["party.honorific"].set_value("madam")
    act(page)
    assert case_now(office.crew.clerk, case.case_id).request.party.honorific == "madam"
    # Said by mistake, it can be taken back.
    page.begin("amend")
    again = page.form
    assert isinstance(again, AmendForm)
    said = again.contact.cells["party.honorific"].control
    said.setFocus()
    press(said, Key.Key_Right)
    press(said, Key.Key_Right)
    act(page)
    assert case_now(office.crew.clerk, case.case_id).request.party.honorific == ""
    assert case_now(office.crew.clerk, case.case_id).state is State.FEE_DUE


@pytest.mark.slow
def test_the_notice_of_what_lacks_is_printed_as_its_key_says(
    threads: Office, spooler: Spooler, qtbot: QtBot
) -> None:
    """As at work: what was done is looked at by a thread, and the paper is of that."""
    page = opened(threads, unpaid(threads))
    qtbot.waitUntil(lambda: page.can_begin("lack"))
    page.begin("lack")
    form = page.form
    assert isinstance(form, LackForm)
    # Nothing is ticked: what lacks is said in words.
    assert isinstance(form.comment.control, Prose)
    form.comment.control.set_value("امضای سند خوانا نیست")
    act(page)
    # The spooler has the file before all of it.
    qtbot.waitUntil(lambda: any(b"%%EOF" in job[-32:] for job in spooler.jobs()))
    said = " ".join(text_of(spooler.jobs()[0]))
    assert "اعلام نقص مدارک" in said
    assert "امضای سند خوانا نیست" in said
    qtbot.waitUntil(lambda: threads.window.is_idle)


@pytest.mark.long
def test_only_what_was_changed_is_sent(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page.begin("amend")
    form = page.form
    assert isinstance(form, AmendForm)
    act(page)
    assert "چیزی تغییر نکرده است." in words(page)
    mobile = form.fields["party.mobile"]
    mobile.setFocus()
    mobile.set_value("0913")
    form._changed()
    act(page)
    assert mobile.error()
    mobile.set_value("09139876543")
    form._changed()
    assert form.changes() == {"party.mobile": "09139876543"}
    assert form.new_documents() == ()
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.request.party.mobile == "09139876543"
    assert now.request.answers == case.request.answers


@pytest.mark.long
def test_a_document_keeps_its_pages_and_gets_another_one(office: Office) -> None:
    case = unpaid(office)
    seat = office.crew.clerk
    held = case.request.documents[0]
    file = attached(seat, 1, 2).file
    counter_acts.amend(seat, case.case_id, {}, (replace(held, file=file),))
    page = opened(office, case)
    page.begin("amend")
    form = page.form
    assert isinstance(form, AmendForm)
    row = form.rows[held.key]
    assert row.papers is not None
    assert len(row.papers.strip.thumbs) == 2
    assert form.new_documents() == ()
    row.papers.strip.thumbs[1].click()
    assert page.cover.isVisible()
    press(page, Qt.Key.Key_Escape)
    assert not page.cover.isVisible()
    assert page.form is form
    form.files.add(row, [PaperSource("اسکن.png", partial(picture, 3))])
    act(page)
    now = case_now(seat, case.case_id).request.documents[0].file
    assert now is not None
    assert now.pages == 3
    assert file is not None
    assert now.sha256 != file.sha256


@pytest.mark.long
def test_another_half_day_is_chosen_by_its_number(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = booked(office)
    page = opened(office, case)
    page.begin("move")
    form = page.form
    assert isinstance(form, MoveForm)
    act(page)
    assert form.slot.error() == "نوبت تازه را برگزینید."
    type_text(form.choice, "2")
    wanted = form._slots[form.choice.value()]
    form.reason.setFocus()
    type_text(page, "سفر متقاضی")
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.slot == wanted
    assert now.slot != case.slot
    assert "نوبت بازدید جابه‌جا شد" in words(page)
    assert main(page).text() == "چاپ برگ تازه"
    spooler = Spooler(tmp_path, monkeypatch)
    act(page)
    (slip,) = spooler.jobs()
    assert wanted is not None
    assert to_persian_digits(jalali(wanted.day)[2]) in text_of(slip)
    press(page, Key.Key_Escape)
    assert main(page).text() == "پروندهٔ بعدی"


@pytest.mark.long
def test_the_new_slip_stays_the_next_step_whatever_is_done_after_the_move(office: Office) -> None:
    case = booked(office)
    page = opened(office, case)
    page.begin("move")
    form = page.form
    assert isinstance(form, MoveForm)
    type_text(form.choice, "2")
    form.reason.setFocus()
    type_text(page, "سفر متقاضی")
    act(page)
    assert main(page).text() == "چاپ برگ تازه"
    page.begin("amend")
    amend = page.form
    assert isinstance(amend, AmendForm)
    amend.fields["party.mobile"].set_value("09130000000")
    amend._changed()
    act(page)
    assert page.form is None
    assert case_now(office.crew.clerk, case.case_id).request.party.mobile == "09130000000"
    assert main(page).text() == "چاپ برگ تازه"
    # Nor does it go with the page.
    office.go(places.Home())
    page = opened(office, case)
    assert main(page).text() == "چاپ برگ تازه"
    # Of a case that is withdrawn since there is no slip.
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    act(page)
    assert main(page).text() != "چاپ برگ تازه"


@pytest.mark.long
def test_the_new_slip_is_printed_wherever_it_is_printed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = booked(office)
    page = opened(office, case)
    office.window.remembered.old_slips.add(case.case_id)
    page.arrange()
    assert main(page).text() == "چاپ برگ تازه"
    spooler = Spooler(tmp_path, monkeypatch)
    office.go(places.Outcome(case.case_id))
    key(office, Key.Key_F8)
    key(office, Key.Key_F8)
    assert len(spooler.jobs()) == 1
    assert main(opened(office, case)).text() == "پروندهٔ بعدی"


@pytest.mark.slow
def test_without_a_line_no_half_day_is_offered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = booked(office)
    page = opened(office, case)
    Line(monkeypatch).cut = True
    page.begin("move")
    assert isinstance(page.form, MoveForm)
    assert "به مرکز وصل نیستیم" in page.form.waiting.text()


@pytest.mark.long
def test_what_is_not_settled_is_told_as_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office)
    page = opened(office, case)
    line = Line(monkeypatch)
    line.cut = True
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    act(page)
    assert "در صف" in words(page)
    assert page.heading.chip is not None
    assert page.heading.chip.words == "در صف ارسال"
    line.cut = False
    office.house.office.sync()
    page.refresh(Changed(sync=True))
    assert page.heading.chip is not None
    assert page.heading.chip.words == "انصراف"


@pytest.mark.slow
def test_what_is_typed_stays_while_facts_come(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page.begin("withdraw")
    type_text(page, "نیمه‌کاره")
    form = page.form
    counter_acts.amend(office.crew.clerk, case.case_id, {"party.mobile": "09130000000"})
    page.refresh(Changed(frozenset({case.case_id}), sync=True))
    assert page.form is form
    assert isinstance(form, WithdrawForm)
    assert form.reason.value() == "نیمه\u200cکاره"


@pytest.mark.slow
def test_a_second_press_while_an_act_is_under_way_does_it_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office, unpaid(office))
    withdraw = next(b for b in page.window().findChildren(Button) if "انصراف متقاضی" in b.text())
    withdraw.click()
    assert isinstance(page.form, WithdrawForm)
    type_text(page, "فروش ملک منتفی شد")
    done: list[int] = []

    def job() -> None:
        done.append(len(done))
        # The key again, before the first press has ended.
        act(page)

    monkeypatch.setattr(page.form, "job", lambda _: job)
    act(page)
    assert done == [0]
