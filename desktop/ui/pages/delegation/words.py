"""What is said of services that are handed over: of offices, days, what lacks, what was taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from desktop.actions.handing_over import Choices
from desktop.domain.calendar import format_day_month, format_jalali, format_long
from desktop.domain.delegation import Delegation
from desktop.domain.persian import isolate, join_some, to_persian_digits
from desktop.ui.widgets.lists.table_cells import Cell

OFFLINE = "ابلاغ به خط نیاز دارد؛ پیش‌نویس در همین رایانه است."
NO_SERVICE = "خدمتی را که واگذار می‌شود برگزینید."
NO_OFFICE = "دفتری را که خدمت به آن واگذار می‌شود برگزینید."
NO_DAY = "روز آغاز واگذاری را بنویسید."
NO_LAST_DAY = "روزی را بنویسید که واگذاری از آن پایان می‌یابد."
NOT_TODAY = "«از روز» باید پس از امروز باشد."
NO_CHOICE = "بگویید با دفترهایی که متصدی آموزش‌دیده ندارند چه شود."
NO_ENDED = "خدمتی را که واگذاری آن پایان می‌یابد برگزینید."
NO_WAY = "بگویید پرونده‌های باز را چه دفتری به پایان می‌رساند."
STAYS_ANYHOW = (
    "واگذاری یکی از این خدمت‌ها پایان یافته است و پرونده‌های باز آن نزد همین دفتر می‌ماند؛ دفتر دیگری"
    " برگزینید یا آن را بردارید."
)
NO_HEIR = "در آن روز دفتر دیگری همهٔ این خدمت‌ها را ندارد؛ همین دفتر به پایان می‌رساند."
NO_HEIR_CHOSEN = "دفتری را که پرونده‌های باز به آن می‌رود برگزینید."
STOPPED = "به دفتری که خدمات شهرداری در آن متوقف است خدمتی واگذار نمی‌شود؛ آن را کنار بگذارید."
NO_SCAN = "تصویر مصوبه پیوست نشده است."
READING = "تصویر مصوبه هنوز خوانده می‌شود؛ اندکی صبر کنید."
ALL_THE_SAME = "به این دفترها هم واگذار شود؛ خدمت پس از قبولی یک متصدی در آن دفتر باز می‌شود"
_MOST_NAMED = 6


def office_words(choices: Choices, office: str) -> str:
    """«۲۱ امیرچخماق»: the code and the name, as a person says it among others."""
    card = choices.offices[office]
    code = to_persian_digits(card.code)
    name = to_persian_digits(card.name.removeprefix("دفتر ").removeprefix("پیشخوان ").strip())
    name = card.neighbourhood or name if name.endswith(code) else name
    return name if name.endswith(code) else f"{code} {name}"


def named(choices: Choices, offices: Sequence[str]) -> str:
    """The offices by code and name; of many the first ones and how many more."""
    shown = [office_words(choices, of) for of in offices[:_MOST_NAMED]]
    return join_some([*shown, *offices[_MOST_NAMED:]], _MOST_NAMED, "دفتر")


def offices_beside(choices: Choices, chosen: Collection[str], services: Collection[str]) -> str:
    """«۲۵ از ۴۰، ۳ دفتر متصدی آموزش‌دیده ندارد»."""
    words = f"{len(chosen)} از {len(choices.offices)}"
    lacking = len(choices.lacking(chosen, services))
    if lacking:
        words += f"، {lacking} دفتر متصدی آموزش‌دیده ندارد"
    return to_persian_digits(words)


def holders_note(count: int) -> Cell:
    """How many offices have a service already."""
    if not count:
        return Cell("هیچ دفتری ندارد", "text2", kind="small")
    words = "۱ دفتر دارد" if count == 1 else to_persian_digits(f"{count} دفتر دارند")
    return Cell(words, "text2", kind="small")


def trained_note(trained: int | None) -> Cell:
    """How many trained people an office has for what is chosen."""
    if trained is None:
        return Cell()
    if not trained:
        return Cell("متصدی ندارد", "pay", 500, "small", icon="alert-triangle")
    return Cell(to_persian_digits(f"{trained} نفر"), "ok", kind="small", icon="user-check")


def lacking_words(choices: Choices, lacking: Sequence[str], services: Collection[str]) -> str:
    """«۳ دفتر تا ۱۴ آذر متصدی آموزش‌دیده برای «تغییر کاربری» ندارند: …»."""
    short = [
        choices.services[code].title
        for code in sorted(services)
        if code in choices.services and not choices.ready.get(code, {}).keys() >= {*lacking}
    ]
    what = f" برای «{short[0]}»" if len(short) == 1 else " برای همهٔ خدمت‌های برگزیده"
    day = format_day_month(choices.day)
    verb = "ندارد" if len(lacking) == 1 else "ندارند"
    words = f"{len(lacking)} دفتر تا {day} متصدی آموزش‌دیده{what} {verb}"
    return to_persian_digits(f"{words}: {named(choices, lacking)}.")


def kept_words(lacking: int) -> str:
    """The first way: it holds for them too."""
    return to_persian_digits(
        f"به این {lacking} دفتر هم واگذار شود؛ خدمت پس از قبولی یک متصدی در آن دفتر باز می‌شود"
    )


def left_words(lacking: int, chosen: int) -> str:
    """The second way: they drop out."""
    left = f"{chosen - lacking} دفتر می‌ماند" if chosen > lacking else "دفتری نمی‌ماند"
    return to_persian_digits(f"به این {lacking} دفتر واگذار نشود؛ {left}")


def taken_words(choices: Choices, taken: Sequence[Delegation]) -> list[str]:
    """What offices have already: a sentence for each service and last day."""
    groups: dict[tuple[str, date | None], list[str]] = {}
    for one in taken:
        groups.setdefault((one.service, one.until), []).append(one.office)
    found = []
    for (service, until), offices in groups.items():
        title = choices.services[service].title if service in choices.services else service
        how = f"تا {isolate(format_jalali(until))}" if until else "بدون روز پایان"
        verb = "دارد" if len(offices) == 1 else "دارند"
        who = f"دفتر {named(choices, offices)}"
        if len(offices) > 1:
            who = to_persian_digits(f"{len(offices)} دفتر")
        found.append(f"{who} «{title}» را {how} {verb}.")
    return found


def overtaken_words(choices: Choices, coming: Sequence[Delegation]) -> list[str]:
    """What is signed for days to come: a sentence for each service and first day."""
    groups: dict[tuple[str, date, bool], list[str]] = {}
    for one in coming:
        groups.setdefault((one.service, one.since, one.withdrawn), []).append(one.office)
    found = []
    for (service, since, withdrawn), offices in groups.items():
        title = choices.services[service].title if service in choices.services else service
        many = len(offices) > 1
        who = (
            to_persian_digits(f"{len(offices)} دفتر") if many else f"دفتر {named(choices, offices)}"
        )
        day = isolate(format_jalali(since))
        if withdrawn:
            found.append(f"پس‌گرفتن «{title}» از {who} از {day} امضا شده است.")
        else:
            found.append(f"{who} «{title}» را از {day} {'خواهند' if many else 'خواهد'} داشت.")
    return found


def day_after(taken: Iterable[Delegation]) -> date | None:
    """The first day on which none of them holds any more; None where one has no end."""
    ends = [one.until for one in taken]
    if not ends or None in ends:
        return None
    return max(end for end in ends if end) + timedelta(days=1)


def licence_words(choices: Choices, offices: Sequence[str]) -> str:
    """Whose licence has ended by the first day."""
    day = format_day_month(choices.day)
    whose = f"دفتر {named(choices, offices)}"
    if len(offices) > 1:
        whose = to_persian_digits(f"{len(offices)} دفتر ({named(choices, offices)})")
    return f"پروانهٔ {whose} تا {day} اعتبار ندارد."


def stopped_words(choices: Choices, offices: Sequence[str]) -> str:
    """Whose municipal services are stopped; of one also since when and why."""
    whose = f"دفتر {named(choices, offices)}"
    if len(offices) == 1:
        return f"خدمات شهرداری در {whose} متوقف است، {choices.stops[offices[0]].words}."
    whose = to_persian_digits(f"{len(offices)} دفتر ({named(choices, offices)})")
    return f"خدمات شهرداری در {whose} متوقف است."


def holiday_words(choices: Choices, working: date) -> str:
    """That offices are shut on the first day, and which is the next working one."""
    day, after = format_day_month(choices.day), format_day_month(working)
    return f"{day} تعطیل است؛ نخستین روز کاری پس از آن {after} است."


def term_words(since: date | None, until: date | None) -> str:
    """«شنبه ۱۴ آذر ۱۴۰۵ تا شنبه ۱۳ آذر ۱۴۰۶، ۳۶۵ روز»."""
    if since is None:
        return ""
    if until is None:
        return f"از {format_long(since)}، بدون روز پایان"
    if until < since:
        return ""
    days = to_persian_digits((until - since).days + 1)
    return f"{format_long(since)} تا {format_long(until)}، {days} روز"


def second_words(services: int, offices: int, day: date | None) -> str:
    """What stands beside the title: «۲ خدمت به ۲۵ دفتر، از ۱۴ آذر»."""
    if not services or not offices:
        return ""
    when = f"، از {format_day_month(day)}" if day else ""
    return to_persian_digits(f"{services} خدمت به {offices} دفتر{when}")


def signing_words(letters: int) -> str:
    """What follows the two signatures."""
    if not letters:
        return "پس از امضای دوم، نامهٔ هر دفتر شماره می‌گیرد و ابلاغ می‌شود."
    return to_persian_digits(f"پس از امضای دوم، {letters} نامه شماره می‌گیرد و ابلاغ می‌شود.")


def draft_words(choices: Choices, delegations: Sequence[Delegation]) -> list[str]:
    """What is signed: a sentence for each service and term with its offices, then the act."""
    groups: dict[tuple[str, date, date | None, bool, str], list[str]] = {}
    for one in delegations:
        term = (one.service, one.since, one.until, one.withdrawn, one.heir)
        groups.setdefault(term, []).append(one.office)
    found = []
    for (service, since, until, withdrawn, heir), offices in groups.items():
        title = choices.services[service].title if service in choices.services else service
        whose = f"دفتر {_known(choices, offices)}"
        if len(offices) > 1:
            whose = to_persian_digits(f"{len(offices)} دفتر ({_known(choices, offices)})")
        begins = isolate(format_jalali(since))
        if withdrawn:
            goes = f"؛ پرونده‌های باز به دفتر {_known(choices, [heir])} می‌رود" if heir else ""
            found.append(f"«{title}» از {begins} از {whose} پس گرفته می‌شود{goes}.")
            continue
        ends = f" تا {isolate(format_jalali(until))}" if until else "، بدون روز پایان"
        found.append(f"«{title}» از {begins}{ends} به {whose} واگذار می‌شود.")
    if any(one.replaces for one in delegations):
        found.append("این واگذاری جایگزین واگذاری پیشین همین خدمت‌ها می‌شود.")
    found += [
        f"به استناد مصوبهٔ {each}." for each in dict.fromkeys(one.act.words for one in delegations)
    ]
    return found


def _known(choices: Choices, offices: Sequence[str]) -> str:
    """The offices by name; one that this desk has not heard of by its id."""
    known = [of for of in offices if of in choices.offices]
    others = [isolate(of) for of in offices if of not in choices.offices]
    return "، ".join(part for part in (named(choices, choices.in_order(known)), *others) if part)
