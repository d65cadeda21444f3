"""Rules of the house that no linter knows: Windows, clean Persian, the clock, what a file says."""

from __future__ import annotations

import ast
import gc
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from grimp import build_graph

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "desktop"
MODULES = sorted(PROGRAM.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEXTS = sorted(
    path
    for path in (
        *PROGRAM.rglob("*.toml"),
        *(ROOT / "resources").rglob("*.toml"),
        *(ROOT / "resources").rglob("*.csv"),
    )
    if path.is_file()
)
# A file is as long as its one subject needs; at this length it surely has two.
LONGEST = 600

POSIX_MODULES = {
    "crypt", "curses", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
}  # fmt: skip
POSIX_NAMES = {
    "os": {
        "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid",
        "getgroups", "getloadavg", "getpgid", "getpriority", "getuid", "initgroups", "killpg",
        "lchown", "mkfifo", "mknod", "nice", "openpty", "posix_fadvise", "posix_spawn", "pread",
        "pwrite", "sched_getaffinity", "sched_setaffinity", "setegid", "seteuid", "setgid",
        "setgroups", "setpriority", "setsid", "setuid", "statvfs", "sync", "tcgetpgrp", "ttyname",
        "uname", "wait", "wait3", "wait4", "WNOHANG", "O_DIRECTORY", "O_NOFOLLOW", "O_SYNC",
        "O_CLOEXEC", "SCHED_IDLE",
    },
    "signal": {
        "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP",
        "SIGTSTP", "SIGUSR1", "SIGUSR2", "alarm", "pause", "pthread_kill", "pthread_sigmask",
        "setitimer", "sigwait",
    },
    "time": {"tzset", "clock_gettime", "CLOCK_MONOTONIC_RAW"},
    "socket": {"AF_UNIX", "socketpair", "SO_REUSEPORT"},
    "asyncio": {"add_signal_handler", "open_unix_connection", "start_unix_server"},
    "select": {"epoll", "poll", "kqueue"},
}  # fmt: skip
# Programs of one system only. ui/printing.py calls `lp`, and looks for it first.
PROGRAMS = re.compile(r"(lp|lpr|lpstat|sh|bash|xdg-open|kill|ps|df|sudo|uname|cp|mv|rm)\Z")
SPOOLER = PROGRAM / "ui" / "printing.py"

CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
          ("time", "time"), ("JalaliDate", "today"), ("JalaliDateTime", "now")}  # fmt: skip
CLOCKLESS = ("domain", "forms", "reports")

ONE_READS = {"Key_Up", "Key_Return", "Key_Enter"}
# The one reader, and who keeps keys that come while nothing has the focus.
KEY_READERS = {PROGRAM / "ui" / "widgets" / "keys.py", PROGRAM / "ui" / "focus_keeper.py"}

LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأؤئةۀ"
# The one table that names foreign letters and invisible marks, to fold them away.
FOLDING = PROGRAM / "domain" / "persian.py"
ARABIC_LETTERS = re.compile("[\u064a\u0643\u0649\u0640]|[\ufb50-\ufdfb\ufe70-\ufefc]")
WRITING = {
    "«می» and «نمی» take a half-space": re.compile(rf"(?<![{LETTERS}])ن?می (?=[{LETTERS}])"),
    "«ها» takes a half-space": re.compile(rf"(?<=[{LETTERS}]) ها(ی|یی|یم|یش|یت)?(?![{LETTERS}])"),
    "two spaces": re.compile(rf"(?<=[{LETTERS}،؛.»])  +(?=[{LETTERS}«])"),
    "a space before a mark": re.compile(rf"(?<=[{LETTERS}»]) +[،؛؟]"),
    "a Latin mark for a Persian one": re.compile(rf"(?<=[{LETTERS}])[?;,]"),
    # What clerks and supervisors who read every page would not say.
    "no word of an office": re.compile(
        "خودبه‌خود|نمی‌خواند|جور نیست|گشودن|نگاه دوم|کهنه‌ترین|صاحب سابقه|در آن گیر|"
        "شرط‌های? ناتمام|خبر کنید|ملک با (این|یک) نشانه|استوار|کهنه|ننشست|رسید یکی|متقاضی روشن|"
        "با (آن|سوابق) نخوان|شرط رفع|شرط‌هایی که بازدید|کارمزد دفتر لازم|نوبت با کارشناس"
    ),
}

# Whose words go to a terminal, or to paper, which asks its fonts for each letter it draws.
UNSHOWN = ("authoring", "demo", "trial", "cli", "reports")
# The cap of a key that is drawn as an icon, and what letters are told apart by.
UNLETTERED = {
    PROGRAM / "ui" / "widgets" / "told" / "keycap.py",
    PROGRAM / "ui" / "key_table.py",
    PROGRAM / "ui" / "pages" / "help" / "keys.py",
    PROGRAM / "forms" / "values.py",
    FOLDING,
}

# What must never be written here: where packages come from, and places of one machine.
ADDRESSES = re.compile(
    r"(files\.pythonhosted|pypi\.org|registry\.npmjs|--(extra-)?index-url|--find-links)"
    r"|(?<![\w.])/(work|root|home/\w+)/"
)


@cache
def tree(path: Path) -> ast.Module:
    parsed = ast.parse(path.read_text(encoding="utf-8"), str(path))
    # Three million nodes: the collector would walk through them at every turn.
    gc.freeze()
    return parsed


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """What is parsed is kept for these rules alone."""
    yield
    tree.cache_clear()
    nodes.cache_clear()


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of the tree: to walk through it takes longer than to read the file."""
    return tuple(ast.walk(tree(path)))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def faults(paths: Iterable[Path], of: Callable[[Path], list[str]]) -> list[str]:
    """What a rule finds in each file, named."""
    return [f"{name_of(path)}: {fault}" for path in paths for fault in of(path)]


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each string literal that is not a docstring, pieces of f-strings too."""
    docstrings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        match node:
            case ast.Constant(value=str(text), lineno=line) if id(node) not in docstrings:
                yield line, text


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each module that the file imports, anywhere in it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def attributes(path: Path) -> Iterator[tuple[int, str, str]]:
    """(line, owner, name) of each `owner.name` and each `from owner import name`."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if isinstance(owner, ast.Name):
                yield node.lineno, owner.id, node.attr
            elif isinstance(owner, ast.Attribute):
                yield node.lineno, owner.attr, node.attr
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, node.module, alias.name


def dotted(node: ast.expr) -> str:
    """The name that is called, as `subprocess.run`; of anything else only its last part."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def posix_only(path: Path) -> list[str]:
    found = [
        f"line {line}: {module}"
        for line, module in imports(path)
        if module.split(".")[0] in POSIX_MODULES
    ]
    found += [
        f"line {line}: {owner}.{name}"
        for line, owner, name in attributes(path)
        if name in POSIX_NAMES.get(owner, ())
    ]
    if path != SPOOLER:
        for node in nodes(path):
            if isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                first = first.elts[0] if isinstance(first, ast.List) and first.elts else first
                called = dotted(node.func)
                if called.startswith(("subprocess.", "shutil.which")) or called == "os.system":
                    word = first.value if isinstance(first, ast.Constant) else ""
                    if PROGRAMS.match(str(word).split(" ")[0]):
                        found.append(f"line {node.lineno}: {called}({word!r})")
    return found


def writing_faults(text: str) -> list[str]:
    return [
        f"{rule}: {match[0]!r}" for rule, form in WRITING.items() for match in form.finditer(text)
    ]


def test_there_is_a_program_to_look_at() -> None:
    assert len(MODULES) > 3


@pytest.mark.slow
def test_nothing_is_called_that_only_posix_has() -> None:
    assert faults(MODULES, posix_only) == []


def self_told(path: Path) -> list[str]:
    docstring = ast.get_docstring(tree(path)) or ""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    sentence = docstring[-1:] in ".!»" or "\n" in docstring
    return [
        fault
        for fault, found in (
            ("no docstring", not docstring),
            ("the docstring is no sentence", not sentence),
            (f"{lines} lines", lines > LONGEST),
        )
        if found
    ]


@pytest.mark.slow
def test_a_file_says_what_it_is_and_stays_short() -> None:
    assert faults([*MODULES, *TESTS], self_told) == []


def test_persian_is_written_with_persian_letters() -> None:
    """Foreign letters are named in desktop/domain/persian.py only."""

    def foreign(path: Path) -> list[str]:
        found = ARABIC_LETTERS.findall(path.read_text(encoding="utf-8"))
        return [f"U+{ord(letter):04X}" for letter in found]

    assert faults([path for path in (*MODULES, *TEXTS) if path != FOLDING], foreign) == []


@pytest.mark.slow
def test_persian_words_follow_the_writing_rules() -> None:
    def badly_written(path: Path) -> list[str]:
        return [f"line {line}: {f}" for line, text in strings(path) for f in writing_faults(text)]

    assert faults(MODULES, badly_written) == []


def test_persian_data_follows_the_writing_rules() -> None:
    def badly_written(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        return writing_faults(text.replace(",", "\n") if path.suffix == ".csv" else text)

    assert faults(TEXTS, badly_written) == []


@pytest.mark.slow
def test_every_letter_shown_is_in_our_font() -> None:
    """Another one would come from the machine's fonts, or be a box: arrows and marks are icons."""
    with TTFont(ROOT / "resources" / "fonts" / "Vazirmatn-Regular.ttf") as font:
        known = {chr(code) for code in font.getBestCmap()}

    def missing(path: Path) -> list[str]:
        return [
            f"line {line}: U+{ord(letter):04X}"
            for line, text in strings(path)
            for letter in sorted(set(text) - known)
            if unicodedata.category(letter)[0] not in "CZ"
        ]

    shown = {path for path in MODULES if path.relative_to(PROGRAM).parts[0] not in UNSHOWN}
    assert faults(sorted(shown - UNLETTERED), missing) == []


@pytest.mark.slow
def test_the_clock_is_handed_over() -> None:
    def read(path: Path) -> list[str]:
        return [f"line {n}: {o}.{a}" for n, o, a in attributes(path) if (o, a) in CLOCKS]

    clockless = [path for path in MODULES if path.relative_to(PROGRAM).parts[0] in CLOCKLESS]
    assert faults(clockless, read) == []


@pytest.mark.slow
def test_arrows_and_enter_are_read_in_one_place() -> None:
    """Each page that read its own forgot the number pad's."""

    def read(path: Path) -> list[str]:
        return [f"line {n}: {key}" for n, _, key in attributes(path) if key in ONE_READS]

    shown = [path for path in MODULES if path.is_relative_to(PROGRAM / "ui")]
    assert faults([path for path in shown if path not in KEY_READERS], read) == []


@pytest.mark.slow
def test_order_on_the_line_is_made_in_one_place_of_each_layout() -> None:
    def ordered(path: Path) -> list[str]:
        return [f"line {line}" for line, _, name in attributes(path) if name == "get_display"]

    places = {PROGRAM / "reports" / "letter" / layout / "text.py" for layout in ("v1", "v2")}
    others = [path for path in MODULES if path not in places]
    assert faults(others, ordered) == []


@pytest.mark.slow
def test_the_domain_stands_on_the_standard_library_and_persiantools() -> None:
    allowed = {*sys.stdlib_module_names, "persiantools"} - {
        "sqlite3",
        "tkinter",
        "urllib",
        "socket",
    }

    def foreign(path: Path) -> list[str]:
        return [
            f"line {line}: {module}"
            for line, module in imports(path)
            if module.split(".")[0] not in allowed and not module.startswith("desktop.domain")
        ]

    assert faults(sorted((PROGRAM / "domain").rglob("*.py")), foreign) == []


@pytest.mark.slow
def test_no_address_of_a_registry_and_no_place_of_one_machine() -> None:
    kept = [
        *MODULES, *TESTS, *TEXTS, *ROOT.glob("requirements*.lock"), *ROOT.glob("*.md"),
        *(ROOT / "decisions").glob("*.md"), *(ROOT / ".ci").iterdir(), ROOT / "run",
        ROOT / "check", ROOT / "build.spec",
    ]  # fmt: skip
    found = {
        name_of(path): match[0]
        for path in kept
        if path != Path(__file__) and (match := ADDRESSES.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = build_graph("desktop", cache_dir=None, exclude_type_checking_imports=True)
    order = TopologicalSorter(
        {each: graph.find_modules_directly_imported_by(each) for each in graph.modules}
    )
    order.prepare()


def test_names_are_words_of_the_counter() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "controller", "common", "misc"}
    assert [name_of(path) for path in MODULES if set(path.stem.split("_")) & empty] == []


# Where people's words are said: a class there has a name to itself.
SPOKEN = ("domain", "actions", "store", "ui/standing")
# Layouts of letters are frozen as they were drawn.
FROZEN = PROGRAM / "reports" / "letter"


def public_classes(modules: Iterable[Path]) -> Iterator[str]:
    """The names of the modules' classes that others may use."""
    for path in modules:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name


@pytest.mark.slow
def test_a_name_means_one_thing() -> None:
    rooms = [PROGRAM / room for room in SPOKEN]
    spoken = [path for path in MODULES if any(path.is_relative_to(room) for room in rooms)]
    counted = Counter(public_classes(spoken))
    assert [name for name, times in counted.items() if times > 1] == []
    everywhere = Counter(public_classes(p for p in MODULES if not p.is_relative_to(FROZEN)))
    assert {name: everywhere[name] for name in ("Standing", "Sheet")} == {"Standing": 1, "Sheet": 0}


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("import fcntl", "fcntl"),
        ("from resource import setrlimit", "resource"),
        ("import os\nos.fork()", "os.fork"),
        ("from os import getuid", "os.getuid"),
        ("import signal\nsignal.signal(signal.SIGKILL, None)", "signal.SIGKILL"),
        ("import subprocess\nsubprocess.run(['lp', 'x'])", "subprocess.run('lp')"),
    ],
)
def test_a_posix_call_is_seen(tmp_path: Path, code: str, fault: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(code, encoding="utf-8")
    assert any(fault in found for found in posix_only(path))


@pytest.mark.parametrize(
    "text",
    [
        "نامه صادر می شود",
        "نمی توان",
        "خانه ها",
        "درخواست های باز",
        "دو  فاصله",
        "نام ، نشانی",
        "چرا?",
        "خودبه‌خود فرستاده می‌شود",
        "ساعت با ساعت مرکز نمی‌خواند",
    ],
)
def test_bad_writing_is_seen(text: str) -> None:
    assert writing_faults(text)


@pytest.mark.parametrize(
    "text",
    ["نامه صادر می‌شود", "خانه‌ها", "قدیمی است", "یک، دو؛ سه؟", "تنها همین", "ردیف هایل", "a  b, c?"],
)
def test_good_writing_passes(text: str) -> None:
    assert writing_faults(text) == []
