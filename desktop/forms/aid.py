"""How a citizen who can't see, hear or read was told what is declared: asked of nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.errors import Refusal
from desktop.domain.identifiers import natural_id
from desktop.domain.people import Applicant, Party
from desktop.domain.request import Aid, Need
from desktop.forms.values import read_name

AID_LABELS: Mapping[str, str] = {
    "need": "وضعیت متقاضی",
    "trusted_name": "نام معتمد",
    "trusted_id": "کد ملی معتمد",
    "told": "اظهارنامه برای متقاضی خوانده شد؛ به متقاضی ناشنوا، نوشتهٔ آن نشان داده شد",
}
"""The inputs of the part, in order: key → label; `told` is a tick, whose words it has."""


def may_need_aid(kind: Applicant) -> bool:
    """Whether the applicant is a person who asks for himself or another, not a body's envoy."""
    return not kind.is_body and kind is not Applicant.COMPANY


def aid_texts(aid: Aid | None) -> dict[str, str]:
    """What was kept, as the part's texts, to be checked again; what is kept was told."""
    if aid is None:
        return {}
    return {
        "need": aid.need.value,
        "trusted_name": aid.trusted_name,
        "trusted_id": aid.trusted_id,
        "told": "yes",
    }


def read_aid(texts: Mapping[str, str], party: Party) -> tuple[Aid | None, list[Refusal]]:
    """The aid in the part's texts, none for no texts, and every fault, field `aid.<key>`."""
    if not texts:
        return None, []
    faults: list[Refusal] = []
    chosen = texts.get("need", "")
    need = Need(chosen) if chosen in tuple(Need) else None
    if not may_need_aid(party.kind):
        faults.append(Refusal(f"از {party.kind.word} پرسیده نمی‌شود.", field="aid.need"))
    elif need is None:
        faults.append(Refusal("وضعیت متقاضی را برگزینید.", field="aid.need"))
    name = person = ""
    try:
        name = read_name(texts.get("trusted_name", ""), AID_LABELS["trusted_name"])
    except Refusal as refusal:
        faults.append(Refusal(refusal.words, field="aid.trusted_name"))
    try:
        label, typed = AID_LABELS["trusted_id"], texts.get("trusted_id", "")
        if not typed.strip():
            raise Refusal(f"{label} را وارد کنید.")
        person = natural_id(typed)
        if person in {party.person_id, party.represented_id}:
            raise Refusal("معتمد باید کسی جز متقاضی باشد.")
    except Refusal as refusal:
        faults.append(Refusal(refusal.words, field="aid.trusted_id"))
    if texts.get("told") != "yes":
        words = "تا اظهارنامه برای متقاضی خوانده یا نوشتهٔ آن نشان داده نشود، ثبت نمی‌شود."
        faults.append(Refusal(words, field="aid.told"))
    if faults or need is None:
        return None, faults
    return Aid(need, person, name), faults
