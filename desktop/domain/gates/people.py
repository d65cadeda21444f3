"""Gates on people: who owns, who is alive, who consents, who declares, who asks."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.people import Applicant
from desktop.domain.persian import fold
from desktop.domain.property import FULL_DANG, ROUNDED_DANG, Owner
from desktop.domain.service import Effect, GateUse

_MUST_DECLARE = (
    Applicant.OWNER,
    Applicant.ATTORNEY,
    Applicant.HEIR,
    Applicant.GUARDIAN,
    Applicant.COMPANY,
    Applicant.WAQF,
    Applicant.BUYER,
    Applicant.TENANT,
    Applicant.SHOPKEEPER,
)


def standing(q: Question, use: GateUse) -> Finding | None:
    """Fails when the person who would own is not among the recorded owners.

    A foreigner's code has no check and no register: an expert looks, whatever the records hold.
    """
    if q.applicant.is_body:
        return None
    effect = use.effect or Effect.REVIEW
    if q.foreign:
        return Finding("standing", "foreign", effect)
    own = _recorded(q)
    if not own:
        if not q.record.owners:
            return Finding("standing", "no-owner", effect)
        return Finding("standing", "not-owner", effect)
    dang = sum((owner.dang for owner in own), Decimal(0))
    return Finding(
        "standing", "owner", values={"name": own[0].name, "dang": f"{dang.normalize():f}"}
    )


def _recorded(q: Question) -> list[Owner]:
    """The recorded shares of the person who would own."""
    return [owner for owner in q.record.owners if owner.person_id == q.owner_id]


def deceased(q: Question, use: GateUse) -> Finding | None:
    """Fails when the person in whose name the request is made is recorded as dead.

    Of an heir the opposite is asked (`heir`).
    """
    if q.applicant.is_body or q.applicant is Applicant.HEIR:
        return None
    own, effect = _recorded(q), use.effect or Effect.REVIEW
    dead = [o for o in own if o.dead]
    if dead:
        return Finding("deceased", "dead", effect, {"name": dead[0].name})
    unread = [o for o in own if o.dead is None]
    if unread:
        return Finding("deceased", "unread", effect, {"name": unread[0].name})
    return Finding("deceased", "alive")


def heir(q: Question, use: GateUse) -> Finding | None:
    """Fails for an heir of somebody who is not recorded as dead in each of their shares."""
    if q.applicant is not Applicant.HEIR:
        return None
    own = _recorded(q)
    dead = [o for o in own if o.dead]
    if dead and len(dead) == len(own):
        return Finding("heir", "dead", values={"name": dead[0].name})
    return Finding("heir", "not-dead", use.effect or Effect.REVIEW)


def guardian(q: Question, use: GateUse) -> Finding | None:
    """Fails for a guardian: a ward's property is not given away without a court's leave."""
    if q.applicant is not Applicant.GUARDIAN:
        return None
    return Finding("guardian", "leave", use.effect or Effect.REVIEW)


def co_owners(q: Question, use: GateUse) -> Finding:
    """Fails when those who agree hold less than six dang, or the shares don't sum to six."""
    recorded = sum((owner.dang for owner in q.record.owners), Decimal(0))
    # Nobody who is recorded as dead, or may be, has consented.
    living = {o.person_id for o in q.record.owners if o.dead is False}
    agreed = {q.owner_id, *living.intersection(q.consenting)}
    held = sum((o.dang for o in q.record.owners if o.person_id in agreed), Decimal(0))
    values: dict[str, Value] = {
        "held": f"{held.normalize():f}",
        "recorded": f"{recorded.normalize():f}",
    }
    if abs(recorded - FULL_DANG) > ROUNDED_DANG:
        return Finding("co-owners", "shares", use.effect or Effect.REVIEW, values)
    if held < FULL_DANG - ROUNDED_DANG:
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
