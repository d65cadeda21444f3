"""What somebody changes who may do anything in a centre's database, by what an audit must name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from desktop.actions import documents
from desktop.centre import devices, people, staff_terms
from desktop.centre.audit.whole import look_over
from desktop.centre.context import Centre, day_of
from desktop.centre.sum_tables import SUMMINGS
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, pay
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.request import DocumentFile
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import DeviceTold
from tests.restored import busy_hour
from tests.town import Town

OFFICE = "office:21"
FRESH, TOLD_KEY = "00000000-0000-7000-8000-000000000001", "ab" * 32
"""A desk that joined by a code, and the public half of its key."""
_AT = "2020-01-01T00:00:00.000000Z"


def after_its_day(town: Town) -> Town:
    """Registered, stamped, printed, handed over, voided, closed; another desk and a clerk came;
    the heads are signed."""
    # A real clock is more exact than the texts of facts.
    town.clock.moment = town.clock.moment.replace(microsecond=64_339)
    paper = b"what the citizen brought" * 9_000
    name = documents.keep(town.crew.clerk, paper)
    owing = town.register(town.record(Scenario.DEBT), file=DocumentFile(name, len(paper), 1))
    pay(town.crew, case_now(town.crew.clerk, owing), town.clock.now())
    busy_hour(town)
    town.register(town.record(Scenario.CLEAN, 2), "inquiry", Applicant.BANK)
    _joined(town.house.centre)
    while town.house.office.sync().more:
        pass
    town.house.municipality.sync()
    town.clock.moment += timedelta(minutes=1)
    tick(town.house.centre)
    return town


def _joined(centre: Centre) -> None:
    at = centre.clock()
    with centre.writing() as session:
        people.enrol_device(session, FRESH, "21", 7, TOLD_KEY)
        devices.tell(session, devices.told_of(session.get_one(DeviceRow, FRESH)), at)
        clerks = select(PersonRow.staff_id).where(PersonRow.role == Role.CLERK)
        staff_id = session.scalars(clerks.limit(1)).one()
        people.key_at(session, staff_id, FRESH, "cd" * 32, "02" + "ef" * 32, at)
        waits = Staff("waits", "آنکه هنوز نیامده", Role.CLERK, "21", title=Role.CLERK.word)
        people.put_forward(session, waits)
        term = StaffTerm(waits.staff_id, "21", Role.CLERK.value, day_of(at))
        staff_terms.tell_terms(session, [term], at)


def noted(centre: Centre) -> Sequence[DeviceTold]:
    """What the file beside the keys tells by now."""
    with centre.reading() as session:
        return devices.all_told(session)


def planted(
    centre: Centre, statements: Sequence[str], file: Sequence[DeviceTold] | None = None
) -> list[Discrepancy]:
    """What is found after the change by somebody who may do anything, which is undone then."""
    with centre.writer.connect() as connection, connection.begin() as change:
        without_triggers(connection)
        for statement in statements:
            assert connection.execute(text(statement)).rowcount, statement
        findings = list(look_over(Session(connection), centre, noted=file))
        change.rollback()
    return findings


def without_triggers(connection: Connection) -> None:
    """Whoever may do anything takes first away what keeps rows as they are."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (trigger,) in connection.execute(triggers).all():
        connection.execute(text(f"DROP TRIGGER {trigger}"))


FACT = f"stream = '{OFFICE}' AND pos = 3"
_LAST = f"stream = '{OFFICE}' AND pos = (SELECT max(pos) FROM fact WHERE stream = '{OFFICE}')"
_CASE, ONE = 'UPDATE "case" SET', 'WHERE case_id = (SELECT min(case_id) FROM "case")'
PLANTED: dict[str, tuple[tuple[str, ...], Wrong, str]] = {
    "a word of a fact": (
        (f"UPDATE fact SET canon = replace(canon, 'actor_name', 'actor_nane') WHERE {FACT}",),
        Wrong.CHAIN, f"{OFFICE} 3",
    ),
    "a fact's hash": (
        (f"UPDATE fact SET hash = '{'0' * 64}' WHERE {FACT}",), Wrong.CHAIN, f"{OFFICE} 3",
    ),
    "a fact in the middle that is gone": (
        (f"DELETE FROM fact WHERE {FACT}",), Wrong.POSITION, f"{OFFICE} 4",
    ),
    "the last fact that is gone": ((f"DELETE FROM fact WHERE {_LAST}",), Wrong.HEAD, OFFICE),
    "whose a fact is, beside its text": (
        (f"UPDATE fact SET cause = 'nobody' WHERE {FACT}",), Wrong.ENVELOPE, f"{OFFICE} 3",
    ),
    "when it was, beside its text": (
        (f"UPDATE fact SET at = '{_AT}' WHERE {FACT}",),
        Wrong.ENVELOPE, f"{OFFICE} 3",
    ),
    "a head put back": (
        (f"UPDATE stream SET pos = pos - 1 WHERE name = '{OFFICE}'",), Wrong.HEAD, OFFICE,
    ),
    "a stream without a head": (
        (f"DELETE FROM stream WHERE name = '{OFFICE}'",), Wrong.HEAD, OFFICE,
    ),
    "a word of an act": (
        ("UPDATE command SET canon = replace(canon, 'made_at', 'made_ad') WHERE device_seq = 2",),
        Wrong.CHAIN, " 2",
    ),
    "an act that is gone": (
        ("DELETE FROM command WHERE device_seq = 2",), Wrong.POSITION, " 3",
    ),
    "how far a desk has come": (("UPDATE device SET head_seq = head_seq + 1",), Wrong.HEAD, ""),
    "a daily head": (
        (f"UPDATE daily_head SET hash = '{'1' * 64}' WHERE stream = '{OFFICE}'",),
        Wrong.SIGNED_HEAD, OFFICE,
    ),
    "where a case stands": (
        (f"{_CASE} state = 'withdrawn' {ONE}",), Wrong.CASE, OFFICE,
    ),
    "who asks": (
        (f"{_CASE} applicant = 'دیگری' {ONE}",), Wrong.CASE, OFFICE,
    ),
    "a case that is gone": (
        (f'DELETE FROM "case" {ONE}',), Wrong.CASE, OFFICE,
    ),
    "a case of nobody": (
        (f"{_CASE} case_id = 'x' {ONE}",), Wrong.CASE, f"{OFFICE} x",
    ),
    "a letter that was voided": (
        ("UPDATE letter SET state = 'handed' WHERE state = 'voided'",), Wrong.LETTER, "/21/",
    ),
    "a letter that is gone": (("DELETE FROM letter WHERE serial = 1",), Wrong.LETTER, "/21/1"),
    "how often it was printed": (
        ("UPDATE letter SET copies = 9 WHERE serial = 1",), Wrong.LETTER, "/1",
    ),
    "a letter of nobody": (
        ("INSERT INTO letter (office, year, serial, letter_id, case_id, kind, signature, issued_at,"
         " state, copies) SELECT office, year, 99, 'made-up', case_id, kind, signature, issued_at,"
         " state, 0 FROM letter WHERE serial = 1",),
        Wrong.LETTER, "/99",
    ),
    "a number that is missing": (("DELETE FROM letter WHERE serial = 1",), Wrong.NUMBER, "/21/1"),
    "the last number": (("UPDATE number SET last = last - 1",), Wrong.NUMBER, "/21"),
    "a void letter off the list": (("DELETE FROM ended_letter",), Wrong.ENDED, "/21/"),
    "a rate": (
        ("UPDATE published_saying SET text = text || ' ' WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city",
    ),
    "a rate that nobody said": (
        ("UPDATE published_saying SET pos = pos + 100000 WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city 10",
    ),
    "a closed day": (("UPDATE closed_day SET digest = 'other'",), Wrong.CLOSED, OFFICE),
    "a fact before the first": (
        ("INSERT INTO fact SELECT stream, 0, 'x' || substr(fact_id, 2), '', 0, cause, kind, at,"
         f" canon, 'x' FROM fact WHERE {FACT}",),
        Wrong.POSITION, f"{OFFICE} 0",
    ),
    "a case told anew in a stream of its own": (
        ("INSERT INTO stream VALUES ('office:21b', 1, 'x')",
         f"{_CASE} stream = 'office:21b' {ONE}"),
        Wrong.CASE, OFFICE,
    ),
    "a void letter under another's number": (
        ("UPDATE ended_letter SET number = '1405/21/1'",), Wrong.ENDED, "1405/21/1",
    ),
    "a good letter on the list": (
        ("INSERT INTO ended_letter (letter_id, number, why, by, day, told_at)"
         " SELECT 'made-up', '1405/21/7', 1, '', day, told_at FROM ended_letter",),
        Wrong.ENDED, "1405/21/7",
    ),
    "what a till took": (("UPDATE taking SET amount = amount * 2",), Wrong.MONEY, OFFICE),
    "money that is gone": (("DELETE FROM taking",), Wrong.MONEY, OFFICE),
    "a slip that may be used again": (("DELETE FROM payment_reference",), Wrong.MONEY, "-"),
    "a person's key": (
        (f"UPDATE person SET release_key = '02{'ab' * 32}' WHERE role = 'manager'",),
        Wrong.PERSON, "",
    ),
    "a key that nobody made": (
        ("INSERT INTO person_key_made (device_id, staff_id, key, release_key, made_at)"
         " SELECT 'x', 'zahra-fallah', 'ab', 'cd', registered_at FROM \"case\" LIMIT 1",),
        Wrong.PERSON, " at ",
    ),
    "who gave a key's code": (
        ("INSERT INTO person_key_made (device_id, staff_id, key, release_key, made_at, givers)"
         " SELECT 'x', staff_id, key, release_key, registered_at, 'x' FROM person, \"case\""
         " WHERE person.role = 'manager' LIMIT 1",),
        Wrong.PERSON, " at x",
    ),
    "whose an act is, beside its text": (
        ("UPDATE command SET case_id = 'x' WHERE device_seq = 2",), Wrong.ENVELOPE, " 2",
    ),
    "a withdrawn text in force again": (
        ("UPDATE published_saying SET withdraws = '2026-01-01' WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city",
    ),
    "where the next day begins": (("UPDATE closed_day SET pos = 1",), Wrong.CLOSED, OFFICE),
    "a letter's service": (
        ("UPDATE letter SET service = 'transfer' WHERE serial = 1",), Wrong.LETTER, "/1",
    ),
    "a letter of a case that nobody has": (
        ("INSERT INTO letter (office, year, serial, letter_id, case_id, kind, signature, issued_at,"
         " state, copies) SELECT office, year, 99, 'made-up', 'x', kind, signature, issued_at,"
         " state, 0 FROM letter WHERE serial = 1",),
        Wrong.LETTER, "/99",
    ),
    "a head taken away": (
        (f"DELETE FROM daily_head WHERE stream = '{OFFICE}'",), Wrong.SIGNED_HEAD, OFFICE,
    ),
    "a head of a day to come": (
        ("INSERT INTO daily_head (day, stream, seq, pos, hash, epoch, at, signature)"
         " SELECT '2030-01-01', stream, seq + 1, pos, hash, epoch, at, signature"
         f" FROM daily_head WHERE stream = '{OFFICE}'",),
        Wrong.SIGNED_HEAD, OFFICE,
    ),
    "a count": (("UPDATE case_count SET cases = cases + 1",), Wrong.SUM, "case_count"),
    "a paper": (("UPDATE blob_chunk SET content = substr(content, 2)",), Wrong.PAPER, ""),
    "a paper that is gone": (("DELETE FROM blob_chunk",), Wrong.PAPER, ""),
    "since when a desk is revoked": (
        (f"UPDATE device SET revoked_at = '{_AT}' WHERE office = '21'",), Wrong.DEVICE, FRESH,
    ),
    "a desk's key": (("UPDATE device SET key = 'ab' WHERE desk = 7",), Wrong.DEVICE, FRESH),
    "whose a desk is": (("UPDATE device SET office = '99' WHERE desk = 7",), Wrong.DEVICE, FRESH),
    "a desk that is gone": (("DELETE FROM device WHERE desk = 7",), Wrong.DEVICE, FRESH),
    "a desk of nobody": (
        ("INSERT INTO device (device_id, office, desk, key, head_seq, head_hash) SELECT 'made-up',"
         " office, 98, key, 0, head_hash FROM device WHERE desk = 7",),
        Wrong.DEVICE, "made-up",
    ),
    "a desk's key that no fact tells of": (
        ("UPDATE device SET key = 'ab' WHERE office = 'municipality'",), Wrong.DEVICE, "",
    ),
    "what somebody is": (
        ("UPDATE person SET role = 'manager' WHERE role = 'clerk'",), Wrong.PERSON, "zahra-fallah",
    ),
    "who somebody is": (
        ("UPDATE person SET name = 'x' WHERE role = 'clerk'",), Wrong.PERSON, "zahra-fallah",
    ),
    "whom somebody is known as": (
        ("UPDATE person SET national_id = '1' WHERE role = 'clerk'",), Wrong.PERSON, "zahra",
    ),
    "where somebody is": (
        ("UPDATE person SET office = '99' WHERE role = 'clerk'",), Wrong.PERSON, "zahra-fallah",
    ),
    "what somebody is who has not come": (
        ("UPDATE person SET role = 'manager' WHERE staff_id = 'waits'",), Wrong.PERSON, "waits",
    ),
    "somebody who is gone": (
        ("DELETE FROM person WHERE role = 'manager'",), Wrong.PERSON, "",
    ),
    "a desk's keys that are gone": (("DELETE FROM person_key_made",), Wrong.PERSON, FRESH),
    "keys that were made last": (
        ("UPDATE person_key SET key = 'ab'",), Wrong.PERSON, f"at {FRESH}",
    ),
    "whose a code is": (
        ("UPDATE office_code SET code = '77' WHERE code = '21'",), Wrong.OFFICE, "code 77",
    ),
    "what an office is called": (("UPDATE office SET name = 'x'",), Wrong.OFFICE, "21"),
    "until when it is called so": (
        ("UPDATE office_term SET until = '2030-01-01' WHERE office_id = '21'",),
        Wrong.OFFICE, "21 of",
    ),
    "its card": (
        ("UPDATE office_term SET name = 'x', card = '' WHERE office_id = '21'",),
        Wrong.OFFICE, "21 of",
    ),
    "a card that is gone": (("DELETE FROM office_term",), Wrong.OFFICE, "21"),
    "a sheet that is gone": (
        ("DELETE FROM stamped_sheet WHERE number = 150",), Wrong.SHEET, "sheet الف 150",
    ),
    "a sheet that is blank again": (
        ("UPDATE stamped_sheet SET state = 'blank' WHERE state = 'written'",),
        Wrong.SHEET, "sheet الف 101",
    ),
    "what stands on a sheet": (
        ("UPDATE stamped_sheet SET letter_id = 'x' WHERE state = 'written'",),
        Wrong.SHEET, "sheet الف 101",
    ),
    "whose a bundle is": (("UPDATE sheet_run SET office = '41'",), Wrong.SHEET, "sheets الف 101"),
    "how many are blank": (
        ("UPDATE sheet_run SET blank = blank + 1",), Wrong.SHEET, "sheets الف 101",
    ),
    "sheets that were not blank": (
        ("INSERT INTO odd_sheets (letter_id, copy, series, first, last, case_id, office, at)"
         f" VALUES ('made-up', 1, 'الف', 101, 101, '', '21', '{_AT}')",),
        Wrong.SHEET, "odd sheets made-up",
    ),
    "a paper that nobody doubted": (
        ("INSERT INTO told_paper (office, number, copy, name, names, at)"
         f" VALUES ('21', '1405/21/1', 1, 'x', 'x', '{_AT}')",),
        Wrong.SHEET, "told_paper 21 1405/21/1",
    ),
    "a copy that nobody printed": (
        ("INSERT INTO copy_out (letter_id, copy, office) VALUES ('made-up', 101, '21')",),
        Wrong.SHEET, "copy_out made-up",
    ),
    "a letter that is weighed no more": (
        ("DELETE FROM standing_letter",), Wrong.LIST, "standing_letter",
    ),
    "a letter in force that is none": (
        ("INSERT INTO standing_letter (letter_id, case_id, land)"
         " SELECT 'made-up', min(case_id), '' FROM standing_letter",),
        Wrong.LIST, "standing_letter made-up",
    ),
    "a void letter in doubt": (
        ("INSERT INTO doubted_letter (letter_id, case_id, number, issued_on, state, since)"
         f" SELECT letter_id, case_id, '', issued_on, 'changed', '{_AT}' FROM letter"
         " WHERE state = 'voided'",),
        Wrong.LIST, "doubted_letter",
    ),
    "copies that nobody asked for": (
        ("INSERT INTO copy_asked (letter_id, case_id, number, issued_on, reason, since)"
         f" SELECT letter_id, case_id, '', issued_on, 'x', '{_AT}' FROM letter WHERE serial = 1",),
        Wrong.LIST, "copy_asked",
    ),
    "a passage that nobody told": (
        ("INSERT INTO passage (case_id, rev, stream, heir, at) SELECT min(case_id), 2, '', '',"
         f" '{_AT}' FROM \"case\"",),
        Wrong.LIST, "passage 2",
    ),
    "a double that nobody told": (
        ("INSERT INTO double_told (stream, case_id, tracking) SELECT min(stream), min(case_id), 'x'"
         ' FROM "case"',),
        Wrong.LIST, f"double_told {OFFICE} x",
    ),
    "a letter that may ask again": (("DELETE FROM inquiry_letter",), Wrong.LIST, ""),
    "a paper that no case names": (("DELETE FROM blob_use",), Wrong.LIST, "blob_use"),
    "a paper that never came": (("UPDATE blob SET stored_at = NULL",), Wrong.PAPER, ""),
    "a paper of which nothing is known": (("DELETE FROM blob",), Wrong.PAPER, ""),
    "who had a paper": (
        ("DELETE FROM blob_holder", "DELETE FROM blob",
         f"UPDATE \"case\" SET updated_at = '{_AT}'"),
        Wrong.AWAITED, OFFICE,
    ),
    "how an act ended": (
        ("UPDATE command SET state = 'refused' WHERE device_seq = 2",), Wrong.OUTCOME, " 2",
    ),
    "an act that ended later": (
        ("INSERT INTO held_settled (device_id, command_id, state, settled_at)"
         f" SELECT device_id, command_id, 'done', '{_AT}' FROM command WHERE device_seq = 2",),
        Wrong.OUTCOME, " 2",
    ),
    "a look that is gone": (("DELETE FROM reading_line WHERE seq = 1",), Wrong.READING, ""),
    "how far looks came": (("UPDATE reading_head SET seq = seq + 1",), Wrong.READING, ""),
    "a rate that was said last": (
        ("UPDATE published SET text = text || ' ' WHERE topic = 'figures'",),
        Wrong.PUBLISHED, "city figures",
    ),
    "the centre's life": (("UPDATE centre SET epoch = 'x'",), Wrong.EPOCH, ""),
    "the centre's key": (("UPDATE centre SET key_id = 'x'",), Wrong.EPOCH, "x"),
    "a bill that may be paid again": (("DELETE FROM settled_pair",), Wrong.MONEY, "-"),
    "a look that is due": (
        ("INSERT INTO second_look (case_id, stream, service, version, district, received_on,"
         " decided_at, why, due) SELECT case_id, stream, service, '', 0, received_on,"
         f" registered_at, 'x', due_on > '2020' FROM \"case\" {ONE}",),
        Wrong.LIST, "second_look",
    ),
    "a commission that nobody asked": (
        ("INSERT INTO commission_case (case_id, article, awaits, sent_on, session, ruling, result,"
         " stage, persons, unserved) SELECT case_id, '5', '', due_on, '', '', '', '', 0, 0"
         f" FROM \"case\" {ONE}",),
        Wrong.LIST, "commission_case",
    ),
} | {
    f"a sum of {each.sums}": (
        (f"UPDATE {each.sums} SET {min(each.adds)} = {min(each.adds)} + 1",), Wrong.SUM, each.sums
    )
    for each in SUMMINGS
}  # fmt: skip
"""By what was done: the statements, what is found, and what its place names."""


# What lists read of cases: a visit that is booked, a question to another body, an objection.
LISTED = {
    "where a visit goes": ("UPDATE booked_visit SET phone = '09130000000'",),
    "a visit of nobody": (
        "INSERT INTO booked_visit SELECT case_id, '', '', '', '' FROM \"case\""
        " WHERE state = 'in-review'",
    ),
    "when it is": ("UPDATE booking SET half = 3 - half",),
    "a place that is gone": ("DELETE FROM booking",),
    "what an inspector has": ("UPDATE visit_slot SET taken = taken + 1 WHERE taken > 0",),
    "until when another body replies": ("UPDATE consultation SET reply_by = '2030-01-01'",),
    "a question that is gone": ("DELETE FROM consultation",),
    "how an objection stands": ("UPDATE objection SET stage = 'upheld'",),
    "whose objection it is": ("UPDATE objection SET unit = 'finance'",),
    "an objection that is gone": ("DELETE FROM objection",),
    "whom a message goes to": ("UPDATE citizen_message SET mobile = '09130000000'",),
    "a message of no fact": (
        "UPDATE citizen_message SET message_id = 'x' || substr(message_id, 2)",
    ),
}
