"""What hinders the line, in words: by its name its tone, its sentence and its way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.domain.identifiers import phone_words
from desktop.domain.persian import to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.standing.backup import NOT_MADE
from desktop.ui.times import moment, time_of

if TYPE_CHECKING:
    # The status bar tells of the line before the store and its libraries are loaded.
    from desktop.actions.desk import SyncStatus
    from desktop.actions.waiting import Hindrance

_KEPT = "کارهای شما در همین رایانه مانده است. "
_SAFE = "{safe}"
_CALL_SUPERVISOR = "با ناظر شهرداری تماس بگیرید{phone}"
_CALL_SUPPORT = "با پشتیبانی تماس بگیرید{phone}"
_STRUCK_OFF = "این رایانه از فهرست رایانه‌های دفتر حذف شده است"
_NOT_OURS = f"شاید در ارتباط با مرکز دست برده شده است؛ {_CALL_SUPERVISOR}."
AGAIN, HOW = "تلاش دوباره", "چه باید کرد؟"


@dataclass(frozen=True)
class LineLook:
    """One hindrance.

    `sentence` is the banner's (with `{since}` where it passes by itself, `{phone}` where it asks to
    call somebody, `{safe}` where it says that what waits is kept), `status` the status bar's, `why`
    of an act that waits for it. A `loud` one does not pass by itself: it stands over every page,
    and its way out is its entry in the help (`line.<name>`); that of the others is to try again.
    """

    sentence: str
    status: str
    why: str
    icon: str = "wifi-off"
    tone: Tone = "neutral"
    loud: bool = False


def _down(why: str) -> LineLook:
    return LineLook(why, "قطع", "خط قطع است")


def _loud(sentence: str, status: str, why: str, icon: str = "alert-triangle") -> LineLook:
    return LineLook(sentence, status, why, icon, "refuse", loud=True)


def _strange(sentence: str) -> LineLook:
    return _loud(sentence, "پاسخ مرکز نامعتبر است", "پاسخ مرکز پذیرفته نشد")


_DISBELIEVED = _strange(f"پاسخی رسید که نمی‌تواند از مرکز باشد و کنار گذاشته شد. {_SAFE}{_NOT_OURS}")
LINES: Mapping[str, LineLook] = {
    "refused": _down("مرکز {since}پاسخ نمی‌دهد."),
    "name": _down("نشانی مرکز {since}پیدا نمی‌شود؛ اینترنت را ببینید."),
    "timeout": _down("پاسخ مرکز {since}به‌موقع نمی‌رسد."),
    "cut": _down("خط {since}قطع است."),
    "proxy": _down("پراکسی شبکه {since}راه نمی‌دهد."),
    "proxy-kind": _down(
        "خط {since}قطع است: پراکسی شبکه SOCKS است و برنامه پراکسی HTTP می‌خواهد؛ "
        "تنظیم شبکهٔ رایانه را ببینید."
    ),
    "busy": LineLook("مرکز {since}مشغول است.", "مرکز مشغول است", "مرکز مشغول است", "clock", "pay"),
    "recovering": LineLook(
        "مرکز از نسخهٔ پشتیبان بازگردانده شده است و {since}آنچه را دفترها دارند پس می‌گیرد؛ "
        "کار خود را ادامه دهید.",
        "مرکز در حال بازگشت است",
        "مرکز در حال بازگشت است",
        "history",
        "pay",
    ),
    "no-figures": LineLook(
        "ساعت مرکز {since}درست نیست و تا درست شدن آن مرکز تصمیمی نمی‌گیرد؛ کار خود را ادامه دهید.",
        "ساعت مرکز درست نیست",
        "ساعت مرکز درست نیست",
        "clock-exclamation",
        "pay",
    ),
    "broken": LineLook(
        "مرکز {since}پاسخ درست نمی‌دهد.",
        "مرکز پاسخ درست نمی‌دهد",
        "مرکز پاسخ درست نمی‌دهد",
        "clock-exclamation",
        "pay",
    ),
    "tls": _loud(
        "این رایانه گواهی مرکز را معتبر نمی‌شناسد؛ چیزی فرستاده نشد. " + _SAFE,
        "گواهی مرکز معتبر نیست",
        "گواهی مرکز معتبر نیست",
        "lock",
    ),
    "certificate-changed": _loud(
        f"گواهی مرکز تغییر کرده است؛ چیزی فرستاده نشد. {_SAFE}{_NOT_OURS}",
        "گواهی مرکز تغییر کرده است",
        "گواهی مرکز تغییر کرده است",
        "lock",
    ),
    "clock": _loud(
        "ساعت رایانه درست نیست و مرکز آن را نمی‌پذیرد. تاریخ و ساعت را درست کنید.",
        "ساعت رایانه درست نیست",
        "ساعت رایانه درست نیست",
        "clock-exclamation",
    ),
    "unsigned": _loud(
        f"مرکز این رایانه را نمی‌شناسد؛ ارسال متوقف است. {_SAFE}{_CALL_SUPERVISOR}.",
        "مرکز این رایانه را نمی‌شناسد",
        "مرکز این رایانه را نمی‌شناسد",
        "key",
    ),
    "revoked": _loud(
        f"{_STRUCK_OFF}؛ ارسال متوقف شد. {_SAFE}{_CALL_SUPERVISOR}.",
        _STRUCK_OFF,
        _STRUCK_OFF,
        "ban",
    ),
    "too-old": _loud(
        "برنامه قدیمی است و مرکز مهر نامه را از آن نمی‌پذیرد؛ کارهای دیگر فرستاده می‌شود. "
        "برنامه را به‌روز کنید.",
        "برنامه قدیمی است",
        "برنامه قدیمی است",
        "download",
    ),
    "fork": _loud(
        "داده‌های این رایانه رونوشت رایانهٔ دیگری است یا به حالت پیشین بازگردانده شده است؛ "
        f"ارسال متوقف شد. چیزی پاک نشده است؛ {_CALL_SUPPORT}.",
        "ارسال متوقف شد؛ رونوشت یا بازگردانی",
        "رونوشت یا بازگردانی داده‌ها",
        "copy",
    ),
    # Answers that were not believed, each by the alarm that it raised.
    "strange": _DISBELIEVED,
    "signature": _strange(f"امضای پاسخ، امضای مرکز نیست؛ پاسخ کنار گذاشته شد. {_SAFE}{_NOT_OURS}"),
    "epoch": _strange(
        "مرکز از نسخهٔ پشتیبان بازگردانده شده است یا مرکز دیگری است؛ پاسخش کنار گذاشته شد. "
        f"{_SAFE}{_CALL_SUPPORT}."
    ),
    "chain": _strange(
        "آنچه از مرکز رسید با سوابق این رایانه ناهماهنگ است و کنار گذاشته شد. "
        f"{_SAFE}{_CALL_SUPPORT}."
    ),
    "position": _strange(
        f"آنچه از مرکز رسید کامل یا درست نیست و همه کنار گذاشته شد. {_SAFE}{_CALL_SUPPORT}."
    ),
    "stream": _strange(
        f"مرکز چیزی فرستاد که این رایانه نخواسته بود؛ کنار گذاشته شد. {_SAFE}{_CALL_SUPPORT}."
    ),
    "envelope": _strange(f"پاسخ مرکز خواندنی نبود و کنار گذاشته شد. {_SAFE}{_CALL_SUPPORT}."),
}
"""By name (`Hindrance.name`): every `Why`, and in place of «strange» the alarm of the answer."""


def look_of(line: Hindrance) -> LineLook:
    """How it is told; of an alarm that an other program's version raised, that it is strange."""
    return LINES.get(line.name, _DISBELIEVED)


def help_key(line: Hindrance) -> str:
    """The entry in the help that says what to do."""
    return f"line.{line.name if line.name in LINES else 'strange'}"


def age_words(age: timedelta) -> str:
    """«۱ ساعت و ۲۶ دقیقه», «۴ دقیقه», «۲ روز و ۳ ساعت»; below a minute «کمتر از ۱ دقیقه»."""
    minutes = max(0, int(age.total_seconds()) // 60)
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} روز" if days else "", f"{hours} ساعت" if hours else ""]
    if not days and left:
        parts.append(f"{left} دقیقه")
    words = " و ".join(part for part in parts if part)
    return to_persian_digits(words or "کمتر از ۱ دقیقه")


def next_words(line: Hindrance, now: datetime) -> str:
    """«تلاش بعد: ساعت ۱۰:۴۳»; empty where nobody knows, or it is under way.

    A time of the clock stays true while it is read; seconds that are left would not.
    """
    if line.next_try is None or line.next_try <= now:
        return ""
    return f"تلاش بعد: ساعت {time_of(line.next_try)}"


def why_words(line: Hindrance, now: datetime) -> str:
    """Why an act waits: «خط قطع است», «مرکز مشغول است؛ تلاش بعد: ساعت ۱۰:۴۳»."""
    look = look_of(line)
    # Of a line that is down nobody waits for the next try; of a centre that is busy one does.
    again = next_words(line, now) if look.tone == "pay" and not look.loud else ""
    return f"{look.why}؛ {again}" if again else look.why


def loud_words(line: Hindrance, *, waits: bool) -> str:
    """The sentence of one that does not pass by itself, with the number to call where known.

    Only where something `waits` it says that this is kept.
    """
    phone = phone_words(line.phone)
    called = f" (تلفن شهرداری: {phone})" if line.phone else ""
    return look_of(line).sentence.format(phone=called, safe=_KEPT if waits else "").rstrip()


def banner_words(line: Hindrance, oldest: timedelta | None, now: datetime) -> str:
    """The banner's sentence: since when, and the oldest act, and that nothing is lost."""
    look = look_of(line)
    if look.loud:
        return loud_words(line, waits=oldest is not None)
    since = f"از {moment(line.since, now)} " if line.since is not None else ""
    first = look.sentence.format(since=since)
    waits = ""
    if oldest is not None:
        waits = f" قدیمی‌ترین کار از {moment(now - oldest, now)} منتظر است."
    return f"{first}{waits} چیزی از دست نمی‌رود."


@dataclass(frozen=True)
class SyncLook:
    """What the status bar says of the line: `short` where there is little room.

    `state` is the same for as long as only numbers and times change.
    """

    words: str
    short: str
    icon: str
    colour: str
    state: str


def sync_look(status: SyncStatus, line: Hindrance | None) -> SyncLook:
    """How the line is, what waits and for how long, what needs a person, whether a backup fails."""
    look = look_of(line) if line is not None else None
    count = f"{status.waiting} در صف ارسال" if status.waiting else ""
    age = _age(status)
    see = f"{status.work_items} مورد نیازمند رسیدگی" if status.work_items else ""
    # Before the first round of a start has ended nobody knows.
    begins = look is None and status.state == "down"
    fine = "در حال وصل شدن" if begins else "متصل"
    kept = NOT_MADE if status.backup_fault is not None else ""
    parts = [look.status if look is not None else "", count, age, see, kept]
    words = [part for part in parts if part] or [fine]
    # What colours it is said also where there is little room.
    calls = bool(see) and (look is None or not look.loud)
    short = [parts[0], see] if calls else parts[:3]
    short = [part for part in short if part] or [kept or fine]
    well = "see" if see else kept or fine
    state = line.name if line is not None else "waiting" if count else well
    icon, colour = ("clock", "neutral") if begins else ("circle-check", "ok")
    if look is not None:
        icon, colour = look.icon, look.tone
    elif count:
        icon, colour = "cloud-upload", "pay"
    if calls:
        icon, colour = "alert-triangle", "refuse"
    elif kept and colour == "ok":
        icon, colour = "database", "pay"
    elif status.late and colour == "neutral":
        colour = "pay"
    told = [to_persian_digits("، ".join(said)) for said in (words, short)]
    return SyncLook(told[0], told[1], icon, colour, state)


def _age(status: SyncStatus) -> str:
    """How old the oldest unsent act is; one of this very minute is not told."""
    if status.oldest is None or status.oldest < timedelta(minutes=1):
        return ""
    age = age_words(status.oldest)
    return f"قدیمی‌ترین {age}" if status.late else f"از {age} پیش"
