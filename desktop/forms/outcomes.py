"""The outcomes that a service can have by its gates, each to be shown by an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.decision import Outcome
from desktop.domain.gates import GATES
from desktop.domain.service import Effect
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema.file import FIRST

E = Effect
# What a gate's failing can ask for by itself (RULES.md §2); all others ask for an expert.
OWN_EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "outside-city": (E.REFUSE,),
    "record": (E.VISIT,),
    "hold": (E.REFUSE, E.REVIEW),
    "plan-conflict": (E.NOTE,),
    "violation": (E.PAY, E.REVIEW, E.REFUSE),
    "debt": (E.PAY, E.REVIEW),
    "parent": (E.REVIEW, E.NOTE),
    "certificate": (E.VISIT,),
    "self-declaration": (E.VISIT, E.NOTE),
    "recent-visit": (E.VISIT,),
    "permit": (E.VISIT,),
    "blackout": (E.REFUSE, E.REVIEW),
    "restoration": (E.PAY,),
    "charge": (E.PAY,),
    "permit-on-file": (E.VISIT,),
    "named-paper": (E.VISIT, E.REFUSE),
    "municipal-paper": (E.NOTE,),
}
_ALWAYS = "expert"
_CHARGES = ("charge", "restoration")
# The made-up record on which the gate fails, for an example to stand on.
_SHOWN_BY = {
    "outside-city": "outside-city",
    "record": "none",
    "ambiguous-record": "ambiguous",
    "doubted-record": "doubted",
    "record-age": "stale",
    "standing": "other-owner",
    "deceased": "dead-owner",
    "debt": "debt",
    "violation": "fine-unpaid",
    "hold": "hold-known",
    "recent-visit": "old-visit",
    "permit": "no-permit",
    "certificate": "no-certificate",
}


def implied_gates(raw: Raw) -> tuple[str, ...]:
    """What the service asks besides the gates that its file names."""
    first = FIRST if raw.data.get("needs_property", True) else ()
    heir = ("heir",) if "standing" in raw.uses else ()
    return tuple(gate for gate in (*first, *heir) if gate not in raw.uses)


def _effects(raw: Raw) -> Iterator[tuple[KeyPath, str, Effect]]:
    """Every effect that a failing gate of the service can have, with the gate and its place."""
    for gate in implied_gates(raw):
        for effect in OWN_EFFECTS.get(gate, (E.REVIEW,)):
            yield ("gate",), gate, effect
    for i, gate_ in raw.gates:
        own = OWN_EFFECTS.get(gate_.use, (E.REVIEW,))
        for effect in (gate_.effect,) if gate_.effect else own:
            yield ("gate", i), gate_.use, effect


def outcome_faults(raw: Raw) -> Faults:
    """Outcomes that the service can have and no example shows, where the gate stands.

    Where an expert always looks, nothing milder comes out at once.
    """
    if len(raw.examples) < len(raw.items("example")) or not set(raw.uses) <= set(GATES):
        # An example or a gate that can't be read is told by itself.
        return
    floor = max(
        (g.effect or E.REVIEW for _, g in raw.gates if g.use == _ALWAYS and not g.when),
        key=lambda effect: effect.strictness,
        default=E.NOTE,
    )
    shown = {str(part.outcome) for _, part in raw.examples}
    # What asks everybody for money may have no answer before that is paid.
    paid_first = any(
        g.use in _CHARGES and not g.when and g.effect in (None, E.PAY) for _, g in raw.gates
    )
    if floor is E.NOTE and not paid_first and Outcome.ANSWER not in shown:
        words = f'هیچ نمونه‌ای پاسخ مثبت ندارد؛ یکی با outcome = "{Outcome.ANSWER}" بیفزایید.'
        yield ("example",), words
    for at, gate, effect in _effects(raw):
        if effect is E.NOTE or effect.strictness < floor.strictness or effect in shown:
            continue
        shown.add(effect)
        record = _SHOWN_BY.get(gate, "")
        with_record = f'record = "{record}" و ' if record else ""
        yield (
            at,
            f"دروازهٔ «{gate}» نتیجهٔ «{effect}» می‌دهد و هیچ نمونه‌ای آن را نشان نمی‌دهد؛ "
            f'نمونه‌ای با {with_record}outcome = "{effect}" بیفزایید.',
        )
