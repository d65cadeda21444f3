"""Letters of delegation: written and numbered in one go by the second signature, heard at desks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.actions import delegations, handing_over, office_letters, publishing
from desktop.actions.office_letter_paper import draw
from desktop.demo.people import PASSWORD
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.office_letter import OfficeLetterKind
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedSigner
from tests.delegated import ACT, TODAY, TOMORROW, WHY, announce, hand_over, open_office, put
from tests.publish import figures
from tests.town import Town

SOON = TODAY + timedelta(days=10)


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database."""
    return announce(quick_town)


@pytest.mark.slow
def test_each_office_gets_one_numbered_letter_when_the_second_has_signed(town: Town) -> None:
    other = open_office(town, "771", "نعیم‌آباد")
    told = delegations.handed_over([other, "21"], ["clearance", "walling"], SOON, None, ACT)
    draft = delegations.delegation_draft(told)
    doubts = publishing.weigh(town.crew.supervisor, draft).warnings
    waits = publishing.prepare(town.crew.supervisor, draft, doubts, WHY)
    assert office_letters.letters(town.crew.supervisor.desk) == []

    publishing.sign(town.crew.second, waits)
    town.house.municipality.sync()
    town.house.office.sync()
    city = office_letters.of_publication(town.crew.supervisor.desk, draft.publication)
    assert [(each.letter.code, each.letter.number) for each in city] == [
        ("21", "1405/1"),
        ("771", "1405/2"),
    ]
    [own] = office_letters.letters(town.crew.manager.desk)
    letter = own.letter
    assert (letter.number, letter.dated, letter.act) == ("1405/1", TODAY, ACT)
    assert [each.service for each in letter.services] == ["clearance", "walling"]
    assert (letter.prepared, letter.second) == (
        town.crew.supervisor.staff.name,
        town.crew.second.staff.name,
    )
    assert own == office_letters.of_publication(town.crew.manager.desk, draft.publication)[0]

    # The same is foreseen before anybody signs, but for number and second signature.
    foreseen = office_letters.foreseen(town.crew.supervisor, told)
    assert [(each.code, each.number, each.second) for each in foreseen] == [
        ("21", "", ""),
        ("771", "", ""),
    ]
    assert [each.paragraphs for each in foreseen] == [each.letter.paragraphs for each in city]


@pytest.mark.long
def test_a_signer_named_by_the_data_stands_on_the_letter(town: Town) -> None:
    signer = DatedSigner(
        paper=Signed.DELEGATION, title="مدیر هماهنگی", name="علی نوری", deputy="زهرا کریمی",
        acting=True, since="1405/09/04",
    )  # fmt: skip
    put(town, figures(town.crew, Topic.SIGNER, signer))
    town.clock.moment += timedelta(days=1)
    hand_over(town, since=SOON)
    [own] = office_letters.letters(town.crew.manager.desk)
    assert own.letter.signer.hand == ("زهرا کریمی", "از طرف علی نوری، مدیر هماهنگی")


@pytest.mark.slow
def test_an_end_is_a_letter_too_and_names_who_finishes_what_is_open(town: Town) -> None:
    other = open_office(town, "771", "نعیم‌آباد")
    hand_over(town, since=TOMORROW, offices=["21", other])
    ended = Delegation("21", "clearance", SOON, None, ACT, withdrawn=True, heir=other)
    put(town, delegations.delegation_draft([ended]))
    newest = office_letters.letters(town.crew.manager.desk)[0].letter
    assert newest.kind is OfficeLetterKind.WITHDRAWAL
    assert newest.number == "1405/3"
    assert newest.services[0].heir == "دفتر پیشخوان ۷۷۱، نعیم‌آباد"
    assert newest.services[0].heir in " ".join(newest.paragraphs)


@pytest.mark.slow
def test_a_letter_whose_delegations_were_taken_back_says_so(town: Town) -> None:
    [one] = hand_over(town, since=SOON)
    [letter] = office_letters.letters(town.crew.manager.desk)
    assert not letter.taken_back
    publishing.withdraw(town.crew.supervisor, Topic.DELEGATION, one.key, SOON, WHY)
    town.house.office.sync()
    [after] = office_letters.letters(town.crew.manager.desk)
    assert after.taken_back
    assert after.letter == letter.letter
    assert draw(after.letter, taken_back=True) != draw(letter.letter)


@pytest.mark.slow
def test_what_is_refused_takes_no_number(town: Town) -> None:
    told = delegations.handed_over(["21"], ["clearance"], SOON, None, ACT)
    draft = delegations.delegation_draft(told)
    doubts = publishing.weigh(town.crew.supervisor, draft).warnings
    waits = publishing.prepare(town.crew.supervisor, draft, doubts, WHY)
    with pytest.raises(Refusal):
        publishing.sign(town.crew.supervisor, waits)
    publishing.sign(town.crew.second, waits)
    again = [replace(one, since=SOON + timedelta(days=9), replaces=True) for one in told]
    put(town, delegations.delegation_draft(again))
    numbers = [each.letter.number for each in office_letters.letters(town.crew.supervisor.desk)]
    assert numbers == ["1405/2", "1405/1"]


@pytest.mark.slow
def test_nobody_writes_a_letter_past_the_delegation(town: Town) -> None:
    hand_over(town, since=SOON)
    [own] = office_letters.letters(town.crew.supervisor.desk)
    draft = delegations.delegation_draft(hand_over_again(own.letter.since))
    forged = draft.model_copy(update={"topic": Topic.OFFICE_LETTER})
    found = publishing.weigh(town.crew.supervisor, forged)
    assert "این گونه داده از این راه منتشر نمی‌شود." in [each.words for each in found.hindrances]


def hand_over_again(since: object) -> list[Delegation]:
    return delegations.handed_over(["21"], ["clearance"], since, None, ACT, replaces=True)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_unit_is_told_who_has_read_also_after_the_line_was_down(town: Town) -> None:
    hand_over(town, since=SOON)
    [own] = office_letters.unread(town.crew.manager.desk)
    unit = town.crew.supervisor
    assert office_letters.readers(unit, [own.letter]) == {}
    office_letters.note_read(town.crew.manager, own.letter)
    town.house.office.sync()
    read = office_letters.readers(unit, [own.letter])[own.letter.key]
    assert (read.office_id, read.name) == ("21", town.crew.manager.staff.name)
    assert office_letters.unread(town.crew.manager.desk) == []
    assert office_letters.letters(town.crew.clerk.desk)[0].read_at is not None


@pytest.mark.slow
def test_nobody_reads_another_offices_letter(town: Town) -> None:
    other = open_office(town, "771", "نعیم‌آباد")
    hand_over(town, since=SOON, offices=[other])
    [theirs] = office_letters.letters(town.crew.supervisor.desk)
    assert office_letters.letters(town.crew.manager.desk) == []
    office_letters.note_read(town.crew.manager, theirs.letter)
    town.house.office.sync()
    assert office_letters.readers(town.crew.supervisor, [theirs.letter]) == {}


@pytest.mark.long
def test_all_of_a_publication_is_taken_back_before_its_day(town: Town) -> None:
    other = open_office(town, "771", "نعیم‌آباد")
    hand_over(town, since=SOON, offices=["21", other], services=["clearance", "walling"])
    letters = [each.letter for each in office_letters.letters(town.crew.supervisor.desk)]
    with pytest.raises(Refusal):
        handing_over.take_back(town.crew.supervisor, "نادرست", letters, WHY)
    assert handing_over.take_back(town.crew.supervisor, PASSWORD, letters, WHY) == 4
    town.house.municipality.sync()
    # Again, as after a line that fell: nothing is left to be done.
    assert handing_over.take_back(town.crew.supervisor, PASSWORD, letters, WHY) == 0
    town.house.office.sync()
    assert [each.taken_back for each in office_letters.letters(town.crew.manager.desk)] == [True]
    standing = delegations.on_day(town.crew.supervisor.desk, SOON)
    assert standing.delegations == {}
