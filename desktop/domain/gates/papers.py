"""Gates on papers of the municipality: is one on file, and is it the one that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import iso_jalali
from desktop.domain.gates.building import permit_serving
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.persian import fold
from desktop.domain.property import PropertyRecord
from desktop.domain.record_words import CertificateKind
from desktop.domain.service import Effect, GateUse

_PERMIT = "permit"
_PERMIT_WORDS = "پروانهٔ ساختمانی"
_CERTIFICATES = tuple(CertificateKind)


@dataclass(frozen=True)
class _Paper:
    """A permit or certificate as these gates see it: the property's own, or its building's."""

    kind: str
    number: str
    issued: date | None
    above: bool = False

    def superseded_by(self, other: _Paper) -> bool:
        """Whether the other took its place: a later one of the same property, not of its house."""
        if self.issued is None or other.issued is None or self.above != other.above:
            return False
        return other.issued > self.issued

    def values(self) -> dict[str, Value]:
        day = iso_jalali(self.issued) if self.issued else ""
        return {"kind": self.kind, "number": self.number, "date": day}


def permit_on_file(q: Question, use: GateUse) -> Finding:
    """Fails when no permit was ever issued; one that has expired serves (RULES.md §3, renewal)."""
    last = permit_serving(q)
    if last is None:
        return Finding("permit-on-file", "none", use.effect or Effect.VISIT)
    return Finding(
        "permit-on-file", "held", values=_Paper(_PERMIT_WORDS, last.number, last.issued).values()
    )


def named_paper(q: Question, use: GateUse) -> Finding:
    """Fails when the paper that the form names is not on file, or a later one took its place."""
    held = _papers(q, q.answers.get("paper", ""))
    wanted = fold(q.answers.get("paper_number", ""))
    # A renewal may keep its number: the latest is the one that is in force.
    alike = [paper for paper in held if fold(paper.number) == wanted]
    named = max(alike, key=lambda paper: paper.issued or date.min, default=None)
    if named is None:
        values: dict[str, Value] = {"number": q.answers.get("paper_number", "")}
        return Finding("named-paper", "missing", use.effect or Effect.VISIT, values)
    later = [paper for paper in held if named.superseded_by(paper)]
    if later:
        newest = max(later, key=lambda paper: paper.issued or date.min)
        values = {"number": named.number, **{f"new_{k}": v for k, v in newest.values().items()}}
        return Finding("named-paper", "superseded", use.effect or Effect.REFUSE, values)
    return Finding("named-paper", "held", values=named.values())


def municipal_paper(q: Question, use: GateUse) -> Finding:
    """Fails when neither the records nor the applicant have a paper of the municipality."""
    on_file = [paper for kind in (*_CERTIFICATES, _PERMIT) for paper in _papers(q, kind)]
    if on_file:
        newest = max(on_file, key=lambda paper: paper.issued or date.min)
        return Finding("municipal-paper", "held", values=newest.values())
    shown = q.answers.get("paper_number", "")
    if shown:
        return Finding("municipal-paper", "shown", values={"number": shown})
    return Finding("municipal-paper", "none", use.effect or Effect.NOTE)


def _papers(q: Question, kind: str) -> list[_Paper]:
    if q.found.record is None:
        return []
    held = _held(q, q.record, kind, above=False)
    if q.record.code.is_unit and q.found.building is not None:
        held += _held(q, q.found.building, kind, above=True)
    return held


def _held(q: Question, record: PropertyRecord, kind: str, *, above: bool) -> list[_Paper]:
    if kind == _PERMIT:
        return [_Paper(_PERMIT_WORDS, p.number, p.issued, above) for p in record.permits]
    return [
        _Paper(f"گواهی {c.kind}", c.number, c.issued, above)
        for c in record.certificates
        if q.words.certificate(c.kind) == kind
    ]
