"""Gates on the building: permit, certificate, last visit, violations, the expert."""

from __future__ import annotations

from datetime import date

from desktop.domain.calendar import add_months, iso_jalali
from desktop.domain.gates.question import Finding, Owed, Question, Value
from desktop.domain.objection import Ground
from desktop.domain.property import (
    PERMIT_ROW,
    ZERO_AREA,
    Article100File,
    Certificate,
    Permit,
)
from desktop.domain.record_words import (
    MEANING_WORDS,
    CertificateKind,
    FileStatus,
    RecordWords,
)
from desktop.domain.service import Effect, GateUse

_FILE_EFFECT = {
    FileStatus.FINE_UNPAID: Effect.PAY,
    FileStatus.DEMOLITION_DUE: Effect.REFUSE,
}


def file_status(words: RecordWords, file: Article100File) -> FileStatus | None:
    """How far the file is; what was ruled and taken since the export counts.

    Of a fine that was paid and stands there in another sum nobody here knows it.
    """
    status = file.ruled or words.file(file.status)
    if status is not FileStatus.FINE_UNPAID or not (file.settled or file.paid_otherwise):
        return status
    return FileStatus.FINE_PAID if file.settled else None


def open_files(q: Question, files: tuple[Article100File, ...]) -> tuple[Article100File, ...]:
    """The files that are not closed; a status nobody knows counts as open."""
    statuses = ((file, file_status(q.words, file)) for file in files)
    return tuple(file for file, status in statuses if status is None or not status.closed)


def violation(q: Question, use: GateUse) -> Finding:
    """Fails when an Article 100 file of the property is open; of several the strictest effect."""
    opened = open_files(q, q.record.files)
    if not opened:
        return Finding("violation", "none", values={"closed": len(q.record.files)})
    return _open(q, use, opened)


def fines_beside(q: Question, use: GateUse) -> Finding | None:
    """What fines are to be paid beside files that a person has cleared: nobody clears those."""
    if use.effect not in (None, Effect.PAY):
        return None
    fined = (f for f in q.record.files if file_status(q.words, f) is FileStatus.FINE_UNPAID)
    fines = tuple(fined)
    return _open(q, use, fines) if fines else None


def _open(q: Question, use: GateUse, opened: tuple[Article100File, ...]) -> Finding:
    strictest = max(opened, key=lambda f: _file_effect(q, f).strictness)
    status = file_status(q.words, strictest)
    effect = use.effect or _file_effect(q, strictest)
    fines = [f for f in opened if file_status(q.words, f) is FileStatus.FINE_UNPAID]
    total = sum(f.fine for f in fines)
    named = MEANING_WORDS[strictest.ruled] if strictest.ruled else strictest.status
    values: dict[str, Value] = {"count": len(opened), "status": named, "fine": total}
    ground = _GROUNDS.get(status) if status else None
    if ground is not None:
        values["ground"] = ground
    owed: tuple[Owed, ...] = ()
    if effect is Effect.PAY:
        owed = tuple(Owed(f.key, f"جریمهٔ مادهٔ ۱۰۰، {f.violation}", 0, f.fine, 0) for f in fines)
    if status is None:
        if strictest.paid_otherwise:
            return Finding("violation", "paid-otherwise", effect, values, owed)
        return Finding("violation", "unlisted", effect, values, owed)
    return Finding("violation", "open", effect, values, owed)


_GROUNDS = {
    FileStatus.FIRST_RULING: Ground.FIRST_RULING,
    FileStatus.FINE_UNPAID: Ground.FINAL_RULING,
    FileStatus.DEMOLITION_DUE: Ground.FINAL_RULING,
}


def _file_effect(q: Question, file: Article100File) -> Effect:
    status = file_status(q.words, file)
    return _FILE_EFFECT.get(status, Effect.REVIEW) if status else Effect.REVIEW


def _bare(q: Question) -> bool:
    """Whether the records say that nothing is built; an area nobody could read says nothing."""
    return q.record.built == ZERO_AREA and "built" not in q.record.unread


def certificates_serving(q: Question) -> tuple[Certificate, ...]:
    """The property's own certificates, and its building's for a flat or shop."""
    own = q.record.certificates
    building = q.found.building
    if q.record.code.is_unit and building is not None:
        return own + building.certificates
    return own


def certificate(q: Question, use: GateUse) -> Finding | None:
    """Fails when the wanted certificate is not there; not asked where nothing is built."""
    if _bare(q):
        return None
    serving = certificates_serving(q)
    wanted = [CertificateKind(kind) for kind in use.kinds]
    for kind in wanted:
        held = [c for c in serving if q.words.certificate(c.kind) is kind and _serves(q, c)]
        if held:
            best = max(held, key=lambda c: c.issued or date.min)
            return Finding(
                "certificate", "held", values=_certificate_values(best), margin=_margin(q, best)
            )
    values: dict[str, Value] = {"wanted": "، ".join(_KIND_WORDS[kind] for kind in wanted)}
    if unlisted := _unlisted(q):
        values["kind"] = unlisted
        return Finding("certificate", "unlisted", _person(use), values)
    return Finding("certificate", "missing", use.effect or Effect.VISIT, values)


_UNSAID = "بی‌نوع"
"""What a certificate is called whose kind is not written."""


def _unlisted(q: Question) -> str:
    """What certificates are called of a kind that nobody knows: one may be that which is wanted,
    and nobody is sent a visit to find out what a word means."""
    kinds = (c.kind for c in certificates_serving(q) if q.words.certificate(c.kind) is None)
    return "، ".join(dict.fromkeys(kind or _UNSAID for kind in kinds))


def _person(use: GateUse) -> Effect:
    """A person looks, unless the service only notes it."""
    return use.effect if use.effect is Effect.NOTE else Effect.REVIEW


# What a certificate is called that is not there.
_KIND_WORDS = {
    CertificateKind.COMPLETION: "پایان کار",
    CertificateKind.NO_VIOLATION: "عدم خلاف",
}


def _serves(q: Question, c: Certificate) -> bool:
    if q.words.certificate(c.kind) is CertificateKind.COMPLETION:
        return True
    return c.valid_until is None or c.valid_until >= q.day


def _margin(q: Question, c: Certificate) -> int | None:
    bounded = q.words.certificate(c.kind) is CertificateKind.NO_VIOLATION
    return (c.valid_until - q.day).days if bounded and c.valid_until else None


def _certificate_values(c: Certificate) -> dict[str, Value]:
    return {
        "kind": c.kind,
        "number": c.number,
        "date": iso_jalali(c.issued) if c.issued else "",
        "until": iso_jalali(c.valid_until) if c.valid_until else "",
    }


def permit_serving(q: Question) -> Permit | None:
    """The property's last permit; a flat or shop without its own uses its building's."""
    own = q.record.last_permit
    if own is None and q.record.code.is_unit and q.found.building is not None:
        return q.found.building.last_permit
    return own


def permit(q: Question, use: GateUse) -> Finding | None:
    """Fails without a permit in force, unless a completion certificate came on or after it.

    Of what was built before the city's year of note 8 none is asked, which the letter says.
    """
    if _bare(q):
        return None
    year = _year_built(q)
    if year is not None and year < q.city.permit_year:
        return Finding("permit", "older", values={"year": year, "since": q.city.permit_year})
    last, building = permit_serving(q), q.found.building
    inherits = q.record.last_permit is None and q.record.code.is_unit
    if inherits and building is not None and PERMIT_ROW in building.refused:
        # Which permit was its last nobody knows.
        return Finding("permit", "doubted", _person(use))
    finished = [
        c
        for c in certificates_serving(q)
        if q.words.certificate(c.kind) is CertificateKind.COMPLETION and _follows(c, last)
    ]
    if last is not None and (last.expires is None or last.expires >= q.day):
        margin = (last.expires - q.day).days if last.expires else None
        return Finding("permit", "valid", values=_permit_values(last), margin=margin)
    if finished:
        return Finding("permit", "completed", values=_certificate_values(finished[-1]))
    if unlisted := _unlisted(q):
        return Finding("permit", "unlisted", _person(use), {"kind": unlisted})
    if last is None:
        return Finding("permit", "none", use.effect or Effect.VISIT)
    return Finding("permit", "expired", use.effect or Effect.VISIT, _permit_values(last))


def _follows(c: Certificate, permit: Permit | None) -> bool:
    """Whether the certificate came on or after the permit, or there is none to come after."""
    if permit is None:
        return True
    return c.issued is not None and permit.issued is not None and c.issued >= permit.issued


def _year_built(q: Question) -> int | None:
    """The recorded year of construction; a flat's or shop's own, else its building's."""
    own, building = q.record.year_built, q.found.building
    if own is None and q.record.code.is_unit and building is not None:
        return building.year_built
    return own


def building_on_land(q: Question, use: GateUse) -> Finding:
    """Fails where an act on what stands is asked and the records hold nothing built.

    With `unless = "permit"` a permit in force says that a new building is meant.
    """
    if q.record.built > ZERO_AREA:
        values: dict[str, Value] = {"area": f"{q.record.built:.2f}"}
        return Finding("building-on-land", "built", values=values)
    held = permit_serving(q)
    if use.unless == "permit" and held and (held.expires is None or held.expires >= q.day):
        return Finding("building-on-land", "permit", values=_permit_values(held))
    if "built" in q.record.unread:
        return Finding("building-on-land", "unread", use.effect or Effect.REVIEW)
    return Finding("building-on-land", "land", use.effect or Effect.REVIEW)


def _permit_values(p: Permit) -> dict[str, Value]:
    return {
        "number": p.number,
        "date": iso_jalali(p.issued) if p.issued else "",
        "until": iso_jalali(p.expires) if p.expires else "",
    }


NO_PICTURES = Finding("recent-visit", "pictures", Effect.REVIEW)
"""What a letter's report of a visit came to lack: its pictures come after it, and were none. No
record holds it: decided anew the same report would say the same."""


def recent_visit(q: Question, use: GateUse) -> Finding:
    """Fails when the last visit is older than so many Jalali months, or there was none.

    A visit later than the day never was; one before the day that the form's field `after` names
    did not see what is asked about.
    """
    last = q.record.last_visit
    oldest = add_months(q.day, -use.months)
    effect = use.effect or Effect.VISIT
    if last is None and "last_visit" in q.record.unread:
        return Finding("recent-visit", "unread", effect)
    if last is None:
        return Finding("recent-visit", "none", effect, {"months": use.months})
    values: dict[str, Value] = {"months": use.months, "date": iso_jalali(last)}
    if last > q.day:
        return Finding("recent-visit", "future", effect, values)
    if last < oldest:
        return Finding("recent-visit", "old", effect, values)
    finished = q.answers.get(use.after, "") if use.after else ""
    if finished and last < date.fromisoformat(finished):
        values["finished"] = iso_jalali(date.fromisoformat(finished))
        return Finding("recent-visit", "before", effect, values)
    return Finding("recent-visit", "recent", values=values, margin=(last - oldest).days)


def expert(q: Question, use: GateUse) -> Finding:
    """Always fails: the service is decided by an expert."""
    return Finding("expert", "always", use.effect or Effect.REVIEW)
