"""What each role sees and does in the window: one row a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.page import Heading
from desktop.ui.places import Place
from desktop.ui.standing.next_act import NextAct


@dataclass(frozen=True)
class RailEntry:
    """An item of the rail: the page it opens, its word, icon and key."""

    name: str
    words: str
    icon: str
    place: Place
    keys: str = ""

    @property
    def pages(self) -> tuple[RailEntry, ...]:
        """The pages that it leads to."""
        return (self,)


@dataclass(frozen=True)
class RailGroup:
    """An item of the rail that leads to several pages: it opens a list of them."""

    name: str
    words: str
    icon: str
    pages: tuple[RailEntry, ...]
    keys: str = ""


@dataclass(frozen=True)
class Duty:
    """A role's icon at the door, its first page and its rail.

    At the municipality also its list: what stands over it, the states it is filtered by, what the
    role does with a case of a state there, and how the tab is called in which it does that.
    """

    icon: str
    first: Place
    rail: tuple[RailEntry | RailGroup, ...]
    queue: Heading = Heading("")
    states: tuple[State, ...] = ()
    acts: Mapping[State, NextAct] = field(default_factory=dict)
    claims: NextAct | None = None
    tab: str = ""
    voids: bool = False
    """Whether letters that are to be voided wait for this role."""

    @property
    def pages(self) -> tuple[RailEntry, ...]:
        """All pages that the rail leads to, in its order."""
        return tuple(page for item in self.rail for page in item.pages)


_PAGE = places.MunicipalCase
_OUTBOX = RailEntry("outbox", "صف ارسال", "cloud-upload", places.Outbox())
_LESSONS = RailEntry("lessons", "درس‌ها", "school", places.Lessons())
_CHECK = RailEntry("check", "بررسی اصالت", "shield-check", places.Check())
_COUNTER_WORK = (
    RailEntry("new", "درخواست جدید", "file-plus", places.Home(choosing=True), "F2"),
    RailEntry("search", "جست‌وجو", "search", places.Search(), "F3"),
    RailEntry("queue", "کارتابل", "inbox", places.Queue(), "F4"),
    RailEntry("cash", "صندوق", "cash-banknote", places.Till(), "F10"),
)
_NEAREST = RailEntry("nearest", "نزدیک‌ترین دفتر", "map-pin", places.Nearest())
_ELSEWHERE = RailEntry("elsewhere", "پروندهٔ دفتر دیگر", "file-search", places.Elsewhere())
# For who comes without a request of their own here.
_FOR_ALL = RailGroup("for-all", "دفترها و اصالت", "map-pin", (_NEAREST, _CHECK, _ELSEWHERE))
_DAY_CLOSE = RailEntry("day-close", "بستن روز", "clipboard-check", places.DayClose())
_HOME = RailEntry("home", "خانه", "home", places.Home())
_STAMPING = RailEntry("home", "خانه", "home", places.ManagerHome())
_BULLETIN = RailEntry("bulletin", "کارنامهٔ ماهانه", "report-analytics", places.Bulletin())
_QUEUE = RailEntry("queue", "کارتابل", "inbox", places.MunicipalQueue(), "F4")
_COMMISSIONS = RailEntry("commissions", "کمیسیون", "gavel", places.Commissions())
_OBJECTIONS = RailEntry("objections", "اعتراض‌ها", "scale", places.Objections())
_PLAIN = RailEntry("sign-batch", "امضای گروهی", "checks", places.SignBatch())
_OFFICES = RailEntry("offices", "دفترها", "building-community", places.Offices())
_DELEGATION = RailEntry("delegation", "واگذاری خدمت", "arrows-exchange", places.Delegation())
_TRAINED = RailEntry("trained", "آموزش", "school", places.Trained())
_PEOPLE = RailEntry("people", "کارکنان", "users", places.People())
_READINGS = RailEntry("readings", "گزارش مشاهده‌ها", "eye", places.ReadingLog())
_PEOPLE_SEEN = RailGroup("people-seen", "کارکنان", "users", (_PEOPLE, _READINGS))
_RECORDS = RailEntry("records", "سوابق شهر", "database", places.Records())
_ASKED = RailEntry("consultations", "استعلام‌ها", "send", places.Consultations())
_FROM_OTHERS = RailGroup("from-others", "اعتراض و استعلام", "scale", (_OBJECTIONS, _ASKED))
_RECALLS = RailEntry("recalls", "فراخوان نامه‌ها", "arrow-back-up", places.Recalls())
_LOOKS = RailEntry("second-look", "بازبینی", "eye-check", places.SecondLook())
_LETTERS_SEEN = RailGroup("letters-seen", "بازبینی نامه‌ها", "eye-check", (_LOOKS, _RECALLS, _CHECK))
_DOUBTED = RailGroup("doubted", "فراخوان و اصالت", "arrow-back-up", (_RECALLS, _CHECK))
_DATA = RailEntry("municipal-data", "تقویم و نرخ‌ها", "calendar", places.MunicipalData())
_SERVICES = RailEntry("services", "خدمت‌ها", "list-details", places.ServiceFiles())

DUTIES: Mapping[Role, Duty] = {
    Role.CLERK: Duty("edit", places.Home(), (_HOME, *_COUNTER_WORK, _FOR_ALL, _LESSONS, _OUTBOX)),
    Role.MANAGER: Duty(
        "rubber-stamp",
        places.ManagerHome(),
        (_STAMPING, *_COUNTER_WORK, _FOR_ALL, _PEOPLE_SEEN, _DAY_CLOSE, _OUTBOX),
        voids=True,
    ),
    Role.EXPERT: Duty(
        "eye-check",
        places.MunicipalQueue(),
        (_QUEUE, _COMMISSIONS, _ASKED, _OBJECTIONS, _DOUBTED, _DATA, _SERVICES),
        queue=Heading("کارتابل کارشناس", "به ترتیب نزدیک‌ترین مهلت"),
        states=(State.IN_REVIEW, State.RECOMMENDED, State.COMMISSION, State.CONSULTING),
        acts={
            State.IN_REVIEW: NextAct("بررسی", True, "بررسی پرونده", "eye-check", places.ReviewFile),
            State.COMMISSION: NextAct("رأی کمیسیون", True, "ثبت رأی کمیسیون", "gavel", _PAGE),
            State.CONSULTING: NextAct("پاسخ مرجع", True, "ثبت پاسخ مرجع", "mail", _PAGE),
        },
        tab="تصمیم",
    ),
    Role.SIGNER: Duty(
        "user-check",
        places.MunicipalQueue(),
        (_QUEUE, _PLAIN, _OBJECTIONS, _DOUBTED),
        queue=Heading("کارتابل امضا", "نظرهایی که در انتظار امضای دوم است"),
        states=(State.RECOMMENDED,),
        acts={
            State.RECOMMENDED: NextAct("امضای دوم", True, "بررسی و امضا", "user-check", _PAGE),
        },
        tab="امضا",
    ),
    Role.INSPECTOR: Duty(
        "walk",
        places.VisitDay(),
        (
            RailEntry("visit-day", "بازدید امروز", "walk", places.VisitDay(), "F4"),
            RailEntry("queue", "هفتهٔ من", "calendar-event", places.MunicipalQueue()),
            _OUTBOX,
        ),
        queue=Heading("هفتهٔ من", "به ترتیب نوبت"),
        tab="گزارش بازدید",
    ),
    Role.PLANNER: Duty(
        "calendar-event",
        places.VisitPlan(),
        (RailEntry("visit-plan", "برنامهٔ بازدید", "calendar-event", places.VisitPlan()), _QUEUE),
        queue=Heading("بازدیدهای شهر", "به ترتیب نوبت"),
        tab="بازدید",
    ),
    Role.FINANCE: Duty(
        "receipt",
        places.MunicipalQueue(),
        (_QUEUE, _OBJECTIONS, _CHECK),
        queue=Heading("کارتابل کارشناس مالی", "رسیدهایی که در سوابق نیست"),
        claims=NextAct("رسید پرداخت", True, "بررسی رسید پرداخت", "receipt", _PAGE),
        tab="بررسی پرداخت",
    ),
    Role.SUPERVISOR: Duty(
        "chart-bar",
        places.CityDay(),
        (
            RailEntry("city-day", "وضعیت شهر", "chart-bar", places.CityDay()),
            RailEntry("queue", "کارتابل ناظر", "inbox", places.MunicipalQueue(), "F4"),
            _LETTERS_SEEN,
            RailEntry("watch", "پیگیری", "clock-exclamation", places.Watch()),
            _FROM_OTHERS,
            _OFFICES,
            RailGroup("entrusted", "واگذاری و آموزش", "arrows-exchange", (_DELEGATION, _TRAINED)),
            _PEOPLE_SEEN,
            RailGroup(
                "city-data", "داده‌های شهر", "database", (_RECORDS, _DATA, _SERVICES, _BULLETIN)
            ),
        ),
        queue=Heading("کارتابل ناظر", "همهٔ دفترها"),
        states=(
            State.IN_REVIEW,
            State.RECOMMENDED,
            State.COMMISSION,
            State.CONSULTING,
            State.VISIT_DUE,
            State.BOOKED,
            State.PAY_DUE,
            State.RETURNED,
            State.ISSUED,
            State.RELEASED,
            State.REPLY_DUE,
            State.HANDED_OVER,
        ),
        tab="بازبینی",
    ),
    Role.ADMIN: Duty("key", places.Offices(), (_OFFICES, _PEOPLE, _OUTBOX)),
}
"""Everybody who sits at a desk; the centre has no window."""
