"""Where an office stands: the chip of its kind, open or closed, in touch or stopped, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.actions.heirs import OpenCases, Passing
from desktop.actions.office_card import Entrusted, OfficeLook
from desktop.actions.office_events import OfficeEvent
from desktop.domain.calendar import (
    TEHRAN,
    format_day_month,
    format_jalali,
    weekday,
)
from desktop.domain.contact import IN_TOUCH, Contact, contact
from desktop.domain.delegation import DelegationState
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.ui.palette import Tone
from desktop.ui.standing.lines import whole_code
from desktop.ui.times import ago, moment
from desktop.ui.widgets.lists.timeline import Happening
from desktop.ui.widgets.told.chip import ChipLook
from desktop.wire.registry import DeskBody, OfficeBody

KINDS: Mapping[OfficeKind, ChipLook] = {
    OfficeKind.COUNTER: ChipLook(OfficeKind.COUNTER.word, "building-community", "ok"),
    OfficeKind.AGENCY: ChipLook(OfficeKind.AGENCY.word, "building", "neutral"),
}
"""The chip of each kind."""
CONVERTING = ChipLook("در حال تبدیل", "arrows-exchange", "visit")
STOPPED = ChipLook("توقف خدمات", "ban", "refuse")
_STATES: Mapping[DelegationState, tuple[str, Tone]] = {
    DelegationState.COMING: ("calendar-event", "visit"),
    DelegationState.IN_FORCE: ("circle-check", "ok"),
    DelegationState.ENDING: ("clock", "pay"),
    DelegationState.ENDED: ("x", "neutral"),
    DelegationState.WITHDRAWN: ("file-off", "refuse"),
}
_UNTOLD = "نامعلوم"
_MIDNIGHT = "۰:۰۰"


@dataclass(frozen=True)
class OfficeStanding:
    """The headline of an office: words, a sentence, tone and icon."""

    words: str
    sentence: str
    tone: Tone
    icon: str


def kind_chip(look: OfficeLook, at_work: OfficeBody | None = None) -> ChipLook | None:
    """What the office is, or what goes on with it; None where nobody told."""
    if look.stop is not None:
        return STOPPED
    coming = look.coming[1].kind if look.coming is not None else None
    begun = at_work is not None and at_work.converting
    if look.card.kind is OfficeKind.AGENCY and (begun or coming is OfficeKind.COUNTER):
        return CONVERTING
    return KINDS[look.card.kind] if look.card.kind is not None else None


def office_title(card: OfficeCard) -> str:
    """«دفتر پیشخوان ۲۱»."""
    return to_persian_digits(card.name)


def headline(look: OfficeLook, at_work: OfficeBody | None, now: datetime) -> OfficeStanding:
    """Whether it is open, in touch, stopped; what the day brought it."""
    sentence = _sentence(look, at_work, now)
    if look.stop is not None:
        return OfficeStanding(f"متوقف {look.stop.words}", sentence, "refuse", "ban")
    hours = look.card.hours
    if hours is None:
        return OfficeStanding("ساعت کار اعلام نشده است", sentence, "neutral", "clock")
    until = hours.open_until(now, look.calendar)
    if until is None:
        return OfficeStanding(_closed(look, now), sentence, "neutral", "clock")
    heard = _last_heard(at_work)
    if at_work is not None and contact(heard, hours, look.calendar, now) is Contact.SILENT:
        since = ago(heard, now).removesuffix(" پیش") if heard is not None else ""
        words = f"{since} است که تماس ندارد" if since else "هنوز تماسی نداشته است"
        return OfficeStanding(words, sentence, "refuse", "wifi-off")
    day = until.astimezone(TEHRAN).date()
    close = _clock(until)
    if day != look.day:
        close = f"{weekday(day)} {close}" if close != _MIDNIGHT else "۲۴:۰۰"
    if not look.card.licensed(look.day):
        # It works on, but nothing about it is as it should be.
        words = f"باز است تا {close}؛ پروانهٔ آن پایان یافته است"
        return OfficeStanding(words, sentence, "pay", "file-certificate")
    return OfficeStanding(f"باز است تا {close}", sentence, "ok", "building-community")


def _clock(at: datetime) -> str:
    """«۷:۳۰», as hours of work are written."""
    local = at.astimezone(TEHRAN)
    return to_persian_digits(f"{local.hour}:{local.minute:02}")


def _closed(look: OfficeLook, now: datetime) -> str:
    assert look.card.hours is not None
    opens = look.card.hours.next_opening(now, look.calendar)
    if opens is None:
        return "بسته است"
    day = opens.astimezone(TEHRAN).date()
    ahead = (day - look.day).days
    when = {0: "امروز", 1: "فردا"}.get(ahead, f"{weekday(day)} {format_day_month(day)}")
    return f"بسته است؛ {when} از {_clock(opens)}"


def _sentence(look: OfficeLook, at_work: OfficeBody | None, now: datetime) -> str:
    stop = look.stop_to_come
    stops = f"توقف خدمات شهرداری {stop.words}." if stop is not None else ""
    if look.stop is not None and look.stop.whole:
        stops = "نامه‌های آن هم مهر، چاپ، ابطال یا تحویل نمی‌شود."
    if at_work is None:
        untold = "آنچه مرکز از کار امروز آن می‌داند پس از وصل شدن خط می‌آید."
        return f"{stops} {untold}".strip()
    working = sum(in_touch(desk, now) for desk in _in_use(at_work.desks))
    heard = _last_heard(at_work)
    called = f"آخرین تماس {ago(heard, now)}" if heard is not None else "بی‌تماس"
    parts = [
        f"{working} باجه در کار، {called}؛ امروز {at_work.received_today} درخواست، "
        f"{at_work.open_cases} پروندهٔ باز."
    ]
    if look.coming is not None:
        since, card = look.coming
        what = "تبدیل به پیشخوان" if card.kind is not look.card.kind else "مشخصات تازه"
        parts.append(f"{what} از {format_day_month(since)}.")
    if stops:
        parts.insert(0, stops)
    return to_persian_digits(" ".join(parts))


def oldest_unsent(at_work: OfficeBody | None, now: datetime) -> str:
    """How long the oldest act of its desks waits for the line; «ندارد» for none."""
    if at_work is None:
        return _UNTOLD
    since = [desk.unsent_since for desk in _in_use(at_work.desks) if desk.unsent_since]
    return ago(min(since), now) if since else "ندارد"


def in_touch(desk: DeskBody, now: datetime) -> bool:
    """Whether the desk called lately."""
    return desk.heard_at is not None and now - desk.heard_at <= IN_TOUCH


def _in_use(desks: Sequence[DeskBody]) -> list[DeskBody]:
    return [desk for desk in desks if desk.revoked_at is None]


def _last_heard(at_work: OfficeBody | None) -> datetime | None:
    desks = _in_use(at_work.desks) if at_work is not None else []
    return max((desk.heard_at for desk in desks if desk.heard_at is not None), default=None)


def desk_title(desk: DeskBody) -> str:
    """«باجهٔ ۱»."""
    return to_persian_digits(f"باجهٔ {desk.number}")


def desk_detail(desk: DeskBody, now: datetime) -> str:
    """Version, free disk and backup as it last told of itself."""
    version = f"نسخهٔ {desk.version}" if desk.version else "نسخه نامعلوم"
    disk = disk_words(desk.disk_mb)
    # A desk that called has told of its backups.
    none = "پشتیبان ندارد" if desk.heard_at is not None else "پشتیبان نامعلوم"
    backup = f"پشتیبان {ago(desk.backup_at, now)}" if desk.backup_at else none
    held = f"{desk.held} کار متوقف نزد مرکز" if desk.held else ""
    told = [version, disk, backup, held]
    return to_persian_digits("، ".join(part for part in told if part))


def disk_words(megabytes: int) -> str:
    """«۶۱ گیگابایت آزاد»; a full disk says so, what nobody told (0) is empty."""
    if megabytes == 1:
        return "دیسک پر است"
    if megabytes < 1_000:
        return to_persian_digits(f"{megabytes} مگابایت آزاد") if megabytes else ""
    return to_persian_digits(f"{megabytes / 1_000:.1f}".removesuffix(".0")).replace(".", "٫") + (
        " گیگابایت آزاد"
    )


def desk_chip(desk: DeskBody, now: datetime, newest: str) -> ChipLook:
    """Whether it is in touch; `newest` is the version of the newest program among the desks."""
    if desk.revoked_at is not None:
        day = desk.revoked_at.astimezone(TEHRAN).date()
        return ChipLook(f"کنار گذاشته شد {format_day_month(day)}", "ban", "neutral", "bare")
    if desk.heard_at is None:
        return ChipLook("هنوز تماسی ندارد", "wifi-off", "pay", "bare")
    if desk.held:
        return ChipLook("کار متوقف", "alert-triangle", "refuse", "bare")
    if desk.version and desk.version != newest:
        return ChipLook("نسخهٔ قدیمی", "alert-triangle", "pay", "bare")
    when = ago(desk.heard_at, now)
    if in_touch(desk, now):
        return ChipLook(when, "circle-check", "ok", "bare")
    return ChipLook(when, "clock", "neutral", "bare")


def newest_version(desks: Sequence[DeskBody]) -> str:
    """The version of the newest program that any of the desks told."""
    told = [desk.version for desk in _in_use(desks) if desk.version]
    return max(told, key=_numbers, default="")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def delegation_chip(row: Entrusted) -> ChipLook:
    """The state of a delegation: «در جریان», «از ۱۴ آذر»."""
    icon, tone = _STATES[row.state]
    words = row.state.word
    if row.state is DelegationState.COMING:
        words = f"از {format_day_month(row.delegation.since)}"
    shape = "line" if row.state is DelegationState.ENDED else "ground"
    return ChipLook(words, icon, tone, shape)  # type: ignore[arg-type]


def ready_words(row: Entrusted) -> tuple[str, Tone]:
    """How many trained clerks there are for it: «۱ نفر، تا ۱۲ آذر», and its tone."""
    if row.state in (DelegationState.ENDED, DelegationState.WITHDRAWN):
        return "—", "neutral"
    if not row.ready:
        return "ندارد", "pay"
    words = to_persian_digits(f"{row.ready} نفر")
    return (f"{words}، {row.renewal}", "pay") if row.renewal else (words, "ok")


def unwritten_words(*, signs: bool) -> str:
    """Why no letter tells the office of a delegation, and what to do: `signs` that a signer is
    named."""
    if signs:
        return "هنوز نوشته نشده است؛ راهبر مرکز نامه‌های آغازین را می‌نویسد."
    return "نوشته نشده است؛ نخست امضاکنندهٔ نامهٔ واگذاری را در «کارکنان» نام ببرید."


def summary(rows: Sequence[Entrusted]) -> str:
    """«۱۷ خدمت در جریان، ۲ خدمت از ۱۴ آذر، ۱ خدمت پایان‌یافته»."""
    held = sum(row.state in (DelegationState.IN_FORCE, DelegationState.ENDING) for row in rows)
    coming: dict[str, int] = {}
    for row in rows:
        if row.state is DelegationState.COMING:
            day = format_day_month(row.delegation.since)
            coming[day] = coming.get(day, 0) + 1
    ended = len(rows) - held - sum(coming.values())
    parts = [f"{held} خدمت در جریان"] if held else []
    parts += [f"{count} خدمت از {day}" for day, count in coming.items()]
    parts += [f"{ended} خدمت پایان‌یافته"] if ended else []
    return to_persian_digits("، ".join(parts))


def person_chip(term: StaffTerm | None, day: date, *, stopped: bool) -> ChipLook:
    """How it stands with a member of staff today; who has no published term works without end."""
    if stopped:
        return ChipLook("متوقف", "ban", "refuse", "bare")
    if term is None:
        return ChipLook("در کار", "circle-check", "ok", "bare")
    if day < term.since:
        return ChipLook(f"از {format_day_month(term.since)}", "calendar-event", "neutral", "bare")
    if not term.employed(day):
        return ChipLook("پایان همکاری", "x", "neutral", "bare")
    leave = term.leave_on(day)
    if leave is not None:
        words = f"مرخصی تا {format_day_month(leave.last)}"
        return ChipLook(words, "calendar-event", "pay", "bare")
    return ChipLook("در کار", "circle-check", "ok", "bare")


def open_words(cases: OpenCases) -> str:
    """«۱۲ پرونده باز است: پایان کار ۴، عدم خلاف ۸.»"""
    if not cases.left:
        return "پروندهٔ بازی نمانده است."
    each = "، ".join(f"{title} {count}" for title, count in cases.open.items())
    return to_persian_digits(f"{cases.left} پرونده باز است: {each}.")


def passing_words(cases: OpenCases) -> tuple[str, Tone]:
    """How far the open cases of a stopped office have gone elsewhere; empty where none is open."""
    gone = [f"{count} پرونده به {name} سپرده شد" for name, count in cases.passed.items()]
    left = f"{cases.left} پرونده نزد این دفتر باز است" if cases.left else ""
    if cases.heir is not None and cases.left and cases.hindered:
        left += f"؛ {cases.heir_name} آن‌ها را نمی‌پذیرد: {cases.hindered.rstrip('.')}"
    elif cases.heir is not None and cases.left:
        left += f" و به {cases.heir_name} می‌رود"
    words = "؛ ".join([*gone, *([left] if left else [])])
    tone: Tone = "pay" if cases.left else "ok"
    return to_persian_digits(f"{words}." if words else ""), tone


def ending_words(passing: Passing) -> tuple[str, Tone]:
    """How far the open cases of a service have gone since its delegation ended: «از ۱۲ پروندهٔ باز ۸
    پرونده به دفتر ۴۱ رفت؛ …», which wait, and why."""
    gone, left = sum(passing.passed.values()), passing.left
    if not gone + left:
        return "پروندهٔ بازی نبود.", "neutral"
    each = " و ".join(f"{cases} پرونده به {name}" for name, cases in passing.passed.items())
    parts = [f"از {gone + left} پروندهٔ باز {each} رفت"] if gone else []
    if left and passing.hindered:
        why = passing.hindered.rstrip(".")
        parts.append(f"{left} پرونده نزد این دفتر مانده است؛ {passing.heir} نمی‌پذیرد: {why}")
    elif left:
        if passing.held:
            named = "، ".join(map(whole_code, passing.codes))
            more = f" و {passing.held - len(passing.codes)} پروندهٔ دیگر"
            rest = more if passing.held > len(passing.codes) else ""
            parts.append(f"{passing.held} پرونده کاری دارد که نزد مرکز متوقف است: {named}{rest}")
        if left > passing.held:
            parts.append(f"{left - passing.held} پرونده تا یک ساعت دیگر به {passing.heir} می‌رود")
    return to_persian_digits("؛ ".join(parts) + "."), "pay" if left else "ok"


def endings_words(open_of: Mapping[str, Passing]) -> str:
    """What of all services that ended, by their titles, has not gone yet; empty for nothing."""
    waiting = {title: each for title, each in open_of.items() if each.left}
    if len(waiting) > 1:
        left = sum(each.left for each in waiting.values())
        words = f"{left} پروندهٔ باز از {len(waiting)} خدمت پایان‌یافته هنوز نزد این دفتر است؛"
        return to_persian_digits(f"{words} پیشرفت هر خدمت در ردیف خود آن است.")
    return "".join(f"{title}: {ending_words(each)[0]}" for title, each in waiting.items())


def events_of(look: OfficeLook, at_work: OfficeBody | None) -> tuple[OfficeEvent, ...]:
    """All that happened to the office, the last first: what is published, people by the names that
    the centre tells, and the desks that were put out."""
    if at_work is None:
        return look.events
    names = {person.staff_id: person.name for person in at_work.people}
    found = [
        replace(each, lines=(names[each.whom], *each.lines)) if each.whom in names else each
        for each in look.events
    ]
    for desk in at_work.desks:
        if (at := desk.revoked_at) is not None:
            words, day = f"کنار گذاشتن {desk_title(desk)}", at.astimezone(TEHRAN).date()
            found.append(OfficeEvent(None, words, (), day, at, ""))
    return tuple(sorted(found, key=lambda each: (each.at, each.day), reverse=True))


_EVENTS: Mapping[Topic | None, tuple[str, Tone]] = {
    Topic.OFFICE: ("id", "neutral"),
    Topic.DELEGATION: ("mail", "visit"),
    Topic.STOP: ("ban", "refuse"),
    Topic.HEIR: ("arrows-exchange", "pay"),
    Topic.STAFF: ("users", "neutral"),
    Topic.AUTHORISATION: ("user-check", "neutral"),
    Topic.TRAINING: ("school", "ok"),
    None: ("key", "neutral"),
}


def event_line(event: OfficeEvent, now: datetime, *, whole: bool = False) -> Happening:
    """What happened to an office as an entry of its time line; `whole` with all that it says."""
    icon, tone = _EVENTS[event.topic]
    lines = list(event.lines if whole else event.lines[:1])
    rest = len(event.lines) - len(lines)
    detail = "، ".join(lines) if event.topic is Topic.DELEGATION else " ".join(lines)
    if rest:
        detail = f"{detail.rstrip('.')} و {to_persian_digits(rest)} مورد دیگر"
    if whole:
        since = f"از {isolate(format_jalali(event.day))}"
        # Of people and their desks no text names an act; of the office itself one may.
        act = event.act or ("سندی نام برده نشده است" if event.topic is Topic.OFFICE else "")
        detail = "؛ ".join(part for part in (detail.rstrip("."), since, act) if part)
    return Happening(moment(event.at, now), event.words, event.by, detail, icon, tone)


def desk_rows(desks: Sequence[DeskBody], now: datetime) -> list[tuple[str, str, str]]:
    """The desks as rows of a paper: which, when it last called, what it told of itself."""
    newest = newest_version(desks)
    return [
        (desk_title(each), desk_chip(each, now, newest).words, desk_detail(each, now))
        for each in sorted(desks, key=lambda desk: desk.number)
    ]
