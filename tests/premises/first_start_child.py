"""Makes a first start as the window does and prints what stands then, as one JSON object."""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

from desktop.actions import access
from desktop.demo.beginning import begin_queue
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.errors import Refusal
from desktop.premises.open import House, Opening
from desktop.store import queue
from tests.houses import CHEAP


def _begin_nothing(_: House) -> None:
    pass


def main() -> int:
    """`folder properties queue|bare [limit]`: where, of how many, whether with the city's offices
    and a day's queue or without, and the largest file that the disk takes.

    Its people's keys are cheap: what is killed here is the making, and its moments are waited for.
    """
    folder, properties, begun, *limit = sys.argv[1:]
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    try:
        opening = Opening(cost=CHEAP)
        begin = begin_queue if begun == "queue" else _begin_nothing
        house = open_house(Path(folder), opening, properties=int(properties), begin=begin)
    except Refusal as no:
        sys.stdout.write(json.dumps({"refused": no.words}))
        return 3
    desk = house.office.desk
    with desk.store.reading() as session:
        cases = len(queue.ids(session))
    for person in STAFF:
        access.sign_in(house.desk_of(person.role).desk, person.name, PASSWORD)
    house.close()
    sys.stdout.write(json.dumps({"people": len(STAFF), "cases": cases}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
