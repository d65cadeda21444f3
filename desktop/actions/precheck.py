"""«پیش‌بررسی»: what the records would say today, asked before any fee; its paper."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.actions.desk import Seat
from desktop.domain import fees
from desktop.domain.calendar import format_jalali
from desktop.domain.decision import Outcome
from desktop.domain.identifiers import Plate
from desktop.domain.papers import NeededPaper, Precheck
from desktop.domain.people import Party
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Effect, Service
from desktop.domain.words import OUTCOMES
from desktop.forms.answers import Checked, Filled, conditions
from desktop.reports import precheck as precheck_paper
from desktop.store import meta
from desktop.wire import calls
from desktop.wire.payloads import FindingBody, PlateBody, PrecheckAnswer, PrecheckAsk


def precheck(
    seat: Seat,
    service: str,
    party: Party,
    code: str,
    plate: Plate | None,
    unchanged: str,
    answers: Mapping[str, str],
) -> PrecheckAnswer:
    """The centre's answer; it logs the question. Raises LineDown: the form works without."""
    answer = seat.desk.ask(
        calls.PRECHECK,
        PrecheckAsk(
            service=service,
            actor=seat.staff.staff_id,
            applicant=party.kind,
            person_id=party.person_id,
            represented_id=party.represented_id,
            code=code,
            plate=PlateBody(section=plate.section, main=plate.main, sub=plate.sub)
            if plate
            else None,
            unchanged=unchanged,
            answers=dict(answers),
        ),
    )
    seat.desk.note_records(answer.as_of)
    return answer


def paper(
    seat: Seat, service: Service, filled: Filled, checked: Checked, answer: PrecheckAnswer
) -> bytes:
    """What the citizen takes home of a pre-check (A5): today's answer, what is missing, costs.

    It tells of the records no more than `answer` does. Raises Refusal on an unprintable character.
    """
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        city = desk.reference.city(session, today)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    asked = {**conditions(filled), **checked.answers}
    seen = {document.key for document in filled.documents if document.seen}
    office, visit = (fees.fee(service, city, o) for o in (fees.OFFICE_FEE, fees.VISIT_FEE))
    visits = answer.outcome == Outcome.VISIT and visit is not None
    due = service.term(asked).ends(today, city.calendar)
    return precheck_paper.draw(
        Precheck(
            head=card.head,
            service=service.title,
            applicant=to_persian_digits(f"{checked.party.name}، {checked.party.kind.word}"),
            property=_property(checked),
            found=to_persian_digits(_found(answer)),
            answer=OUTCOMES[Outcome(answer.outcome)] if answer.outcome else "",
            reasons=tuple(_reason(f) for f in answer.findings if f.effect),
            missing=tuple(
                NeededPaper(d.title, d.why, d.remedy)
                for d in service.asked_documents(asked)
                if d.key not in seen
            ),
            fee=office.amount if office else 0,
            visit_fee=visit.amount if visits and visit else 0,
            owed=answer.amount,
            promise=f"اگر امروز ثبت شود، تا {format_jalali(due)}",
            told_on=today,
            sample=card.sample,
        )
    )


def _property(checked: Checked) -> str:
    parts = [f"کد نوسازی {to_persian_digits(checked.code)}"] if checked.code else []
    parts += [f"پلاک ثبتی {checked.plate.words}"] if checked.plate else []
    return "، ".join(parts)


def _found(answer: PrecheckAnswer) -> str:
    until = f"تا {format_jalali(answer.as_of)}"
    if answer.several and answer.found:
        return f"کد نوسازی و پلاک ثبتی دو ملک را نشان می‌دهند ({until})"
    if answer.several and not answer.outside:
        return f"پلاک ثبتی مربوط به چند ملک است ({until})"
    if not answer.found:
        return f"یافت نشد ({until})؛ {answer.outside}" if answer.outside else f"یافت نشد ({until})"
    return f"یافت شد ({until}): {answer.summary}" if answer.summary else f"یافت شد ({until})"


def _reason(finding: FindingBody) -> str:
    article = f" ({finding.article})" if finding.article != "—" else ""
    # Who was visited today asks why again: the visit is for this, not for its own age.
    why = "؛ بازدید برای همین است" if finding.effect == Effect.VISIT else ""
    return f"{finding.condition}: {finding.seen}{article}{why}"
