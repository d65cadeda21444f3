"""The values that a letter's template may name.

A writer of a service file writes `{{ property.sentence }}`; a name that is not listed here is a
fault of the file. Every value is text ready to be read unless said otherwise; what is not known is
empty, so `{% if permit.number %}` asks whether it is there. Lines of a body that begin with «|»
are its block of key facts, «| label: value» each; a fact without a value is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

# Values without parts. `notes` and `reasons` are lists of whole sentences, `facts` of lines.
PLAIN = {
    "today": "the day of issue",
    "as_of": "the day to which the records reach",
    "known_until": "the last day of which anything is known: the records', or a later visit's",
    "basis": "one sentence: the records up to that day, or the visit where they hold nothing",
    "unit": "yes where the property is a flat or a shop of a building",
    "unrecorded": "yes where the records hold nothing of the property and a visit stands in",
    "valid_until": "the last day on which the answer holds, or empty",
    "facts": "list: what the property is, each «label: value», for lines that begin with «|»",
    "notes": "list: what must be said in the answer, but for what a sentence below says already",
    "reasons": "list: why the answer is negative, each with its article",
    "because": "«به دلیل زیر» for one reason, «به دلایل زیر» for several",
    "several": "yes where there is more than one reason",
    "objection": "one sentence: where and until when to object",
    "legal_basis": "the service's articles, joined",
    "laws": "the articles of a refusal's reasons, else the service's; may be empty",
    "declared": "yes, no or empty: the self-declaration",
}
LISTS = ("notes", "reasons", "facts")
"""Plain values that are lists: a letter goes through them, one sentence after another."""
SWITCHES = ("declared", "several", "unit", "unrecorded")
"""Plain values that are no words to be read, only asked of in `{% if %}`."""
CODES = ("applicant.kind",)
"""Parts that are no words to be read, only asked of in `{% if %}`."""
READ = {"applicant.capacity": "applicant.kind"}
"""Parts that are read, and what is asked of in their place: their words may be said otherwise."""
# Values with parts, written `name.part`.
PARTS: Mapping[str, Mapping[str, str]] = {
    "service": {
        "title": "the service's title",
        "act": "what is asked: «صدور …»",
    },
    "request": {
        "tracking": "tracking code",
        "date": "day of receipt at the counter",
    },
    "applicant": {
        "name": "the applicant's, or the body's, name",
        "capacity": "owner, attorney, heir … in the word that is read",
        "kind": "the same as the program keeps it, to be asked of: «owner», «notary» …",
        "salutation": "the addressee's line for the applicant",
    },
    "owner": {"names": "recorded owners; empty for one who is not among them"},
    "property": {
        "sentence": "the property paragraph of every letter, without a verb",
        "kind": "land, building, flat or shop",
        "code": "renewal code",
        "plate": "registration plate in words",
        "address": "address",
        "use": "use by the detailed plan",
        "land": "area of the land, m²",
        "built": "built area, m²",
        "stands": "by the records bare land without a permit, or a building that has its completion"
        " certificate; empty where something is being built",
    },
    "permit": {
        "number": "number",
        "date": "issued on",
        "until": "expires on",
        "validity": "until when it holds, or since when it does not; empty where nobody knows",
    },
    "certificate": {
        "kind": "completion or no-violation",
        "number": "number",
        "date": "issued on",
        "until": "valid until, or empty",
        "awaited": "the certificate that is wanted and not on file, though a person cleared it",
        "sentence": "the certificate with number and date, or that there is none",
    },
    "named": {
        "number": "the paper that the form names, where it is on file",
        "date": "issued on",
        "sentence": "why it is answered without one on file",
    },
    "paper": {"sentence": "the municipality's paper on file or shown, with number and date"},
    "commission": {
        "article": "100 or 5; empty where none was asked",
        "result": "what it ruled, without a full stop",
        "number": "number of the ruling",
        "date": "day of the ruling",
    },
    "visit": {
        "date": "the last visit's day",
        "seen": "what the case's own visit found built; empty where a paper tells more",
    },
    "violation": {
        "sentence": "what the Article 100 files say",
        "cleared": "why a person let an open file stand; empty where nobody did",
    },
    "plan": {"sentence": "what the plan takes from the land"},
    "debt": {
        "sentence": "what is owed, or that nothing is",
        "cleared": "why a person let debts stand that are not settled; empty where nobody did",
        "amount": "Rial, digits and words",
        "from": "first year",
        "to": "last year",
    },
}
# Names with one part for every field of the service: as read, and as kept (for `{% if %}`).
BY_FIELD = ("fields", "answers")
