"""The components page of the parts that pages are furnished with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.status import Status
from desktop.ui import theme
from desktop.ui.standing.chips import CHIPS, UNSETTLED
from desktop.ui.widgets.charts.bars import Bar, HorizontalBars
from desktop.ui.widgets.charts.day_numbers import DayNumber, DayNumbers
from desktop.ui.widgets.charts.hours import Hour, Series, StackedBars
from desktop.ui.widgets.holders.card import Card, Section
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.inputs.slot import SlotChoice, SlotLook
from desktop.ui.widgets.layouts import Column, Flow, Row
from desktop.ui.widgets.lists.reasons import Reason, Reasons
from desktop.ui.widgets.lists.table import RowsModel, Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, deadline, named, quiet, turn
from desktop.ui.widgets.lists.timeline import Happening, Timeline
from desktop.ui.widgets.papers.document_row import DocumentList, DocumentRow
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.headline import Headline
from tests.ui.gallery_sides import sides

COLUMNS = (
    TableColumn("شماره", 120),
    TableColumn("وضعیت", 150),
    TableColumn("متقاضی", 150, 1),
    TableColumn("خدمت", 120, 1, drop=1),
    TableColumn("گام بعد", 110, 1),
    TableColumn("مهلت", 128),
    TableColumn("ثبت", 80, drop=2),
)
_S = Status
_ROWS = (
    (
        "۰۵۰۸۲۲-۰۲-۰۰۱۹",
        CHIPS[_S.IN_REVIEW],
        "احمد کلانتری",
        "نقل و انتقال",
        "پیگیری از کارشناس",
        True,
        1,
    ),
    ("۰۵۰۹۰۳-۰۲-۰۰۳۲", CHIPS[_S.RELEASED], "فاطمه دهقان", "گواهی عدم خلاف", "تحویل", True, 0),
    (
        "۰۵۰۸۰۹-۰۲-۰۰۲۴",
        CHIPS[_S.DOCUMENTS],
        "بانک مسکن، شعبهٔ مرکزی",
        "مفاصاحساب",
        "گرفتن مدارک",
        True,
        0,
    ),
    ("۰۵۰۹۰۳-۰۲-۰۰۳۰", UNSETTLED, "علی‌اکبر صادقیان", "استعلام بانک", "ارسال خودکار", False, 0),
)


def queue() -> QWidget:
    """Filters, search and the table of cases."""
    every = FilterChip("همه", 47)
    every.setChecked(True)
    flow = Flow(
        every,
        FilterChip("دیرکرد", 1, icon="clock-exclamation", tone="refuse"),
        FilterChip("برای تحویل", 4, icon="user-check", tone="ok"),
        FilterChip("پرداخت", 6, icon="cash-banknote", tone="pay"),
    )
    table = Table("کارتابل", COLUMNS)
    model = RowsModel(COLUMNS, table)
    rows = []
    for number, look, person, service, step, ours, over in _ROWS:
        late = deadline("۱ روز گذشته", over=True) if over else deadline("۶ روز")
        chip = Cell(chip=look)
        cells = [quiet(number), chip, named(person), Cell(service)]
        cells += [turn(step, ours=ours), late, quiet("۲۲ آبان")]
        rows.append((number, cells))
    model.set_rows(rows)
    table.setModel(model)
    table.set_sorting(4)
    table.choose(1)
    host = QWidget()
    search = SearchBox("نام، شماره یا کد", name="جست‌وجو در فهرست")
    box = SearchBox("جست‌وجوی فرمان، پرونده، کد نوسازی…", keys="Ctrl+K", name="جست‌وجوی همه")
    tools = Row(gap=8)
    tools.addWidget(search)
    tools.addStretch(1)
    tools.addWidget(box)
    column = Column(gap=8)
    column.addLayout(flow)
    column.addLayout(tools)
    frame = TableFrame(table)
    frame.setFixedHeight(190)
    column.addWidget(frame)
    host.setLayout(column)
    return host


def day() -> QWidget:
    """The day's numbers and both charts."""
    numbers = DayNumbers(
        [
            DayNumber("۶۴۲", "دریافت‌شده", "در ۳۸ دفتر"),
            DayNumber("۵۷٫۸٪", "پاسخ آنی", "۳۷۱", "ok"),
            DayNumber("۱ ثانیه", "میانهٔ پاسخ آنی", "۹۵٪ زیر ۲ ثانیه"),
            DayNumber("۷", "دیرکرد", "در ۴ دفتر", "refuse"),
            DayNumber("۱۹", "بازبینی مانده", "از ۳۷", "review"),
        ]
    )
    outcomes = Card("نتیجه‌ها", "از ۶۴۲ درخواست امروز")
    bars = HorizontalBars(
        "نتیجه‌ها",
        [
            Bar("پاسخ آنی", 371, "ok", "file-certificate", "۵۷٫۸٪"),
            Bar("در انتظار پرداخت", 64, "pay", "cash-banknote", "۱۰٫۰٪"),
            Bar("بازدید، بی‌سابقه", 61, "visit", "calendar-event", "۹٫۵٪"),
            Bar("بازدید به دلایل دیگر", 44, "visit", "calendar-event", "۶٫۹٪", outlined=True),
            Bar("در دست بررسی", 82, "review", "eye-check", "۱۲٫۸٪"),
            Bar("پاسخ منفی", 20, "refuse", "ban", "۳٫۱٪"),
        ],
    )
    outcomes.add(bars)
    hours = Card("ورود به تفکیک ساعت", "رنگ‌ها همان نتیجه‌هاست")
    series = [
        Series("پاسخ آنی", "ok"),
        Series("پرداخت", "pay"),
        Series("بازدید", "visit"),
        Series("بازدید به دلایل دیگر", "visit", outlined=True),
        Series("بررسی", "review"),
        Series("منفی", "refuse"),
    ]
    stacked = StackedBars(
        "ورود به تفکیک ساعت",
        series,
        [
            Hour("۸", (52, 9, 8, 6, 10, 3)),
            Hour("۹", (80, 15, 13, 10, 20, 4)),
            Hour("۱۰", (92, 16, 16, 12, 18, 4)),
            Hour("۱۱", (73, 12, 12, 8, 18, 4)),
            Hour("۱۲", (54, 9, 8, 6, 14, 2)),
            Hour("۱۳ تا ۱۳:۲۰", (20, 3, 4, 2, 4, 1)),
        ],
    )
    hours.add(stacked)
    row = Row(gap=12)
    row.addWidget(hours, 1)
    row.addWidget(outcomes, 1)
    host = QWidget()
    column = Column(numbers, gap=12)
    column.addLayout(row)
    host.setLayout(column)
    return host


def case() -> QWidget:
    """Outcome, reasons, time line, slots."""
    head = Headline(
        "گواهی عدم خلاف صادر شد",
        "گواهی عدم خلاف شمارهٔ ۱۴۰۵/۲۱/۱۸۴۷، معتبر تا ۱۴۰۶/۰۳/۰۳",
        "ok",
        "file-certificate",
        code="۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷",
        code_label="کد رهگیری",
    )
    waiting = Headline(
        "ثبت شد، در صف ارسال",
        "پاسخ با وصل شدن خط خودکار می‌رسد.",
        "neutral",
        "cloud-upload",
        small=True,
        dashed=True,
    )
    why = Card("چرا؟", "۲ شرط برقرار نیست", flush=True)
    reasons = Reasons()
    failed = (
        "آخرین بازدید بیش از ۱۲ ماه پیش است",
        "آخرین بازدید: ۱۴۰۳/۰۲/۳۰",
        "گزارش‌های بازدید",
        "—",
    )
    visit = "calendar-event"
    reasons.set_reasons(
        [
            Reason("متقاضی مالک است", "فاطمه دهقان، ۶ دانگ، سند تک‌برگ", "سوابق مالکیت"),
            Reason(*failed, result="failed", icon=visit, tone="visit"),
            Reason("بدهی سررسیدشده ندارد", "نوسازی تا پایان ۱۴۰۵", "درآمد", "مادهٔ ۷۷"),
            Reason("یادآوری در نامه: تعریض", "۴٫۲۰ مترمربع", "طرح", "ضوابط", result="note"),
        ]
    )
    why.add(reasons)
    log = Timeline(
        [
            Happening(
                "امروز ۱۰:۵۳",
                "نوبت بازدید تعیین شد",
                "زهرا فلاح",
                "پنجشنبه ۵ آذر، ۸:۰۰",
                "calendar-check",
                "visit",
                settled=False,
            ),
            Happening(
                "امروز ۱۰:۵۱",
                "نیازمند بازدید شد",
                "مرکز",
                "آخرین بازدید بیش از ۱۲ ماه پیش است",
                "calendar-event",
                "visit",
                (("why", "چرا؟"), ("records", "سوابق آن روز")),
            ),
            Happening(
                "۱۴۰۳/۰۶/۰۲",
                "گواهی پیشین همین ملک",
                "دفتر ۲۱",
                "پایان‌یافته",
                "file-certificate",
                "ok",
            ),
        ]
    )
    tabs = Tabs(["رویدادها", "فرم", "مدارک (۴)", "نامه‌ها (۰)", "پرداخت‌ها (۲)", "چرا؟"])
    host = QWidget()
    host.setLayout(Column(head, waiting, why, tabs, log, gap=12))
    return host


def slots() -> QWidget:
    """Three visits to choose from."""
    choice = SlotChoice(
        [
            SlotLook("a", "پنجشنبه ۵ آذر", "۸:۰۰ تا ۱۱:۰۰", "نیمهٔ نخست روز، ۲ جا مانده"),
            SlotLook("b", "شنبه ۷ آذر", "۸:۰۰ تا ۱۱:۰۰", "نیمهٔ نخست روز، ۵ جا مانده"),
            SlotLook("c", "شنبه ۷ آذر", "۱۱:۰۰ تا ۱۴:۰۰", "نیمهٔ دوم روز، ۴ جا مانده"),
        ]
    )
    choice.set_value("a")
    return choice


def form() -> QWidget:
    """A folded section, an open one with documents, prose and a password."""
    done = Section(1, "متقاضی")
    done.set_state("done")
    done.fold("فاطمه دهقان، مالک، کد ملی ۴۴۲****۵۶۷، همراه ۰۹۱۳ ۲۵۱ ۴۴۰۸")
    papers = Section(4, "مدارک")
    papers.set_state("current")
    states = (("سند مالکیت", "complete"), ("وکالت‌نامه", "waiting"))
    rows = []
    for key, (title, state) in enumerate(states):
        because = "چون وکیل" if key else ""
        row = DocumentRow(str(key), title, because=because)
        row.set_state("complete" if state == "complete" else "waiting")
        rows.append(row)
    listed = DocumentList()
    listed.set_rows(rows)
    papers.add(listed)
    words = Prose(lines=2)
    words.set_value("متن گزارش\nدر دو سطر")
    secret = PasswordLine()
    secret.set_value("نمونه")
    row2 = Row(gap=14)
    row2.addWidget(FormField("نظر کارشناس", words), 2)
    row2.addWidget(FormField("گذرواژه", secret, optional=True), 1)
    host = QWidget()
    column = Column(done, papers, gap=8)
    column.addLayout(row2)
    host.setLayout(column)
    return host


def build() -> QWidget:
    """The second page, not shown."""
    page = QWidget()
    theme.ground(page, "bg")
    left, right = QWidget(), QWidget()
    beside, first = Column(form(), slots(), gap=12), Column(case(), gap=12)
    beside.addStretch(1)
    first.addStretch(1)
    left.setLayout(beside)
    right.setLayout(first)
    top = Row(gap=14)
    top.addWidget(right, 1)
    top.addWidget(left, 1)
    column = Column(gap=12, margins=(14, 20, 14, 20))
    column.addWidget(queue())
    column.addLayout(top)
    column.addWidget(day())
    column.addWidget(sides())
    column.addStretch(1)
    page.setLayout(column)
    return page
