"""Who of an office stamps letters on a day, and who signs for the municipality: where nobody does.

Days are looked at ahead, by terms, leaves, deputies and authorities that were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_day_month
from desktop.domain.people import Role
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.staffing import Authority, StaffTerm

_TOLD = 3


@dataclass(frozen=True)
class Worker:
    """Somebody with keys; terms and authorities each with the day from which they were told, in the
    order of saying.

    Of one key the later one stands in the place of the earlier, of one day the one that was said
    last. Without a term he works.
    """

    staff: str
    name: str
    role: Role
    terms: tuple[tuple[date, StaffTerm], ...] = ()
    authorities: tuple[tuple[date, Authority], ...] = ()
    stopped: bool = False

    def term_on(self, day: date) -> StaffTerm | None:
        """The term that was told up to the day."""
        told = sorted((each for each in self.terms if each[0] <= day), key=lambda each: each[0])
        return told[-1][1] if told else None

    def at_work(self, day: date) -> bool:
        """Whether he works on the day."""
        term = self.term_on(day)
        return not self.stopped and (term is None or term.at_work(day))

    def authorised(self, day: date) -> bool:
        """Whether he may release the letters of some service on the day by an authority."""
        held: dict[str, tuple[date, Authority]] = {}
        for since, one in self.authorities:
            if since <= day and (one.key not in held or held[one.key][0] <= since):
                held[one.key] = (since, one)
        return any(one.holds(day) for _, one in held.values())


def stampers(workers: Sequence[Worker], day: date) -> list[Worker]:
    """Who may stamp on the day: managers at work, clerks by authority or for a manager away."""
    managers = [each for each in workers if each.role is Role.MANAGER]
    deputies = _deputies(managers, day)
    return [
        each
        for each in workers
        if each.at_work(day)
        and (
            each.role is Role.MANAGER
            or (each.role is Role.CLERK and (each.staff in deputies or each.authorised(day)))
        )
    ]


def _deputies(workers: Iterable[Worker], day: date) -> set[str]:
    """Who stands in for those of them who are away on the day."""
    away = (term for each in workers if (term := each.term_on(day)) and term.leave_on(day))
    return {term.deputy_on(day) for term in away}


def without_stamp(workers: Sequence[Worker], days: Iterable[date]) -> list[date]:
    """The days on which nobody of the office may stamp."""
    return [day for day in days if not stampers(workers, day)]


def without_second(workers: Sequence[Worker], days: Iterable[date]) -> list[date]:
    """The days on which fewer than two may sign what the municipality puts into force."""
    return [day for day in days if len(_signing(workers, day)) < 2]


def _signing(workers: Sequence[Worker], day: date) -> list[Worker]:
    """Who signs on the day: by his own role, or as the deputy of who is away."""
    deputies = _deputies(
        (each for each in workers if each.role.signs and each.role.has_deputy), day
    )
    return [
        each
        for each in workers
        if each.at_work(day)
        and (each.role.signs or (each.staff in deputies and each.role.sees_cases))
    ]


def days_words(days: Sequence[date]) -> str:
    """«۱۵ آذر», «۱۵ آذر و ۱۶ آذر», «۱۵ آذر، ۱۶ آذر، ۱۷ آذر و ۴ روز دیگر»."""
    told = [format_day_month(day) for day in days[:_TOLD]]
    rest = len(days) - _TOLD
    return join_and([*told, to_persian_digits(f"{rest} روز دیگر")] if rest > 0 else told)


def stamp_words(days: Sequence[date]) -> str:
    """«در ۱۵ آذر کسی مهر نمی‌کند.»; empty for no days."""
    return f"در {days_words(days)} کسی مهر نمی‌کند." if days else ""


def second_words(days: Sequence[date]) -> str:
    """«در ۱۵ آذر کسی برای امضای دوم نیست.»; empty for no days."""
    return f"در {days_words(days)} کسی برای امضای دوم نیست." if days else ""


def two_person_words(workers: Sequence[Worker], day: date) -> str:
    """What the rule of two persons comes to on the day in this office."""
    here = [each for each in workers if each.at_work(day) and not each.role.is_municipal]
    if len(here) > 1:
        count = to_persian_digits(len(here))
        return f"امروز {count} نفر سر کارند؛ کسی آنچه خودش ثبت کرده است مهر نمی‌کند."
    if len(here) == 1:
        return (
            f"امروز تنها {here[0].name} سر کار است؛ آنچه خودش ثبت و مهر کند، "
            "نشان می‌خورد و همیشه بازبینی می‌شود."
        )
    return "امروز کسی سر کار نیست."
