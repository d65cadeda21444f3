"""The components page: every widget of the kit once, as look/14–16 show them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Theme, Tone
from desktop.ui.standing.chips import CHIPS
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine
from desktop.ui.widgets.inputs.plate import PlateInput
from desktop.ui.widgets.inputs.renewal import RenewalCodeInput
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick import Radio, Tick
from desktop.ui.widgets.layouts import Column, Flow, Grid, Row
from desktop.ui.widgets.told.banner import Banner, ErrorList
from desktop.ui.widgets.told.chip import Chip
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.widgets.told.progress import Progress
from desktop.ui.widgets.told.toast import Toast
from tests.ui import gallery_page, gallery_parts

TODAY = date(2026, 11, 24)  # 1405/09/03
RECORDS = date(2026, 11, 23)


def _filled(label: str, control: QWidget, value: object) -> FormField:
    field = FormField(label, control)
    field.set_value(value)
    return field


def inputs() -> Card:
    """Every input in the states of LOOK.md §6."""
    card = Card("ورودی‌ها", gap=6)
    wrong = _filled("کد ملی", DigitsLine(10), "442123456")
    wrong.set_error("کد ملی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است.")
    read_only = _filled("کاربری طرح تفصیلی", TextLine(), "مسکونی")
    read_only.set_read_only()
    area = FormField("مساحت عرصه", NumberLine(unit="مترمربع"), hint="از سوابق، ۱۴۰۵/۰۹/۰۲")
    area.set_from_records("240.50", RECORDS)
    purpose = ListChoice(
        [(str(i), w) for i, w in enumerate(("انتقال", "بانک", "پروانه", "ثبت", "دادگاه"))]
    )
    grid = Grid(4)
    grid.put(
        [
            (_filled("نام پدر", TextLine(), "محمدرضا"), 1),
            (_filled("نام خانوادگی", TextLine(), "دهقان"), 1),
            (wrong, 1),
            (read_only, 1),
            (area, 1),
            (_filled("تاریخ تولد", DateLine(TODAY), date(1983, 10, 6)), 1),
            (_filled("مبلغ", MoneyLine(), 2_500_000), 1),
            (FormField("منظور از گواهی", purpose), 1),
        ]
    )
    card.body.addLayout(grid)
    place = Row(gap=14)
    place.addWidget(_filled("کد نوسازی", RenewalCodeInput(), "2-14-308-27-1-0-0"), 7)
    plate = PlateInput([(str(i), "۰۱۲۳۴۵۶۷۸۹"[i]) for i in range(1, 10)])
    place.addWidget(
        _filled("پلاک ثبتی", plate, ("4555", "65", "2")), 6, Qt.AlignmentFlag.AlignBottom
    )
    card.body.addLayout(place)
    stage = Segments([("p", "پی"), ("s", "اسکلت"), ("f", "سفت‌کاری"), ("n", "نازک‌کاری")])
    stage.set_value("f")
    stage.setAccessibleName("مرحلهٔ ساختمانی")
    seen, unseen = Tick("اصل دیده شد"), Tick("اصل دیده شد")
    seen.set_value(True)
    by_card, by_id = Radio("کارت‌خوان"), Radio("شناسهٔ پرداخت")
    group = QButtonGroup(card)
    group.addButton(by_card)
    group.addButton(by_id)
    by_card.setChecked(True)
    choices = Row(gap=22)
    choices.addWidget(stage)
    for widget in (seen, unseen, by_card, by_id):
        choices.addWidget(widget)
    choices.addStretch(1)
    card.body.addLayout(choices)
    return card


def buttons() -> Card:
    """Main in its four states, then second, quiet and dangerous."""
    card = Card("دکمه‌ها: عادی، زیر نشانگر، فشرده، دارای تمرکز، دوم، آرام، خطرناک")
    row = Row(gap=16)
    for look in ("", "hover", "press", "focus"):
        button = Button("ثبت درخواست", "main", keys="F9")
        row.addWidget(button)
        card.forced = [*getattr(card, "forced", []), (button, look)]  # type: ignore[attr-defined]
    row.addWidget(Button("پیش‌نمایش", icon="eye", keys="F9", tall=True))
    row.addWidget(Button("تازه‌سازی", "quiet", icon="refresh", keys="F5"))
    row.addWidget(Button("ابطال نامه…", "dangerous", icon="file-off"))
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def chips() -> Card:
    """Every state of a case."""
    card = Card("وضعیت پرونده")
    flow = Flow(*(Chip(look) for look in CHIPS.values()))
    card.body.addLayout(flow)
    return card


def outcomes() -> Card:
    """The headlines of the five answers, and a place with nothing in it."""
    card = Card("نتیجه و حالت خالی")
    grid = Grid(2, gap=8)
    paid = to_persian_digits("بدهی ۴٬۸۵۰٬۰۰۰ ریال؛ پس از پرداخت، نامه خودکار صادر می‌شود")
    answers: list[tuple[str, str, Tone, str]] = [
        ("گواهی عدم خلاف صادر شد", "پاسخ آنی، معتبر تا ۱۴۰۶/۰۳/۰۳", "ok", "file-certificate"),
        ("در انتظار پرداخت", paid, "pay", "cash-banknote"),
        ("نوبت بازدید لازم است", "سابقه‌ای برای این ملک یافت نشد", "visit", "calendar-event"),
        ("بررسی کارشناس شهرداری", "نام متقاضی با مالک در سوابق یکی نیست", "review", "eye-check"),
        (
            "پاسخ منفی صادر شد",
            "بازداشت ملک، دادگاه حقوقی یزد، ۱۴۰۵/۰۴/۱۱؛ راه اعتراض در نامه",
            "refuse",
            "ban",
        ),
    ]
    shown: list[QWidget] = [Headline(*answer, small=True) for answer in answers]
    shown.append(
        EmptyState(
            "کاری در کارتابل نیست",
            "همهٔ پرونده‌ها پاسخ گرفته‌اند.",
            button="درخواست جدید",
            keys="F2",
        )
    )
    grid.put([(widget, 1) for widget in shown])
    card.body.addLayout(grid)
    return card


def strips() -> QWidget:
    """Banners; progress and toast beside them."""
    card = Card("نوارها")
    grid = Grid(2, gap=8)
    offline = Banner("خط قطع است؛ ۳ درخواست در صف است.", "neutral", icon="wifi-off", link="دیدن صف")
    training = Banner("حالت آموزشی، نامه‌ها بی‌اعتبارند", "pay", link="پایان آموزش", training=True)
    grid.put(
        [
            (Banner("برگ نوبت چاپ شد و پیامک فرستاده شد."), 1),
            (Banner("برای این ملک درخواست باز دیگری هست.", "pay", link="دیدن"), 1),
            (offline, 1),
            (training, 1),
        ]
    )
    card.body.addLayout(grid)
    errors = ErrorList()
    errors.set_errors(
        [
            ("report_date", "تاریخ گزارش ناظر باید امروز یا پیش از آن باشد."),
            ("postal", "کد پستی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است."),
        ]
    )
    card.add(errors)
    other = Card("پیشرفت و پیام گذرا")
    progress = Progress()
    progress.tell("ورود سوابق: ۶۲٬۴۰۰ از ۱۰۰٬۰۰۰ ملک", 0.624)
    other.add(progress)
    other.body.addStretch(1)
    host = QWidget()
    header, before = QWidget(), QWidget()
    header.setFixedHeight(theme.px(54))
    before.setParent(header)
    before.hide()
    other.body.addWidget(header)
    toast = Toast(header, before)
    toast.tell("درخواست ثبت شد", "بازگردانی")
    row = Row(gap=10)
    row.addWidget(card, 12)
    row.addWidget(other, 8)
    host.setLayout(row)
    return host


def build() -> QWidget:
    """The first page, not shown: what look/14–16 show."""
    return page_of(inputs(), buttons(), chips(), outcomes(), strips())


def page_of(*parts: QWidget) -> QWidget:
    """A page of parts one under the other."""
    page = QWidget()
    theme.ground(page, "bg")
    page.setWindowTitle("اجزا")
    column = Column(*parts, gap=10, margins=(14, 20, 14, 20))
    column.addStretch(1)
    page.setLayout(column)
    return page


def show_forced(page: QWidget) -> None:
    """Put on the states that need a mouse."""
    for card in page.findChildren(Card):
        for button, look in getattr(card, "forced", []):
            button.force(look)


def save(app: QApplication, folder: Path) -> list[Path]:
    """Pictures of the page in three themes at 100 % and in light at 150 %."""
    saved = []
    for title, page in (("components", build()), ("more", gallery_parts.build())):
        looks = [(name, 100) for name in Theme] + [(Theme.LIGHT, 150)]
        for name, zoom in looks:
            show(app, page, name, zoom)
            path = folder / f"{title}-{name}-{zoom}.png"
            page.grab().save(str(path))
            saved.append(path)
        page.close()
    for name in (Theme.LIGHT, Theme.DARK):
        theme.apply(app, name, 100)
        form = gallery_page.build()
        form.show()
        app.processEvents()
        path = folder / f"form-{name}-100.png"
        form.grab().save(str(path))
        saved.append(path)
        form.close()
    return saved


def show(app: QApplication, page: QWidget, name: Theme, zoom: int) -> None:
    """Show a page in a look, as wide as a window of 1366 at that zoom and as high as it needs."""
    theme.apply(app, name, zoom)
    page.resize(1366 * zoom // 100, 100)
    page.show()
    app.processEvents()
    page.resize(page.width(), page.heightForWidth(page.width()))
    app.processEvents()
    show_forced(page)
    app.processEvents()


def main() -> None:
    """`python -m tests.ui.gallery FOLDER` saves the pictures."""
    app = QApplication([])
    theme.prepare(app)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    save(app, folder)


if __name__ == "__main__":
    main()
