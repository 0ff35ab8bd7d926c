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


def visible(node):
    try:
        if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return False
    except GLib.Error:
        return False
    extent = box(node)
    return extent is None or (extent.width > 0 and extent.height > 0)


def walk(node):
    for child in children(node):
        if visible(child):
            yield child
            yield from walk(child)


def frame_of(node):
    while node is not None and role(node) not in ("frame", "dialog", "window"):
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
        return xdo("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".")

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
        return [node for node in walk(self.tree) if wanted(node)]

    def find(self, name, roles=None, within=None, exact=False):
        part = None
        for node in walk(within if within is not None else self.tree):
            if roles and role(node) not in roles:
                continue
            shown = label(node)
            if shown == name:
                return node
            if not exact and part is None and (name in shown or name in text(node)):
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
        for attempt in range(3):
            before = self.focused_text()
            xdo("type", "--clearmodifiers", "--delay", 40, words)
            pump(0.4)
            after = self.focused_text()
            if after is None or words in after:
                return
            # A key map that changed under the keyboard loses letters now and then: once more.
            xdo("key", "--clearmodifiers", "ctrl+a")
            xdo("key", "--clearmodifiers", "BackSpace")
            pump(0.3 + attempt)
            if before:
                xdo("type", "--clearmodifiers", "--delay", 40, before)
        raise StepFailed(f"{self.name}: “{words}” could not be typed, the field holds “{self.focused_text()}”")

    def focused(self):
        for node in walk(self.tree):
            try:
                focused = node.get_state_set().contains(Atspi.StateType.FOCUSED)
                if focused and node.get_editable_text_iface() is not None:
                    return node
            except GLib.Error:
                pass
        return None

    def focused_text(self):
        node = self.focused()
        return text(node) if node is not None else None

    def fill(self, name, words):
        """Points at a field, replaces what it holds, and leaves it."""
        node = self.wait(name)
        fields = [node] if editable(node) else [inner for inner in walk(node) if editable(inner)]
        if not fields:
            fields = [n for n in self.all(editable) if label(n) == name]
        self.click(fields[0] if fields else node)
        self.key("ctrl+a")
        self.type(words)

    def shot(self, path):
        pump(0.6)
        window = self.windows()
        subprocess.run(["import", "-window", window[-1] if window else "root", path], check=False, **QUIET)

    def dump(self):
        lines = []

        def add(node, depth):
            for child in children(node):
                if visible(child):
                    shown, held = label(child), text(child)
                    line = role(child) + (f" «{shown}»" if shown else "") + (f" = «{held}»" if held not in ("", shown) else "")
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
