"""The page of what waits: acts and why they do, and what the centre did not take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, counter_acts, payments, second_looks
from desktop.actions.desk import Seat
from desktop.demo import following
from desktop.demo.following import case_now, release
from desktop.domain.case import Case
from desktop.domain.commands import Amend
from desktop.domain.fees import OFFICE_FEE
from desktop.domain.people import Role
from desktop.store import blobs, outbox
from desktop.trial.colleague import LEILA, Colleague, colleague
from desktop.ui import announcing, places, theme
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.table_cells import CELL, Cell
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed
from tests.ui.keyboard import press
from tests.ui.pages.cases import Line, answered, in_review, unpaid
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ANYTHING = Changed(sync=True)


def opened(office: Office, role: Role = Role.CLERK) -> WaitingPage:
    office.sit(role)
    wake(office)
    page = office.go(places.Outbox())
    assert isinstance(page, WaitingPage)
    return page


def listed(page: WaitingPage) -> list[list[str]]:
    """The words of the table's rows."""
    model = page.rows
    rows = []
    for row in range(model.rowCount()):
        found = (model.data(model.index(row, at), CELL) for at in range(model.columnCount()))
        rows.append([cell.words for cell in found if isinstance(cell, Cell)])
    return rows


def banners(page: WaitingPage) -> list[str]:
    return [banner.accessibleName() for banner in page.findChildren(Banner) if banner.isVisible()]


def side(page: WaitingPage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(QLabel))


def main_words(page: WaitingPage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def at_main(page: WaitingPage) -> bool:
    """Whether the main key has the keys."""
    return page.bar is not None and page.bar.main is not None and page.bar.main.hasFocus()


@pytest.mark.long
def test_nothing_waits(office: Office) -> None:
    page = opened(office)
    assert page.empty.isVisible()
    assert page.empty.words.text() == "همه چیز به مرکز رسیده است"
    assert page.heading.second == "", "nothing has not come there"
    assert "آخرین تماس" in page.numbers.accessibleName()
    assert not page.empty.detail.isVisible(), "the hour is said once"
    assert banners(page) == []
    assert faults(office) == []


@pytest.mark.slow
def test_acts_wait_in_their_order_each_with_its_reason(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    line = Line(monkeypatch)
    line.cut = True
    clerk = office.crew.clerk
    payments.pay_fee(clerk, case, OFFICE_FEE, "terminal", "8123")
    counter_acts.withdraw(clerk, case.case_id, "منصرف شد")
    page = opened(office)
    assert [(row[1], row[2], row[4]) for row in listed(page)] == [
        ("دریافت هزینه", case.request.party.name, "خط قطع است"),
        ("انصراف متقاضی", case.request.party.name, "پس از کار پیشین همین پرونده"),
    ]
    assert page.numbers.accessibleName().startswith("در صف ارسال: ۲ کار از ۱ پرونده")
    assert [words for words in banners(page) if words.startswith("خط")]
    assert main_words(page) == "تلاش دوباره"


@pytest.mark.slow
def test_an_act_without_a_line_waits_and_leaves_when_it_is_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    line = Line(monkeypatch)
    line.cut = True
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    assert len(listed(page)) == 1
    assert "تا وصل شدن خط" in side(page)
    assert faults(office) == []
    line.cut = False
    press(page, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert page.empty.isVisible()


@pytest.mark.long
def test_enter_opens_the_case(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    press(page, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert office.page.place == places.Case(case.case_id)


@pytest.mark.long
def test_how_long_the_oldest_waits_is_said_past_15_minutes_in_words_and_colour(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    office.clock.moment += timedelta(minutes=4)
    office.window.tick()
    sync = office.window.status.sync
    assert sync.text() == "قطع، ۱ در صف ارسال، از ۴ دقیقه پیش"
    office.clock.moment += timedelta(minutes=82)
    office.window.tick()
    page.refresh(_ANYTHING)
    QApplication.processEvents()
    assert sync.text() == "قطع، ۱ در صف ارسال، قدیمی‌ترین ۱ ساعت و ۲۶ دقیقه"
    banner = next(b for b in page.findChildren(Banner) if b.isVisible())
    assert banner.tone == "pay"
    assert "قدیمی‌ترین کار از ۱۰:۴۲ منتظر است" in banner.accessibleName()
    assert "قدیمی‌ترین ارسال‌نشده: ۱۰:۴۲ دیر شده است" in page.numbers.accessibleName()


@pytest.mark.long
def test_what_the_page_says_of_time_stays_true_while_it_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    page = opened(office)
    said = banners(page)
    # To try again is the bar's main key: the banner over it has no link that says it once more.
    banner = next(b for b in page.findChildren(Banner) if b.isVisible())
    assert not banner.link.isVisible()
    assert page.bar is not None
    assert page.bar.main is not None
    page.bar.main.setFocus()
    monkeypatch.setattr(announcing, "announce", lambda *_: pytest.fail("said once more"))
    office.clock.moment += timedelta(minutes=9)
    page.refresh(_ANYTHING)
    QApplication.processEvents()
    assert banners(page) == said
    assert at_main(page), "who stands on it stays there"
    told = [*said, page.numbers.accessibleName(), *(row[-1] for row in listed(page))]
    assert not [words for words in told if "دیگر" in words or "دقیقه" in words]


@pytest.mark.slow
def test_another_act_waits_in_the_same_banner(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    page = opened(office)
    press(page, Qt.Key.Key_F5)
    QApplication.processEvents()
    banner = next(b for b in page.findChildren(Banner) if b.isVisible())
    assert "قدیمی‌ترین" not in banners(page)[0]
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    QApplication.processEvents()
    assert "قدیمی‌ترین کار از ۱۰:۴۲" in banners(page)[0]
    assert banner.isVisible(), "the same one, with other words"


# Two who changed the same.


@pytest.fixture
def leila(office: Office, tmp_path: Path) -> Iterator[Colleague]:
    with colleague(office.house, tmp_path / "second") as made:
        yield made


def clash(
    office: Office,
    leila: Colleague,
    more: dict[str, str] | None = None,
    hers: dict[str, str] | None = None,
) -> Case:
    """Both wrote an address for one case, she first at the centre; either something more."""
    case = in_review(office.crew)
    leila.sync()
    # As a form keeps it: digits are Latin until somebody reads them.
    her = {"party.address": "صفائیه، کوچهٔ 12، پلاک 41", **(hers or {})}
    counter_acts.amend(leila.seat, case.case_id, her)
    before = office.house.office.bell.ring
    office.house.office.bell.ring = lambda: None
    mine = {"party.address": "صفائیه، کوچهٔ 12، پلاک 43", **(more or {})}
    counter_acts.amend(office.crew.clerk, case.case_id, mine)
    leila.sync()
    office.house.office.sync()
    office.house.office.bell.ring = before
    return case


def address(office: Office, case: Case) -> str:
    return case_now(office.crew.clerk, case.case_id).request.party.address


@pytest.mark.long
def test_both_values_stand_side_by_side(office: Office, leila: Colleague) -> None:
    clash(office, leila)
    page = opened(office)
    assert listed(page)[0][1] == "اصلاح نشانی متقاضی"
    assert listed(page)[0][4] == "پذیرفته نشد: همکارتان زودتر تغییر داد"
    assert banners(page)[0].startswith("۱ کار تصمیم شما را می‌خواهد: اصلاح نشانی متقاضی")
    assert page.numbers.accessibleName().startswith("در صف ارسال: ۰")
    theirs, mine = page.panel.cards
    assert LEILA.name in theirs.accessibleName()
    assert "پلاک ۴۱" in theirs.accessibleName()
    assert "نوشتهٔ شما" in mine.accessibleName()
    assert "پلاک ۴۳" in mine.accessibleName()
    assert main_words(page) == f"نگه داشتن نوشتهٔ {LEILA.name}"
    told = "\n".join([*banners(page), side(page), *(" ".join(row) for row in listed(page))])
    assert "تعارض" not in told


@pytest.mark.slow
def test_of_two_titles_one_is_chosen_in_persian(office: Office, leila: Colleague) -> None:
    clash(office, leila, {"party.honorific": "sir"}, {"party.honorific": "madam"})
    page = opened(office)
    theirs, mine = (card.accessibleName() for card in page.panel.cards)
    assert "عنوان: خانم" in theirs
    assert "عنوان: آقای" in mine


@pytest.mark.long
def test_what_is_written_once_more_meanwhile_is_seen_before_it_is_replaced(
    office: Office, leila: Colleague
) -> None:
    case = clash(office, leila)
    page = opened(office)
    press(page, Qt.Key.Key_2)
    counter_acts.amend(leila.seat, case.case_id, {"party.address": "صفائیه، کوچهٔ 14، پلاک 7"})
    leila.sync()
    press(page, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert "کوچهٔ ۱۴" in page.panel.cards[0].accessibleName()
    assert main_words(page) == "نگه داشتن نوشتهٔ من", "the choice stays"


@pytest.mark.long
def test_who_else_sits_there_reads_whose_the_writing_is(office: Office, leila: Colleague) -> None:
    clash(office, leila)
    page = opened(office, Role.MANAGER)
    clerk = office.crew.clerk.staff.name
    assert f"نوشتهٔ {clerk}" in page.panel.cards[1].accessibleName()
    press(page, Qt.Key.Key_2)
    assert main_words(page) == f"نگه داشتن نوشتهٔ {clerk}"


@pytest.mark.long
def test_with_1_theirs_stays(office: Office, leila: Colleague) -> None:
    case = clash(office, leila)
    page = opened(office)
    press(page, Qt.Key.Key_2)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert address(office, case).endswith("پلاک 41")
    assert page.empty.isVisible()
    assert board.items(office.crew.clerk.desk) == []


@pytest.mark.long
def test_with_2_mine_takes_its_place(office: Office, leila: Colleague) -> None:
    case = clash(office, leila)
    page = opened(office)
    press(page, Qt.Key.Key_2)
    assert main_words(page) == "نگه داشتن نوشتهٔ من"
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    leila.sync()
    seen = board.look(leila.seat.desk, case.case_id).case
    assert seen is not None
    assert seen.request.party.address.endswith("پلاک 43")
    assert page.empty.isVisible()
    assert board.items(leila.seat.desk) == [], "nobody need choose once more at the other desk"


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.long
def test_what_else_was_typed_is_not_lost(office: Office, leila: Colleague, mine: bool) -> None:
    case = clash(office, leila, {"party.postal_code": "8916713579"})
    page = opened(office)
    assert "۱ تغییر دیگر این اصلاح" in side(page)
    press(page, Qt.Key.Key_2 if mine else Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    stands = case_now(office.crew.clerk, case.case_id).request.party
    assert stands.postal_code == "8916713579"
    assert stands.address.endswith("پلاک 43" if mine else "پلاک 41")


@pytest.mark.long
def test_another_answer_that_clashes_is_shown_too_and_never_overwritten_unseen(
    office: Office, leila: Colleague
) -> None:
    # The centre tells one answer; hers to the other stands unless the clerk sees it and chooses.
    phones = {"party.phone": "03530000001"}
    case = clash(office, leila, {"party.phone": "03530000002"}, phones)
    page = opened(office)
    theirs, _ = page.panel.cards
    assert "تلفن ثابت" in theirs.accessibleName()
    press(page, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    stands = case_now(office.crew.clerk, case.case_id).request.party
    assert stands.phone == "03530000001"
    assert stands.address.endswith("پلاک 41")


@pytest.mark.long
def test_a_clash_is_whole_in_every_look(office: Office, leila: Colleague) -> None:
    clash(office, leila)
    opened(office)
    assert faults(office) == []


@pytest.mark.long
def test_a_refusal_is_read_and_done(office: Office, leila: Colleague) -> None:
    case = unpaid(office.crew)
    leila.sync()
    counter_acts.withdraw(leila.seat, case.case_id, "فروخته شد")
    before = office.house.office.bell.ring
    office.house.office.bell.ring = lambda: None
    clerk = office.crew.clerk
    payments.pay_fee(clerk, case, OFFICE_FEE, "terminal", "8123")
    leila.sync()
    office.house.office.sync()
    office.house.office.bell.ring = before
    page = opened(office)
    assert listed(page)[0][4].startswith("پذیرفته نشد: ")
    assert main_words(page) == "باز کردن پرونده"
    page.panel.finished.emit()
    QApplication.processEvents()
    assert page.empty.isVisible()


@pytest.mark.long
def test_a_recalled_letter_is_looked_at_and_done(office: Office) -> None:
    case = answered(office.crew)
    release(office.crew, case)
    shown = office.crew.supervisor
    held, _ = board.municipal_case(shown, case.case_id)
    second_looks.look_again(shown, held, right=False, comment="مساحت با سند مطابقت ندارد")
    office.house.office.sync()
    page = opened(office)
    assert listed(page)[0][1] == "ابطال نامه"
    assert listed(page)[0][4] == "ناظر خواسته است"
    # Nothing is to be sent: neither the heading nor a key says so.
    assert page.heading.title == "نیازمند رسیدگی"
    assert page.bar is not None
    assert "تلاش دوباره" not in [b.text() for b in page.bar.findChildren(Button)]
    # Said in the list and beside it: no banner over them says it again, on this page.
    assert banners(page) == []
    office.sit(Role.MANAGER)
    recalled = office.window.frame.recalled  # type: ignore[union-attr]
    office.go(places.Queue())
    assert recalled.isVisible()
    page = office.go(places.Outbox())  # type: ignore[assignment]
    assert not recalled.isVisible()
    assert banners(page) == []
    assert faults(office) == []
    # Nobody ticks it off: it ends with the voiding of the letter.
    assert "انجام شد" not in [b.text() for b in page.panel.findChildren(Button)]
    assert held.answer is not None
    letter_id = held.answer.letter.letter_id
    following.void(office.crew.manager, case.case_id, letter_id, "مساحت مطابقت ندارد")
    office.house.office.sync()
    QApplication.processEvents()
    assert page.empty.isVisible()


# Besides the counter's acts.


@pytest.mark.slow
def test_papers_wait_behind_the_acts_that_name_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    while office.house.office.sync().more:
        pass
    Line(monkeypatch).cut = True
    store = office.crew.clerk.desk.store
    with store.writing() as session:
        names = [
            blobs.keep(session, content, office.clock.moment)
            for content in (b"a" * 2_100_000, b"b")
        ]
        blobs.name(session, names)
    page = opened(office)
    press(page, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert [(row[1], row[4]) for row in listed(page)] == [
        ("۲ تصویر مدرک", "خط قطع است؛ ۲٫۱ مگابایت")
    ]
    assert page.numbers.accessibleName().startswith("در صف ارسال: ۲ تصویر مدرک")
    counter_acts.withdraw(office.crew.clerk, case.case_id, "منصرف شد")
    QApplication.processEvents()
    assert listed(page)[-1][4] == "پس از کارهای دیگر؛ ۲٫۱ مگابایت"
    assert page.numbers.accessibleName().startswith("در صف ارسال: ۱ "), "papers are no acts"


@pytest.mark.slow
def test_what_a_supervisor_said_without_a_line_waits_at_his_desk(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(office.crew)
    release(office.crew, case)
    held, _ = board.municipal_case(office.crew.supervisor, case.case_id)
    office.house.municipality.sync()
    Line(monkeypatch).cut = True
    second_looks.look_again(office.crew.supervisor, held, right=True)
    page = opened(office, Role.SUPERVISOR)
    assert [(row[1], row[2], row[4]) for row in listed(page)] == [("بازبینی", "", "خط قطع است")]
    assert "تا وصل شدن خط" not in side(page), "a counter's advice"
    press(page, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert office.page.place == places.MunicipalCase(case.case_id)


@pytest.mark.long
def test_narrow_f7_opens_the_panel_in_the_lists_place_and_the_choice_is_made_there(
    office: Office, leila: Colleague, qapp: QApplication
) -> None:
    case = clash(office, leila)
    theme.apply(qapp, Theme.LIGHT, 150, motion=False)
    page = opened(office)
    QApplication.processEvents()
    assert not page.panel.isVisible()
    assert main_words(page) == "دیدن دو نوشته", "neither gives way unread"
    press(office.window, Qt.Key.Key_2)
    QApplication.processEvents()
    assert page.panel.isVisible()
    assert not page.table.isVisible()
    assert page.panel.cards[0].hasFocus(), "only shown; what stands in the case is still chosen"
    assert main_words(page) == f"نگه داشتن نوشتهٔ {LEILA.name}"
    press(office.window, Qt.Key.Key_F7)
    QApplication.processEvents()
    assert page.table.isVisible()
    press(office.window, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert page.panel.isVisible()
    press(office.window, Qt.Key.Key_2)
    press(office.window, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert address(office, case).endswith("پلاک 43")
    assert page.isVisible()
    assert QApplication.focusWidget() is not None


# Many.


def many(seat: Seat, case: Case, count: int) -> None:
    """So many acts, of which each is of a case of its own but for the first two."""
    with seat.desk.store.writing() as session:
        for number in range(count):
            case_id = case.case_id if number < 2 else f"{number:032x}"
            outbox.put(
                session,
                Amend({"party.phone": f"{number:08}"}),
                case_id=case_id,
                actor=seat.staff.staff_id,
                at=seat.desk.moment(session),
                base_rev=1,
            )


@pytest.mark.long
def test_500_are_listed_one_by_one_and_more_by_their_cases(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office.crew)
    Line(monkeypatch).cut = True
    clerk = office.crew.clerk
    many(clerk, case, 500)
    page = opened(office)
    assert page.rows.rowCount() == 500
    many(clerk, case, 101)
    page.refresh(_ANYTHING)
    QApplication.processEvents()
    assert page.rows.rowCount() == 499
    assert listed(page)[0][1] == "اصلاح درخواست و ۳ کار دیگر"
    assert page.numbers.accessibleName().startswith("در صف ارسال: ۶۰۱ کار از ۴۹۹ پرونده")
