"""What stands at the sides of pages: rail, panel, steps, services, the letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.rail import RailItem, TileBand
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.lists.rows import ListRow, ServiceKey
from desktop.ui.widgets.lists.steps import Step, StepCard, StepList
from desktop.ui.widgets.papers.letter_frame import LetterFrame
from desktop.ui.widgets.told.status import StatusItem, SyncItem


def sides() -> QWidget:
    """Rail, side panel, steps, services, letter."""
    rail = QWidget()
    theme.ground(rail, "rail")
    current = RailItem("درخواست جدید", "file-plus", keys="F2")
    current.set_current(True)
    items = Column(gap=2, margins=(8, 8, 8, 8))
    for item in (
        RailItem("خانه", "home"),
        current,
        RailItem("کارتابل", "inbox", keys="F4", count=9),
        RailItem("راهنما", "help-circle", keys="F1"),
    ):
        items.addWidget(item)
    column = Column(TileBand(), gap=0)
    column.addLayout(items)
    column.addStretch(1)
    rail.setLayout(column)
    panel = QWidget()
    theme.ground(panel, "sunk")
    remains = Remains()
    remains.set_lines(
        [
            ("date", "تاریخ گزارش ناظر", "error"),
            ("bill", "تصویر فیش نوسازی", "document"),
            ("fee", "دریافت کارمزد دفتر", "fee"),
        ]
    )
    pairs = Pairs()
    pairs.add("متقاضی", "فاطمه دهقان", weight=500)
    pairs.add("ملک", "۲-۱۴-۳۰۸-۲۷-۱-۰-۰")
    pairs.add("پلاک ثبتی", "۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲")
    pairs.add_link("پروندهٔ دیگر", "۲ پروندهٔ پیشین")
    status = Row(gap=16)
    sync = SyncItem()
    sync.tell("۳ در صف ارسال", "cloud-upload", "pay", "waiting")
    status.addWidget(sync)
    status.addWidget(StatusItem("سوابق شهرداری تا ۱۴۰۵/۰۹/۰۲", icon="database"))
    status.addStretch(1)
    inner = Column(
        remains, Hairline(), panel_heading("خلاصه"), pairs, gap=8, margins=(10, 16, 10, 16)
    )
    inner.addLayout(status)
    inner.addStretch(1)
    panel.setLayout(inner)
    steps = QWidget()
    held = StepCard(2, Step("تأیید و مهر", "با نام شما، محمد زارع.", "current"))
    secret = PasswordLine(placeholder="گذرواژهٔ شما")
    secret.setAccessibleName("گذرواژهٔ شما")
    held.put(secret)
    listed = StepList(
        [
            Step("صدور", "مرکز، ۱۰:۴۴", "done"),
            Step("تأیید و مهر", "محمد زارع", "current"),
            Step("چاپ", "نسخهٔ ۱"),
        ]
    )
    late = ListRow("دیرکرد: نقل و انتقال", icon="clock-exclamation", colour="refuse", count=1)
    look = ListRow(
        "گواهی عدم خلاف، دفتر ۱۴",
        "بازدید ۳۶۴ روز پیش، مرز ۱۲ ماه",
        icon="eye-check",
        colour="review",
        note="پرخطر",
    )
    person = ListRow(
        "زهرا فلاح", icon="edit", note="متصدی، باجهٔ ۲", keys="1", chevron=False, strong=True
    )
    person.set_chosen(True)
    column2 = Column(listed, held, late, look, person, gap=8)
    column2.addStretch(1)
    steps.setLayout(column2)
    keys = QWidget()
    services = Column(
        ServiceKey("گواهی عدم خلاف", ["مالک، وکیل، وارث"], "file-certificate", 1),
        ServiceKey("پاسخ استعلام بانک و ادارات", ["بانک، اداره، مالک"], "building-bank", 2),
        Button("دریافت با کارت‌خوان", icon="credit-card", keys="F12", wide=True),
        gap=12,
    )
    services.addStretch(1)
    keys.setLayout(services)
    frame = LetterFrame()
    page = QImage(595, 842, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.fillRect(60, 90, 475, 3, Qt.GlobalColor.lightGray)
    painter.end()
    frame.set_pages([page])
    frame.setMinimumHeight(380)
    row = Row(gap=12)
    for widget, share in ((rail, 4), (panel, 6), (steps, 6), (keys, 5), (frame, 6)):
        row.addWidget(widget, share)
    host = QWidget()
    host.setLayout(row)
    return host
