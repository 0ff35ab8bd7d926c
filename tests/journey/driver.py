"""Drives real programs on a screen of their own, as a person would: with the pointer and the keyboard.

What is on the screen is read through the accessibility tree; nothing is set through it. Every wait is bounded and says
what it waited for.
"""
import os
import subprocess
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)
PATIENCE = 15.0
# Newer AT-SPI says "button" where older says "push button".
BUTTONS = ("push button", "button", "toggle button", "combo box")
TOPLEVELS = ("frame", "dialog", "window", "application")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class StepFailed(Exception):
    """A sentence for the person who reads the output."""


def pump(seconds):
    end = time.monotonic() + seconds
    while True:
        while GLib.MainContext.default().iteration(False):
            pass
        if time.monotonic() >= end:
            return
        time.sleep(0.02)


def wait_for(test, sentence, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while True:
        found = test()
        if found:
            return found
        if time.monotonic() > end:
            raise StepFailed(sentence)
        pump(0.1)


def xdo(*words):
    told = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True)
    return told.stdout.split()


taught = {}


def teach_keyboard(words):
    """Puts letters that no key has onto keys that are free, all at once: one by one, programs lose some of them."""
    missing = sorted({letter for letter in words if ord(letter) > 0x7e} - set(taught))
    if not missing:
        return
    free = [code for code in range(247, 128, -1) if code not in taught.values()]
    if len(missing) > len(free):
        raise StepFailed("too many different letters for one keyboard")
    lines = []
    for letter, code in zip(missing, free):
        taught[letter] = code
        lines += ["-e", f"keycode {code} = U{ord(letter):04X} U{ord(letter):04X}"]
    subprocess.run(["xmodmap", *lines], check=True, **QUIET)
    pump(1.0)


def children(node):
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except GLib.Error:
            child = None
        if child is not None:
            yield child


def label(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def role(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def text(node):
    try:
        interface = node.get_text_iface()
        if interface is not None:
            return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface))
    except GLib.Error:
        pass
    return ""


def box(node):
    """Where it stands in its window; GTK knows no more."""
    try:
        component = node.get_component_iface()
        return Atspi.Component.get_extents(component, Atspi.CoordType.WINDOW) if component else None
    except GLib.Error:
        return None


def marked_visible(node):
    try:
        return node.get_state_set().contains(Atspi.StateType.VISIBLE)
    except GLib.Error:
        return False


def shown(node):
    """GTK 4.8 marks the pages of a stack that are hidden as visible, but gives them no size."""
    while node is not None and role(node) not in TOPLEVELS:
        extent = box(node)
        if extent is not None and (extent.width <= 0 or extent.height <= 0):
            return False
        try:
            node = node.get_parent()
        except GLib.Error:
            return False
    return True


def walk(node):
    """Everything below a node; the newest window first."""
    below = list(children(node))
    if role(node) == "application":
        below.reverse()
    for child in below:
        if marked_visible(child):
            yield child
            yield from walk(child)


def frame_of(node):
    while node is not None and role(node) not in TOPLEVELS:
        node = node.get_parent()
    return node


class Program:
    """One running program with its windows."""

    def __init__(self, command, environment=None, name=""):
        self.name = name
        self.process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL)
        self.tree = wait_for(self._appeared, f"{name}: no window came up", 60)
        wait_for(lambda: self.windows(), f"{name}: no window came up", 30)

    def _appeared(self):
        if self.process.poll() is not None:
            raise StepFailed(f"{self.name}: the program ended with status {self.process.returncode}")
        for application in children(Atspi.get_desktop(0)):
            try:
                if application.get_process_id() == self.process.pid:
                    return application
            except GLib.Error:
                pass
        return None

    def alive(self):
        if self.process.poll() is not None:
            raise StepFailed(f"{self.name}: the program ended with status {self.process.returncode}")

    def windows(self):
        return xdo("search", "--all", "--onlyvisible", "--pid", self.process.pid, "--name", ".")

    def _window_of(self, node):
        frame = frame_of(node)
        title = label(frame) if frame is not None else ""
        found = []
        for window in self.windows():
            name = " ".join(xdo("getwindowname", window))
            if title and name == " ".join(title.split()):
                found.append(window)
        return (found or self.windows() or [None])[-1]

    def front(self):
        """Brings the main window to the front, with the keyboard."""
        for window in self.windows()[-1:]:
            xdo("windowactivate", "--sync", window)
        pump(0.4)

    def all(self, wanted):
        return [node for node in walk(self.tree) if wanted(node) and shown(node)]

    def find(self, name, roles=None, within=None, exact=False):
        part = None
        for node in walk(within if within is not None else self.tree):
            if roles and role(node) not in roles:
                continue
            words = label(node)
            if words == name and shown(node):
                return node
            if not exact and part is None and (name in words or name in text(node)) and shown(node):
                part = node
        return part

    def wait(self, name, roles=None, seconds=PATIENCE, exact=False):
        def look():
            self.alive()
            return self.find(name, roles, exact=exact)

        return wait_for(look, f"{self.name}: “{name}” did not come up on the screen", seconds)

    def gone(self, name, seconds=PATIENCE):
        wait_for(lambda: not self.find(name, exact=True), f"{self.name}: “{name}” did not go away", seconds)

    def click(self, target, roles=None, times=1, exact=False):
        node = self.wait(target, roles, exact=exact) if isinstance(target, str) else target
        extent = box(node)
        window = self._window_of(node)
        if extent is None or window is None:
            raise StepFailed(f"{self.name}: “{label(node)}” cannot be pointed at")
        xdo("windowactivate", "--sync", window)
        self.click_at(window, extent.x + extent.width // 2, extent.y + extent.height // 2, times)
        return node

    def click_at(self, window, x, y, times=1):
        xdo("mousemove", "--sync", "--window", window, x, y)
        pump(0.1)
        xdo("click", "--repeat", times, "--delay", 80, 1)
        pump(0.5)
        self.alive()

    def key(self, *keys):
        for one in keys:
            xdo("key", "--clearmodifiers", one)
            pump(0.3)
        self.alive()

    def type(self, words):
        """Types into what has the focus."""
        teach_keyboard(words)
        xdo("type", "--clearmodifiers", "--delay", 40, words)
        pump(0.4)
        self.alive()

    def field(self, name):
        def look():
            fields = [node for node in walk(self.tree) if label(node) == name and editable(node) and shown(node)]
            return fields[0] if fields else None

        return wait_for(look, f"{self.name}: there is no field “{name}” to write in")

    def fill(self, name, words):
        """Points at a field and replaces what it holds."""
        self.click(self.field(name))
        self.key("ctrl+a")
        self.type(words)
        self.key("Tab")

    def choose(self, name, item):
        """Opens a list of choices by pointer and walks to one by key."""
        self.click(name, roles=("combo box",))
        for _ in range(30):
            self.key("Down")
            chosen = self.focused_node()
            if chosen is not None and any(item in label(node) for node in [chosen, *walk(chosen)]):
                self.key("Return")
                return
        raise StepFailed(f"{self.name}: “{name}” has no choice “{item}”")

    def link(self, name, words):
        """Opens a field that names another record, looks for one, and takes the first that is found."""
        self.click(name, roles=BUTTONS, exact=True)
        self.type(words)
        pump(0.6)
        self.key("Return")

    def focused_node(self):
        deepest = None
        for node in walk(self.tree):
            try:
                if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    deepest = node
            except GLib.Error:
                pass
        return deepest

    def shot(self, path):
        pump(0.6)
        window = self.windows()
        subprocess.run(["import", "-window", window[-1] if window else "root", path], check=False, **QUIET)

    def dump(self):
        lines = []

        def add(node, depth):
            for child in children(node):
                if marked_visible(child):
                    words, held = label(child), text(child)
                    line = role(child) + (f" «{words}»" if words else "")
                    line += f" = «{held}»" if held not in ("", words) else ""
                    lines.append("  " * depth + line)
                    add(child, depth + 1)

        add(self.tree, 0)
        return "\n".join(lines)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()


def editable(node):
    try:
        return node.get_editable_text_iface() is not None and node.get_state_set().contains(Atspi.StateType.EDITABLE)
    except GLib.Error:
        return False
