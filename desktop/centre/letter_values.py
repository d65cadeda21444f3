"""What a letter's template may name, filled from a case (forms/vocabulary.py lists the names)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace

from desktop.centre.context import day_of
from desktop.centre.letter_case import LetterCase
from desktop.centre.letter_property import facts_of, owners_of, property_of
from desktop.domain.calendar import format_jalali, parse_jalali
from desktop.domain.contest import signs_words
from desktop.domain.counter import CONDITIONS, RULINGS
from desktop.domain.decision import FOUND, Outcome
from desktop.domain.gates import Finding
from desktop.domain.gates.land import plan_conflict_of
from desktop.domain.letter import unmarked
from desktop.domain.people import Applicant
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.record_words import MEANING_WORDS, CertificateKind
from desktop.domain.request import Request
from desktop.domain.ruling import RulingKind
from desktop.domain.service import Effect, Service
from desktop.domain.wordings import TITLES
from desktop.domain.words import (
    CLEARED,
    article_of,
    laws_of,
    letter_reason,
    money_in_letter,
    objection,
    reasons_of,
    said_though_passed,
    waiting_debts,
    with_article,
)
from desktop.forms.sandbox import FACT
from desktop.forms.values import shown

# What a sentence of its own says is not said again as a note.
_SAID_BY = {
    "violation.sentence": "violation",
    "plan.sentence": "plan-conflict",
    "debt.sentence": "debt",
    "certificate.sentence": "certificate",
}
# What no visit sees: of a property without a record nobody knows that there is none.
_OF_RECORDS = ("violation", "debt", "plan-conflict")
_NOTHING, _NO_RECORD = "ندارد", "سابقه‌ای ثبت نشده است"
# A word of its own: «آماده» names no article.
_ARTICLE = re.compile(r"\bماده")


def values_of(service: Service, case: LetterCase, named: Iterable[str]) -> dict[str, object]:
    """Every value of the vocabulary; `named` are the names that the body prints."""
    named = {*named}
    said = {gate for name, gate in _SAID_BY.items() if name in named}
    request, reasons = case.request, [_bare(reason) for reason in _reasons(case)]
    several = len(reasons) > 1
    values: dict[str, object] = {
        "today": format_jalali(case.day),
        "as_of": format_jalali(case.decision.as_of),
        "known_until": format_jalali(_known_until(case)),
        "basis": f"{_basis(case)}{_corrected(case)}",
        "unit": "yes" if case.record is not None and case.record.code.is_unit else "",
        "unrecorded": "yes" if _unrecorded(case) else "",
        "valid_until": format_jalali(case.valid_until) if case.valid_until else "",
        "facts": [_bare(f"{label}: {value}") for label, value in facts_of(case)],
        "notes": [_bare(note) for note in (*_notes(case, said), *_told_beside(case, {*named}))],
        "reasons": reasons,
        "because": "به دلایل زیر" if several else "به دلیل زیر",
        "several": "yes" if several else "",
        "objection": objection(case.decision, case.ways, by_expert=bool(case.refusal)),
        "legal_basis": "؛ ".join(service.legal_basis),
        "laws": "؛ ".join(_laws(service, case)),
        # What was seen since stands in the place of what was declared.
        "declared": request.unchanged if case.report is None else "",
        "service": {"title": service.title, "act": service.act},
        "request": {
            "tracking": request.tracking,
            "date": format_jalali(request.received_on),
        },
        "applicant": {
            "name": request.party.name,
            "capacity": request.party.kind.word,
            "kind": str(request.party.kind),
            "salutation": _salutation(request),
        },
        "owner": {"names": owners_of(case)},
        "property": property_of(case),
        "permit": _permit(case),
        "certificate": _certificate(service, case),
        "named": _named(case),
        "paper": {"sentence": _paper(case)},
        "commission": _commission(case),
        "visit": {"date": _visited(case), "seen": _seen(case)},
        "violation": {
            "sentence": _sentence(case, "violation", _closed(case)),
            "cleared": _let_stand(case, "violation"),
        },
        "plan": {"sentence": _sentence(case, "plan-conflict", "مشمول طرح و تعریض نمی‌باشد")},
        "debt": _debt(case),
        "fields": {f.key: shown(f, request.answers.get(f.key, "")) for f in service.fields},
        "answers": {f.key: request.answers.get(f.key, "") for f in service.fields},
    }
    for by_field in ("fields", "answers"):
        of_field = values[by_field]
        if isinstance(of_field, dict):
            of_field.setdefault("body", request.answers.get("body", ""))
    return {name: _namespace(value) for name, value in values.items()}


def _namespace(value: object) -> object:
    """Parts as attributes: a field called `items` must not be a dictionary's method."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{key: _bare(str(part)) for key, part in value.items()})
    return value


def _bare(text: str) -> str:
    # Two stars are bold in a letter, a bar begins a fact; what a person typed is never markup.
    return " ".join(unmarked(text).split()).lstrip(f"{FACT} ")


def _find(case: LetterCase, gate: str) -> Finding | None:
    return next((f for f in case.decision.findings if f.gate == gate), None)


def _notes(case: LetterCase, said: set[str]) -> list[str]:
    noted = [f for f in case.decision.failing if f.effect is Effect.NOTE]
    noted += [f for f in case.decision.findings if said_though_passed(f)]
    return [letter_reason(finding) for finding in noted if finding.gate not in said]


def _told_beside(case: LetterCase, named: set[str]) -> list[str]:
    """What no gate notes any more, for a person cleared it, and who reads the letter must know.

    What the letter's own words say (`named`) is not said again.
    """
    told = []
    ruling = case.ruling
    if ruling is not None and not any(name.startswith("commission.") for name in named):
        number = f" شمارهٔ {ruling.number}" if ruling.number else ""
        day, result = format_jalali(ruling.decided_on), ruling.result.strip().rstrip(".")
        stage = RULINGS.get(ruling.stage, "رأی")
        told.append(f"{stage} کمیسیون مادهٔ {case.article}{number} مورخ {day}: «{result}».")
    permit = _find(case, "permit")
    if permit is not None and permit.code == CLEARED and "permit.validity" not in named:
        last = _permit(case)
        if last["number"] and last["validity"]:
            told.append(f"پروانهٔ ساختمانی شمارهٔ {last['number']}: {last['validity']}.")
    plan = _find(case, "plan-conflict")
    if plan is not None and plan.code == CLEARED and "plan.sentence" not in named:
        told.append(_plan_all_the_same(case, plan))
    # Who is owner, and by what deed, is the first that a bank or notary asks.
    for gate in ("standing", "deed", "hold", "violation", "debt"):
        if (why := _let_stand(case, gate)) and not any(n.startswith(f"{gate}.") for n in named):
            told.append(f"{TITLES[gate]}، {why}.")
    least = _find(case, "minimum-parcel")
    if least is not None and least.code == CLEARED:
        why, by = str(least.values["why"]).rstrip("."), _cleared_by(case, "minimum-parcel")
        told.append(f"حد نصاب تفکیک، {by}: {why}.")
    historic = _find(case, "historic-fabric")
    if historic is not None and historic.code == CLEARED:
        why, by = str(historic.values["why"]).rstrip("."), _cleared_by(case, "historic-fabric")
        where = "ملک در بافت تاریخی است"
        if case.record is None or not case.record.historic:
            where = "بودن ملک در بافت تاریخی در سوابق روشن نیست"
        told.append(f"{where}؛ {by}: {why}.")
    return told


def _plan_all_the_same(case: LetterCase, cleared: Finding) -> str:
    """What the plan takes from the land, and why that does not stand in the way."""
    found = plan_conflict_of(case.record, Effect.NOTE) if case.record is not None else None
    taken = "" if found is None or found.passed else f"{letter_reason(found).removesuffix('.')}؛ "
    return f"{taken}{_cleared_by(case, cleared.gate)}: {str(cleared.values['why']).rstrip('.')}."


def _unrecorded(case: LetterCase) -> bool:
    """Whether the visit's report stands in for a record that there is not."""
    return case.report is not None and "record" in case.decision.cleared


def _basis(case: LetterCase) -> str:
    """What the answer stands on: the records up to their day, and what came after it."""
    as_of = case.decision.as_of
    unrecorded = _unrecorded(case)
    if not case.request.has_property:
        # Of no property no record was asked.
        stands_on = ["درخواست و مدارک ارائه‌شده"]
    else:
        stands_on = [] if unrecorded else [f"سوابق شهرداری تا تاریخ {format_jalali(as_of)}"]
    # What was paid before is in the records; that of their own day may not be yet.
    if paid := [format_jalali(day) for day in case.paid if day >= as_of]:
        stands_on.append(f"پرداخت مورخ {join_and(paid)}")
    if case.report is not None:
        stands_on.append(f"گزارش بازدید مورخ {format_jalali(day_of(case.report.visited_at))}")
    if (ruling := case.ruling) is not None and ruling.verdict != RulingKind.INCOMPLETE:
        day = format_jalali(ruling.decided_on)
        stands_on.append(f"رأی کمیسیون مادهٔ {case.article} مورخ {day}")
    told = f"این پاسخ بر پایهٔ {join_and(stands_on)} است."
    if unrecorded:
        until = format_jalali(as_of)
        return f"در سوابق شهرداری تا تاریخ {until} سابقه‌ای از این ملک نبود و {told}"
    return told


def _corrected(case: LetterCase) -> str:
    """What of the record stands by an upheld objection and not by the records' owner."""
    words = signs_words(case.record.corrected) if case.record is not None else ""
    return f" در آن، {words}." if words else ""


def _reasons(case: LetterCase) -> list[str]:
    if case.refusal:
        return list(case.refusal)
    found = reasons_of(case.decision)
    return [with_article(letter_reason(each), article_of(each)) for each in found]


# How the head of a body or company is addressed; nobody's own title is known.
_HEADS = {
    Applicant.BANK: "ریاست محترم",
    Applicant.AGENCY: "ریاست محترم",
    Applicant.NOTARY: "سردفتر محترم",
    Applicant.COMPANY: "مدیرعامل محترم",
}


# Whom a letter to somebody in a standing is for; `{whose}` is the represented one, or the waqf.
_STANDING = {
    Applicant.ATTORNEY: "وکیل محترم {whose}",
    Applicant.HEIR: "ورثهٔ محترم مرحوم {whose}",
    Applicant.GUARDIAN: "ولی یا قیم محترم {whose}",
    Applicant.WAQF: "متولی محترم موقوفهٔ {whose}",
    Applicant.SHOPKEEPER: "صاحب محترم سرقفلی",
}
_OF_NOBODY = {
    Applicant.ATTORNEY: "وکیل محترم",
    Applicant.HEIR: "ورثهٔ محترم",
    Applicant.GUARDIAN: "ولی یا قیم محترم",
    Applicant.WAQF: "متولی محترم موقوفه",
}
_COMPANY = "شرکت"
_WAQF = ("موقوفه\u200cی", "موقوفهٔ", "موقوفه")
_LATE = ("مرحومه", "مرحوم", "شادروان")


def _salutation(request: Request) -> str:
    """The addressee's line: one salutation, by the standing; nothing is read off a name."""
    party, kind = request.party, request.applicant
    if kind in _HEADS:
        # What the name says of itself: a utility is a company, whoever else is an agency is not.
        company = kind is Applicant.AGENCY and party.name.startswith(f"{_COMPANY} ")
        return f"{_HEADS[Applicant.COMPANY if company else kind]} {party.name}"
    titled = f"{party.addressed.word} {party.name}" if party.addressed else party.name
    whose = _whose(request)
    if kind in _OF_NOBODY:
        standing = _STANDING[kind].format(whose=whose) if whose else _OF_NOBODY[kind]
        # The other way round it would read as two people.
        return f"{titled}، {standing}"
    if party.addressed:
        return f"{party.addressed.address} {party.name}"
    return f"{_STANDING.get(kind, f'{kind.word} محترم')}، {party.name}"


def _whose(request: Request) -> str:
    """For whom the applicant stands: the represented one's name, or the waqf's."""
    if request.applicant is not Applicant.WAQF:
        name = request.party.represented_name.strip()
        # The letter says it itself.
        late = request.applicant is Applicant.HEIR
        return _without(name, _LATE) if late else name
    return _without(request.answers.get("waqf_name", "").strip(), _WAQF)


def _without(name: str, called: Sequence[str]) -> str:
    """The name without what it begins with of these, each a word of its own."""
    for each in called:
        rest = name.removeprefix(each)
        if rest != name and (not rest or not rest[0].isalpha()):
            return rest.lstrip(" \u200c،")
    return name


def _laws(service: Service, case: LetterCase) -> Sequence[str]:
    """The law belongs to the reasons where the records refuse; to the service where they don't,
    or where no reason has an article: no refusal stands without its law.

    An expert's reasons that name their article name it alone.
    """
    if case.decision.outcome is Outcome.REFUSE and not case.refusal:
        return laws_of(case.decision) or service.legal_basis
    cited = any(_ARTICLE.search(reason) for reason in case.refusal)
    return () if cited else service.legal_basis


def _known_until(case: LetterCase) -> date:
    """The last day of which anything is known: the records', or a later visit's."""
    if case.report is None:
        return case.decision.as_of
    return max(case.decision.as_of, day_of(case.report.visited_at))


def _permit(case: LetterCase) -> dict[str, str]:
    finding = _find(case, "permit")
    if finding is not None and finding.code in ("valid", "expired"):
        values = finding.values
        number, issued, expires = (str(values.get(key, "")) for key in ("number", "date", "until"))
        until = parse_jalali(expires) if expires else None
        told = {"number": number, "date": _read(issued), "until": _read(expires)}
        return {**told, "validity": _validity(until, case.day)}
    last = case.record.last_permit if case.record else None
    return {
        "number": last.number if last else "",
        "date": format_jalali(last.issued) if last and last.issued else "",
        "until": format_jalali(last.expires) if last and last.expires else "",
        "validity": _validity(last.expires if last else None, case.day),
    }


def _validity(until: date | None, day: date) -> str:
    """Until when a permit holds, or since when it does not; empty where the records don't say."""
    if until is None:
        return ""
    told = format_jalali(until)
    return f"اعتبار تا {told}" if until >= day else f"اعتبار آن در {told} پایان یافته است"


def _certificate(service: Service, case: LetterCase) -> dict[str, str]:
    finding = _find(case, "certificate")
    nothing = dict.fromkeys(("kind", "number", "date", "until", "awaited"), "")
    if finding is None:
        return nothing | {"sentence": _NO_RECORD if _unrecorded(case) else _NOTHING}
    if finding.code == CLEARED and finding.values.get(FOUND) == "unlisted":
        kind = finding.values["kind"]
        return nothing | {"sentence": f"«{kind}»، {_let_stand(case, 'certificate')}"}
    if finding.code == CLEARED:
        told = f"گواهی معتبری برای بنا در سوابق نیست؛ {_sentence(case, 'certificate', _NOTHING)}"
        return nothing | {"sentence": told, "awaited": _wanted_certificate(service, case)}
    if finding.code != "held":
        return nothing | {"sentence": _sentence(case, "certificate", _NOTHING)}
    values = finding.values
    kind, number = str(values["kind"]), str(values["number"])
    issued, until = _read(str(values["date"])), _read(str(values["until"]))
    sentence = kind + (f" شمارهٔ {number}" if number else "") + (f" مورخ {issued}" if issued else "")
    held = {"kind": kind, "number": number, "date": issued, "until": until, "sentence": sentence}
    return nothing | held


def _wanted_certificate(service: Service, case: LetterCase) -> str:
    """What the service asks for: that a person let it be wanting does not put it on file."""
    asked = case.request.conditions
    kinds = next(
        (u.kinds for u in service.gates if u.gate == "certificate" and u.when.holds(asked)), ()
    )
    return " یا ".join(MEANING_WORDS[CertificateKind(kind)] for kind in kinds)


def _commission(case: LetterCase) -> dict[str, str]:
    ruling = case.ruling
    return {
        "article": case.article,
        "result": ruling.result.strip().rstrip(".") if ruling else "",
        "number": ruling.number if ruling else "",
        "date": format_jalali(ruling.decided_on) if ruling else "",
    }


def _named(case: LetterCase) -> dict[str, str]:
    """The paper that the form names: number and date when it is on file."""
    finding = _find(case, "named-paper")
    held = finding is not None and finding.code == "held"
    values = finding.values if finding is not None and held else {}
    return {
        "number": str(values.get("number", "")),
        "date": _read(str(values.get("date", ""))),
        "sentence": "" if held else _sentence(case, "named-paper", ""),
    }


def _paper(case: LetterCase) -> str:
    """The municipality's paper that the decision rests on: on file, or shown at the counter."""
    finding = _find(case, "municipal-paper")
    if finding is None or not finding.passed:
        return ""
    kind, number = str(finding.values.get("kind", "")), str(finding.values["number"])
    issued = _read(str(finding.values.get("date", "")))
    told = f"{kind} شمارهٔ {number}".strip() if number else kind
    return told + (f" مورخ {issued}" if issued else "")


def _read(written: str) -> str:
    return format_jalali(parse_jalali(written)) if written else ""


def _visited(case: LetterCase) -> str:
    if case.report is not None:
        return format_jalali(day_of(case.report.visited_at))
    last = case.record.last_visit if case.record else None
    return format_jalali(last) if last else ""


def _seen(case: LetterCase) -> str:
    """What the case's own visit found there, where that says more than the papers of before.

    A building under way is at the stage that its engineer's paper tells.
    """
    report = case.report
    if report is not None and report.condition == "land":
        return "زمین بدون بنا"
    if report is None or report.condition != "built":
        return ""
    floors, _ = report.counts
    counted = (
        f"، {floors} طبقه" if floors and not (case.record and case.record.code.is_unit) else ""
    )
    return f"{CONDITIONS[report.condition]}{counted}"


def _sentence(case: LetterCase, gate: str, nothing: str) -> str:
    """What a gate says, to stand after a colon: no full stop."""
    finding = _find(case, gate)
    if finding is None:
        return nothing if case.record is not None else _NO_RECORD
    if finding.code == CLEARED:
        return f"{_cleared_by(case, gate)}: {str(finding.values['why']).rstrip('.')}"
    if finding.passed and gate in _OF_RECORDS and _unrecorded(case):
        return _NO_RECORD
    return nothing if finding.passed else letter_reason(finding).removesuffix(".")


def _let_stand(case: LetterCase, gate: str) -> str:
    """Why a person let stand what the gate had found; empty where nobody did."""
    finding = _find(case, gate)
    return _sentence(case, gate, "") if finding is not None and finding.code == CLEARED else ""


def _closed(case: LetterCase) -> str:
    """What is said of the files where none is open: those that were ruled on are no nothing."""
    closed = _count(case, "violation", "closed")
    if not closed:
        return _NOTHING
    return to_persian_digits(f"پروندهٔ باز ندارد؛ {closed} پروندهٔ رسیدگی‌شده در سوابق هست")


def _waiting(case: LetterCase) -> str:
    """What is said of debts where none is due: others are no nothing."""
    finding = _find(case, "debt")
    waiting = waiting_debts(finding) if finding is not None and finding.passed else ""
    return f"سررسیدشده ندارد؛ {waiting}" if waiting else _NOTHING


def _count(case: LetterCase, gate: str, of: str) -> int:
    finding = _find(case, gate)
    found = finding.values.get(of, 0) if finding is not None and finding.passed else 0
    return found if isinstance(found, int) else 0


def _cleared_by(case: LetterCase, gate: str) -> str:
    if case.report is not None and gate in case.report.cleared:
        return f"به گزارش بازدید مورخ {_visited(case)}"
    return "به نظر کارشناس شهرداری"


def _debt(case: LetterCase) -> dict[str, str]:
    years = [str(sum_.year) for sum_ in case.decision.owed if sum_.year]
    return {
        "sentence": _sentence(case, "debt", _waiting(case)),
        "cleared": _let_stand(case, "debt"),
        "amount": money_in_letter(case.decision.amount),
        "from": min(years, default=""),
        "to": max(years, default=""),
    }
