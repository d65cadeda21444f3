"""What a role of the municipality is asked of a letter in doubt."""

from __future__ import annotations

from desktop.domain.lawful_recalls import FIRST, SECOND
from desktop.domain.people import Role, Staff
from desktop.domain.recall import still_to_tell, who_recalled
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.municipality.shown import ShownCase, recalled_sentence
from desktop.ui.pages.recalls.forms import (
    CopyAnswerForm,
    DoubtForm,
    RecallEndForm,
    RecallForm,
    TellVoidForm,
)


def doubt_form(loaded: ShownCase | None, staff: Staff) -> ActForm | None:
    """A decision on it; who recalled it does not decide of it."""
    if loaded is None:
        return None
    case, role = loaded.case, staff.role
    held = case.answer
    ours = held is not None and case.recalls(held) and bool(case.recall or held.is_out)
    if held is not None and ours:
        if role not in SECOND or staff.staff_id == who_recalled(case):
            return None
        return RecallEndForm(case, held, loaded.doubt, recalled_sentence(loaded))
    doubt = loaded.doubt
    if role in FIRST and held is not None and doubt is not None and doubt.state == "changed":
        return DoubtForm(case, held, doubt)
    if role is Role.SUPERVISOR and (wanted := loaded.copy_asked) is not None:
        return CopyAnswerForm(case, wanted)
    return None


def tell_form(loaded: ShownCase | None, staff: Staff) -> ActForm | None:
    """Who is to be told of its end, where the role is asked for nothing else."""
    void = loaded.untold if loaded is not None else None
    if loaded is None or void is None or staff.role not in FIRST:
        return None
    return TellVoidForm(loaded.case, void, still_to_tell(loaded.case, void), municipal=True)


def may_recall(loaded: ShownCase | None, staff: Staff) -> bool:
    """Whether the role may recall the answer for a reason of its own."""
    case = loaded.case if loaded is not None else None
    mine = staff.role in FIRST and case is not None
    return mine and case is not None and case.answer is not None and case.recall is None


def recall_form(loaded: ShownCase) -> ActForm:
    """The form of that; the case has an answer."""
    held = loaded.case.answer
    assert held is not None
    return RecallForm(loaded.case, held, loaded.doubt)
