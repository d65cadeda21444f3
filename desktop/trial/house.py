"""A demo house: an office and the municipality's desk with their own centre, on made-up records."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.actions.desk import Clock
from desktop.centre import people as centre_people
from desktop.centre.context import Centre, day_of, in_a_thread
from desktop.centre.records import in_force
from desktop.centre.records.importer import Rules, import_export
from desktop.centre.reference import publication
from desktop.centre.signing import CentreKey
from desktop.centre.tick import tick
from desktop.compose import (
    Enrolment,
    InProcess,
    Running,
    SystemClock,
    enrol_desk,
    enrol_person,
    open_centre,
    open_desk,
)
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import HOLIDAYS_KEY, SERVICES, whole_text
from desktop.forms.shipped import figures_text, holidays_text, shipped_city
from desktop.keys import COST, Cost, DeviceKeys, new_key
from desktop.sql.engine import Place
from desktop.store.lock import InUse, demand_free
from desktop.store.open import Store
from desktop.trial.city import make_city
from desktop.trial.exporting import write_folder
from desktop.wire.canon import canon
from desktop.wire.codec import plain
from desktop.wire.link import Link

PASSWORD = "نمونه"
OFFICE = OfficeCard(
    code="21",
    name="دفتر پیشخوان ۲۱",
    address="یزد، بلوار آیت‌الله طالقانی",
    phone="03537250021",
    postal_code="8915818411",
    district=2,
    authority="دفتر به استناد صورت‌جلسهٔ واگذاری ۱۴۰۴/۱۰/۲۰ (نمونه) از سوی شهرداری پاسخ می‌دهد.",
    sample=True,
)
MUNICIPAL = OfficeCard(
    code=MUNICIPALITY,
    name="مدیریت هماهنگی و نظارت بر ساخت و سازها",
    address="یزد، میدان آزادی",
    phone="03536260000",
    postal_code="8913613111",
    district=0,
    authority="",
    sample=True,
)
STAFF = (
    Staff("zahra-fallah", "زهرا فلاح", Role.CLERK, "21", title="متصدی، باجهٔ ۲"),
    Staff("mohammad-zare", "محمد زارع", Role.MANAGER, "21", title="مسئول دفتر پیشخوان ۲۱"),
    Staff("saeed-nouri", "سعید نوری", Role.EXPERT, MUNICIPALITY, title="کارشناس شهرسازی"),
    Staff("ali-kargar", "علی کارگر", Role.INSPECTOR, MUNICIPALITY, title="مأمور بازدید"),
    Staff("hamid-mirjalili", "حمید میرجلیلی", Role.SUPERVISOR, MUNICIPALITY, title="ناظر شهرداری"),
    # What one supervisor prepares another one signs.
    Staff("maryam-shayegh", "مریم شایق", Role.SUPERVISOR, MUNICIPALITY, title="ناظر شهرداری"),
)
PROPERTIES = 5_000
_DESK = 2
_FRESH = timedelta(days=7)
_CENTRE, _OFFICE, _MUNICIPAL = "centre", "office", "municipality"
_BEGINNING = date(2026, 1, 10)  # 20 Dey 1404, when the offices took over

Progress = Callable[[int, int], None]


class HouseClock:
    """The house's clock: another one's while it is set, so that a past day can be made."""

    def __init__(self, own: Clock) -> None:
        self._own = own
        self.other: Clock | None = None

    def now(self) -> datetime:
        """The moment, UTC."""
        return (self.other or self._own).now()


@dataclass
class House:
    """A demo house at work: the centre and its two desks, on one clock."""

    clock: HouseClock
    centre: Centre
    office: Running
    municipality: Running
    stores: Mapping[str, Path] = field(default_factory=dict)

    def desk_of(self, role: Role) -> Running:
        """The desk at which the role sits."""
        return self.municipality if role.is_municipal else self.office

    def set_clock(self, clock: Clock | None) -> None:
        """Tell the time by this clock; by the own one again for None."""
        self.clock.other = clock

    def tick(self) -> int:
        """What time brings about at the centre; told to both desks. How many acts it did."""
        done = tick(self.centre)
        if done:
            self.office.sync()
            self.municipality.sync()
        return done

    def put_in_force(self, facts: Iterable[Published]) -> None:
        """Publish reference data, and let both desks hear of it."""
        with self.centre.writing() as session:
            centre_people.publish(session, facts, self.centre.clock())
        self.office.sync()
        self.municipality.sync()

    def close(self) -> None:
        """Close both stores and the centre's database."""
        self.office.close()
        self.municipality.close()
        self.centre.close()


def published(day: date = _BEGINNING) -> list[Published]:
    """The reference data that ships: services, figures, holidays, both offices."""
    found = [
        publication(Topic.SERVICE, path.stem, day, whole_text(path))
        for path in sorted(SERVICES.glob("*.toml"))
    ]
    found.append(publication(Topic.FIGURES, "city", day, figures_text()))
    found.append(publication(Topic.HOLIDAYS, HOLIDAYS_KEY, day, holidays_text()))
    for card in (OFFICE, MUNICIPAL):
        found.append(publication(Topic.OFFICE, card.code, day, canon(plain(card))))
    return found


def open_house(
    folder: Path,
    clock: Clock | None = None,
    *,
    prepare: Callable[[House], None] = lambda house: None,
    properties: int = PROPERTIES,
    seed: int = 1405,
    cost: Cost = COST,
    database: Place | None = None,
    line: Callable[[Link], Link] = lambda link: link,
    later: Callable[[Callable[[], object]], object] = in_a_thread,
    progress: Progress = lambda done, whole: None,
) -> House:
    """The house in the folder, made at the first start; records older than a week are renewed.

    With no `properties` it has no records: requests wait for them.

    `prepare` is called once, with the new house, before anybody sits down; `database` is the
    centre's when it is not a file of the folder; `line` may stand between the desks and the centre;
    `later` does what takes the centre too long for a call; of no `properties` there are no records.
    Raises Refusal when its files can't be opened: InUse while a window or a command has it open.
    """
    paths = _paths(folder)
    for path in paths.values():
        # Before anything is touched: the centre's database has no lock of its own.
        demand_free(path)
    house_clock = HouseClock(clock or SystemClock())
    keys = DeviceKeys(folder / "keys", cost=cost)
    first = keys.find(_CENTRE) is None
    if first:
        keys.keep_demo(_CENTRE, new_key())
    private = keys.find(_CENTRE)
    if private is None:
        raise Refusal("کلید مرکز نمونه خوانده نشد؛ پوشهٔ نمونه را پاک کنید.")
    centre = open_centre(
        database or folder / "centre.db", CentreKey(private, demo=True), house_clock, later
    )
    if first:
        _found(centre, keys, paths)
    _publish(centre)
    _renew_records(centre, properties, seed, progress)
    house = House(
        house_clock,
        centre,
        _open(line(InProcess(centre)), keys, paths[_OFFICE], _OFFICE, house_clock),
        _open(line(InProcess(centre)), keys, paths[_MUNICIPAL], _MUNICIPAL, house_clock),
        paths,
    )
    # A house of an earlier program lacks whoever joined the staff since.
    known = _enrolled(centre)
    joined = [staff for staff in STAFF if staff.staff_id not in known]
    for staff in joined:
        desk = house.desk_of(staff.role).desk
        enrol_person(centre, desk, staff, PASSWORD, house_clock.now(), cost)
    if joined:
        house.office.sync()
        house.municipality.sync()
    if first:
        prepare(house)
    house.tick()
    return house


def has_house(folder: Path) -> bool:
    """Whether a house was founded in the folder."""
    return (folder / "centre.db").is_file()


@contextmanager
def municipal_store(folder: Path) -> Iterator[Store]:
    """The store of the municipal desk of the house in the folder, by itself, to read only.

    It holds what the centre had told when the desk was last at work. Raises InUse while a window or
    a command has the house open.
    """
    try:
        store = Store(_paths(folder)[_MUNICIPAL])
    except InUse as no:
        raise elsewhere(no) from no
    try:
        yield store
    finally:
        store.close()


def elsewhere(no: InUse) -> InUse:
    """The same, with where a command's work can be done meanwhile."""
    return InUse(f"{no.words} همین کار در پنجرهٔ باز، در صفحهٔ «خدمت‌ها» یا «سوابق شهر»، هم شدنی است.")


def _paths(folder: Path) -> dict[str, Path]:
    return {_OFFICE: folder / "office.db", _MUNICIPAL: folder / "municipality.db"}


def _enrolled(centre: Centre) -> set[str]:
    with centre.reading() as session:
        return centre_people.enrolled(session)


def _found(centre: Centre, keys: DeviceKeys, paths: Mapping[str, Path]) -> None:
    with centre.writing() as session:
        for card in (OFFICE, MUNICIPAL):
            centre_people.open_office(session, card)
    for name, card, desk in ((_OFFICE, OFFICE, _DESK), (_MUNICIPAL, MUNICIPAL, 1)):
        device_id = enrol_desk(centre, keys, Enrolment(paths[name], card, desk))
        _device_file(paths[name]).write_text(device_id, encoding="utf-8")


def _device_file(store: Path) -> Path:
    return store.with_suffix(".device")


def _open(link: Link, keys: DeviceKeys, path: Path, name: str, clock: Clock) -> Running:
    key = keys.find(_device_file(path).read_text(encoding="utf-8"))
    if key is None:
        raise Refusal(f"کلید میز «{name}» خوانده نشد؛ پوشهٔ نمونه را پاک کنید.")
    return open_desk(path, link, key, clock, demo=True)


def _publish(centre: Centre) -> None:
    """What ships, at the founding; what a later program ships takes two people's word."""
    facts, key = published(), centre.key
    with centre.writing() as session:
        new = [fact for fact in facts if not centre_people.is_published(session, fact)]
        if len(new) == len(facts):
            centre_people.publish(session, facts, centre.clock())
        elif new:
            names = ", ".join(f"{fact.topic}:{fact.key}" for fact in new)
            logging.getLogger(__name__).warning("shipped later, not in force here: %s", names)
        own = publication(Topic.CENTRE_KEY, key.key_id, _BEGINNING, key.public)
        centre_people.publish(session, [own], centre.clock())


def _renew_records(centre: Centre, properties: int, seed: int, progress: Progress) -> None:
    if not properties:
        return
    today = day_of(centre.clock())
    with centre.reading() as session:
        held = in_force.as_of(session)
    if held is not None and today - held < _FRESH:
        return
    folder = Path(tempfile.mkdtemp(prefix="pishkhan-city-"))
    try:
        write_folder(make_city(properties, seed, today), folder)
        import_export(
            centre.writer,
            folder,
            today - timedelta(days=1),
            Rules.of(shipped_city()),
            clock=centre.clock,
            progress=progress,
        )
    finally:
        shutil.rmtree(folder)
