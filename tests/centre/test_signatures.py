"""Nothing holds by one person's word: what is prepared, signed by another, or declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop.actions import publishing
from desktop.actions.desk import Seat
from desktop.centre.people import enrol_person
from desktop.domain.people import Role
from desktop.wire.assent import Purpose
from desktop.wire.services import (
    VersionState,
)
from tests.houses import MORNING
from tests.publish import (
    WHY,
    changed,
    in_force,
    offered,
    refused_words,
    renamed,
)
from tests.town import Town

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=40)


@pytest.mark.slow
def test_one_signature_holds_nothing_and_the_second_is_another_persons(town: Town) -> None:
    crew = town.crew
    waits = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    assert waits.state is VersionState.WAITING
    assert offered(town) == "مجوز دیوارکشی"
    assert "کس دیگری" in refused_words(lambda: publishing.sign(crew.supervisor, waits))
    assert "این کار با" in refused_words(lambda: publishing.sign(crew.inspector, waits))
    assert refused_words(lambda: publishing.sign(crew.clerk, waits))
    assert offered(town) == "مجوز دیوارکشی"
    assert [each.draft for each in publishing.waiting(crew.expert)] == [waits.draft]
    signed = publishing.sign(crew.expert, waits, "خواندم.")
    assert signed.state is VersionState.IN_FORCE
    assert signed.ended
    assert (signed.prepared.name, signed.ended.name) == ("حمید میرجلیلی", "سعید نوری")
    assert publishing.waiting(crew.expert) == []
    assert offered(town) == "نام تازه"
    assert offered(town, 0) == "مجوز دیوارکشی"
    assert "پیش از این" in refused_words(lambda: publishing.sign(crew.second, waits))
    assert "پیش از این" in refused_words(lambda: publishing.decline(crew.second, waits, WHY))


@pytest.mark.parametrize("role", [role for role in Role if not role.prepares])
def test_only_who_prepares_prepares(small_town: Town, role: Role) -> None:
    crew = small_town.crew
    if role is not Role.CENTRE:
        seat: Seat = getattr(crew, role.value)
        assert refused_words(lambda: publishing.prepare(seat, renamed("walling", TOMORROW)))
    assert publishing.waiting(crew.second) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER, Role.INSPECTOR])
def test_who_neither_prepares_nor_signs_sees_nothing(small_town: Town, role: Role) -> None:
    seat: Seat = getattr(small_town.crew, role.value)
    for look in (
        lambda: publishing.services(seat),
        lambda: publishing.version_text(seat, "walling", "x"),
        lambda: publishing.check(seat, "walling.toml", "", TOMORROW),
        lambda: publishing.try_on_past(seat, "walling.toml", "", TOMORROW),
        lambda: publishing.weigh(seat, renamed("walling", TOMORROW)),
    ):
        assert "کارکنان شهرداری" in (words := refused_words(look)) or "ناظر" in words
    publishing.prepare(small_town.crew.supervisor, renamed("walling", TOMORROW))
    if role is Role.MANAGER:
        # What he put forward himself, of his own people: nothing.
        assert publishing.waiting(seat) == []
    else:
        assert refused_words(lambda: publishing.waiting(seat))


@pytest.mark.slow
def test_one_person_twice_is_one_person_also_by_another_name(small_town: Town) -> None:
    """The same key under a second staff id, as if somebody had let it be enrolled twice."""
    crew, house = small_town.crew, small_town.house
    twin = replace(crew.supervisor.staff, staff_id="hamid-2", name="حمید دوم")
    with house.centre.writing() as session:
        enrol_person(session, twin, house.centre.clock())
    waits = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    again = Seat(crew.supervisor.desk, twin, crew.supervisor.signer)
    assert "کس دیگری" in refused_words(lambda: publishing.sign(again, waits))
    assert publishing.sign(crew.second, waits).state is VersionState.IN_FORCE


@pytest.mark.slow
def test_a_forged_signature_holds_nothing(small_town: Town) -> None:
    crew = small_town.crew
    draft = renamed("walling", TOMORROW)
    forged = Seat(crew.supervisor.desk, crew.supervisor.staff, crew.second.signer)
    assert "امضای شخصی" in refused_words(lambda: publishing.prepare(forged, draft))
    waits = publishing.prepare(crew.supervisor, draft)
    forged = Seat(crew.second.desk, crew.second.staff, crew.supervisor.signer)
    assert "امضای شخصی" in refused_words(lambda: publishing.sign(forged, waits))

    class Other(Seat):
        """Signs for one purpose what is asked for another."""

        def assent(self, purpose: Purpose, subject: str, reason: str = ""):  # type: ignore[no-untyped-def]
            return super().assent(Purpose.PREPARE, subject, reason)

    other = Other(crew.second.desk, crew.second.staff, crew.second.signer)
    assert "امضای شخصی" in refused_words(lambda: publishing.sign(other, waits))
    # What was shown is not what waits: another text under the same id.
    shown = waits.model_copy(update={"draft": renamed("walling", TOMORROW, "نام دیگر")})
    shown = shown.model_copy(
        update={"draft": shown.draft.model_copy(update={"publication": waits.draft.publication})}
    )
    assert "امضای شخصی" in refused_words(lambda: publishing.sign(crew.second, shown))
    assert publishing.sign(crew.second, waits).state is VersionState.IN_FORCE


@pytest.mark.slow
def test_a_text_that_changed_between_the_two_is_never_published(town: Town) -> None:
    crew, centre = town.crew, town.house.centre
    waits = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    spoil = text("UPDATE publication_item SET text = replace(text, 'نام تازه', 'نام دزدیده')")
    # The database itself refuses; whoever gets past it is found out by the first signature.
    with pytest.raises(DBAPIError, match="append-only"), centre.writing() as session:
        session.execute(spoil)
    with centre.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER publication_item_no_update"))
        else:
            session.execute(text("ALTER TABLE publication_item DISABLE TRIGGER USER"))
        session.execute(spoil)
    (found,) = publishing.waiting(crew.second)
    assert "نخست امضا شد" in found.stale
    assert "نخست امضا شد" in refused_words(lambda: publishing.sign(crew.second, found))
    assert "امضای شخصی" in refused_words(lambda: publishing.sign(crew.second, waits))
    assert offered(town) == "مجوز دیوارکشی"


@pytest.mark.slow
def test_a_day_that_comes_before_the_second_signature_is_too_late(town: Town) -> None:
    crew = town.crew
    waits = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    town.clock.moment += timedelta(days=1)
    (found,) = publishing.waiting(crew.second)
    assert "نخستین روز" in found.stale
    assert "نخستین روز" in refused_words(lambda: publishing.sign(crew.second, waits))


@pytest.mark.long
def test_two_prepared_for_one_day_the_second_is_prepared_anew(town: Town) -> None:
    crew = town.crew
    first = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW, "نخست"))
    draft = renamed("walling", TOMORROW, "دوم")
    assert publishing.weigh(crew.second, draft).others == [first.draft.publication]
    second = publishing.prepare(crew.second, draft)
    publishing.sign(crew.expert, first)
    (found,) = publishing.waiting(crew.expert)
    assert "دوباره آماده کنید" in found.stale
    assert "دوباره آماده کنید" in refused_words(lambda: publishing.sign(crew.expert, second))
    # For the day that was published already it is told whose place it takes, and the last wins.
    text_ = draft.items[0].text
    again = publishing.service_draft("walling.toml", text_, TOMORROW, "نخست")
    (change,) = publishing.weigh(crew.second, again).told.changes
    assert change.takes == "جای نسخه‌ای را می‌گیرد که برای همان روز منتشر شده بود."
    in_force(crew, again)
    assert offered(town) == "دوم"


@pytest.mark.slow
def test_the_same_call_again_keeps_one(small_town: Town) -> None:
    """An answer that got lost on the line is asked for again."""
    crew = small_town.crew
    draft = renamed("walling", TOMORROW)
    first = publishing.prepare(crew.supervisor, draft)
    assert publishing.prepare(crew.supervisor, draft) == first
    assert len(publishing.waiting(crew.second)) == 1
    other = renamed("walling", LATER).model_copy(update={"publication": draft.publication})
    assert "انتشار دیگری" in refused_words(lambda: publishing.prepare(crew.supervisor, other))
    assert "انتشار دیگری" in refused_words(lambda: publishing.prepare(crew.second, draft))
    missing = first.model_copy(
        update={"draft": draft.model_copy(update={"publication": "nothing"})}
    )
    assert "چنین انتشاری نیست" in refused_words(lambda: publishing.sign(crew.second, missing))


@pytest.mark.long
def test_another_title_is_replaced_only_knowingly(small_town: Town) -> None:
    """A file with the code of «نقل و انتقال» does not take its place without a word."""
    crew = small_town.crew
    draft = changed("walling", TOMORROW)
    body = draft.items[0].text.replace('code = "walling"', 'code = "transfer"', 1)
    body = body.replace('title = "مجوز دیوارکشی"', 'title = "مجوز حصار"', 1)
    mine = publishing.service_draft("transfer.toml", body, TOMORROW)
    answer = publishing.weigh(crew.supervisor, mine)
    assert answer.question == "این کد اکنون «نقل و انتقال» است. جای آن را می‌گیرد؟"
    assert refused_words(lambda: publishing.prepare(crew.supervisor, mine)) == answer.question
    wrong = mine.model_copy(update={"replaces": "تفکیک"})
    assert refused_words(lambda: publishing.prepare(crew.supervisor, wrong)) == answer.question
    right = mine.model_copy(update={"replaces": "نقل و انتقال"})
    in_force(crew, right)
    # And no title is named where none is replaced.
    same = changed("scaffold", TOMORROW, "purpose = ", "digit = 0\npurpose = ", replaces="داربست")
    assert "نامی نبرید" in refused_words(lambda: publishing.prepare(crew.supervisor, same))


@pytest.mark.slow
def test_what_waits_is_declined_with_a_reason(small_town: Town) -> None:
    crew = small_town.crew
    waits = publishing.prepare(crew.supervisor, renamed("walling", TOMORROW))
    assert "دلیل را دست‌کم" in refused_words(lambda: publishing.decline(crew.expert, waits, "نه"))
    assert refused_words(lambda: publishing.decline(crew.inspector, waits, WHY))
    ended = publishing.decline(crew.expert, waits, WHY)
    assert ended.state is VersionState.WITHDRAWN
    assert ended.ended
    assert ended.ended.reason == WHY
    assert "پس گرفته شده" in refused_words(lambda: publishing.sign(crew.second, waits))
    assert publishing.publication(crew.second, waits.draft.publication) == ended
