"""The office's day in numbers, for the home page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.actions import act_drafts, announcements, arrived, office_day
from desktop.actions.act_drafts import ActDraft
from desktop.actions.desk import Seat
from desktop.domain.decision import Outcome
from desktop.domain.state import State
from desktop.store import drafts, ledger, queue
from desktop.store.drafts import Draft
from desktop.store.ledger import Printing
from desktop.store.queue import QueueFilter
from desktop.store.row import QueueCase, Rank

__all__ = ["ActDraft", "Draft", "Today", "today"]

_NEWEST = 3


@dataclass(frozen=True)
class Today:
    """Today's counts of the office, what waits for this person, drafts, and the newest cases.

    `drafts` are of requests, `acts` of what is typed and not yet done on cases; `arrived` counts
    answers that came when the line came back, of which no citizen was told yet; `announced` what
    the unit told this office and the person has not read; `unclosed` earlier days that are to be
    closed; `doubted` printings at this desk of which nobody knows whether paper came out.
    """

    registered: int
    instant: int
    ready: int
    pay_due: int
    overdue: int
    to_release: int
    returned: int
    visit_due: int
    ours: int
    arrived: int
    announced: int
    unclosed: int
    drafts: list[Draft]
    acts: list[ActDraft]
    newest: list[QueueCase]
    late: QueueCase | None
    doubted: list[Printing]


def today(seat: Seat) -> Today:
    """The day as the store tells it now."""
    desk = seat.desk
    with desk.store.reading() as session:
        day = desk.today(session)
        received = QueueFilter(received_from=day, received_to=day)
        answered = replace(received, first_outcome=Outcome.ANSWER.value)
        registered = queue.counts(session, received)
        states = queue.counts(session, QueueFilter())
        open_ranks = frozenset({Rank.OURS, Rank.OTHERS})
        overdue = QueueFilter(due_to=day - timedelta(days=1), ranks=open_ranks)
        late = queue.rows(session, queue.ids(session, overdue, limit=1))
        newest_ids = queue.ids(session, None, queue.Order.RECEIVED, descending=True, limit=_NEWEST)
        newest = queue.rows(session, newest_ids)
        kept = drafts.of(session, seat.staff.staff_id)
        return Today(
            registered=sum(registered.values()),
            instant=sum(queue.counts(session, answered).values()),
            ready=states.get(State.RELEASED, 0),
            pay_due=states.get(State.PAY_DUE, 0),
            overdue=sum(queue.counts(session, overdue).values()),
            to_release=sum(queue.counts(session, QueueFilter(to_release=True)).values()),
            returned=states.get(State.RETURNED, 0),
            visit_due=states.get(State.VISIT_DUE, 0),
            arrived=len(arrived.answers_in(session, desk.moment(session))),
            announced=len(announcements.unread_in(session, seat)),
            unclosed=len(office_day.unclosed_days(session, day)),
            ours=queue.turns(session, QueueFilter()).get(Rank.OURS, 0),
            drafts=[each for each in kept if each.service != act_drafts.KIND],
            acts=act_drafts.among(kept),
            newest=[newest[i] for i in newest_ids if i in newest],
            late=next(iter(late.values()), None),
            doubted=ledger.doubted(session),
        )
