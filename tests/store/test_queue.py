"""The queue and the search, over a handful of cases and over thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select

from desktop.chance import new_id
from desktop.domain.commands import Register
from desktop.domain.decision import Outcome
from desktop.domain.identifiers import Plate, short_number, tracking_code
from desktop.domain.people import Applicant, Party
from desktop.domain.persian import sort_key
from desktop.domain.request import Request
from desktop.domain.search_words import words
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.sql.asked import asked
from desktop.store import queue, search, search_table
from desktop.store.acts import act
from desktop.store.open import Session, Store
from desktop.store.queue import Order, QueueFilter
from desktop.store.row import Rank
from desktop.store.search import Shape
from desktop.store.tables import CaseRow
from tests.office import CLERK, NOW, TODAY, request, setting_for
from tests.store.conftest import KINDS, enrolled, place_of

MANY = 6_000


def put(session: Session, wanted: Request) -> str:
    case_id = new_id()
    payload = Register(wanted)
    act(session, [payload], case_id=case_id, actor=CLERK, at=NOW, setting_for=setting_for)
    return case_id


def put_few(session: Session) -> dict[str, str]:
    """Four cases by name."""
    names = {
        "ali": request(1, first_name="علی‌اکبر", last_name="دهقان", person_id="4420123456"),
        "maryam": request(
            2, first_name="مریم", last_name="کریمی", person_id="4420999999",
            code="2-14-308-27-1-3-0", received_on=TODAY - timedelta(days=2),
        ),
        "pari": request(
            3, first_name="پریا", last_name="گلشن", person_id="4421111111",
            code="2-14-309-1-0-0-0", plate=Plate(2, 65, 4555), received_on=TODAY,
        ),
        "taha": request(
            4, first_name="طاها", last_name="تقوی", person_id="4422222222", code="3-1-1-1-0-0-0",
        ),
    }  # fmt: skip
    return {name: put(session, wanted) for name, wanted in names.items()}


@pytest.fixture
def few(store: Store) -> dict[str, str]:
    """The ids of the store's four cases by name."""
    return store.write(put_few)


@pytest.fixture(scope="module", params=KINDS)
def filed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store of four cases, to be read alone."""
    path = tmp_path_factory.mktemp("filed") / "office.sqlite"
    with enrolled(place_of(request.param, path)) as store:
        store.write(put_few)
        yield store


def found(store: Store, typed: str) -> tuple[Shape, list[str]]:
    with store.reading() as session:
        result = search.find(session, typed)
    return result.shape, [case.applicant for case in result.cases]


@pytest.mark.parametrize(
    ("typed", "shape", "names"),
    [
        ("۴۴۲۰۱۲۳۴۵۶", Shape.PERSON_ID, ["علی‌اکبر دهقان"]),
        ("٤٤٢٠٩٩٩٩٩٩", Shape.PERSON_ID, ["مریم کریمی"]),
        ("4420000000", Shape.PERSON_ID, []),
        (tracking_code("21", "050903", 1, 3), Shape.TRACKING, ["پریا گلشن"]),
        (tracking_code("21", "050903", 1, 3).replace("-", ""), Shape.TRACKING, ["پریا گلشن"]),
        (short_number(tracking_code("21", "050903", 1, 3)), Shape.NUMBER, ["پریا گلشن"]),
        ("050903-01-0003", Shape.NUMBER, ["پریا گلشن"]),
        ("050903-01-0009", Shape.NUMBER, []),
        ("059903-01-0003", Shape.WORDS, []),
        ("۲-۱۴-۳۰۸-۲۷", Shape.CODE, ["مریم کریمی", "علی‌اکبر دهقان"]),
        ("2/14/308/27/1/3/0", Shape.CODE, ["مریم کریمی"]),
        ("2-14-308-2", Shape.CODE, []),
        ("۳ ۱ ۱ ۱ ۰ ۰ ۰", Shape.WORDS, ["طاها تقوی"]),
        ("4555/65", Shape.PLATE, ["پریا گلشن"]),
        ("۴۵۵۵ فرعی از ۶۵", Shape.PLATE, ["پریا گلشن"]),
        ("65/4555", Shape.PLATE, []),
        ("۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲", Shape.PLATE, ["پریا گلشن"]),
        ("۶۵ اصلی", Shape.PLATE, ["پریا گلشن"]),
        ("۶ اصلی", Shape.PLATE, []),
        ("1405/21/7", Shape.LETTER, []),
        ("09131234567", Shape.MOBILE, ["طاها تقوی", "پریا گلشن", "مریم کریمی", "علی‌اکبر دهقان"]),
        ("0913 123", Shape.WORDS, ["طاها تقوی", "پریا گلشن", "مریم کریمی", "علی‌اکبر دهقان"]),
        ("گل شن", Shape.WORDS, ["پریا گلشن"]),
        ("پریا گل‌شن", Shape.WORDS, ["پریا گلشن"]),
        ("کر", Shape.WORDS, ["مریم کریمی"]),
        ("كري", Shape.WORDS, ["مریم کریمی"]),
        ("مریم ک", Shape.WORDS, ["مریم کریمی"]),
        ("کریمی مر", Shape.WORDS, ["مریم کریمی"]),
        ("اکبر", Shape.WORDS, ["علی‌اکبر دهقان"]),
        ("علی اکبر", Shape.WORDS, ["علی‌اکبر دهقان"]),
        ("علی‌اکبر", Shape.WORDS, ["علی‌اکبر دهقان"]),
        ("علیاکبر", Shape.WORDS, ["علی‌اکبر دهقان"]),
        ("ناشناس", Shape.WORDS, []),
        ("", Shape.WORDS, []),
        ('" OR *', Shape.WORDS, []),
        ("words:مریم", Shape.WORDS, []),
        ("NOT مریم", Shape.WORDS, []),
        ("😀", Shape.WORDS, []),
        ("\x00\x07", Shape.WORDS, []),
        ("م" * 10_000, Shape.WORDS, []),
        ("9" * 10_000, Shape.WORDS, []),
    ],
)  # fmt: skip
def test_a_case_is_found_by_what_is_typed(
    typed: str, shape: Shape, names: list[str], filed: Store
) -> None:
    assert found(filed, typed) == (shape, names)


def test_filters_and_counts(store: Store, few: dict[str, str]) -> None:
    def shown(wanted: QueueFilter) -> set[str]:
        with store.reading() as session:
            rows = queue.rows(session, queue.ids(session, wanted))
        ids = {row.case_id for row in rows.values()}
        return {name for name, case_id in few.items() if case_id in ids}

    assert shown(QueueFilter()) == set(few)
    assert shown(QueueFilter(states=frozenset({State.FEE_DUE}))) == set(few)
    assert shown(QueueFilter(states=frozenset({State.BOOKED}))) == set()
    assert shown(QueueFilter(ranks=frozenset({Rank.OURS}), service="no-violation")) == set(few)
    assert shown(QueueFilter(service="transfer")) == set()
    assert shown(QueueFilter(received_to=TODAY - timedelta(days=1))) == {"maryam"}
    assert shown(QueueFilter(received_from=TODAY)) == set(few) - {"maryam"}
    assert shown(QueueFilter(due_to=TODAY + timedelta(days=5))) == {"maryam"}
    assert shown(QueueFilter(text="کری")) == {"maryam"}
    assert shown(QueueFilter(text="؟")) == set()
    assert shown(QueueFilter(text="۰۵۰۹۰۳-۰۱-۰۰۰۳")) == {"pari"}
    assert shown(QueueFilter(text="تق وی")) == {"taha"}
    assert shown(QueueFilter(waiting=True, registered_by=CLERK.staff_id)) == set(few)
    assert shown(QueueFilter(trouble=True)) == set()
    assert shown(QueueFilter(unprinted=True)) == set()
    assert shown(QueueFilter(among=frozenset())) == set()
    assert shown(QueueFilter(outcomes=frozenset({Outcome.ANSWER}))) == set()
    with store.reading() as session:
        assert queue.counts(session) == {State.FEE_DUE: 4}
        assert queue.counts(session, QueueFilter(text="کری")) == {State.FEE_DUE: 1}
        assert queue.turns(session) == {Rank.OURS: 4}
        assert queue.turns(session, QueueFilter(service="transfer")) == {}


def test_the_alphabet_is_persian_and_the_nearest_deadline_is_first(
    store: Store, few: dict[str, str]
) -> None:
    with store.reading() as session:
        by_name = list(queue.ids(session, order=Order.APPLICANT))
        rows = queue.rows(session, by_name)
        turn = list(queue.ids(session))
        back = list(queue.ids(session, descending=True))
    assert [rows[i].applicant for i in by_name] == [
        "طاها تقوی", "علی‌اکبر دهقان", "مریم کریمی", "پریا گلشن",
    ]  # fmt: skip
    assert rows[turn[0]].applicant == "مریم کریمی"
    assert back == turn[::-1]


def test_earlier_cases_of_a_person_or_a_property(store: Store, few: dict[str, str]) -> None:
    with store.reading() as session:
        assert [c.case_id for c in queue.earlier(session, applicant_id="4420999999")] == [
            few["maryam"]
        ]
        assert [c.case_id for c in queue.earlier(session, code="2-14-309-1-0-0-0")] == [few["pari"]]
        assert queue.earlier(session) == []


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Thousands of cases, written as the view writes them."""
    with enrolled(tmp_path_factory.mktemp("crowd") / "office.sqlite") as store:
        store.write(_crowd)
        yield store


FIRST = ("علی", "مریم", "حسن", "زهرا", "رضا", "فاطمه", "محمد", "پریا", "طاها", "گلناز")
LAST = ("دهقان", "کریمی", "یزدی", "میبدی", "اردکانی", "تفتی", "بافقی", "مهریزی", "ابرکوهی", "صدری")


def _crowd(session: Session) -> None:
    states, statuses = list(State), list(Status)
    rows, texts = [], []
    for n in range(1, MANY + 1):
        party = Party(
            Applicant.OWNER, f"{4_400_000_000 + n}", FIRST[n % 10], f"{LAST[n // 10 % 10]} {n % 97}"
        )
        held = words(party.name, party.person_id, f"21050903{n:08d}")
        texts.append((n, held))
        rows.append(
            {
                "id": n, "case_id": f"case-{n}", "stream": "office:21", "rev": 1,
                "state": states[n % len(states)].value,
                "status": statuses[n % len(statuses)].value, "rank": n % 3, "outcome": "",
                "service": f"service-{n % 5}", "applicant": party.name,
                "applicant_sort": sort_key(f"{party.last_name} {party.first_name}"),
                "applicant_id": party.person_id, "mobile": "", "code": f"1-{n % 50}-{n}-1-0-0-0",
                "plate": f"{n}/1/2", "tracking": f"21050903{n:08d}",
                "received_on": TODAY - timedelta(days=n % 300),
                "received_at": NOW - timedelta(minutes=n),
                "due_on": TODAY + timedelta(days=n % 90 - 30), "updated_at": NOW,
                "registered_by": CLERK.staff_id, "provisional": False, "refused": False,
                "recall": False, "needs_update": False, "slot_day": None, "slot_half": 0,
                "letter_number": f"1405/21/{n}" if n % 2 else "", "letter_state": "",
                "next_step": "", "words": held,
            }
        )  # fmt: skip
    session.execute(insert(CaseRow), rows)
    search_table.put_many(session, texts)


@pytest.mark.long
def test_many_cases_have_a_true_scrollbar(crowd: Store) -> None:
    with crowd.reading() as session:
        ids = queue.ids(session)
        assert (len(ids), ids.itemsize) == (MANY, 8)
        page = [ids[i] for i in range(MANY // 2, MANY // 2 + 128)]
        rows = queue.rows(session, page)
        in_order = [(rows[i].rank, rows[i].due_on, i) for i in page]
        assert in_order == sorted(in_order)
        assert sum(queue.counts(session).values()) == MANY
        mine = queue.ids(session, QueueFilter(ranks=frozenset({Rank.OURS}), service="service-2"))
        assert len(mine) == sum(1 for n in range(1, MANY + 1) if n % 3 == 0 and n % 5 == 2)


@pytest.mark.slow
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_from_either_end_is_that_part_of_the_list(
    crowd: Store, order: Order, descending: bool
) -> None:
    with crowd.reading() as session:
        everything = queue.ids(session, order=order, descending=descending)
        for first in (0, 64, MANY // 2 - 10, MANY // 2 + 10, MANY - 40):
            page = queue.page(
                session, QueueFilter(), order, descending=descending, first=first, count=64, of=MANY
            )
            assert [case.row_id for case in page] == list(everything[first : first + 64])
        row_id = everything[777]
        assert queue.place(session, QueueFilter(), order, row_id, descending=descending) == 777
        elsewhere = QueueFilter(service="no such service")
        assert queue.place(session, elsewhere, order, row_id, descending=descending) == -1


@pytest.mark.slow
def test_of_many_matches_the_newest_are_listed_and_all_that_are_open(
    crowd: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed case of long ago is found by typing more; an open one is never out of sight."""
    monkeypatch.setattr(queue, "MOST_FOUND", 10)
    with crowd.reading() as session:
        columns = select(CaseRow.id, CaseRow.rank, CaseRow.words).order_by(CaseRow.id.desc())
        everything = [(row.id, row.rank, row.words.split()) for row in session.execute(columns)]
        for typed, begins in (
            ("کریمی م", ("کریمی", "م")),
            ("م", ("", "م")),
            ("میبدی ۱", ("میبدی", "1")),
        ):
            matching = [
                (row_id, rank)
                for row_id, rank, words in everything
                if begins[0] in ("", *words) and any(word.startswith(begins[1]) for word in words)
            ]
            wanted = QueueFilter(text=typed)
            listed = set(queue.ids(session, wanted))
            newest = {row_id for row_id, _ in matching[:10]}
            assert listed == newest | {i for i, rank in matching if rank < Rank.CLOSED}
            assert queue.is_cut(session, wanted)
            assert sum(queue.counts(session, wanted).values()) == len(listed)
        assert not queue.is_cut(session, QueueFilter(text="4400005777"))


@pytest.mark.slow
def test_many_cases_are_searched_whole(crowd: Store) -> None:
    with crowd.reading() as session:
        (case,) = search.find(session, "۴۴۰۰۰۰۵۷۷۷").cases
        assert case.row_id == 5_777
        assert search.find(session, "1405/21/5777").cases == (case,)
        (same,) = search.find(session, "5777 اصلی").cases
        assert same == case
        newest = search.find(session, "کر مر", limit=50).cases
        assert newest == ()
        newest = search.find(session, "کریمی مر", limit=50).cases
        assert len(newest) == 50
        assert [c.row_id for c in newest] == sorted((c.row_id for c in newest), reverse=True)
        assert len(queue.ids(session, QueueFilter(text="کریمی مریم"))) == MANY // 100


@pytest.mark.slow
@pytest.mark.parametrize(
    "ask",
    [
        lambda s: search.find(s, "4400005777"),
        lambda s: search.find(s, "1405/21/5777"),
        lambda s: search.find(s, "1-27-5777-1"),
        lambda s: search.find(s, "5777 اصلی"),
        lambda s: queue.ids(s),
        lambda s: queue.counts(s),
        lambda s: queue.counts(s, QueueFilter(service="service-2")),
        lambda s: queue.counts(s, QueueFilter(waiting=True)),
        lambda s: queue.turns(s, QueueFilter(trouble=True)),
        lambda s: queue.turns(s, QueueFilter(received_from=TODAY)),
        lambda s: queue.counts(s, QueueFilter(to_release=True)),
        lambda s: queue.outcomes(s, QueueFilter(to_release=True)),
        lambda s: queue.counts(s, QueueFilter(unprinted=True)),
        lambda s: queue.ids(s, QueueFilter(waiting=True), Order.UPDATED),
        lambda s: queue.ids(s, QueueFilter(trouble=True)),
        lambda s: queue.ids(s, QueueFilter(service="service-2")),
        lambda s: queue.ids(s, QueueFilter(ranks=frozenset({Rank.OURS}))),
        *(partial(queue.ids, order=order) for order in Order),
        lambda s: queue.earlier(s, applicant_id="4400005777", code="1-27-5777-1-0-0-0"),
    ],
)
def test_no_question_reads_the_whole_table_or_sorts_it(
    crowd: Store, ask: Callable[[Session], object]
) -> None:
    with crowd.reading() as session:
        with asked(session.get_bind().engine) as statements:
            ask(session)
        assert statements
        for each in statements:
            plan = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {each.words}", each.parameters
            )
            for step in (row[3] for row in plan):
                assert not step.startswith("USE TEMP B-TREE FOR ORDER") or "id DESC" in each.words
                assert not step.startswith("SCAN case_row") or _reads_little(each.words, step)


def _reads_little(question: str, step: str) -> bool:
    """By an index that holds only the few, or that is read in order until a page is full."""
    in_order = "COVERING INDEX" in step and "count(" not in question
    return in_order or step.endswith(("_waiting", "_trouble"))
