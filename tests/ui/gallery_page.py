"""A whole page put together from the kit, to hold beside look/03: the case form."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.standing.chips import DRAFT
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Section
from desktop.ui.widgets.holders.rail import RailItem, TileBand
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.plate import PlateInput
from desktop.ui.widgets.inputs.renewal import RenewalCodeInput
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Grid, Hairline, Row
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.papers.document_row import DocumentList, DocumentRow
from desktop.ui.widgets.told.banner import Banner, ErrorList
from desktop.ui.widgets.told.chip import Chip
from desktop.ui.widgets.told.status import StatusItem, SyncItem
from tests.ui.places import ActionBar, Header, Rail, SidePanel, StatusBar

_TODAY, _RECORDS = date(2026, 11, 24), date(2026, 11, 23)


def _rail() -> Rail:
    rail = Rail()
    rail.top.addWidget(TileBand())
    names = Column(gap=0, margins=(8, 14, 8, 14))
    names.addWidget(Label("پیشخوان شهرسازی", "section", weight=700))
    names.addWidget(Label("شهرداری یزد", "small", "text2"))
    rail.top.addLayout(names)
    items = Column(gap=2, margins=(0, 8, 0, 8))
    for words, icon, keys in (
        ("خانه", "home", ""),
        ("درخواست جدید", "file-plus", "F2"),
        ("جست‌وجو", "search", "F3"),
        ("کارتابل", "inbox", "F4"),
    ):
        item = RailItem(words, icon, keys=keys, count=9 if keys == "F4" else None)
        item.set_current(keys == "F2")
        items.addWidget(item)
    rail.top.addLayout(items)
    person = Column(gap=0, margins=(8, 14, 10, 14))
    person.addWidget(Label("زهرا فلاح", weight=700))
    person.addWidget(Label("متصدی، باجهٔ ۲", "small", "text2"))
    rail.bottom.addWidget(Hairline())
    rail.bottom.addLayout(person)
    return rail


def _form() -> QWidget:
    host = QWidget()
    errors = ErrorList()
    errors.set_errors([("report_date", "تاریخ گزارش ناظر باید امروز یا پیش از آن باشد.")])
    scroller = Scroller(margins=(0, 20, 14, 20))
    person = Section(1, "متقاضی")
    person.set_state("done")
    person.fold("فاطمه دهقان، مالک، کد ملی ۴۴۲****۵۶۷، همراه ۰۹۱۳ ۲۵۱ ۴۴۰۸")
    place = Section(2, "ملک")
    place.set_state("done")
    known = "سابقه یافت شد: مسکونی، بلوار طالقانی؛ عرصه ۲۴۰٫۵۰ مترمربع"
    found = Banner(known, records=True, link="همهٔ سابقه")
    place.add_beside(found, 1)
    code, plate = RenewalCodeInput(), PlateInput([("1", "۱"), ("2", "۲")])
    code.set_value("2-14-308-27-1-0-0")
    plate.set_value(("4555", "65", "2"))
    row = Row(gap=14)
    row.addWidget(FormField("کد نوسازی", code), 7)
    row.addWidget(FormField("پلاک ثبتی", plate), 6, Qt.AlignmentFlag.AlignBottom)
    line = QWidget()
    line.setLayout(row)
    place.add(line)
    scroller.add(person)
    scroller.add(place)
    scroller.add(_details())
    scroller.add(_documents())
    column = Column(gap=8)
    top = Column(errors, gap=0, margins=(10, 20, 0, 20))
    column.addLayout(top)
    column.addWidget(scroller, 1)
    host.setLayout(column)
    return host


def _details() -> Section:
    section = Section(3, "مشخصات درخواست")
    section.set_state("error")
    stages = Segments([("p", "پی"), ("s", "اسکلت"), ("f", "سفت‌کاری"), ("n", "نازک‌کاری")])
    stages.set_value("f")
    words = ("انتقال", "بانک", "پروانه", "ثبت", "دادگاه")
    purpose = ListChoice([(word, word) for word in words])
    purpose.set_value("انتقال")
    report = FormField("تاریخ گزارش ناظر", DateLine(_TODAY))
    report.set_value("1405/09/13")
    report.set_error("تاریخ گزارش ناظر باید امروز یا پیش از آن باشد.")
    permit = FormField("شمارهٔ پروانه", TextLine())
    permit.set_from_records("۲-۱۱۴۷", _RECORDS)
    valid = FormField("اعتبار پروانه تا", DateLine(_TODAY))
    valid.set_from_records("1406/06/19", _RECORDS)
    number = FormField("شمارهٔ گزارش ناظر", TextLine(), optional=True)
    number.set_value("۱۱۸۱/ن")
    grid = Grid(3, row_gap=6)
    fields = [FormField("مرحلهٔ ساختمانی", stages), FormField("منظور از گواهی", purpose), number]
    grid.put([(field, 1) for field in (*fields, report, permit, valid)])
    host = QWidget()
    host.setLayout(grid)
    section.add(host)
    declared = Tick("مالک اظهار می‌کند از آخرین بازدید تغییری در بنا داده نشده است")
    declared.set_value(True)
    section.add(FormField("", declared))
    return section


def _documents() -> Section:
    section = Section(4, "مدارک")
    section.add_beside(Label("۳ از ۴ کامل", "small", "text2"), 1)
    titles = ("سند مالکیت، صفحهٔ آخر", "کارت ملی مالک", "گزارش ناظر، مرحلهٔ عدم خلاف")
    rows = [DocumentRow(str(index), title) for index, title in enumerate(titles)]
    for row in rows[:2]:
        row.seen.set_value(True)
        row.set_state("complete")
    listed = DocumentList()
    listed.set_rows(rows)
    section.add(listed)
    return section


def _side() -> SidePanel:
    panel = SidePanel()
    remains = Remains()
    remains.set_lines(
        [
            ("report_date", "تاریخ گزارش ناظر", "error"),
            ("2", "گزارش ناظر", "document"),
            ("fee", "دریافت کارمزد دفتر", "fee"),
        ]
    )
    summary = Pairs()
    summary.add("متقاضی", "فاطمه دهقان", weight=500)
    summary.add("سهم در سوابق", "۶ دانگ از ۶")
    summary.add("ملک", "۲-۱۴-۳۰۸-۲۷-۱-۰-۰")
    summary.add("پروانه", "۲-۱۱۴۷")
    fee = Pairs()
    fee.add("کارمزد دفتر", "۴۵۰٬۰۰۰ ریال", weight=500)
    for widget in (remains, Hairline(), panel_heading("خلاصه"), summary):
        panel.add(widget)
    for widget in (Hairline(), panel_heading("کارمزد"), fee):
        panel.add(widget)
    pay = Button("دریافت با کارت‌خوان", icon="credit-card", keys="F12", wide=True)
    panel.add(pay)
    panel.add(Banner("سال پیش برای همین ملک گواهی صادر شده است.", "pay", link="دیدن"))
    return panel


def build() -> QWidget:
    """The page at 1366×768, not shown."""
    page = QWidget()
    header = Header("گواهی عدم خلاف")
    header.add_beside(Chip(DRAFT))
    box = SearchBox("جست‌وجوی فرمان، پرونده، کد نوسازی…", keys="Ctrl+K", name="جست‌وجوی همه")
    header.add_left(box)
    actions = ActionBar(Button("ثبت درخواست", "main", keys="Ctrl+Enter"))
    actions.add_quiet(Button("انصراف", "quiet", keys="Esc", tall=True))
    papers = Button("فهرست مدارک برای شهروند", "quiet", icon="printer", keys="F8", tall=True)
    actions.add_quiet(papers)
    actions.say("۳ مورد مانده")
    status = StatusBar()
    sync = SyncItem()
    sync.tell("متصل", "circle-check", "ok", "online")
    status.add_right(sync)
    status.add_right(StatusItem("دفتر ۲۱، بلوار طالقانی"))
    status.add_right(StatusItem("سوابق شهرداری تا ۱۴۰۵/۰۹/۰۲", icon="database"))
    for words in ("پیش‌نویس ذخیره شد ۱۰:۴۲", "بزرگ‌نمایی ۱۰۰٪", "سه‌شنبه ۳ آذر ۱۴۰۵", "۱۰:۴۲"):
        status.add_left(StatusItem(words))
    middle = Row(gap=0)
    middle.addWidget(_form(), 1)
    middle.addWidget(_side())
    body = Column(header, gap=0)
    body.addLayout(middle, 1)
    body.addWidget(actions)
    whole = Row(_rail(), gap=0)
    whole.addLayout(body, 1)
    column = Column(gap=0)
    column.addLayout(whole, 1)
    column.addWidget(status)
    page.setLayout(column)
    theme.ground(page, "bg")
    page.resize(1366, 768)
    return page
