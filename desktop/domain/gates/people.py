"""Gates on people: who owns, who is alive, who consents, who declares, who asks."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.people import Applicant
from desktop.domain.persian import fold
from desktop.domain.property import FULL_DANG
from desktop.domain.service import Effect, GateUse

_MUST_DECLARE = (
    Applicant.OWNER,
    Applicant.ATTORNEY,
    Applicant.HEIR,
    Applicant.GUARDIAN,
    Applicant.COMPANY,
    Applicant.WAQF,
    Applicant.BUYER,
)


def standing(q: Question, use: GateUse) -> Finding | None:
    """Fails when the person who would own is not among the recorded owners."""
    if q.applicant.is_body:
        return None
    own = [owner for owner in q.record.owners if owner.person_id == q.owner_id]
    if not own:
        effect = use.effect or Effect.REVIEW
        if not q.record.owners:
            return Finding("standing", "no-owner", effect)
        return Finding("standing", "not-owner", effect)
    dang = sum((owner.dang for owner in own), Decimal(0))
    return Finding(
        "standing", "owner", values={"name": own[0].name, "dang": f"{dang.normalize():f}"}
    )


def deceased(q: Question, use: GateUse) -> Finding | None:
    """Fails when the person in whose name the request is made is recorded as dead."""
    if q.applicant.is_body or q.applicant in (Applicant.HEIR, Applicant.GUARDIAN):
        return None
    dead = [o for o in q.record.owners if o.person_id == q.owner_id and o.dead]
    if dead:
        values = {"name": dead[0].name}
        return Finding("deceased", "dead", use.effect or Effect.REVIEW, values)
    return Finding("deceased", "alive")


def co_owners(q: Question, use: GateUse) -> Finding:
    """Fails when those who agree hold less than six dang, or the shares don't sum to six."""
    recorded = sum((owner.dang for owner in q.record.owners), Decimal(0))
    agreed = {q.owner_id, *q.consenting}
    held = sum((o.dang for o in q.record.owners if o.person_id in agreed), Decimal(0))
    values: dict[str, Value] = {
        "held": f"{held.normalize():f}",
        "recorded": f"{recorded.normalize():f}",
    }
    if recorded != FULL_DANG:
        return Finding("co-owners", "shares", use.effect or Effect.REVIEW, values)
    if held < FULL_DANG:
        return Finding("co-owners", "missing", use.effect or Effect.REVIEW, values)
    return Finding("co-owners", "all", values=values)


def self_declaration(q: Question, use: GateUse) -> Finding:
    """Fails when a change is declared, or nothing is declared by one who must declare."""
    if q.unchanged is False:
        return Finding("self-declaration", "changed", use.effect or Effect.VISIT)
    if q.unchanged is None and q.applicant in _MUST_DECLARE:
        return Finding("self-declaration", "silent", use.effect or Effect.VISIT)
    if q.unchanged is None:
        return Finding("self-declaration", "undeclared", Effect.NOTE)
    return Finding("self-declaration", "unchanged")


def inquiry_letter(q: Question, use: GateUse) -> Finding | None:
    """Fails when the asking body's letter was used before, or the body is not in the directory."""
    if not q.applicant.is_body:
        return None
    body = q.answers.get("body", "")
    if fold(body) not in {fold(known) for known in q.city.bodies}:
        return Finding("inquiry-letter", "unknown", use.effect or Effect.REVIEW, {"body": body})
    if q.letter_used:
        values = {"body": body, "number": q.answers.get("letter_number", "")}
        return Finding("inquiry-letter", "used", use.effect or Effect.REVIEW, values)
    return Finding("inquiry-letter", "new", values={"body": body})
