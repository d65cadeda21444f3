"""What goes wrong in a soak: each fault by name, done to the town, and mended after a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from random import Random

from desktop.domain.line import Why
from desktop.sync.schedule import LONGEST
from desktop.trial.postgres import OwnPostgres
from desktop.trial.relay import Mischief
from desktop.trial.soak.diary import FROZEN, Told
from desktop.trial.soak.machines import Desk, Town

Say = Callable[[str], None]
PROCESSES = 2
_BY = "مدیر مرکز"
_DAY_S = 86_400
_JUMPS_S = (-3_600, 240, 1_800, 2 * _DAY_S, -2 * _DAY_S, 31 * _DAY_S)
_LINES = (
    Mischief.DROP_QUESTION, Mischief.DROP_ANSWER, Mischief.CUT_ANSWER, Mischief.CUT_TLS,
    Mischief.SWALLOW, Mischief.TRICKLE, Mischief.DELAY, Mischief.GARBLE,
)  # fmt: skip
_LINE, _CLOCK, _CENTRE = "line", "clock", "centre"
# Longer than a desk rests between rounds, which may have gone wrong for another reason before.
_FREEZE_S = LONGEST + 30.0
_SEND_S = 90.0
_OPEN_S = 45.0
_ALL_COME_S = 300.0


class Faults:
    """Faults at random, by one source of chance; what mends itself later is mended by `mend`."""

    def __init__(
        self, town: Town, postgres: OwnPostgres, name: str, random: Random, say: Say
    ) -> None:
        """`name` is that of the centre's database in that server."""
        self._town, self._postgres, self._random, self._say = town, postgres, random, say
        self.database = name
        self._lives = 1
        self._later: list[tuple[float, Callable[[], None]]] = []
        self.by_name: dict[str, tuple[int, Callable[[], None]]] = {
            "a desk is killed": (6, self._kill_desk),
            "a line is bad": (8, self._spoil_line),
            "all lines are cut": (2, self._cut_all),
            "a clock jumps": (4, self._jump_clock),
            "the centre's clock jumps": (1, self._jump_centres),
            "the centre is killed": (2, self._kill_centre),
            "a process of the centre is killed": (3, self._kill_process),
            "PostgreSQL is killed": (3, self._kill_postgres),
            "a desk is copied": (1, self._copy_desk),
            "an older disk is put in": (1, self._put_in_older),
            "a device is revoked": (1, self._revoke),
            "the centre is backed up": (2, self.back_up),
            "the centre is restored": (1, self._restore),
        }
        """How often each comes beside the others, and what does it."""

    def names(self) -> Iterator[str]:
        """Each once in an order by chance, then by their weights, without an end."""
        known = list(self.by_name)
        first = known.copy()
        self._random.shuffle(first)
        yield from first
        weights = [weight for weight, _ in self.by_name.values()]
        while True:
            yield from self._random.choices(known, weights)

    def mend(self, *, all_: bool = False) -> None:
        """Mend what was to be mended by now, or all."""
        now = time.monotonic()
        due = [each for each in self._later if all_ or each[0] <= now]
        self._later = [each for each in self._later if each not in due]
        for _, act in due:
            act()

    def back_up(self) -> None:
        """Back the centre up, as its operator does each night."""
        self._say(f"  {self._town.service.command('backup').strip()}")

    def _after(self, least: float, most: float, act: Callable[[], None]) -> None:
        self._later.append((time.monotonic() + self._random.uniform(least, most), act))

    def _any(self) -> Desk:
        desk = self._random.choice(self._town.desks)
        self._say(f"  desk {desk.name}")
        return desk

    def _kill_desk(self) -> None:
        desk = self._any()
        desk.kill()
        time.sleep(self._random.uniform(0, 2))
        desk.begin()

    def _spoil_line(self) -> None:
        desk, mischief = self._any(), self._random.choice(_LINES)
        self._say(f"  {mischief.value}")
        desk.suffers(_LINE)
        desk.line.mischief = mischief
        self._after(3, 15, partial(_mend_line, desk))

    def _cut_all(self) -> None:
        for desk in self._town.desks:
            desk.suffers(_LINE)
            desk.line.mischief = Mischief.DROP_QUESTION
            self._after(5, 25, partial(_mend_line, desk))

    def _jump_clock(self) -> None:
        desk, seconds = self._any(), self._random.choice(_JUMPS_S)
        self._say(f"  by {seconds} s")
        desk.suffers(_CLOCK)
        desk.jump(seconds)

        def sets_right() -> None:
            desk.jump(0)
            desk.recovers(_CLOCK)

        self._after(8, 20, sets_right)

    def _jump_centres(self) -> None:
        """The centre is begun by a wrong clock, and after a while by a right one."""
        town, seconds = self._town, self._random.choice(_JUMPS_S)
        self._say(f"  by {seconds} s")
        touched = list(town.desks)
        for desk in touched:
            desk.suffers(_CLOCK)
        for wrong_by in (seconds, 0):
            with self._without_centre():
                town.service.kill()
                town.service.begin(PROCESSES, wrong_by)
            time.sleep(self._random.uniform(8, 20))
        for desk in touched:
            desk.recovers(_CLOCK)

    @contextmanager
    def _without_centre(self) -> Iterator[None]:
        """No desk can be blamed for what it does not send within the block."""
        touched = list(self._town.desks)
        for desk in touched:
            desk.suffers(_CENTRE)
        yield
        for desk in touched:
            desk.recovers(_CENTRE)

    def _kill_centre(self) -> None:
        with self._without_centre():
            self._town.service.kill()
            time.sleep(self._random.uniform(0, 5))
            self._town.service.begin(PROCESSES)

    def _kill_process(self) -> None:
        self._town.service.kill_one(self._random)

    def _kill_postgres(self) -> None:
        with self._without_centre():
            self._postgres.kill()
            time.sleep(self._random.uniform(0, 3))
            self._postgres.begin()

    def _copy_desk(self) -> None:
        """Two machines work on copies of one store: one of them must be frozen, and say so."""
        town, desk = self._town, self._any()
        desk.kill()
        home = town.folder / f"{desk.name}-copy-{len(town.diaries)}"
        desk.copy_disk(home)
        own = replace(desk.sitting, home=home, diary=town.diary(desk.name), life=50, shift_s=0)
        copy = Desk(f"{desk.name}-copy", desk.office, own, desk.line)
        town.ends.callback(copy.kill)
        both = [desk, copy]
        self._random.shuffle(both)
        for each in both:
            each.begin()
        frozen = self._await_frozen(Why.FORK, *both)
        if frozen is desk:
            town.desks[town.desks.index(desk)] = copy
        (frozen or copy).kill()

    def _put_in_older(self) -> None:
        """The disk of a while ago is put into a machine, seen to be frozen, and taken out."""
        town, desk = self._town, self._any()
        desk.kill()
        older = town.folder / f"{desk.name}-older"
        desk.copy_disk(older)
        # What it made and did not send yet it would only send once more.
        made = max(Told.of(desk.sitting.diary).did, default=0) + 1
        desk.begin()
        if not self._awaits_sent(desk, made):
            self._say("  nothing was sent meanwhile: it is no older one")
            return
        desk.kill()
        newest, own = town.folder / f"{desk.name}-newest", desk.sitting
        desk.copy_disk(newest)
        desk.put_back(older, town.diary(desk.name))
        desk.begin()
        self._await_frozen(Why.FORK, desk)
        desk.kill()
        desk.put_back(newest, own.diary)
        desk.begin()

    def _revoke(self) -> None:
        """A machine is stolen: its device is revoked, and another one takes its place."""
        town, desk = self._town, self._any()
        town.service.command("revoke", Told.of(desk.sitting.diary).device)
        self._await_frozen(Why.REVOKED, desk)
        desk.kill()
        town.desks.remove(desk)
        role = ("--role", "expert") if desk.sitting.expert else ()
        town.join(desk.office, desk.sitting.person, *role, expert=desk.sitting.expert)
        # What a restored centre would not know of.
        self.back_up()

    def lose_host(self) -> None:
        """The centre's machine is gone with its database; the newest backup becomes the centre once
        every desk has given back what it has."""
        with self._without_centre():
            self._put_backup_in(_ALL_COME_S)

    def _restore(self) -> None:
        """The newest backup becomes the centre, in another database of the same server."""
        with self._without_centre():
            self._put_backup_in(_OPEN_S)

    def _put_backup_in(self, patience_s: float) -> None:
        service = self._town.service
        newest = max((service.home / "backups").iterdir())
        service.kill()
        self._lives += 1
        before, self.database = self.database, f"pishkhan_{self._lives}"
        service.move_to(self._postgres.address(before), self._postgres.address(self.database))
        self._say(f"  {newest.name}")
        service.command("restore", str(newest))
        service.begin(PROCESSES)
        begun = time.monotonic()
        opened = False
        while not opened and time.monotonic() - begun < patience_s:
            # A command is a program that begins: asked more often it takes what desks give with.
            time.sleep(5)
            self.mend()
            opened = "closed" not in service.command("recover")
        if not opened:
            self._say("  it is opened by name")
            service.command("recover", "--open", _BY)
        for line in service.command("recover", "--confirm", _BY).splitlines():
            self._say(f"  {line}")

    def _await_frozen(self, why: Why, *desks: Desk) -> Desk | None:
        """The first of them that says that its queue stands still; None where none does, which is
        told as a bug."""
        end = time.monotonic() + _FREEZE_S
        for desk in desks:
            _mend_line(desk)
        while time.monotonic() < end:
            for desk in desks:
                if Told.of(desk.sitting.diary).why in FROZEN:
                    self._say(f"  {desk.name} is frozen, and says so")
                    desk.say(doomed=why.value)
                    return desk
            time.sleep(0.5)
            self.mend()
        self._say("  none of them was frozen")
        desks[0].say(bug=f"{', '.join(each.name for each in desks)}: none was frozen as {why}")
        return None

    def _awaits_sent(self, desk: Desk, made: int) -> bool:
        """Whether it soon did more than so many acts, and the centre has them."""
        _mend_line(desk)
        end = time.monotonic() + _SEND_S
        while time.monotonic() < end:
            if Told.of(desk.sitting.diary).acked > made:
                return True
            time.sleep(0.5)
            self.mend()
        return False


def _mend_line(desk: Desk) -> None:
    desk.line.mischief = Mischief.PASS
    desk.recovers(_LINE)
