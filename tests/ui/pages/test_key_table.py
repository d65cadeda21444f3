"""A key means one thing: the table of keys knows every key that a page shows, and what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.help.reading import shipped_help
from desktop.ui import places
from desktop.ui.key_table import KEY_TABLE, KeyUse, use_at
from desktop.ui.look import Look
from desktop.ui.palette import Theme
from desktop.ui.places import Place
from desktop.ui.registry import page_class
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.rail import RailItem
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

# What a button is called that bears the key, by what the table says of it there.
_CALLED = {
    "درخواست جدید؛ سپس شمارهٔ خدمت": r"درخواست (جدید|بعدی)",
    "جست‌وجو": r"جست‌وجو",
    "کارتابل": r"کارتابل|بازدید",
    "بخش دیگر صفحه: راهنما، متن یا فرم": r"متن|فرم|صفحه",
    "صندوق روز": r"صندوق",
    "تازه‌سازی و تلاش دوباره برای ارسال": r"تازه‌سازی|تلاش دوباره",
    "خلاصهٔ کنار صفحه، در پنجرهٔ باریک": (
        r"خلاصه|پیشینه|شمارش|جمع‌ها|گام|فهرست|منتظر|پیش‌نویس|نقشه|مشخصات"
    ),
    "چاپ": r"چاپ|برگ|رسید|نسخه|فهرست|بازدیدهای روز|اعلام|ابلاغ",
    "در صفحهٔ مهر، نامهٔ دیده‌نشدهٔ بعدی": r"دیده‌نشده|دیدن",
    "خروجی اکسل": r"فهرست|اکسل|ایراد",
    "پیش‌نمایش نامه": r"نامه",
    "در بازبینی، نامه در اندازهٔ خواندن": r"تمام‌صفحه|سه بخش|نامه",
    "دریافت کارمزد، ثبت پرداخت": r"دریافت|پرداخت",
    "کمبود بعدی تا ثبت": r"مانده|آماده|خلاصه",
    "در درس، پاسخ نادرست بعدی": r"نادرست|شهروند",
    "در گزارش بازدید، افزودن عکس": "عکس",
    "در گزارش بازدید، مورد بعدی تا ثبت": "مورد بعدی|خلاصه",
    "نمونهٔ بعدی، در دفتر نمونه": r"نمونه",
    "راهنمای صفحه یا قلمی که در آن هستید": r"راهنما|بستن",
    "راهنمای کلیدی که مکان‌نما روی آن است؛ راهنمای صفحه با Ctrl+F1": r"راهنما|بستن",
    "گزینش خروجی سوابق": r"خروجی",
    "اطلاعیهٔ تازه": r"اطلاعیهٔ تازه",
    "غیبت مأمور بازدید": r"غیبت مأمور",
    "درج در دستور جلسه": r"دستور جلسه",
    "در برنامهٔ بازدید، هفته یا فهرست تماس": r"فهرست تماس|هفته",
    "ایراد یا هشدار بعدی": r"بعدی",
    "در صف ارسال، کار بعدی که تصمیم شما را می‌خواهد": r"تصمیم|خلاصه",
    "آزمودن نمونه‌ها": r"نمونه",
    "در واگذاری خدمت، آنچه هنوز مانده است": r"مانده|مورد بعدی",
    "مورد بعدی تا تبدیل دفتر": r"مورد بعدی",
    "دیدن صورت‌جلسهٔ تبدیل": r"صورت‌جلسه",
    "در بستن روز، مورد بعدی تا بستن": r"بعدی|گام|دفتر روز",
    "پیش‌نمایش دفتر روز": r"پیش‌نمایش|دفتر روز",
    "مورد بعدی که دربارهٔ آن نظر نداده‌اید": r"مورد بعدی",
    "در کارنامهٔ ماهانه، فایل متنی": r"متنی",
    "در بررسی اصالت، فایل یا عکس نامه": r"فایل یا عکس نامه",
    "در بررسی اصالت، دوربین": r"دوربین",
    "در برگه‌های سربرگ، شمارهٔ برگ داخل چاپگر": r"برگ داخل چاپگر",
    "تحویل گرفتن بستهٔ برگ": r"تحویل گرفتن بسته",
}
_FUNCTION = re.compile(r"(?:Shift\+)?F\d+")
_BUSY = ("F6", "F7", "F8", "F9", "F1", "F2", "Shift+F8", "1", "Alt+1", "Ctrl+1", "Alt+↓", "فاصله")
"""The keys that mean a second thing, and only on pages of their own."""


def _uses() -> Iterator[KeyUse]:
    for uses in KEY_TABLE.values():
        yield from uses


def test_a_key_means_one_thing_and_at_most_another_on_pages_of_its_own() -> None:
    by_key: dict[str, list[KeyUse]] = {}
    for use in _uses():
        by_key.setdefault(use.keys, []).append(use)
    for keys, uses in by_key.items():
        assert len([use for use in uses if not use.at]) <= 1, keys
        named = [place for use in uses for place in use.at]
        assert len(named) == len({*named}), keys
        assert len(uses) == 1 or keys in _BUSY, keys
    assert {use.words for use in _uses() if _FUNCTION.fullmatch(use.keys)} == {*_CALLED}
    for use in _uses():
        assert all(page_class(place) for place in use.at)


def test_only_what_is_shown_everywhere_stands_without_a_page() -> None:
    assert use_at("F8", places.ManagerHome) != use_at("F8", places.Outcome)
    assert use_at("F11", places.Queue) is None


def test_the_help_of_a_page_says_of_its_keys_what_the_table_says() -> None:
    told = 0
    for name, entry in shipped_help().pages.items():
        place: type[Place] | None = getattr(places, name, None)
        if place is None:
            continue
        for each in entry.keys:
            if _FUNCTION.fullmatch(each.keys):
                use = use_at(each.keys, place)
                assert use is not None, f"{name}: {each.keys}"
                assert re.search(_CALLED[use.words], each.words), (
                    f"{name}: {each.keys} «{each.words}»"
                )
                told += 1
    assert told > 15


@pytest.mark.long
@pytest.mark.parametrize("zoom", [100, pytest.param(150, marks=pytest.mark.full)])
def test_every_key_that_a_page_shows_stands_in_the_table_and_does_that(
    office: Office, zoom: int
) -> None:
    crew = office.crew
    answered, visit = cases.answered(crew), cases.to_visit(crew)
    review = cases.in_review(crew)
    of_office: list[Place] = [places.Queue(), places.Search(), places.Services(), places.Till()]
    of_office += [places.Outbox(), places.Form("no-violation"), places.Checklist("no-violation")]
    for case in (answered, visit):
        of_office += [places.Case(case.case_id), places.Outcome(case.case_id)]
    of_office.append(places.Letter(answered.case_id))
    of_city: list[Place] = [places.MunicipalQueue(), places.MunicipalCase(review.case_id)]
    of_city += [places.ServiceFiles(), places.ServiceVersion("walling", _version(office))]
    shown = 0
    for role, duty in DUTIES.items():
        office.window.lock()
        office.sit(role)
        if zoom != 100:
            office.window.set_look(Look(Theme.LIGHT, zoom, motion=False))
        own = [entry.place for entry in duty.pages]
        for place in (*own, *(of_city if role.is_municipal else of_office)):
            if isinstance(place, places.ServiceFiles | places.ServiceVersion) and place not in own:
                continue
            office.go(place)
            QApplication.processEvents()
            shown += _held(office, type(place))
            # No loop runs here that would delete the pages before; they only slow the next ones.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert shown > 120


def _version(office: Office) -> str:
    desk = office.crew.supervisor.desk
    with desk.store.reading() as session:
        return desk.reference.services(session, desk.today(session))["walling"].version


def _held(office: Office, place: type[Place]) -> int:
    found = 0
    window = office.window
    shown: list[Button | RailItem] = [*window.findChildren(Button), *window.findChildren(RailItem)]
    for button in shown:
        keys = button.keys()
        if not button.isVisible() or not _FUNCTION.fullmatch(keys):
            continue
        of = None if isinstance(button, RailItem) else place
        use = use_at(keys, of or Place)
        words = f"{button.text()} {button.accessibleName()}"
        assert use is not None, f"{place.__name__}: {keys} «{words}»"
        assert re.search(_CALLED[use.words], words), f"{place.__name__}: {keys} «{words}»"
        found += 1
    return found
