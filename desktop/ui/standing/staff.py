"""What is shown of a member of staff: his state as a chip, what he may do, when he is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.actions.people import Person, Staffing
from desktop.domain.calendar import format_day_month, format_jalali, format_time, weekday
from desktop.domain.locking import TRIES
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.staff_state import StaffState
from desktop.domain.staffing import Authority, Leave, weekdays_words
from desktop.ui.palette import Tone
from desktop.ui.widgets.told.chip import ChipLook, Shape

NOTHING = "—"
NO_ID = "ثبت نشده است"
LOOKS: Mapping[StaffState, tuple[str, Tone]] = {
    StaffState.AT_WORK: ("circle-check", "ok"),
    StaffState.ON_LEAVE: ("calendar-event", "pay"),
    StaffState.FRESH: ("key", "visit"),
    StaffState.NO_PASSWORD: ("key", "visit"),
    StaffState.LOCKED: ("lock", "refuse"),
    StaffState.KEPT_OUT: ("lock", "refuse"),
    StaffState.SUSPENDED: ("ban", "refuse"),
    StaffState.COMING: ("calendar", "neutral"),
    StaffState.WAITING: ("eye-check", "review"),
    StaffState.UNSIGNED: ("circle-dashed", "neutral"),
    StaffState.ENDED: ("x", "neutral"),
}
"""By state, icon and tone."""
_ORDER = tuple(StaffState)
_TITLES = 3


def chip_of(person: Person, today: date, shape: Shape = "ground") -> ChipLook:
    """The person's state."""
    facts = person.facts(today)
    state = facts.state(today)
    icon, tone = LOOKS[state]
    words = facts.words(today)
    if state is StaffState.LOCKED:
        words = to_persian_digits(f"قفل: {TRIES} بار نادرست")
    elif state is StaffState.WAITING and not person.role.is_municipal:
        words = f"{words} ناظر"
    return ChipLook(words, icon, tone, shape)


def without_id_words(names: Sequence[str], count: int) -> str:
    """Whose national id nobody has told, so many of whom these are the first, and what comes of
    it; empty where all are known."""
    if not count:
        return ""
    rest = count - len(names)
    more = [to_persian_digits(f"{rest} نفر دیگر")] if rest else []
    return (
        f"کد ملی {join_and([*names, *more])} {NO_ID} و درخواست خودشان شناخته نمی‌شود؛"
        " با برگهٔ گذرواژهٔ تازه ثبت کنید."
    )


def role_words(person: Person, staffing: Staffing) -> str:
    """«متصدی», «متصدی و جانشین»."""
    deputises = person.staff in staffing.deputies
    return f"{person.role.word} و جانشین" if deputises else person.role.word


def day_words(day: date | None, without: str) -> str:
    """The day, apart from the words around it."""
    return isolate(format_jalali(day)) if day is not None else without


def held_authorities(person: Person, today: date) -> list[Authority]:
    """What the person may release from now on: of each service what was told last."""
    newest = {one.service: one for _, one in person.authorities}
    return [one for one in newest.values() if one.until >= today]


def authority_summary(person: Person, staffing: Staffing, *, brief: bool = False) -> str:
    """What the person may do beyond the role, in one cell; `brief` without the days."""
    if person.role.is_municipal:
        return NOTHING
    if person.state(staffing.today) is StaffState.ENDED:
        return "پایان یافت"
    if person.role is Role.MANAGER:
        return "مهر همهٔ خدمت‌ها" if brief else "مهر و تحویل، همهٔ خدمت‌ها"
    held = held_authorities(person, staffing.today)
    if not held:
        if person.staff in staffing.deputies:
            return "مهر، تنها در نبود مسئول"
        return "پایان یافت" if person.authorities else "ندارد"
    days = {one.weekdays for one in held}
    when = f"، {weekdays_words(next(iter(days)))}" if len(days) == 1 and not brief else ""
    if len(held) == len(staffing.services):
        return f"مهر همهٔ خدمت‌ها{when}"
    if len(held) == 1:
        service = staffing.services.get(held[0].service)
        return f"مهر «{service.short if service else held[0].service}»{when}"
    return to_persian_digits(f"مهر {len(held)} خدمت{when}")


def grouped(held: Sequence[Authority]) -> list[list[Authority]]:
    """Those that hold on the same days together, the largest group first."""
    found: dict[tuple[tuple[int, ...], date], list[Authority]] = {}
    for one in held:
        found.setdefault((one.weekdays, one.until), []).append(one)
    return sorted(found.values(), key=len, reverse=True)


def group_words(group: Sequence[Authority], staffing: Staffing) -> tuple[str, str]:
    """Which services a group is of, and when: «همهٔ خدمت‌ها», «هر روز تا ۱۴۰۵/۱۲/۲۹»."""
    titles = [
        staffing.services[one.service].short if one.service in staffing.services else one.service
        for one in group
    ]
    if len(group) == len(staffing.services):
        what = "مهر همهٔ خدمت‌ها"
    elif len(titles) > _TITLES:
        rest = to_persian_digits(f"{len(titles) - _TITLES} خدمت دیگر")
        what = f"مهر {join_and([*titles[:_TITLES], rest])}"
    else:
        what = f"مهر {join_and(titles)}"
    first = group[0]
    return what, f"{weekdays_words(first.weekdays)} تا {day_words(first.until, '')}"


def leave_days(leave: Leave) -> str:
    """«یکشنبه ۱۵ آذر», «سه‌شنبه ۳ تا پنجشنبه ۵ آذر»."""
    first = f"{weekday(leave.first)} {format_day_month(leave.first)}"
    if leave.first == leave.last:
        return first
    return f"{first} تا {weekday(leave.last)} {format_day_month(leave.last)}"


def leave_deputy(person: Person, leave: Leave, staffing: Staffing) -> str:
    """Who stands in, and for what."""
    term = person.base()
    deputy = staffing.named(leave.deputy or term.deputy)
    if person.role is Role.MANAGER:
        if not deputy:
            return "کسی جانشین نیست"
        return f"مهر با {deputy}؛ آنچه خودش ثبت کرده مهر نمی‌کند"
    if not deputy:
        return "جانشین ندارد"
    if person.role.has_deputy:
        return f"{deputy} به جای او می‌بیند و امضا می‌کند"
    return f"پرونده‌های باز با {deputy} است"


def stood_in_for(person: Person, staffing: Staffing) -> list[str]:
    """In whose place the person acts, in which leaves that are not over: «حمید میرجلیلی، ناظر
    شهرداری: یکشنبه ۱۵ آذر»."""
    return [
        f"{each.name}، {each.role.word}: {leave_days(leave)}"
        for each in staffing.of(person.office)
        for leave in (each.base().leaves if each.role.has_deputy else ())
        if leave.last >= staffing.today
        and each.base().deputy_on(leave.first) == person.staff
        and person.role.sees_cases
    ]


def leave_chip(leave: Leave, today: date) -> ChipLook:
    """Whether it is under way or to come."""
    if leave.first <= today:
        return ChipLook("در جریان", "calendar-event", "pay", "bare")
    return ChipLook(f"از {format_day_month(leave.first)}", "calendar", "neutral", "bare")


def desks_words(person: Person) -> str:
    """«باجهٔ ۲», «باجه‌های ۱ تا ۳», «باجه‌های ۱ و ۴»."""
    return _desks_named(person, person.desks or ())


def _desks_named(person: Person, desks: Sequence[int]) -> str:
    if not desks:
        return NOTHING
    seat = ("میز", "میزهای") if person.role.is_municipal else ("باجهٔ", "باجه‌های")
    if len(desks) == 1:
        return to_persian_digits(f"{seat[0]} {desks[0]}")
    row = list(desks) == list(range(desks[0], desks[-1] + 1)) and len(desks) > 2
    told = f"{desks[0]} تا {desks[-1]}" if row else join_and([str(desk) for desk in desks])
    return to_persian_digits(f"{seat[1]} {told}")


def locked_words(person: Person) -> str:
    """Which other desks keep him out, and until when: «باجهٔ ۲، تا ساعت ۱۰:۵۰»."""
    if person.there_until is None:
        return NOTHING
    until = format_time(person.there_until)
    return f"{_desks_named(person, person.locked_at)}، تا ساعت {until}"


def office_options(staffing: Staffing) -> list[tuple[str, str]]:
    """The municipality, then every office by its code, as a choice."""
    offices = sorted(staffing.offices.items(), key=lambda each: each[1].code)
    return [
        (MUNICIPALITY, office_words(staffing, MUNICIPALITY)),
        *(
            (office, f"{office_words(staffing, office)}، {card.name}")
            for office, card in offices
            if office != MUNICIPALITY
        ),
    ]


def office_words(staffing: Staffing, office: str) -> str:
    """«دفتر ۲۱», «شهرداری»."""
    card = staffing.offices.get(office)
    if card is None:
        return NOTHING
    return to_persian_digits(f"دفتر {card.code}") if card.code.isdecimal() else "شهرداری"
