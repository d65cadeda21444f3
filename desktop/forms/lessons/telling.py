"""A situation as a lesson tells it: the citizen's words, the papers, and every answer with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from desktop.domain.calendar import format_jalali, format_long
from desktop.domain.decision import Decision, Outcome
from desktop.domain.form import Document, FieldKind, ServiceField
from desktop.domain.gates import Finding
from desktop.domain.lesson import (
    OUTCOME,
    UNCHANGED,
    Answer,
    Paper,
    PaperRow,
    RightAnswer,
    Story,
    StorySentence,
    Teller,
)
from desktop.domain.persian import clean, isolate, to_persian_digits
from desktop.domain.service import GateUse, Service
from desktop.domain.words import OUTCOMES, tell, title_of
from desktop.forms.answers import Checked, Filled, conditions
from desktop.forms.lessons import captions
from desktop.forms.lessons.records import held
from desktop.forms.lessons.situation import Situation
from desktop.forms.party import party_labels
from desktop.forms.values import with_unit

APPLICANT, CODE = "applicant", "property.code"
_SAID_ALOUD = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.TICK})
_MARKED_OF_PARTY = (
    "person_id",
    "first_name",
    "last_name",
    "carrier_id",
    "represented_id",
    "represented_name",
)
_DIGITS = ("person_id", "carrier_id", "represented_id", "mobile", "phone", "postal_code")
# The answers that gates look at by their names.
_READ_BY_NAME: Mapping[str, tuple[str, ...]] = {
    "self-declaration": (UNCHANGED,),
    "street": ("main_street", "pavement", "asphalt_age", "length", "width", "depth"),
    "blackout": ("dig_from", "dig_to"),
    "restoration": ("length", "width", "pavement"),
    "named-paper": ("paper", "paper_number"),
    "inquiry-letter": ("body", "letter_number"),
    "minimum-parcel": ("parts",),
}
_MOST_PAGES = 3


def story(at: Situation, random: Random, today: date) -> Story:
    """The lesson's story; `random` says the citizen's own things now this way, now that."""
    told = (*_said(at, random, today), *_held(at))
    return Story(at.example.name, told, tuple(_papers(at, random)), tuple(_wanted(at)))


def answers(service: Service, filled: Filled, checked: Checked, outcome: str) -> dict[str, Answer]:
    """A form as it was filled in and checked, by the keys that lessons mark."""
    party = checked.party
    found = {APPLICANT: Answer(party.kind.value, party.kind.word)}
    for key in _MARKED_OF_PARTY:
        value = str(getattr(party, key))
        if value:
            shown = isolate(to_persian_digits(value)) if key in _DIGITS else value
            found[f"party.{key}"] = Answer(clean(value), shown)
    if checked.code:
        found[CODE] = Answer(checked.code, isolate(to_persian_digits(checked.code)))
    for field in service.form_fields:
        value = checked.answers.get(field.key, "")
        if field.kind is FieldKind.TICK:
            value = value if value == "yes" else ""
            found[field.key] = Answer(value, captions.TICKED if value else captions.NOT_TICKED)
        elif value:
            found[field.key] = Answer(clean(value), _shown(field, value))
    for document in _numbered(service, filled, checked):
        seen = next((each for each in filled.documents if each.key == document.key), None)
        if seen is not None:
            dated = seen.dated if document.dated else None
            value = f"{clean(seen.number) if document.numbered else ''} {dated or ''}".strip()
            found[f"document.{document.key}"] = Answer(value, _number_words(seen.number, dated))
    if service.declared_by(party.kind):
        declared = filled.unchanged == "yes"
        shown = captions.DECLARED if declared else captions.NOT_DECLARED
        found[UNCHANGED] = Answer("yes" if declared else "", shown)
    if outcome:
        found[OUTCOME] = Answer(outcome, OUTCOMES[Outcome(outcome)])
    return found


def _numbered(service: Service, filled: Filled, checked: Checked) -> list[Document]:
    """The documents whose number or day is asked in their own row, and nowhere else."""
    asked = service.asked_documents({**conditions(filled), **checked.answers})
    own = (each for each in asked if not (each.number_field or each.date_field))
    return [each for each in own if each.numbered or each.dated]


def _number_words(number: str, dated: date | None) -> str:
    parts = [isolate(to_persian_digits(number))] if number else []
    parts += [isolate(format_jalali(dated))] if dated is not None else []
    return "، ".join(parts)


def _shown(field: ServiceField, value: str) -> str:
    words = with_unit(field, value)
    spelled = field.kind in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.LONG, FieldKind.TABLE)
    return words if spelled or " " in words else isolate(words)


# What the citizen says.


def _said(at: Situation, random: Random, today: date) -> Iterator[StorySentence]:
    if at.day != today:
        yield StorySentence(captions.ON_THAT_DAY.format(format_long(at.day)), teller=Teller.RECORDS)
    party, kind = at.checked.party, at.filled.applicant
    words = captions.WHO[kind].format(name=party.name, represented=party.represented_name)
    yield StorySentence(f"{random.choice(captions.GREETINGS)} {words}", frozenset({APPLICANT}))
    yield StorySentence(random.choice(captions.REQUESTS).format(at.service.act))
    aloud = [field for field in _asked(at) if field.kind in _SAID_ALOUD]
    for field in aloud:
        sentence = _sentence(field, at.checked.answers.get(field.key, ""))
        yield StorySentence(sentence, frozenset({field.key, *_if_why(at, field.key)}))
    if at.service.declared_by(kind):
        yield StorySentence(
            _declaration(at, random), frozenset({UNCHANGED, *_if_why(at, UNCHANGED)})
        )


def _declaration(at: Situation, random: Random) -> str:
    if at.filled.unchanged == "yes":
        return random.choice(captions.UNCHANGED_WORDS)
    if at.example.unchanged == "no":
        return random.choice(captions.CHANGED_WORDS)
    return random.choice(captions.SILENT_WORDS)


def _sentence(field: ServiceField, value: str) -> str:
    """A choice or tick in words: «مرحلهٔ ساختمانی نازک‌کاری است.»"""
    label = field.label
    if field.kind is FieldKind.TICK or {each.value for each in field.choices} == {"yes", "no"}:
        return f"{label}." if value == "yes" else captions.denied(label)
    shown = _shown(field, value)
    return f"{label} {shown}." if label.endswith("؟") else f"{label} {shown} است."


def _asked(at: Situation) -> list[ServiceField]:
    """What the clerk fills in of the service's own: not what records or formulas give."""
    own = []
    seen = {**conditions(at.filled), **at.checked.answers}
    for field in at.service.form_fields:
        asked = field.when.holds(seen) and field.formula is None and field.key not in at.said
        body = field.key == "body" and at.filled.applicant.is_body
        answered = at.checked.answers.get(field.key) or field.kind is FieldKind.TICK
        if asked and answered and not body:
            own.append(field)
    return own


# What the records hold.


def _held(at: Situation) -> Iterator[StorySentence]:
    why = {finding.gate for finding in _reasons(at.decision)}
    for each in held(at.service, at.question):
        keys = frozenset({OUTCOME}) if each.gates & why else frozenset()
        yield StorySentence(each.words, keys, Teller.RECORDS)


def _reasons(decision: Decision) -> tuple[Finding, ...]:
    """The findings that ask for the outcome; none where it is an answer."""
    return tuple(each for each in decision.failing if str(each.effect) == decision.outcome)


def _if_why(at: Situation, key: str) -> frozenset[str]:
    """The outcome, where it rests on the answer with that key."""
    uses = [
        use
        for use in at.service.gates
        if use.name in {finding.gate for finding in _reasons(at.decision)}
    ]
    return frozenset({OUTCOME}) if any(key in _read_by(use) for use in uses) else frozenset()


def _read_by(use: GateUse) -> frozenset[str]:
    """The answers that a gate looks at."""
    own = frozenset(_READ_BY_NAME.get(use.gate, ()))
    rule = frozenset(use.rule.fails.roots) if use.rule is not None else frozenset()
    return own | rule | frozenset(use.when.values)


# What he holds.


def _papers(at: Situation, random: Random) -> Iterator[Paper]:
    kind = at.filled.applicant
    labels = party_labels(kind)
    rows = [
        PaperRow(label, _party_words(key, at.filled.party[key]), f"party.{key}")
        for key, label in labels.items()
        if at.filled.party.get(key)
    ]
    yield Paper(captions.IDENTITY[kind.is_body], 1, tuple(rows))
    plate = at.found.record.plate if at.found.record is not None else None
    place = [PaperRow("کد نوسازی", isolate(to_persian_digits(at.checked.code)), CODE)]
    place += [PaperRow("پلاک ثبتی", plate.words)] if plate is not None else []
    if at.checked.code:
        yield Paper(captions.PLACE, 1, tuple(place))
    written = [field for field in _asked(at) if field.kind not in _SAID_ALOUD]
    named = {each.number_field for each in at.service.documents}
    named |= {each.date_field for each in at.service.documents}
    note = [_row(field, at) for field in written if field.key not in named]
    if note:
        yield Paper(captions.NOTE, 1, tuple(note))
    yield from _documents(at, random, {field.key for field in written} & named)


def _documents(at: Situation, random: Random, named: set[str]) -> Iterator[Paper]:
    left = set(named)
    for seen in at.filled.documents:
        document = next(each for each in at.service.documents if each.key == seen.key)
        keys = [document.number_field or f"document.{document.key}"] if document.numbered else []
        rows = [PaperRow("شماره", isolate(to_persian_digits(seen.number)), keys[0])] if keys else []
        if document.dated and seen.dated is not None:
            key = document.date_field or f"document.{document.key}"
            rows.append(PaperRow("تاریخ", isolate(format_jalali(seen.dated)), key))
        left -= {document.number_field, document.date_field}
        yield Paper(seen.title, random.randint(1, _MOST_PAGES), tuple(rows))
    rest = [_row(at.service.field(key), at) for key in sorted(left)]
    if rest:
        # Asked of a paper that nobody is asked to show with these answers.
        yield Paper(captions.NOTE, 1, tuple(rest))


def _row(field: ServiceField, at: Situation) -> PaperRow:
    return PaperRow(field.label, _shown(field, at.checked.answers[field.key]), field.key)


def _party_words(key: str, text: str) -> str:
    words = to_persian_digits(text)
    return isolate(words) if key in _DIGITS or key == "birth" else words


# What is right.


def _wanted(at: Situation) -> Iterator[RightAnswer]:
    right = answers(at.service, at.filled, at.checked, at.decision.outcome)
    labels = _labels(at)
    for key, label in labels.items():
        answer = right.get(key)
        if answer is not None:
            yield RightAnswer(key, label, answer.value, answer.shown, _rule(at, key))


def _labels(at: Situation) -> Mapping[str, str]:
    """What is marked, in the form's order."""
    kind = at.filled.applicant
    labels = {APPLICANT: "سمت متقاضی"}
    named = party_labels(kind)
    labels |= {f"party.{key}": named[key] for key in _MARKED_OF_PARTY if key in named}
    labels |= {CODE: "کد نوسازی"}
    labels |= {field.key: field.label for field in _asked(at)}
    labels |= {UNCHANGED: "اظهار مالک"}
    labels |= {
        f"document.{each.key}": captions.of_paper(
            each.title, numbered=each.numbered, dated=each.dated
        )
        for each in _numbered(at.service, at.filled, at.checked)
    }
    return {**labels, OUTCOME: captions.OUTCOME_LABEL}


def _rule(at: Situation, key: str) -> str:
    if key == OUTCOME:
        return _outcome_rule(at)
    if key == APPLICANT:
        return captions.CAPACITY_RULE
    if key.startswith("party."):
        return captions.IDENTITY_RULE
    if key == CODE:
        return captions.CODE_RULE
    if key == UNCHANGED:
        return captions.DECLARATION_RULE
    if key.startswith("document."):
        return captions.DOCUMENT_RULE
    return _field_rule(at.service, at.service.field(key))


def _field_rule(service: Service, field: ServiceField) -> str:
    """The field's own hint; else which rule of the service looks at it."""
    if field.hint:
        return field.hint
    for use in service.gates:
        if use.rule is not None and field.key in _read_by(use):
            article = f" ({use.rule.article})" if use.rule.article else ""
            return captions.READ_BY_RULE.format(use.rule.title, article)
    if any(field.key in _read_by(use) for use in service.gates):
        return captions.READ_BY_GATES
    return captions.FIELD_RULE if field.kind in _SAID_ALOUD else captions.COPIED_RULE


def _outcome_rule(at: Situation) -> str:
    reasons = _reasons(at.decision)
    if not reasons:
        return captions.NOTHING_HINDERS
    told = tell(reasons[0], at.decision.as_of)
    article = f" ({told.article})" if told.article not in ("", "—") else ""
    seen = f"{told.condition}؛ {told.seen}".rstrip(".")
    return f"قاعدهٔ «{title_of(reasons[0])}»{article}: {seen}."
