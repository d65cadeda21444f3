"""The inspector at the window: where to go, the report on its day, pictures, a missed visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions.documents import PaperSource
from desktop.demo.following import book, case_now, visited_on
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.identifiers import phone_words
from desktop.domain.known import text_of_rows
from desktop.domain.office import within_city
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.state import State
from desktop.domain.visit_place import PropertyPlace
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.case.tabs import DOCUMENTS
from desktop.ui.pages.inspection.ends import OTHER_DAY, MissForm, OtherDayForm
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.palette import Theme
from desktop.ui.work import Changed
from tests.papers import picture
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import Line, to_visit
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import (
    act,
    begin,
    booked,
    filled,
    main_words,
    now,
    opened,
    queue,
    told_missed,
    words,
)
from tests.ui.pages.seeing import wake


@pytest.mark.slow
def test_the_inspector_s_report_answers_the_case(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    act(page)
    form = page._main_form
    assert isinstance(form, ReportForm)
    assert form.errors.isVisible()
    assert form.fields["time"].error() == "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."
    filled(page)
    form.files.add(form.sketch, [PaperSource("کروکی.png", partial(picture, 3))])
    QApplication.processEvents()
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.visited_at.hour == 9
    assert report.land == "240.50"
    assert report.sketch is not None
    assert report.photos is not None
    assert report.sketch != report.photos
    assert report.bounds[0] == "کوچه، به طول 12.50 متر"
    failing = case.decision.failing if case.decision else ()
    assert set(report.cleared) == {f.gate for f in failing if f.effect is Effect.VISIT}
    assert now(office, case).state is not State.BOOKED
    assert main_words(page) == "بازدید بعدی"
    assert "گزارش بازدید ثبت شد" in words(page)
    # It is printed from the same page, as it was entered.
    press(office.window, Qt.Key.Key_F8)
    assert page.report.isVisible()
    told = " ".join(text_of(page.report.paper.frame.pdf()))
    for each in ("شمال", "۲۴۰٫۵۰ مترمربع", "کوچه", "مأمور بازدید", "علی کارگر"):
        assert each in told
    press(office.window, Qt.Key.Key_Escape)
    assert not page.report.isVisible()


@pytest.mark.long
def test_a_report_that_has_not_reached_the_centre_says_so_and_is_not_asked_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    filled(page)
    line = Line(monkeypatch)
    line.cut = True
    act(page)
    assert "دوباره ثبت نکنید" in words(page)
    assert main_words(page) == "بازدید بعدی"
    # What is told stands on top; the keys are on its tab and nowhere below.
    assert QApplication.focusWidget() is page.tabs.tabs
    line.cut = False
    office.house.municipality.sync()
    office.house.office.sync()
    page.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert now(office, case).state is not State.BOOKED
    assert "دوباره ثبت نکنید" not in words(page)


@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("time", "2570", "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."),
        ("length.east", "90", "این چهار ضلع به هم نمی‌رسند؛ ضلع شرق را ببینید."),
        ("length.west", "", "طول ضلع غرب را هم بنویسید، یا هیچ‌کدام را."),
        ("latitude", "35.70", "مکان بیرون از محدودهٔ شهر است؛ عرض و طول جغرافیایی را اصلاح کنید."),
        ("time", "23:59", "این ساعت هنوز نرسیده است."),
    ],
)
@pytest.mark.long
def test_what_cannot_be_is_told_beside_its_field(
    office: Office, key: str, text: str, fault: str
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, {key: text})
    act(page)
    assert form.fields[key].error() == fault
    assert now(office, case).state is State.BOOKED


@pytest.mark.long
def test_a_report_bears_the_day_of_its_visit(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    day = form.fields["day"]
    assert case.slot is not None
    assert day.value() == case.slot.day
    told = {}
    for wrong in (case.slot.day - timedelta(days=1), case.request.received_on - timedelta(days=1)):
        day.set_value(wrong)
        act(page)
        told[wrong] = day.error() or ""
    booked_on = format_jalali(case.slot.day)
    first, second = told.values()
    assert first.startswith(f"نوبت این بازدید {booked_on} است؛ اگر روز دیگری انجام شد")
    assert second == "تاریخ بازدید نمی‌تواند پیش از ثبت درخواست باشد."
    assert now(office, case).state is State.BOOKED


@pytest.mark.long
def test_what_was_typed_is_there_when_the_visit_was_moved_to_its_day(office: Office) -> None:
    case = booked(office)
    office.clock.moment += timedelta(days=1)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    begin(page, OTHER_DAY)
    other = page.form
    assert isinstance(other, OtherDayForm)
    other.day.set_value(office.window.today())
    other.half.set_value("2")
    other.reason.set_value("متقاضی یک روز دیرتر آمد.")
    act(page)
    moved = page._main_form
    assert isinstance(moved, ReportForm)
    assert moved is not form
    assert moved.fields["day"].value() == office.window.today()
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.visited_on == office.window.today()
    assert report.photos is not None
    assert "بازدید در روز دیگری انجام شد" in words(page)


@pytest.mark.long
def test_before_its_day_a_visit_is_first_moved_to_the_day_on_which_it_took_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    class Counted(ReportForm):
        """Made twice in one go it held the window's thread for two tenths of a second."""

        def __init__(self, *asked: Any, **how: Any) -> None:
            made.append(self)
            super().__init__(*asked, **how)

    monkeypatch.setattr("desktop.ui.pages.municipality.case.ReportForm", Counted)
    case = to_visit(office.crew)
    book(office.crew, case)
    page = opened(office, case, Role.INSPECTOR)
    assert page._main_form is None
    assert "روز این بازدید هنوز نرسیده است" in words(page)
    assert main_words(page) == "بازدید بعدی"
    begin(page, OTHER_DAY)
    form = page.form
    assert isinstance(form, OtherDayForm)
    act(page)
    assert form.day.error() == "روز بازدید را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."
    assert form.reason.error() == "دلیل انجام بازدید در روز دیگر را بنویسید."
    today = office.window.today()
    slot = now(office, case).slot
    assert slot is not None
    for wrong, fault in (
        (today + timedelta(days=30), "روز بازدید نمی‌تواند پس از امروز باشد."),
        (slot.day if slot.day <= today else today - timedelta(days=900), "پیش از ثبت درخواست"),
    ):
        form.day.set_value(wrong)
        act(page)
        assert fault in (form.day.error() or "")
    form.day.set_value(today)
    form.half.set_value("1")
    form.reason.set_value("متقاضی امروز در محل بود.")
    shown = form._case
    form._case = replace(shown, received_at=office.clock.moment.replace(hour=9))
    act(page)
    assert "در نیمهٔ دوم آن روز" in (form.half.error() or "")
    form._case = shown
    act(page)
    moved = now(office, case).slot
    assert moved == replace(slot, day=today, half=1)
    assert isinstance(page._main_form, ReportForm)
    assert made == [page._main_form]
    assert page._main_form.fields["day"].value() == today


@pytest.mark.long
def test_the_inspector_sees_where_to_go_and_whom_to_call(office: Office) -> None:
    case = booked(office)
    page = queue(office, Role.INSPECTOR)
    (line,) = page.lines.values()
    assert line.address == within_city(to_persian_digits(case.request.answers["address"]))
    assert not line.address.startswith("یزد")
    assert line.phone == phone_words(case.request.party.mobile)
    there = opened(office, case, Role.INSPECTOR)
    assert line.address in words(there)
    assert line.phone in words(there)
    # The office reads that it is the inspector's turn; he reads that it is his.
    assert case.inspector == office.window.seat.staff.name
    assert "این بازدید با شماست" in words(there)
    assert "کار بعدی با مأمور" not in words(there)


def _picked(path: Path, _: QWidget) -> list[Path]:
    return [path]


@pytest.mark.long
def test_the_round_of_a_day_is_read_over_the_list(office: Office) -> None:
    case = booked(office)
    page = queue(office, Role.INSPECTOR)
    press(page, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    told = " ".join(text_of(page.cover.paper.frame.pdf()))
    assert "فهرست بازدیدهای روز" in told
    assert to_persian_digits(case.request.answers["address"]).replace("،", "") in told
    press(page, Qt.Key.Key_Escape)
    assert not page.cover.isVisible()
    assert page.table.hasFocus()


@pytest.mark.long
def test_a_report_asks_for_pictures_and_says_what_is_wrong_with_a_file(
    office: Office, tmp_path: Path
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, photos=False)
    act(page)
    assert form.photos.error() == "دست‌کم ۲ عکس از محل پیوست کنید."
    assert form.photos.clip.hasFocus()
    text = tmp_path / "محل.jpg"
    text.write_text("این عکس نیست")
    wide = tmp_path / "بزرگ.png"
    Image.new("1", (9_000, 8_000)).save(wide)
    for path, fault in ((text, "تنها نامش به عکس می‌ماند"), (wide, "بیش از ۶۴ مگاپیکسل")):
        form.files.pick = partial(_picked, path)
        form.photos.clip.click()
        QApplication.processEvents()
        assert fault in words(page)
    good = tmp_path / "خوب.png"
    good.write_bytes(picture(5))
    form.files.pick = partial(_picked, good)
    form.photos.clip.click()
    QApplication.processEvents()
    act(page)
    assert form.photos.error() == "دست‌کم ۲ عکس از محل پیوست کنید."
    assert now(office, case).state is State.BOOKED
    form.photos.clip.click()
    QApplication.processEvents()
    assert form.photos.error() is None
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.photos is not None
    assert report.photos.pages == 2


@pytest.mark.long
def test_f7_goes_round_what_a_report_lacks_the_pictures_too(office: Office) -> None:
    page = opened(office, booked(office), Role.INSPECTOR)
    form = filled(page, photos=False)
    form.fields["time"].set_value("")
    form.fields["result"].set_value("")
    for _ in range(2):
        page.press("F7")
        assert form.fields["time"].control.hasFocus()
        page.press("F7")
        assert form.photos.clip.hasFocus()
        page.press("F7")
        assert form.fields["result"].control.hasFocus()


@pytest.mark.long
def test_a_photo_of_forty_megabytes_is_taken_and_kept_small(office: Office, tmp_path: Path) -> None:
    photo = tmp_path / "محل.jpg"
    # As a camera's largest: all of it detail.
    Image.effect_noise((7_000, 6_000), 120).save(photo, quality=100)
    assert photo.stat().st_size > 40_000_000
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, photos=False)
    form.files.pick = partial(_picked, photo)
    for _ in range(2):
        form.photos.clip.click()
        QApplication.processEvents()
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.photos is not None
    assert (report.photos.pages, report.photos.size < 8_000_000) == (2, True)


@pytest.mark.long
def test_bare_land_has_no_floors(office: Office) -> None:
    page = opened(office, booked(office), Role.INSPECTOR)
    form = filled(page)
    form.fields["condition"].set_value("land")
    form._arrange()
    assert not form.fields["floors"].isVisible()
    assert form.report().built == "0.00"
    assert form.report().floors == 0


@pytest.mark.long
def test_an_hour_that_passes_while_the_form_stands_open_has_been_reached(office: Office) -> None:
    case = booked(office)
    office.clock.moment = office.clock.moment.astimezone(TEHRAN).replace(hour=9, minute=0)
    page = opened(office, case, Role.INSPECTOR)
    report = filled(page)
    begin(page, "بازدید انجام نشد")
    miss = page.form
    assert isinstance(miss, MissForm)
    told_missed(miss, "absent")
    early = ("time", "این ساعت هنوز نرسیده است.")
    assert early in report.faults()
    assert early in miss.faults()
    office.clock.moment += timedelta(hours=1)
    assert report.faults() == []
    assert miss.faults() == []
    press(office.window, Qt.Key.Key_Escape)
    begin(page, OTHER_DAY)
    office.clock.moment += timedelta(days=1)
    office.window.tick()
    other, today = page.form, office.window.today()
    assert isinstance(other, OtherDayForm)
    other.day.control.setFocus()
    type_text(page, "=")
    assert other.day.value() == today
    assert "day" not in dict(other.faults())


@pytest.mark.long
def test_a_missed_visit_has_its_cause(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    begin(page, "بازدید انجام نشد")
    form = page.form
    assert isinstance(form, MissForm)
    act(page)
    assert form.cause.error() == "علت را برگزینید."
    form.cause.set_value("absent")
    act(page)
    assert form.time.error() == "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."
    assert form.door.error() == "یک عکس از در یا محل پیوست کنید."
    told_missed(form, "absent")
    act(page)
    after = now(office, case)
    assert after.missed is not None
    assert after.missed.cause == "absent"
    assert after.missed.photo is not None
    assert "متقاضی در محل نبود، ساعت ۰۹:۳۰" in words(page)
    page.tabs.open(DOCUMENTS)
    assert "عکس در یا محل" in words(page)
    assert after.state is State.VISIT_DUE


@pytest.mark.long
def test_with_large_letters_the_report_opens_where_the_keys_are(office: Office) -> None:
    case = booked(office)
    office.sit(Role.INSPECTOR)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    wake(office)
    visited_on(office.crew, case_now(office.crew.clerk, case.case_id), office.window.today())
    office.go(places.MunicipalCase(case.case_id))
    # What stands over it comes after it.
    QTest.qWait(250)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "ساعت"
    assert focus.visibleRegion().boundingRect() == focus.rect()


@pytest.mark.long
def test_the_area_is_reckoned_and_what_differs_from_the_deed_is_told(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    deed = dict(zip(("north", "east", "south", "west"), ("12/5", "20", "12/5", "20"), strict=True))
    for side, metres in deed.items():
        form.fields[f"deed.{side}"].setFocus()
        type_text(page, metres)
    form._arrange()
    assert form.fields["land"].raw() == "240.50"
    assert "عرصه ۹٫۵۰ مترمربع (۳٫۸٪) کمتر از سند است؛ پرونده نزد کارشناس می‌رود." in words(page)
    form._take_deed()
    assert form.fields["land"].raw() == "250.00"
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.sides[1].deed == report.sides[1].length == "20.00"
    assert report.opinion == "fits"


@pytest.mark.long
def test_a_violation_has_its_kind_its_area_and_its_picture(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    row = {"kind": "اضافه‌بنا", "floor": "همکف", "area": "18.5", "words": "انبار"}
    for photo, fault in (("", "شمارهٔ عکس"), ("3", "از ۱ تا ۲")):
        form.fields["violations"].set_value(text_of_rows([{**row, "photo": photo}]))
        act(page)
        assert fault in (form.fields["violations"].error() or "")
    form.fields["violations"].set_value(text_of_rows([{**row, "photo": "2"}]))
    act(page)
    after = now(office, case)
    assert after.report is not None
    (seen,) = after.report.violations
    assert (seen.short, seen.photo) == ("اضافه‌بنا ۱۸٫۵۰ مترمربع", 2)
    assert (after.report.violation, after.report.violation_area) == ("اضافه‌بنا", "18.50")
    assert after.state is State.IN_REVIEW
    # The report answered what the records lacked, and an expert looks all the same.
    assert "همهٔ شرط‌ها برقرار شد" not in words(page)


@pytest.mark.long
def test_a_photo_of_another_day_and_a_far_place_ask_why(office: Office, tmp_path: Path) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, photos=False)
    old = tmp_path / "دیروز.jpg"
    image, exif = Image.effect_noise((400, 300), 80), Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:01 10:00:00"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (31.0, 54.0, 36.0), 3: "E", 4: (54.0, 21.0, 24.84)}
    image.save(old, exif=exif)
    form.files.pick = partial(_picked, old)
    for _ in range(2):
        press(office.window, Qt.Key.Key_F6)
        QApplication.processEvents()
    there = PropertyPlace((("31.9100", "54.3569"),), 1_000, surveyed=True)
    form._ground = replace(form._ground, place=there)
    form._arrange()
    assert form._shots.words().splitlines() == [
        f"عکس {each}: ۱۰ آبان، ساعت ۱۰:۰۰، ۰ متر از ملک" for each in "۱۲"
    ]
    act(page)
    assert "گرفته شده است؛ دلیل بنویسید." in (form.fields["photo_reason"].error() or "")
    assert "۱٫۴ کیلومتر" in (form.fields["place_reason"].error() or "")
    here = {key: form.fields[key].raw() for key in ("latitude", "longitude")}
    for key in here:
        form.fields[key].set_value("")
    # Of what has no record the place itself is asked for; of another why there is none.
    held = form._case
    form._case = replace(held, no_record=False)
    act(page)
    assert "بگویید چرا ندارد" in (form.fields["place_reason"].error() or "")
    form._case = held
    for key, text in here.items():
        form.fields[key].set_value(text)
    for key in ("photo_reason", "place_reason"):
        form.fields[key].set_value("ساعت دوربین درست نبود")
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.photo_reason == report.place_reason == "ساعت دوربین درست نبود"
