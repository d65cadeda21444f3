"""A reader of the accessibility tree, as a screen reader is: it finds by name, and acts through it.

Run by Debian's own interpreter, which has the bindings of AT-SPI; it never looks at a pixel and
sends no key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

_WAIT_S = 20.0
_DEEPEST, _MOST_CHILDREN = 40, 200
_Found = TypeVar("_Found")


class Reader:
    """What stands on the screen by role and name, and what the program has announced."""

    def __init__(self, program: str) -> None:
        self.heard: list[str] = []
        self._root: Any = None
        Atspi.init()
        self._ear = Atspi.EventListener.new(self._hear)
        self._ear.register("object:announcement")
        self._root = self.wait(lambda: self._program(program), f"the program {program}")

    def _hear(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def wait(self, look: Callable[[], _Found | None], what: str) -> _Found:
        """What `look` finds, as soon as it does; meanwhile events are heard."""
        until = time.monotonic() + _WAIT_S
        while time.monotonic() < until:
            self.listen()
            try:
                found = look()
            except GLib.Error:
                # It went while it was being read.
                found = None
            if found:
                return found
            time.sleep(0.05)
        raise LookupError(f"{what} is not there:\n" + "\n".join(self.lines()))

    def listen(self) -> None:
        """Hear what has come."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def _program(self, name: str) -> Any:
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(at)
            if program is not None and name in program.get_name():
                return program
        return None

    def showing(self) -> Iterator[Any]:
        """All that a person may come to now."""
        if self._root is None:
            return
        self._root.clear_cache()
        yield from self._under(self._root, 0)

    def _under(self, node: Any, depth: int) -> Iterator[Any]:
        for at in range(min(node.get_child_count(), _MOST_CHILDREN)):
            child = node.get_child_at_index(at)
            if child is None:
                continue
            if child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield child
            if depth < _DEEPEST:
                yield from self._under(child, depth + 1)

    def lines(self) -> list[str]:
        """The tree in words, for whoever must find out why something was not found."""
        return [
            f"{node.get_role_name()} «{node.get_name()}» {node.get_description()}"
            for node in self.showing()
            if node.get_name()
        ]

    def find(self, role: str, name: str, *, within: str = "") -> Any:
        """The first of this role whose name is, or begins with, the words.

        `within` is a name of something that it stands in.
        """

        def look() -> Any:
            found = None
            for node in self.showing():
                if node.get_role_name() != role or not node.get_name().startswith(name):
                    continue
                if within and not _stands_in(node, within):
                    continue
                if node.get_name() == name:
                    return node
                found = found or node
            return found

        return self.wait(look, f"{role} «{name}»" + (f" in «{within}»" if within else ""))

    def find_all(self, role: str, ending: str) -> list[Any]:
        """All of this role whose names end so; there must be one."""
        self.find(role, "")
        named = [node for node in self.showing() if node.get_role_name() == role]
        return [node for node in named if node.get_name().endswith(ending)]

    def press(self, name: str, role: str = "button", *, within: str = "") -> None:
        """Press a button, or tick or choose what can be."""
        self.act(self.find(role, name, within=within), "Press", "Toggle")

    def act(self, node: Any, *names: str) -> None:
        """Do the first of these acts that the thing offers. Raises LookupError for none."""
        for at in range(node.get_n_actions()):
            if Atspi.Action.get_action_name(node, at) in names:
                Atspi.Action.do_action(node, at)
                time.sleep(0.2)
                self.listen()
                return
        raise LookupError(f"«{node.get_name()}» can't be done: {names}")

    def type_in(self, name: str, words: str, role: str = "text", *, within: str = "") -> None:
        """Put the words into the box of this name, as dictation does."""
        box = self.find(role, name, within=within)
        self.act(box, "SetFocus")
        if not Atspi.EditableText.set_text_contents(box, words):
            raise LookupError(f"«{name}» takes no words")
        time.sleep(0.05)
        self.listen()

    def wait_to_hear(self, beginning: str, *, ending: str = "") -> str:
        """What is announced with these first words and these last ones, from now on or before."""

        def look() -> str | None:
            own = (words for words in self.heard if words.startswith(beginning))
            return next((words for words in own if words.endswith(ending)), None)

        return self.wait(look, f"«{beginning}…{ending}» said")


def _stands_in(node: Any, name: str) -> bool:
    above = node.get_parent()
    while above is not None:
        if above.get_name().startswith(name):
            return True
        above = above.get_parent()
    return False
