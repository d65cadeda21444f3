"""What the file of an objection has: what is contested, and what the unit's answer is kept in."""

from __future__ import annotations

from desktop.domain import contest
from desktop.domain.contest import Contested
from desktop.domain.form import FieldKind
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults, Raw
from desktop.forms.schema import FieldPart

_ANSWERS = {
    contest.UPHELD: (FieldKind.CHOICE,),
    contest.REJECTED: (FieldKind.CHOICE,),
    contest.CORRECTED: (FieldKind.TEXT, FieldKind.LONG),
    contest.PAPER: (FieldKind.TEXT, FieldKind.LONG),
    contest.SINCE: (FieldKind.DATE,),
    contest.NEXT: (FieldKind.TEXT, FieldKind.LONG),
}
_AT: KeyPath = ("contests",)


def contest_faults(raw: Raw) -> Faults:
    """What lacks in a file that `contests`, or is of another kind."""
    if raw.data.get("contests") is not True:
        return
    fields = {part.key: (i, part) for i, part in raw.fields}
    number, asked = fields.get(contest.FIELD, (0, None))
    if asked is None or not asked.required or asked.kind is not FieldKind.CHOICE:
        yield _AT, f"اعتراض پرسش الزامی «{contest.FIELD}» از نوع choice می‌خواهد."
    else:
        known = {each.value for each in Contested}
        strange = [choice.value for choice in asked.choices if choice.value not in known]
        if strange:
            words = f"به «{strange[0]}» نمی‌توان اعتراض کرد. هست: {'، '.join(sorted(known))}."
            yield ("field", number, "choices"), words
    for key, kinds in _ANSWERS.items():
        _, part = fields.get(key, (0, None))
        if part is None or not _of_unit(part) or part.kind not in kinds:
            kind = " یا ".join(kinds)
            words = f'پاسخ واحد پرسش «{key}» با by = "expert"، بی required و از نوع {kind} می‌خواهد.'
            yield _AT, words


def _of_unit(part: FieldPart) -> bool:
    return part.by == "expert" and not part.required and not part.when
