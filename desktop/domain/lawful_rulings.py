"""Whether acts of commissions are lawful: referral, agenda, ruling, its service, its finality."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain import lawful_letters as letters
from desktop.domain.calendar import format_jalali
from desktop.domain.case import VIOLATION, Case
from desktop.domain.consultation import ConsultationDropped
from desktop.domain.counter import RULINGS
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import anyones_id, demand_kept_id
from desktop.domain.people import Applicant, Party, Staff
from desktop.domain.persian import is_blank, isolate
from desktop.domain.record_words import FileStatus
from desktop.domain.ruling import (
    ARTICLES,
    FINAL,
    FIRST,
    REOPENED,
    Ruled,
    RulingKind,
    Serving,
    ruling_result,
)
from desktop.domain.service import Effect, Service
from desktop.domain.serving import (
    Notice,
    appealable,
    before_commission,
    not_final,
    notices,
    takes_objections,
    term_of,
)
from desktop.domain.setting import Facts, Setting
from desktop.domain.state import State

_NOBODY = "این رأی کسی را نام نبرده است که به او ابلاغ شود."


def send(_: Case, payload: c.SendToCommission, __: Staff, ___: Setting) -> Facts:
    """To a commission, with the reason that its paper gives. Raises Refusal."""
    if payload.article not in ARTICLES:
        raise Refusal("کمیسیون مادهٔ ۱۰۰ یا مادهٔ ۵ را برگزینید.", field="article")
    if is_blank(payload.note):
        raise Refusal("دلیل ارجاع را بنویسید؛ در برگ ارجاع می‌آید.", field="note")
    return (f.SentToCommission(payload.article, payload.note.strip()),)


def put_on_agenda(case: Case, payload: c.PutOnAgenda, _: Staff, setting: Setting) -> Facts:
    """Into a session; a case whose ruling waits for its term to end is in none. Raises Refusal."""
    _demand_before_commission(case)
    session = payload.session.strip()
    if not session:
        raise Refusal("شمارهٔ جلسه را بنویسید.", field="session")
    if appealable(case) and not case.objected:
        raise Refusal("رأی بدوی صادر شده است؛ تنها با اعتراض به جلسهٔ دیگری می‌رود.")
    if not setting.city.calendar.is_working(payload.held_on):
        raise Refusal("آن روز تعطیل است؛ روز دیگری برای جلسه برگزینید.", field="held_on")
    if payload.held_on < case.request.received_on:
        raise Refusal("جلسه نمی‌تواند پیش از ثبت درخواست باشد.", field="held_on")
    # The commission of appeal looks at an objection, which is never before its ruling.
    since = min((each.objected_on for each in case.objected), default=payload.held_on)
    if payload.held_on < since:
        day = isolate(format_jalali(since))
        words = f"روز اعتراض {day} است؛ جلسهٔ تجدیدنظر نمی‌تواند پیش از آن باشد."
        raise Refusal(words, field="held_on")
    told = f.OnAgenda(session, payload.held_on)
    if case.agenda == told:
        raise Refusal("پرونده در دستور همین جلسه است.", field="session")
    return (told,)


def _demand_before_commission(case: Case) -> None:
    if not before_commission(case):
        raise Refusal("این پرونده رأی بدوی برقراری ندارد؛ کمیسیون به آن نمی‌پردازد.")


def rule(case: Case, payload: c.EnterCommissionResult, _: Staff, setting: Setting) -> Facts:
    """The ruling of a session: kind, number, day, stage, sum, and whom it is against.

    Raises Refusal.
    """
    _demand_before_commission(case)
    verdict = payload.verdict
    if verdict is None or verdict.article != case.commission:
        raise Refusal("نوع رأی همین کمیسیون را برگزینید.", field="verdict")
    number = payload.number.strip()
    if not number:
        raise Refusal("شمارهٔ رأی را بنویسید.", field="number")
    _demand_day(case, payload.decided_on, setting.today)
    _demand_stage(case, payload, number)
    if (verdict is RulingKind.FINE) is not (payload.fine > 0):
        words = "مبلغ جریمه را بنویسید." if verdict is RulingKind.FINE else "این رأی مبلغی ندارد."
        raise Refusal(words, field="fine")
    ruling = f.CommissionDecided(
        result=ruling_result(verdict, payload.fine, payload.result),
        number=number,
        decided_on=payload.decided_on,
        stage=payload.stage,
        verdict=verdict,
        fine=payload.fine,
        against=_against(case, payload.against),
    )
    if verdict is RulingKind.OPPOSED:
        # The commission refuses: the letter gives its ruling as the reason.
        return (ruling, f.RefusedByExpert((_opposed(ruling),)))
    return (ruling,)


def _demand_day(case: Case, decided_on: date, today: date) -> None:
    if case.agenda is None:
        raise Refusal("پرونده در دستور جلسه‌ای نیست؛ نخست آن را در دستور بگذارید.")
    if decided_on > today:
        raise Refusal("تاریخ رأی نمی‌تواند پس از امروز باشد.", field="decided_on")
    if decided_on < case.agenda.held_on:
        held = isolate(format_jalali(case.agenda.held_on))
        raise Refusal(f"جلسه {held} است؛ رأی نمی‌تواند پیش از آن باشد.", field="decided_on")


def _demand_stage(case: Case, payload: c.EnterCommissionResult, number: str) -> None:
    if case.commission != "100":
        if payload.stage:
            raise Refusal("رأی بدوی یا قطعی تنها از کمیسیون مادهٔ ۱۰۰ است.", field="stage")
        return
    if payload.stage not in RULINGS:
        raise Refusal("برگزینید: رأی بدوی است یا قطعی.", field="stage")
    if not appealable(case) or case.commission_result is None:
        return
    if payload.stage == FIRST:
        raise Refusal("رأی بدوی پیش‌تر ثبت شده است؛ رأی تجدیدنظر قطعی است.", field="stage")
    if not case.objected:
        raise Refusal("اعتراضی ثبت نشده است؛ رأی تجدیدنظر از اعتراض برمی‌آید.", field="stage")
    if number == case.commission_result.number:
        raise Refusal("این شمارهٔ رأی بدوی است.", field="number")


def _against(case: Case, told: tuple[Ruled, ...]) -> tuple[Ruled, ...]:
    """Whom it is against, each once, with an id that can be one.

    The form read the case's own people's, and asked of which country they are.
    """
    known = case.request.party.persons
    persons = tuple(
        Ruled(
            each.name.strip(),
            each.person_id if each.person_id in known else _person_id(each.person_id, "against"),
        )
        for each in told
    )
    if not persons or not all(each.name for each in persons):
        raise Refusal("بنویسید رأی دربارهٔ چه کسی است؛ به او ابلاغ می‌شود.", field="against")
    if len({each.person_id or each.name for each in persons}) < len(persons):
        raise Refusal("یک نفر دو بار نوشته شده است.", field="against")
    if any(_is_dead(case.request.party, each) for each in persons):
        words = f"{case.request.party.represented_name} درگذشته است؛ وارثان او را بنویسید."
        raise Refusal(words, field="against")
    return persons


def _is_dead(party: Party, person: Ruled) -> bool:
    """Whether it is he whose heir asks: nothing can be served on him."""
    if party.kind is not Applicant.HEIR:
        return False
    if person.person_id:
        return person.person_id == party.represented_id
    return person.name == party.represented_name


def _person_id(text: str, field: str) -> str:
    try:
        return anyones_id(text) if text else ""
    except Refusal as no:
        raise Refusal(no.words, field=field) from None


def _opposed(ruling: f.CommissionDecided) -> str:
    day = format_jalali(ruling.decided_on)
    return f"رأی کمیسیون مادهٔ ۵ شمارهٔ {ruling.number} مورخ {day}: {ruling.result}"


def serve(case: Case, payload: c.ServeRuling, actor: Staff, setting: Setting) -> Facts:
    """Served on a person or an attorney so empowered, or why it was not. Raises Refusal."""
    ruling, notice = _notice(case, payload.place)
    if payload.number != ruling.number:
        raise Refusal("پس از آن رأی دیگری صادر شده است؛ همان را ابلاغ کنید.", field="number")
    if notice.served is not None:
        raise Refusal(f"این رأی پیش‌تر به {notice.person.name} ابلاغ شده است.", field="place")
    if actor.national_id and actor.national_id == notice.person.person_id:
        raise Refusal("رأی خودتان را همکار دیگری ابلاغ می‌کند.", field="place")
    if actor.national_id and actor.national_id == payload.receiver_id:
        words = "این کد خود شماست؛ ابلاغ به شما را همکار دیگری ثبت می‌کند."
        raise Refusal(words, field="receiver_id")
    if payload.served_on > setting.today:
        raise Refusal("تاریخ ابلاغ نمی‌تواند پس از امروز باشد.", field="served_on")
    if payload.served_on < ruling.decided_on:
        raise Refusal("ابلاغ نمی‌تواند پیش از رأی باشد.", field="served_on")
    _WAYS[payload.way](payload, notice)
    until = term_of(ruling, setting.city, payload.served_on) if payload.way.serves else None
    return (
        f.RulingServed(
            number=ruling.number,
            place=payload.place,
            way=payload.way,
            served_on=payload.served_on,
            receiver=payload.receiver.strip(),
            receiver_id=payload.receiver_id,
            paper=payload.paper.strip(),
            paper_date=payload.paper_date,
            note=payload.note.strip(),
            until=until,
        ),
    )


def _notice(case: Case, place: int) -> tuple[f.CommissionDecided, Notice]:
    told = notices(case)
    if case.commission_result is None or not told:
        raise Refusal(_NOBODY)
    if not 0 <= place < len(told):
        raise Refusal("این رأی چنین کسی را نام نبرده است.", field="place")
    return case.commission_result, told[place]


def _to_person(payload: c.ServeRuling, notice: Notice) -> None:
    known = notice.person.person_id
    if known and payload.receiver_id != known:
        raise Refusal(
            f"این کد از آنِ {notice.person.name} نیست؛ رأی را تنها خود او یا وکیلش می‌گیرد.",
            field="receiver_id",
        )
    if not payload.receiver_id:
        raise Refusal("کد ملی گیرنده را بنویسید.", field="receiver_id")
    if not known:
        demand_kept_id(payload.receiver_id, "receiver_id")


def _to_attorney(payload: c.ServeRuling, notice: Notice) -> None:
    if is_blank(payload.receiver):
        raise Refusal("نام وکیل را بنویسید.", field="receiver")
    demand_kept_id(payload.receiver_id, "receiver_id")
    if payload.receiver_id == notice.person.person_id:
        raise Refusal("این کد خود اوست؛ «به خود او» را برگزینید.", field="receiver_id")
    _demand_paper(payload, "شماره و تاریخ وکالت‌نامه‌ای را بنویسید که این کار در آن آمده است.")


def _posted(payload: c.ServeRuling, notice: Notice) -> None:
    if not notice.failed:
        raise Refusal("الصاق پس از آن است که نپذیرفت یا در محل نبود؛ نخست آن را ثبت کنید.")
    tried = min(each.served_on for each in notice.failed)
    day = isolate(format_jalali(tried))
    if payload.served_on < tried:
        raise Refusal(f"{day} به او ابلاغ نشد؛ الصاق پیش از آن نبوده است.", field="served_on")
    _demand_paper(payload, "شماره و تاریخ صورت‌جلسهٔ الصاق را بنویسید.")
    if payload.paper_date is not None and payload.paper_date < tried:
        words = f"{day} به او ابلاغ نشد؛ صورت‌جلسهٔ الصاق پیش از آن نیست."
        raise Refusal(words, field="paper_date")


def _demand_paper(payload: c.ServeRuling, words: str) -> None:
    if is_blank(payload.paper) or payload.paper_date is None:
        raise Refusal(words, field="paper")
    if payload.paper_date > payload.served_on:
        raise Refusal("تاریخ این برگه پس از ابلاغ است.", field="paper_date")


def _failed(payload: c.ServeRuling, _: Notice) -> None:
    if is_blank(payload.note):
        raise Refusal("بنویسید چه دیده شد و چه کسی گواه بود.", field="note")


_WAYS = {
    Serving.PERSON: _to_person,
    Serving.ATTORNEY: _to_attorney,
    Serving.POSTED: _posted,
    Serving.REFUSED: _failed,
    Serving.ABSENT: _failed,
}


def object_to(case: Case, payload: c.ObjectToRuling, _: Staff, setting: Setting) -> Facts:
    """An objection in its term; it may come before the ruling was served.

    One that lay in the post, or waited for a line, comes after it became final: it was none. Raises
    Refusal.
    """
    ruling, notice = _notice(case, payload.place)
    if not takes_objections(case):
        raise Refusal("این رأی قطعی است؛ اعتراض به آن در دیوان عدالت اداری است.")
    if notice.objected is not None:
        day = isolate(format_jalali(notice.objected.objected_on))
        raise Refusal(f"این اعتراض پیش‌تر ثبت شده است: {day}.", field="place")
    if is_blank(payload.paper):
        raise Refusal("شمارهٔ نامهٔ اعتراض را بنویسید.", field="paper")
    if payload.objected_on > setting.today:
        raise Refusal("تاریخ اعتراض نمی‌تواند پس از امروز باشد.", field="objected_on")
    if payload.objected_on < ruling.decided_on:
        raise Refusal("اعتراض نمی‌تواند پیش از رأی باشد.", field="objected_on")
    until = notice.served.until if notice.served else None
    if until is not None and payload.objected_on > until:
        raise Refusal(
            f"مهلت اعتراض {isolate(format_jalali(until))} تمام شده است.", field="objected_on"
        )
    told = f.RulingObjected(payload.place, payload.paper.strip(), payload.objected_on)
    return _reopening(case, told) if case.unopposed else (told,)


def _reopening(case: Case, told: f.RulingObjected) -> Facts:
    """The objection to a ruling that was taken for final, and the end of what followed from that.

    What was not stamped falls; what was waits for a manager to void it.
    """
    ended: list[f.CaseFact] = [*letters.debt_voided(case, REOPENED)]
    held = case.answer
    if held is not None and held.release is None:
        ended.append(f.LetterVoided(held.letter.letter_id, REOPENED))
    if case.state in (State.BOOKED, State.RECOMMENDED):
        # Nobody goes, and nobody signs.
        ended.append(f.InReview(REOPENED))
    if case.state is State.CONSULTING:
        ended += [ConsultationDropped(each.ident, REOPENED) for each in case.awaited]
    recall = held is not None and held.release is not None
    return (*ended, replace(told, reopens=True, recall=recall))


def end_term(case: Case, payload: c.EndRulingTerm, _: Staff, setting: Setting) -> Facts:
    """The first ruling is final. Raises Refusal while one is not served, or a term runs."""
    if words := not_final(case, setting.today):
        raise Refusal(words)
    ruling = case.commission_result
    if ruling is None or payload.number != ruling.number:
        raise Refusal("پس از آن رأی دیگری صادر شده است؛ پرونده را دوباره ببینید.")
    return (f.RulingFinal(ruling.number),)


def clear_fine(case: Case, payload: c.ClearFine, _: Staff, setting: Setting) -> Facts:
    """Finance found the fine's payment, or did not. Raises Refusal."""
    if not case.fine_open:
        raise Refusal("جریمهٔ پرداخت‌نشده‌ای در این پرونده نیست که امور مالی دربارهٔ آن بنویسد.")
    comment, reference = payload.comment.strip(), payload.reference.strip()
    if not comment:
        raise Refusal("شرح بررسی را بنویسید.", field="comment")
    if not payload.right:
        return (f.FineCleared(False, comment, "", None, clears=False),)
    if not reference:
        raise Refusal("شمارهٔ پیگیری واریز را بنویسید.", field="reference")
    if payload.paid_on is None or payload.paid_on > setting.today:
        raise Refusal("تاریخ واریز را بنویسید؛ پس از امروز نیست.", field="paid_on")
    told = f.FineCleared(True, comment, reference, payload.paid_on, clears=False)
    return (replace(told, clears=_only_fines(case, setting)),)


def _only_fines(case: Case, setting: Setting) -> bool:
    """Whether of the open files the strictest is an unpaid fine: then all are."""
    found = case.decision.failing if case.decision else ()
    told = next(finding for finding in found if finding.gate == VIOLATION)
    return setting.city.words.file(str(told.values["status"])) is FileStatus.FINE_UNPAID


def demand_no_fine(case: Case, gates: Collection[str], service: Service) -> None:
    """Raise Refusal where an expert would clear a fine whose payment nobody has found.

    One that finance has looked for in vain and that stands beside another file is asked for by its
    bill once that file is cleared, where the service asks for fines at all.
    """
    uses = (u for u in service.gates if u.gate == VIOLATION and u.when.holds(case.conditions))
    asked = any(use.effect in (None, Effect.PAY) for use in uses)
    if VIOLATION in gates and case.fine_open and not (asked and case.fine_cleared is not None):
        raise Refusal("پرداخت این جریمه را امور مالی تأیید می‌کند.", field=VIOLATION)


def lies_on_record(ruling: f.CommissionDecided) -> bool:
    """Whether it is a final ruling of Article 100: it lies on the property's record."""
    verdict = ruling.verdict
    return verdict is not None and verdict.article == "100" and ruling.stage == FINAL
