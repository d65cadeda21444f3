"""Gates on the building: permit, certificate, last visit, violations, the expert."""

from __future__ import annotations

from datetime import date

from desktop.domain.calendar import add_months, iso_jalali
from desktop.domain.gates.question import Finding, Owed, Question, Value
from desktop.domain.property import (
    ZERO_AREA,
    Article100File,
    Certificate,
    CertificateKind,
    FileStatus,
    Permit,
)
from desktop.domain.service import Effect, GateUse

_CLOSED = (FileStatus.FINE_PAID, FileStatus.DEMOLITION_DONE, FileStatus.ACQUITTED)
_FILE_EFFECT = {
    FileStatus.FINE_UNPAID: Effect.PAY,
    FileStatus.DEMOLITION_DUE: Effect.REFUSE,
}
_KINDS = {
    "completion": CertificateKind.COMPLETION,
    "no-violation": CertificateKind.NO_VIOLATION,
}


def open_files(files: tuple[Article100File, ...]) -> tuple[Article100File, ...]:
    """The files that are not closed; a status nobody knows counts as open."""
    return tuple(file for file in files if file.status not in _CLOSED)


def violation(q: Question, use: GateUse) -> Finding:
    """Fails when an Article 100 file of the property is open; of several the strictest effect."""
    opened = open_files(q.record.files)
    if not opened:
        return Finding("violation", "none", values={"closed": len(q.record.files)})
    strictest = max(opened, key=lambda f: _file_effect(f).strictness)
    effect = use.effect or _file_effect(strictest)
    fines = [f for f in opened if f.status == FileStatus.FINE_UNPAID]
    total = sum(f.fine for f in fines)
    values: dict[str, Value] = {"count": len(opened), "status": strictest.status, "fine": total}
    owed: tuple[Owed, ...] = ()
    if effect is Effect.PAY:
        owed = tuple(Owed(f.key, f"جریمهٔ مادهٔ ۱۰۰، {f.violation}", 0, f.fine, 0) for f in fines)
    return Finding("violation", "open", effect, values, owed)


def _file_effect(file: Article100File) -> Effect:
    for status, effect in _FILE_EFFECT.items():
        if file.status == status:
            return effect
    return Effect.REVIEW


def certificates_serving(q: Question) -> tuple[Certificate, ...]:
    """The property's own certificates, and its building's for a flat or shop."""
    own = q.record.certificates
    building = q.found.building
    if q.record.code.is_unit and building is not None:
        return own + building.certificates
    return own


def certificate(q: Question, use: GateUse) -> Finding | None:
    """Fails when the wanted certificate is not there; not asked where nothing is built."""
    if q.record.built == ZERO_AREA:
        return None
    serving = certificates_serving(q)
    wanted = [_KINDS[kind] for kind in use.kinds]
    for kind in wanted:
        held = [c for c in serving if c.kind == kind and _serves(c, q.day)]
        if held:
            best = max(held, key=lambda c: c.issued or date.min)
            return Finding("certificate", "held", values=_told(best), margin=_margin(best, q.day))
    values: dict[str, Value] = {"wanted": "، ".join(wanted)}
    return Finding("certificate", "missing", use.effect or Effect.VISIT, values)


def _serves(c: Certificate, day: date) -> bool:
    if c.kind == CertificateKind.COMPLETION:
        return True
    return c.valid_until is None or c.valid_until >= day


def _margin(c: Certificate, day: date) -> int | None:
    bounded = c.kind == CertificateKind.NO_VIOLATION and c.valid_until is not None
    return (c.valid_until - day).days if bounded and c.valid_until else None


def _told(c: Certificate) -> dict[str, Value]:
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
    """Fails without a permit in force, unless a completion certificate came on or after it."""
    if q.record.built == ZERO_AREA:
        return None
    last = permit_serving(q)
    completions = [c for c in certificates_serving(q) if c.kind == CertificateKind.COMPLETION]
    finished = [
        c
        for c in completions
        if last is None
        or (c.issued is not None and last.issued is not None and c.issued >= last.issued)
    ]
    if last is not None and (last.expires is None or last.expires >= q.day):
        margin = (last.expires - q.day).days if last.expires else None
        return Finding("permit", "valid", values=_permit_told(last), margin=margin)
    if finished:
        return Finding("permit", "completed", values=_told(finished[-1]))
    if last is None:
        return Finding("permit", "none", use.effect or Effect.VISIT)
    return Finding("permit", "expired", use.effect or Effect.VISIT, _permit_told(last))


def _permit_told(p: Permit) -> dict[str, Value]:
    return {
        "number": p.number,
        "date": iso_jalali(p.issued) if p.issued else "",
        "until": iso_jalali(p.expires) if p.expires else "",
    }


def recent_visit(q: Question, use: GateUse) -> Finding:
    """Fails when the last visit is older than so many Jalali months, or there was none."""
    last = q.record.last_visit
    oldest = add_months(q.day, -use.months)
    if last is None:
        return Finding("recent-visit", "none", use.effect or Effect.VISIT, {"months": use.months})
    values: dict[str, Value] = {"months": use.months, "date": iso_jalali(last)}
    if last < oldest:
        return Finding("recent-visit", "old", use.effect or Effect.VISIT, values)
    return Finding("recent-visit", "recent", values=values, margin=(last - oldest).days)


def expert(q: Question, use: GateUse) -> Finding:
    """Always fails: the service is decided by an expert."""
    return Finding("expert", "always", use.effect or Effect.REVIEW)
