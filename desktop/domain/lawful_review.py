"""What experts and who signs with them may do with a case: propose, sign, disagree, pass on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.gates import AWAITED
from desktop.domain.lawful_rulings import demand_no_fine
from desktop.domain.people import Role, Staff
from desktop.domain.persian import is_blank, to_persian_digits
from desktop.domain.recommendation import (
    OTHER,
    AskedInstead,
    ChallengeReason,
    Opinion,
    Proposal,
    Recommendation,
    ReviewReason,
    Verdict,
)
from desktop.domain.service import Effect, Service
from desktop.domain.setting import Facts, Setting
from desktop.domain.ties import Tie

_MOST_CHALLENGES = 2
"""After so many the supervisor has the last word."""
_CLEARABLE = (Effect.REVIEW, Effect.VISIT)
_TWO_SIGN = "نظر کارشناس با امضای دوم اجرا می‌شود؛ آن را پیشنهاد کنید."
_NO_REASONS = "دلیل پاسخ منفی را بنویسید."
_LACKS = "برای مدرکی که لازم است پرونده را برگردانید."
_FREE = frozenset(
    act.kind
    for act in (
        c.AssignCase,
        c.EnterCommissionResult,
        c.PutOnAgenda,
        c.ServeRuling,
        c.ObjectToRuling,
        c.EndRulingTerm,
        c.EnterReply,
    )
)
"""What is done with a case that somebody else has: to pass it on, what a commission does, and what
another body has replied."""


def demand_untied(kind: str, actor: Staff, setting: Setting) -> None:
    """Raise Refusal when who decides has to do with the case; whose it is to be another says."""
    if setting.tie is not None and actor.role.decides and kind != c.AssignCase.kind:
        raise Refusal(setting.tie.words, field=setting.tie.value)


def demand_holder(case: Case | None, kind: str, actor: Staff, setting: Setting) -> None:
    """Raise Refusal when an expert decides a case that another one has."""
    if case is None or actor.role is not Role.EXPERT or kind in _FREE:
        return
    if case.expert and not _has(case, actor, setting):
        raise Refusal(f"این پرونده نزد {case.expert_name} است.", field="expert")


def _has(case: Case, actor: Staff, setting: Setting) -> bool:
    return case.expert == actor.staff_id or case.expert in setting.stands_in_for


def assign(case: Case, payload: c.AssignCase, actor: Staff, setting: Setting) -> Facts:
    """An expert takes what nobody has, gives back or passes on what is his; a supervisor any."""
    wanted, reason = payload.expert, payload.reason.strip()
    if wanted == case.expert:
        words = "این پرونده هم‌اکنون نزد همان کارشناس است." if wanted else "این پرونده نزد کسی نیست."
        raise Refusal(words, field="expert")
    if actor.role is Role.EXPERT and case.expert and not _has(case, actor, setting):
        raise Refusal(f"این پرونده نزد {case.expert_name} است.", field="expert")
    if wanted not in ("", actor.staff_id) and not reason:
        raise Refusal("دلیل واگذاری را بنویسید؛ همکارتان آن را می‌خواند.", field="reason")
    own = actor.national_id in case.request.party.persons
    tie = Tie.APPLICANT if own else setting.tie
    if tie is not None and wanted == actor.staff_id:
        # Who else has it then the centre says.
        return (f.Assigned("", "", tie.words, by_rule=True),)
    # Until it is at the centre, nobody but the actor is known by name here.
    name = actor.name if wanted == actor.staff_id else ""
    return (f.Assigned(wanted, name, reason),)


def recommend(case: Case, payload: c.Recommend, actor: Staff, setting: Setting) -> Facts:
    """A proposal that is whole; where no second signature is enforced it takes effect at once."""
    told = payload.recommendation
    if told.proposal is Proposal.REFUSAL:
        _demand_refusal(case, told, setting)
    else:
        _demand_letter(case, told, setting)
    signer = _signer(case, setting)
    name, by = actor.name, actor.staff_id
    taken = () if case.expert else (f.Assigned(by, name),)
    recommended = f.Recommended(told, by, name, signer)
    return (*taken, recommended) if signer else (*taken, recommended, _effect(told))


def _signer(case: Case, setting: Setting) -> str:
    if not _two_sign(setting):
        return ""
    again = len(case.challenges) >= _MOST_CHALLENGES
    return (Role.SUPERVISOR if again else Role.SIGNER).value


def _two_sign(setting: Setting) -> bool:
    begins = setting.city.enforced.get(OfficeRule.COUNTERSIGN)
    return begins is not None and begins <= setting.today


def _effect(told: Recommendation) -> f.CaseFact:
    if told.proposal is Proposal.REFUSAL:
        return f.RefusedByExpert(told.reasons)
    return f.GatesCleared(told.cleared, told.note, told.entered)


def _demand_letter(case: Case, told: Recommendation, setting: Setting) -> None:
    demand_commission(case, setting.service)
    said = {each.gate: each.verdict for each in told.opinions}
    if Verdict.LACKS in said.values():
        raise Refusal(_LACKS, field=_first(said, Verdict.LACKS))
    if Verdict.STANDS in said.values():
        words = "موردی باقی است: پاسخ منفی یا کمیسیون را پیشنهاد کنید."
        raise Refusal(words, field=_first(said, Verdict.STANDS))
    _demand_said_of_all(case, said)
    demand_reasons(case, told.cleared, _CLEARABLE)
    demand_no_fine(case, told.cleared, setting.service)
    for each in told.opinions:
        _demand_reason(case, each, told.seen, setting)
    if not told.opinions and not told.entered and is_blank(told.note):
        raise Refusal("موردی برای بررسی نمانده است؛ بنویسید چرا همان پاسخ درست است.", field="note")
    demand_entered(case, told.entered, setting.service)


def _demand_refusal(case: Case, told: Recommendation, setting: Setting) -> None:
    if not any(reason.strip() for reason in told.reasons):
        raise Refusal(_NO_REASONS, field="reasons")
    failing = _failing(case)
    for each in told.opinions:
        if each.gate not in failing:
            raise Refusal("این شرط برقرار است یا رفع آن با شما نیست.", field=each.gate)
        if each.verdict is Verdict.CLEARED:
            _demand_reason(case, each, told.seen, setting)


def _first(said: Mapping[str, Verdict], verdict: Verdict) -> str:
    return next(gate for gate, each in said.items() if each is verdict)


def _failing(case: Case) -> dict[str, Effect | None]:
    found = case.decision.failing if case.decision else ()
    return {each.gate: each.effect for each in found if each.code != AWAITED}


def _demand_said_of_all(case: Case, said: Collection[str]) -> None:
    left = [
        gate for gate, effect in _failing(case).items() if effect in _CLEARABLE and gate not in said
    ]
    if left:
        raise Refusal(
            to_persian_digits(f"نظر خود را دربارهٔ {len(left)} مورد برگزینید."), field=left[0]
        )


def _demand_reason(case: Case, told: Opinion, seen: Collection[str], setting: Setting) -> None:
    """The reason is one of the list for that condition, and its paper was looked at."""
    if told.reason == OTHER:
        if is_blank(told.words):
            raise Refusal("برای «دلیل دیگر» توضیح بنویسید.", field=told.gate)
        return
    listed = {each.code: each for each in setting.city.reasons_for(told.gate)}
    reason = listed.get(told.reason)
    if reason is None or told.said != reason.words:
        words = "این دلیل در فهرست شهرداری نیست؛ دوباره برگزینید."
        raise Refusal(words, field=told.gate)
    if reason.articles and told.article not in reason.articles:
        raise Refusal("مستند این دلیل را از فهرست آن برگزینید.", field=told.gate)
    if words := unopened(case, reason, seen):
        raise Refusal(words, field=told.gate)


def unopened(case: Case, reason: ReviewReason, seen: Collection[str]) -> str:
    """Why the reason can't be given yet: none of its papers is here, or none was looked at."""
    if not reason.papers:
        return ""
    papers = {d.key: d for d in case.request.documents if d.file is not None}
    here = [papers[key] for key in reason.papers if key in papers]
    if not here:
        return "مدرک این دلیل در پرونده نیست؛ دلیل دیگری برگزینید یا مدرک بخواهید."
    if not any(paper.key in seen for paper in here):
        return f"«{here[0].title}» را باز نکرده‌اید."
    return ""


def countersign(case: Case, _: c.Countersign, actor: Staff, setting: Setting) -> Facts:
    """What was proposed takes effect."""
    return (f.Countersigned(), _effect(_demand_turn(case, actor, setting)))


def challenge(case: Case, payload: c.Challenge, actor: Staff, setting: Setting) -> Facts:
    """Back to the expert; what two did not agree with is the supervisor's."""
    told = _demand_turn(case, actor, setting)
    if payload.item and payload.item not in {each.gate for each in told.opinions}:
        raise Refusal("موردی را برگزینید که کارشناس از آن گفته است.", field="item")
    if payload.reason not in list(ChallengeReason):
        raise Refusal("دلیل مخالفت را برگزینید.", field="reason")
    if payload.wanted not in list(AskedInstead):
        raise Refusal("اقدام لازم را برگزینید.", field="wanted")
    comment = payload.comment.strip()
    if not comment:
        raise Refusal("توضیح مخالفت را بنویسید؛ کارشناس آن را می‌خواند.", field="comment")
    second = len(case.challenges) + 1 >= _MOST_CHALLENGES and actor.role is Role.SIGNER
    to = Role.SUPERVISOR if second else Role.EXPERT
    return (f.Challenged(payload.item, payload.reason, payload.wanted, comment, to.value),)


def own_word(case: Case, actor: Staff, setting: Setting) -> Tie | None:
    """Why another person has to sign: the proposal is the actor's own, or the supervisor's last
    word would be on the actor's own disagreement, whatever the account of either; or one person may
    have the keys of both."""
    if setting.is_same(actor, case.recommended_by):
        return Tie.OPINION
    last = case.to_sign == actor.role.value == Role.SUPERVISOR.value
    if last and any(setting.is_same(actor, each) for each in case.challengers):
        return Tie.CHALLENGE
    return Tie.CODE if case.recommended_by in setting.one_hand else None


def _demand_turn(case: Case, actor: Staff, setting: Setting) -> Recommendation:
    if (tie := own_word(case, actor, setting)) is not None:
        raise Refusal(tie.words, field=tie.value)
    if case.recommendation is None or not case.to_sign:
        raise Refusal("نظری در انتظار امضا نیست.")
    if actor.role.value != case.to_sign:
        raise Refusal(f"امضای این نظر اکنون با {Role(case.to_sign).word} است.")
    return case.recommendation


def clear(case: Case, payload: c.ClearGates, _: Staff, setting: Setting) -> Facts:
    """Gates are cleared by the expert alone, while no second signature is enforced."""
    demand_commission(case, setting.service)
    _demand_alone(setting)
    if not payload.cleared and not payload.entered and is_blank(payload.note):
        raise Refusal("موردی برای بررسی نمانده است؛ بنویسید چرا همان پاسخ درست است.", field="note")
    demand_reasons(case, payload.cleared, _CLEARABLE)
    demand_no_fine(case, payload.cleared, setting.service)
    demand_entered(case, payload.entered, setting.service)
    return (f.GatesCleared(payload.cleared, payload.note, payload.entered),)


def refuse(_: Case, payload: c.RefuseCase, __: Staff, setting: Setting) -> Facts:
    """The expert refuses alone, while no second signature is enforced."""
    reasons = tuple(reason.strip() for reason in payload.reasons if reason.strip())
    if not reasons:
        raise Refusal(_NO_REASONS, field="reasons")
    _demand_alone(setting)
    return (f.RefusedByExpert(reasons),)


def _demand_alone(setting: Setting) -> None:
    if _two_sign(setting):
        raise Refusal(_TWO_SIGN)


def demand_commission(case: Case, service: Service) -> None:
    """Raise Refusal while a commission must rule first."""
    if case.awaits_commission(service.commission):
        article = to_persian_digits(service.commission)
        words = f"تصمیم این درخواست با کمیسیون مادهٔ {article} است؛ نخست پرونده را به آن ارجاع دهید."
        raise Refusal(words)


def demand_reasons(case: Case, cleared: Mapping[str, str], effects: tuple[Effect, ...]) -> None:
    """Raise Refusal unless each of these gates failed with such an effect, and has its reason."""
    failing = _failing(case)
    for gate, why in cleared.items():
        if failing.get(gate) not in effects:
            raise Refusal("این شرط برقرار است یا رفع آن با شما نیست.", field=gate)
        if is_blank(why):
            raise Refusal("دلیل رفع مانع را بنویسید.", field=gate)


def demand_entered(case: Case, entered: Mapping[str, str], service: Service) -> None:
    """What the service asks of its expert is there, and nothing else."""
    asked = service.expert_fields({**case.conditions, **entered})
    typed = {field.key: field for field in asked if field.formula is None}
    if strange := [key for key in entered if key not in typed]:
        raise Refusal("این مقدار از کارشناس خواسته نمی‌شود.", field=strange[0])
    for key, field in typed.items():
        if field.required and not entered.get(key, case.entered.get(key)):
            raise Refusal(f"{field.label} را وارد کنید.", field=key)
