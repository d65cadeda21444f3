"""What a person types into the acts of a page: kept by itself, there again, dropped when done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import act_drafts
from desktop.actions.act_drafts import ActDraft
from desktop.domain.errors import Refusal
from desktop.ui.page import Page
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.acts.keeping import Keeper
from desktop.ui.pages.acts.typed import Typed
from desktop.ui.times import moment

_Result = TypeVar("_Result")
_GONE_ON = "پرونده از آن پس پیش رفته است؛ نوشته را با آنچه اکنون هست بسنجید."


class KeptForm(Protocol):
    """What is asked of a form whose typing is kept: an `ActForm`, or the fields of a card.

    It is a QObject, with the signal `discarded`.
    """

    @property
    def name(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def typed(self) -> Typed: ...
    @property
    def discarded(self) -> Any: ...
    def first(self) -> QWidget | None: ...
    def tell_earlier(self, words: str) -> None: ...
    def put_away(self) -> None: ...


class ActDrafts(QObject):
    """The drafts of all acts on one thing, `about`; `changed` when one came or went.

    `of` tells people what that is, `rev` is how far it has gone. A form is followed from when it
    opens until it is closed or done.
    """

    changed = Signal()

    def __init__(self, page: Page, about: str) -> None:
        super().__init__(page)
        self._shell, self._seat = page.shell, page.shell.seat
        self.about, self.of, self.rev = about, "", 0
        self.kept: dict[str, ActDraft] = {}
        # What was done and not answered yet, and what is known of the centre's answers.
        self._sent: list[ActDraft] = []
        self._taken: frozenset[str] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._loaded = False
        self._open: dict[KeptForm, Keeper] = {}
        # By the form, what its draft goes by since it was last looked at.
        self._names: dict[KeptForm, str] = {}
        # Those that tell here what is typed into them: once, however often they are followed.
        self._heard: set[KeptForm] = set()
        # By the form, what was typed when the act began that is under way.
        self._handed: dict[KeptForm, ActDraft] = {}
        # By the draft's name, what keeps a form that was closed and could not be kept then.
        self._behind: dict[str, Callable[[], object]] = {}
        # Those of which it was told as the page went.
        self._told_behind: set[str] = set()

    def load(self) -> None:
        """Look what is kept; forms that stand open already get it laid in."""
        if not self._loaded:
            job = partial(act_drafts.of, self._seat, self.about)
            self._shell.work.run(self, job, self._came)

    def _came(self, found: list[ActDraft]) -> None:
        if self._loaded:
            return
        self._loaded = True
        self.kept = {**{draft.act: draft for draft in found if not draft.sent}, **self.kept}
        self._sent += [draft for draft in found if draft.sent]
        self._settle()
        for form in self._open:
            self._lay_in(form)
        self.changed.emit()

    def follow(self, form: KeptForm) -> None:
        """Lay in what was typed into it before, and keep what is typed from now on."""
        if form in self._open:
            return
        if not form.typed.is_begun:
            form.typed.begin()
        keeper = Keeper(form.typed, self._shell, partial(self._keeping, form))
        self._open[form] = keeper
        self._names[form] = name_of(form)
        self._lay_in(form)
        if self._behind.pop(name_of(form), None) is not None:
            keeper.touch()
        keeper.saved.connect(self._shell.draft_saved)
        keeper.refused.connect(lambda words: self._shell.tell(words, "refuse"))
        self._hear(form)
        self.changed.emit()

    def _hear(self, form: KeptForm) -> None:
        if form in self._heard:
            return
        self._heard.add(form)
        form.typed.edited.connect(lambda _: self._edited(form))
        form.discarded.connect(lambda: self._throw_away(form))
        form.typed.destroyed.connect(lambda: self._lose(form))

    def _lose(self, form: KeptForm) -> None:
        self._heard.discard(form)
        self._forget(form)

    def is_open(self, name: str) -> bool:
        """Whether a form of that act stands open."""
        return any(name_of(form) == name for form in self._open)

    def leave(self) -> None:
        """The page goes, or nobody may look at it: what is not kept yet is kept now."""
        for form, keeper in self._open.items():
            kept = keeper.save_now()
            form.put_away()
            if kept and name_of(form) in self.kept and not keeper.is_handing_in():
                self._shell.draft_left()
        for name in [*self._behind]:
            self._catch_up(name)

    def close(self, form: KeptForm) -> None:
        """It is put away; what was typed is there when it opens again."""
        keeper = self._forget(form)
        last = keeper.last() if keeper is not None else None
        if last is not None:
            failed = partial(self._fall_behind, name_of(form), last)
            self._shell.work.run(self, last, lambda _: None, failed)
        if keeper is not None:
            form.put_away()
            self._settle()
            self.changed.emit()

    def _fall_behind(self, name: str, keep: Callable[[], object], no: Refusal) -> None:
        if name in self.kept and not self.is_open(name):
            self._behind[name] = keep
            self._told_behind.discard(name)
        self._shell.tell(no.words, "refuse")

    def _catch_up(self, name: str) -> None:
        try:
            self._behind[name]()
        except Refusal as no:
            if name not in self._told_behind:
                self._told_behind.add(name)
                self._shell.draft_unkept(no.words)
        else:
            del self._behind[name]

    def sent(self, form: KeptForm, commands: tuple[str, ...]) -> None:
        """It was done, as these commands. What was typed stays until they are answered."""
        typed = self._handed.get(form) or self._draft(form)
        if not typed.typed:
            self.done(form)
            return
        sent = _as_sent(typed, commands)
        self._end(form)
        self.kept.pop(typed.act, None)
        self._sent.append(sent)
        self._run(partial(act_drafts.turn, self._seat, typed, sent))
        self._settle()
        self.changed.emit()

    def ending(self, form: KeptForm, job: Callable[[], _Result]) -> Callable[[], _Result]:
        """The job, after which nobody need type it again, though the page was left meanwhile."""
        draft = self._draft(form)
        return self._handing(form, draft, job, lambda _: act_drafts.drop(self._seat, draft))

    def sending(self, form: KeptForm, job: Callable[[], None]) -> Callable[[], tuple[str, ...]]:
        """The job, giving the commands as which it was done; as of `sent`, however it is left."""
        seat, draft = self._seat, self._draft(form)

        def end(commands: tuple[str, ...]) -> None:
            if draft.typed:
                act_drafts.turn(seat, draft, _as_sent(draft, commands))

        return self._handing(form, draft, partial(act_drafts.doing, seat, self.about, job), end)

    def _handing(
        self,
        form: KeptForm,
        draft: ActDraft,
        job: Callable[[], _Result],
        end: Callable[[_Result], object],
    ) -> Callable[[], _Result]:
        self._handed[form] = draft
        keeper = self._open.get(form) or Keeper(self, self._shell, partial(self._keeping, form))
        return keeper.handing_in(job, end)

    def refused(self, form: ActForm, no: Refusal) -> None:
        """It was not done: told in the form, on top of the page where that was closed meanwhile."""
        self._handed.pop(form, None)
        if form in self._open:
            form.refused(no)
        else:
            self._shell.tell(no.words, "refuse")

    def done(self, form: KeptForm) -> None:
        """It was done, and nobody need type it again."""
        draft = self._handed.get(form) or self._draft(form)
        self._end(form)
        self.kept.pop(draft.act, None)
        self._run(partial(act_drafts.drop, self._seat, draft))
        self.changed.emit()

    def settle(self, taken: Collection[str], refused: Collection[str]) -> None:
        """What became of commands at the centre, by their ids, as far as it is known now.

        What was typed into an act that was taken is dropped for good; of a refused one it can be
        gone on with.
        """
        self._taken, self._refused = frozenset(taken), frozenset(refused)
        self._settle()

    def _settle(self) -> None:
        for sent in [*self._sent]:
            if self._refused.intersection(sent.commands):
                self._come_back(sent)
            elif self._taken.issuperset(sent.commands):
                self._sent.remove(sent)
                self._run(partial(act_drafts.drop, self._seat, sent))

    def _come_back(self, sent: ActDraft) -> None:
        """Typed again, unless the same act was begun anew since: then it waits for that one."""
        form = next((form for form in self._open if name_of(form) == sent.act), None)
        if sent.act in self.kept or (form is not None and form.typed.typed()):
            return
        typed = replace(sent, sent=False, commands=())
        self._sent.remove(sent)
        self.kept[typed.act] = typed
        self._run(partial(act_drafts.turn, self._seat, sent, typed))
        if form is not None:
            self._lay_in(form)
        self.changed.emit()

    def unfinished(self) -> list[ActDraft]:
        """What was typed into acts that don't stand open, the last first."""
        found = [draft for name, draft in self.kept.items() if not self.is_open(name)]
        return sorted(found, key=lambda draft: draft.updated_at, reverse=True)

    def drop(self, name: str) -> None:
        """Nobody wants what was typed into that act."""
        draft = self.kept.pop(name, None)
        self._behind.pop(name, None)
        if draft is not None:
            self._run(partial(act_drafts.drop, self._seat, draft))
        self._settle()
        self.changed.emit()

    def _end(self, form: KeptForm) -> None:
        self._handed.pop(form, None)
        keeper = self._forget(form)
        if keeper is not None:
            keeper.finish()
        self._shell.draft_saved(None)

    def _forget(self, form: KeptForm) -> Keeper | None:
        self._names.pop(form, None)
        return self._open.pop(form, None)

    def _edited(self, form: KeptForm) -> None:
        keeper = self._open.get(form)
        if keeper is None:
            return
        before, name = self._names[form], name_of(form)
        if name != before:
            # It is done to another thing now: what is typed goes with it.
            self._names[form] = name
            moved = self.kept.pop(before, None)
            self._lay_in(form)
            if moved is not None:
                self._run(self._keeping(form))
                self._run(partial(act_drafts.drop, self._seat, moved))
        keeper.touch()

    def _run(self, job: Callable[[], object]) -> None:
        self._shell.work.run(self, job, lambda _: None)

    def _lay_in(self, form: KeptForm) -> None:
        draft = self.kept.get(name_of(form))
        if draft is None:
            return
        form.typed.lay_in(draft.typed, dict(draft.words), dict(draft.shown))
        when = moment(draft.updated_at, self._shell.now())
        words = [f"نوشتهٔ ناتمام شما از {when} اینجاست."]
        if draft.rev < self.rev:
            words.append(_GONE_ON)
        words += form.typed.aside_words()
        form.tell_earlier(" ".join(words))
        form.typed.go_to(draft.focus)

    def _throw_away(self, form: KeptForm) -> None:
        if form not in self._open:
            return
        form.tell_earlier("")
        form.typed.throw_away()
        first = form.first()
        if first is not None:
            first.setFocus()

    def _keeping(self, form: KeptForm) -> partial[None]:
        """What keeps the form as it stands now; empty again, it is not kept."""
        draft = self._draft(form)
        if not draft.typed:
            self.kept.pop(draft.act, None)
            return partial(act_drafts.drop, self._seat, draft)
        self.kept[draft.act] = draft
        return partial(act_drafts.keep, self._seat, draft)

    def _draft(self, form: KeptForm) -> ActDraft:
        typed = form.typed
        return ActDraft(
            act=name_of(form),
            about=self.about,
            heading=form.heading,
            typed=typed.typed(),
            of=self.of,
            words=typed.words(),
            shown=typed.shown(),
            rev=self.rev,
            focus=typed.focused(),
            updated_at=self._shell.now(),
        )


def _as_sent(draft: ActDraft, commands: tuple[str, ...]) -> ActDraft:
    return replace(draft, sent=True, commands=commands)


def name_of(form: KeptForm) -> str:
    """What the form's draft goes by."""
    return f"{form.name}:{form.subject}" if form.subject else form.name
