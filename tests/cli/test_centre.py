"""A centre on the command line, as its operator founds, changes and looks after it."""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from prometheus_client import CollectorRegistry
from prometheus_client.samples import Sample
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop import __version__
from desktop.centre import metrics, offices, people
from desktop.centre.blobs import is_announced, whole
from desktop.centre.context import Centre, day_of
from desktop.centre.reference import publication
from desktop.centre.schema import HEAD
from desktop.centre.tables import DeviceRow, EnrolCodeRow
from desktop.chance import new_id
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN, format_jalali, iso_jalali
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import OfficeKind
from desktop.domain.people import Role, Staff
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedSigner
from desktop.premises.centre_file import read_centre_file
from desktop.premises.certificate import end_of, fingerprint_of, make_certificate
from desktop.premises.served import open_centre
from desktop.premises.serving import certificate_end
from desktop.wire.enrolling import ALPHABET
from desktop.wire.fingerprint import words_of
from desktop.wire.link import Reply
from tests.cli.conftest import Run
from tests.lines import make_certificate as line_certificate
from tests.lines import tls_server
from tests.servers import libpq

pytestmark = pytest.mark.slow

_ID = ("--national-id", made_up_national_id(950_001))
CODE = re.compile(f"code: [{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}\n")
OFFICE = [
    *("31", "--name", "دفتر پیشخوان ۳۱", "--address", "یزد", "--phone", "03530000031"),
    *("--postal-code", "8913600031", "--district", "3", "--authority", "صورت‌جلسهٔ ۱"),
]


def test_a_centre_is_made_whole_and_once(run: Run, folder: Path, address: str) -> None:
    code, said = run("init", "--database", address, "--name", "centre.example")
    assert code == 0
    certificate = (folder / "certificate.pem").read_bytes()
    assert fingerprint_of(certificate).hex(":") in said
    assert all(word in said for word in words_of(fingerprint_of(certificate)))
    secret = [folder / "certificate.key", *sorted((folder / "keys").iterdir())]
    assert [path.stem for path in secret] == ["certificate", "answers", "heads", "letters"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in secret)
    assert "PRIVATE" not in (folder / "office.toml").read_text(encoding="utf-8")
    centre = open_centre(folder)
    with centre.reading() as session:
        assert centre.reference.services(session, day_of(centre.clock()))
        assert offices.is_open(session, "municipality")
        today = day_of(centre.clock())
        enforced = centre.reference.city(session, today).enforced
        # From its first day nobody decides alone.
        assert enforced == {OfficeRule.COUNTERSIGN: today}
    centre.close()
    assert f"second signature beside experts: from {iso_jalali(today)}\n" in run("status")[1]
    assert run("publish") == (0, "all that ships is in force\n")
    code, said = run("init", "--database", address)
    assert (code, "office.toml" in said) == (1, True)


@pytest.mark.long
def test_a_city_may_have_its_experts_decide_alone(run: Run, address: str) -> None:
    assert run("init", "--database", address, "--experts-alone")[0] == 0
    assert "second signature beside experts: off, experts decide alone" in run("status")[1]


@pytest.mark.long
def test_what_broke_off_is_gone_on_with_by_the_same_keys(
    run: Run, folder: Path, founded: str
) -> None:
    keys = [path.read_bytes() for path in sorted((folder / "keys").iterdir())]
    (folder / "office.toml").unlink()
    assert run("init", "--database", founded)[0] == 0
    assert [path.read_bytes() for path in sorted((folder / "keys").iterdir())] == keys
    # Another machine's keys are not this database's.
    (folder / "office.toml").unlink()
    (folder / "keys" / "letters.pem").unlink()
    code, said = run("init", "--database", founded)
    assert (code, "مرکز دیگری" in said) == (1, True)
    assert not (folder / "office.toml").exists()


@pytest.mark.parametrize("command", ["init", "migrate"])
@pytest.mark.long
def test_a_database_of_another_centre_is_not_changed(
    command: str, run: Run, folder: Path, founded: str
) -> None:
    with psycopg.connect(libpq(founded), autocommit=True) as connection:
        # As an earlier program left it, and another centre's.
        connection.execute("UPDATE alembic_version SET version_num = '0012_locks'")
        connection.execute("UPDATE centre SET key_id = 'another'")
        asked = ("init", "--database", founded) if command == "init" else ("migrate",)
        if command == "init":
            (folder / "office.toml").unlink()
        code, said = run(*asked)
        assert (code, "مرکز دیگری" in said) == (1, True)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        assert found == [("0012_locks",)]
        connection.execute("ALTER TABLE centre RENAME TO something")
        code, said = run(*asked)
        assert (code, "مرکز دیگری" in said) == (1, True)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://me:secret@db/centre", "--ask-password"),
        ("sqlite:///centre.db", "postgresql://"),
        ("postgresql://db", "postgresql://"),
        ("what is this", "postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/centre", "نمی‌توان وصل شد"),
    ],
)
def test_an_address_that_is_none_is_told(run: Run, folder: Path, address: str, words: str) -> None:
    code, said = run("init", "--database", address)
    assert (code, words in said) == (1, True)
    assert not (folder / "office.toml").exists()


def test_an_older_server_is_told_by_its_version(
    run: Run, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.centre.database._LEAST", 99)
    code, said = run("init", "--database", address)
    assert (code, "دست‌کم ۹۹" in said) == (1, True)
    assert not (folder / "office.toml").exists()


@pytest.mark.long
def test_a_password_is_asked_and_kept_apart(
    run: Run, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.cli.centre.password_of", lambda name: "a:b\\c")
    assert run("init", "--database", address, "--ask-password")[0] == 0
    kept = folder / "database.pgpass"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text(encoding="utf-8") == "*:*:*:*:a\\:b\\\\c\n"
    assert "a:b" not in (folder / "office.toml").read_text(encoding="utf-8")
    kept.chmod(0o644)
    code, said = run("status")
    assert (code, "chmod 600" in said) == (1, True)


@pytest.mark.long
def test_what_works_at_the_upgrade_is_founded_by_an_act(
    run: Run, founded: str, folder: Path, tmp_path: Path
) -> None:
    run("office", "add", *OFFICE)
    scan = tmp_path / "act.pdf"
    scan.write_bytes(b"%PDF")
    act = ("--act", "12", "--date", "1404/10/20", "--body", "شورای شهر", "--scan", str(scan))
    assert run("found-delegations", *act)[0] == 1
    scan.write_bytes(sample_paper()[1])
    code, said = run("found-delegations", *act)
    assert (code, ": 21 delegations," in said) == (0, True)
    assert "no letters" in said
    with closing(open_centre(folder)) as centre, centre.reading() as session:
        assert whole(session, sha256(scan.read_bytes()).hexdigest()) == scan.read_bytes()
        assert is_announced(session, sha256(scan.read_bytes()).hexdigest())
    # Once a signer is named the offices get what they lack, and get it once.
    with closing(open_centre(folder)) as centre, centre.writing() as session:
        signer = DatedSigner(
            paper=Signed.DELEGATION, title="مدیر", name="علی نوری", since="1404/10/20"
        )
        day = date(2026, 1, 10)
        told = publication(Topic.SIGNER, signer.about, day, signer.model_dump_json())
        people.publish(session, [told], datetime.now(UTC))
    again = run("found-delegations", *act)[1]
    assert ": 0 delegations," in again
    assert "\n1 letters to offices" in again
    assert "\n0 letters to offices" in run("found-delegations", *act)[1]
    assert run("found-delegations", "--act", " ", *act[2:])[0] == 1
    code, said = run("offices-page", str(tmp_path / "page.html"))
    assert (code, ": 1 offices, 21 services," in said) == (0, True)
    assert run("offices-page", str(tmp_path / "no" / "page.html"))[0] == 1
    assert run("check-readings") == (0, "every line is as it was written\n")
    code, said = run("bulletin", "1404/08", str(tmp_path))
    assert (code, "دریافت نشده است" in said) == (1, True)
    assert run("bulletin", "1499/08", str(tmp_path))[0] == 1
    assert not list(tmp_path.glob("bulletin-*"))


@pytest.mark.long
def test_messages_go_to_a_folder(run: Run, founded: str, tmp_path: Path) -> None:
    assert run("messages", str(tmp_path / "nowhere"))[0] == 1
    (tmp_path / "failed-1.csv").write_text("id,cause\nnobody,off\n", encoding="utf-8")
    told = run("messages", str(tmp_path))
    assert told == (0, "given: 0; did not arrive: 0; unknown: 1\n")


@pytest.mark.long
def test_a_database_of_another_schema_is_not_served(run: Run, founded: str, folder: Path) -> None:
    with psycopg.connect(libpq(founded), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'another'")
        for command in ("serve", "status", "retry"):
            code, said = run(command)
            assert (code, "another" in said, HEAD in said) == (1, True, True)
        connection.execute("DELETE FROM alembic_version")
        connection.execute("INSERT INTO alembic_version VALUES (%s)", [HEAD])
    assert run("migrate") == (0, f"schema {HEAD}\n")
    assert run("status")[0] == 0


@pytest.mark.long
def test_the_program_before_begins_anew_beside_the_next_ones_schema(
    run: Run, founded: str, folder: Path
) -> None:
    """A process of the old program that dies between `centre migrate` and its own end."""
    with psycopg.connect(libpq(founded), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_next'")
    assert run("status")[0] == 0
    assert run("retry") == (0, "settled: 0; still held: 0\n")
    code, said = run("migrate")
    assert (code, "نسخهٔ تازه‌تر" in said) == (1, True)


def test_an_office_is_opened_once_and_told_to_all_desks(
    run: Run, folder: Path, founded: str
) -> None:
    assert run("office", "add", *OFFICE)[0] == 0
    code, said = run("office", "add", *OFFICE)
    assert (code, "«31»" in said) == (1, True)
    centre = open_centre(folder)
    with centre.reading() as session:
        cards = centre.reference.holding(session, Topic.OFFICE, day_of(centre.clock()))
        office = offices.id_of(session, "31")
        # For good by an id, under which its code of the day is told.
        assert set(cards) == {office, "municipality"}
        assert (len(office), json.loads(cards[office].text)["code"]) == (32, "31")
    centre.close()


@pytest.mark.long
def test_an_office_goes_by_another_code_from_its_day_on(
    run: Run, folder: Path, founded: str
) -> None:
    assert run("office", "add", *OFFICE, "--kind", "agency")[0] == 0
    assert "office 31 دفتر پیشخوان ۳۱, agency\n" in run("status")[1]
    words = ("--name", "دفتر پیشخوان ۷۲۲۵", "--authority", "صورت‌جلسهٔ تبدیل", "--from")
    today = datetime.now(TEHRAN).date()
    told = ("office", "change", "31", "--code", "7225", *words)
    code, said = run(*told, format_jalali(today))
    assert (code, "از فردا" in said) == (1, True)
    assert run(*told, format_jalali(today + timedelta(days=1)))[0] == 0
    assert "office 31 دفتر پیشخوان ۳۱, agency\n" in run("status")[1]
    # By either code it is the same office, also of machines and people to come.
    centre = open_centre(folder)
    with centre.reading() as session:
        office = offices.office_with(session, offices.id_of(session, "7225"))
        assert offices.id_of(session, "31") == office.office_id
    centre.close()
    # Of another kind it becomes by its papers alone.
    assert office.on(today + timedelta(days=1)).kind is OfficeKind.AGENCY
    assert run("enrol", "7225", "--manager", "محمد زارع", *_ID)[0] == 0


@pytest.mark.long
def test_an_office_whose_papers_could_not_bear_its_code_is_not_opened(
    run: Run, folder: Path, founded: str
) -> None:
    for wrong in ("7", "yz", "2/1", "۳۱", "3 1", "1" * 21):
        code, said = run("office", "add", wrong, *OFFICE[1:])
        assert (code, "از ۲ تا ۲۰ رقم" in said) == (1, True)
    centre = open_centre(folder)
    with centre.reading() as session:
        cards = centre.reference.holding(session, Topic.OFFICE, day_of(centre.clock()))
        assert set(cards) == {"municipality"}
    centre.close()


@pytest.mark.long
def test_a_certificate_that_is_given_must_be_its_keys(
    run: Run, folder: Path, address: str, tmp_path: Path
) -> None:
    own, other = (make_certificate(["centre.example"], datetime.now(UTC)) for _ in range(2))
    certificate, key = tmp_path / "given.pem", tmp_path / "given.key"
    certificate.write_bytes(own[0])
    key.write_bytes(other[1])
    given = ("--certificate", str(certificate), "--certificate-key", str(key))
    key.chmod(0o644)
    assert "chmod 600" in run("init", "--database", address, *given)[1]
    key.chmod(0o600)
    code, said = run("init", "--database", address, *given)
    assert (code, "گواهی" in said) == (1, True)
    key.write_bytes(own[1])
    code, said = run("init", "--database", address, *given)
    assert (code, fingerprint_of(own[0]).hex(":") in said) == (0, True)
    assert read_centre_file(folder).certificate == str(certificate)
    assert run("init", "--certificate", "x")[0] == 2


def test_a_file_that_says_nonsense_names_every_key(run: Run, folder: Path) -> None:
    folder.mkdir()
    for said_there in ("", 'kind = "office"\ncentre = "https://centre.example"\n'):
        (folder / "office.toml").write_text(said_there, encoding="utf-8")
        assert "centre init" in run("serve")[1]
    wrong = (
        'kind = "centre"\n[serving]\nport = 0\nprocesses = "2"\nhos = "x"\nmetrics_port = true\n'
        'balancers = "10.0.0.5, proxy.example"\n'
    )
    (folder / "office.toml").write_text(wrong, encoding="utf-8")
    code, said = run("serve")
    assert code == 1
    assert "port، processes، hos، metrics_port، balancers، database" in said


def test_a_backup_is_read_back_and_has_no_key(run: Run, folder: Path, founded: str) -> None:
    assert "last backup: never" in run("status")[1]
    code, said = run("backup")
    assert code == 0
    (dump,) = (folder / "backups").iterdir()
    assert str(dump) in said
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600
    assert dump.read_bytes().startswith(b"PGDMP")
    assert b"PRIVATE" not in dump.read_bytes()
    told = json.loads(run("status", "--json")[1])
    assert datetime.fromisoformat(told["backup_at"]).date() == datetime.now(UTC).date()
    with psycopg.connect(libpq(founded), autocommit=True) as connection:
        connection.execute("DROP TABLE letter")
        code, said = run("backup")
    assert (code, "letter" in said) == (1, True)
    assert [path.name for path in (folder / "backups").iterdir()] == [dump.name]


@pytest.mark.long
def test_keys_are_copied_under_a_passphrase(
    run: Run, founded: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.cli.keeping.password_of", lambda name: "گذرواژه")
    assert run("backup-keys", str(tmp_path / "safe"))[0] == 0
    for name in ("letters", "heads", "answers"):
        copy = (tmp_path / "safe" / f"{name}.pem").read_bytes()
        with pytest.raises(TypeError):
            load_pem_private_key(copy, None)
        key = load_pem_private_key(copy, "گذرواژه".encode())
        own = load_pem_private_key((folder / "keys" / f"{name}.pem").read_bytes(), None)
        assert key.public_key() == own.public_key()
    (folder / "keys" / "letters.pem").unlink()
    assert "پشتیبان" in run("status")[1]


def test_status_and_what_prometheus_is_told(run: Run, folder: Path, founded: str) -> None:
    assert run("office", "add", *OFFICE)[0] == 0
    centre = open_centre(folder)
    try:
        device, waits = new_id(), centre.clock() - timedelta(minutes=20)
        with centre.writing() as session:
            office = offices.id_of(session, "31")
            people.enrol_device(session, device, office, 1, "0" * 64)
            # One that has not called yet tells of no program.
            people.enrol_device(session, new_id(), office, 2, "1" * 64)
            row = session.get_one(DeviceRow, device)
            row.heard_at, row.told_oldest, row.told_version = centre.clock(), waits, "0.1.0"
            row.told_disk_mb, row.told_held = 61_000, 2
        samples = _samples(centre, folder)
        told = {sample.name: sample.value for sample in samples}
        assert told["pishkhan_database_up"] == 1
        (program,) = (s.labels for s in samples if s.name == "pishkhan_program_info")
        assert program == {"version": __version__, "schema": HEAD}
        # Of backups none was made yet.
        (disk,) = (s for s in samples if s.name == "pishkhan_disk_free_bytes")
        assert disk.labels == {"folder": "data"}
        assert 0 < disk.value <= shutil.disk_usage(folder).total
        assert told["pishkhan_held_commands"] == 0
        assert told["pishkhan_certificate_seconds"] > 86_400
        assert 0 <= told["pishkhan_silent_seconds"] < 60
        assert 1_200 <= told["pishkhan_oldest_unsent_seconds"] < 1_260
        assert "pishkhan_backup_age_seconds" not in told
        desks = {(s.name, *s.labels.values()): s.value for s in samples if "desks" in s.name}
        assert desks["pishkhan_desks_held_acts", "31"] == 2
        assert desks["pishkhan_desks_disk_free_bytes", "31"] == 61_000 * 2**20
        versions = [name[1:] for name in desks if name[0] == "pishkhan_desks"]
        assert versions == [("0.1.0",)]
        assert desks["pishkhan_desks", "0.1.0"] == 1
        told_of = {s.labels.get("office"): s.value for s in _lacking(centre, folder)}
        assert told_of["31"] == 1
        with centre.writing() as session:
            session.get_one(DeviceRow, device).told_backup = centre.clock() - timedelta(hours=30)
        assert {s.value for s in _lacking(centre, folder)} == {0}
    finally:
        centre.close()
    said = run("status")[1]
    desk = f"desk 1: heard .+, program 0.1.0, unsent since .+, backed up .+, device {device}"
    assert re.search(desk, said)
    assert run("retry") == (0, "settled: 0; still held: 0\n")


@pytest.mark.long
def test_a_certificate_is_told_as_it_is_served_and_as_it_lies_there(
    folder: Path, founded: str, tmp_path: Path
) -> None:
    path = folder / "certificate.pem"
    former = line_certificate(tmp_path)
    with tls_server(lambda request: Reply(200, b"", "", ""), former) as server:
        tells = partial(certificate_end, path, "0.0.0.0", server.address.port)
        # The file is renewed, and not yet served by.
        assert end_of(path.read_bytes()) > end_of(former.file.read_bytes()) == tells()
    assert tells() == end_of(path.read_bytes())
    centre = open_centre(folder)
    try:
        for spoil in (lambda: path.write_bytes(b"nonsense"), path.unlink):
            spoil()
            state = metrics.State(centre, tells, lambda: None, {})
            told = {s.name: s.value for metric in state.collect() for s in metric.samples}
            assert told["pishkhan_certificate_seconds"] == 0
            assert told["pishkhan_database_up"] == 1
    finally:
        centre.close()


def _lacking(centre: Centre, folder: Path) -> list[Sample]:
    name = "pishkhan_desks_without_backup"
    return [sample for sample in _samples(centre, folder) if sample.name == name]


def _samples(centre: Centre, folder: Path) -> list[Sample]:
    end = end_of((folder / "certificate.pem").read_bytes())
    state = metrics.State(
        centre, lambda: end, lambda: None, {"data": folder, "backups": folder / "backups"}
    )
    return [sample for metric in state.collect() for sample in metric.samples]


@pytest.mark.long
def test_the_first_records_come_into_force_and_the_next_wait_for_a_person(
    run: Run, folder: Path, founded: str, tmp_path: Path
) -> None:
    export, told = tmp_path / "export", tmp_path / "told.csv"
    write_folder(make_city(20, 1405, date(2026, 11, 20)), export)
    code, said = run("import", str(export), "--as-of", "1450/09/03")
    assert (code, said) == (1, "روز سوابق نمی‌تواند پس از امروز باشد.\n")
    code, said = run("import", str(export), "--as-of", "1405/08/29", "--report", str(told))
    assert (code, "is in force" in said, told.is_file()) == (0, True, True)
    assert "records: 2026-11-20" in run("status")[1]
    code, said = run("import", str(export), "--as-of", "1405/08/30")
    assert (code, "waits for a supervisor's word" in said) == (3, True)
    assert "records: 2026-11-20" in run("status")[1]
    code, said = run("import", str(tmp_path), "--as-of", "1405/08/30")
    assert code == 1


@pytest.mark.long
def test_a_slow_statement_is_counted_and_logged_without_what_it_asks(
    folder: Path, founded: str, caplog: pytest.LogCaptureFixture
) -> None:
    centre = open_centre(folder)
    counts = CollectorRegistry()
    meter = metrics.Meter(centre, counts)
    try:
        with centre.reading() as session:
            session.execute(text("SELECT pg_sleep(0.6), :name"), {"name": "زهرا"})
            session.execute(text("SELECT 1"))
        meter("/v1/hello", 200, 0.003)
        assert counts.get_sample_value("pishkhan_slow_statements_total") == 1
        assert counts.get_sample_value("pishkhan_pool_in_use_count", {"engine": "writer"}) == 1
        answered = {"call": "/v1/hello", "status": "200", "le": "0.005"}
        assert counts.get_sample_value("pishkhan_answer_seconds_bucket", answered) == 1
    finally:
        centre.close()
    assert "pg_sleep" in caplog.text
    assert "زهرا" not in caplog.text


def test_machines_and_people_come_by_codes_and_a_machine_goes(
    run: Run, folder: Path, address: str
) -> None:
    code, said = run("init", "--database", address, "--supervisor", "مریم شایق", *_ID)
    assert (code, bool(CODE.search(said))) == (0, True)
    assert "nobody gives second signatures yet" in said
    assert run("office", "add", *OFFICE)[0] == 0
    code, said = run("enrol", "31", "--manager", "محمد زارع")
    assert (code, "کد ملی او را بنویسید" in said) == (1, True)
    for given in (
        ("enrol", "31", "--manager", "محمد زارع", *_ID),
        ("person", "add", "31", "--name", "زهرا فلاح", "--role", "clerk", *_ID),
    ):
        code, said = run(*given)
        assert (code, bool(CODE.search(said))) == (0, True)
    code, said = run("enrol", "32", "--manager", "محمد زارع", *_ID)
    assert (code, "دفتری با این کد نیست" in said) == (1, True)
    code, said = run("person", "add", "31", "--name", "علی کارگر", "--role", "inspector")
    assert (code, "نمی‌نشیند" in said) == (1, True)
    known = new_id()
    device = new_id()
    centre = open_centre(folder)
    with centre.writing() as session:
        office = offices.id_of(session, "31")
        people.enrol_device(session, device, office, 1, "0" * 64)
        clerk = Staff(known, "زهرا فلاح", Role.CLERK, office, "0" * 64)
        people.enrol_person(session, clerk, centre.clock())
    centre.close()
    named = ("person", "add", "31", "--name", "زهرا فلاح", "--role", "clerk", *_ID)
    code, said = run(*named)
    assert (code, known in said, CODE.search(said)) == (1, True, None)
    for meant in (("--again", known), ("--another",)):
        code, said = run(*named, *meant)
        assert (code, bool(CODE.search(said))) == (0, True)
    assert run("revoke", device) == (0, f"{device}: revoked\n")
    assert "desk 1: revoked" in run("status")[1]
    assert run("revoke", new_id())[0] == 1


@pytest.mark.long
def test_the_first_person_may_be_an_administrator(run: Run, folder: Path, address: str) -> None:
    named = ("init", "--database", address, "--administrator", "ناهید راهبر")
    assert run(*named)[0] == 2
    assert run(*named, "--supervisor", "مریم شایق", *_ID)[0] == 2
    assert not (folder / "office.toml").exists()
    code, said = run(*named, *_ID)
    assert (code, bool(CODE.search(said))) == (0, True)
    centre = open_centre(folder)
    with centre.reading() as session:
        (waits,) = session.scalars(select(EnrolCodeRow))
        assert (waits.name, waits.role, waits.device) == ("ناهید راهبر", Role.ADMIN.value, True)
    centre.close()


@pytest.mark.long
def test_a_code_that_was_not_kept_is_not_read_out(
    run: Run, founded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("office", "add", *OFFICE)[0] == 0

    @contextmanager
    def cut(centre: Centre) -> Iterator[Session]:
        with Session(centre.writer) as session:
            yield session
            raise Refusal("پایگاه داده پاسخ نداد.")

    monkeypatch.setattr(Centre, "writing", cut)
    for given in (
        ("enrol", "31", "--manager", "محمد زارع", *_ID),
        ("person", "add", "31", "--name", "زهرا فلاح", "--role", "clerk", *_ID),
    ):
        code, said = run(*given)
        assert (code, CODE.search(said)) == (1, None)
