#!/usr/bin/env python3
"""start.py: how long programs take until their first window is there, and what memory they then hold

SPDX-License-Identifier: GPL-3.0-or-later

  start.py BUILD [--runs N] [--records N]

Dure on an empty store and on a large one, beside gnome-text-editor and a bare libadwaita window: on one screen of its
own, drawn by cairo, taking turns, medians. A window is there when the X server says that it was mapped; memory is read
two seconds later.
"""
import argparse
import ctypes
import os
import pathlib
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

INSIDE = "DURE_BENCH_INSIDE"
WAIT = 60
SETTLE = 2.0
MAP_NOTIFY = 19
SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("event", ctypes.c_ulong),
        ("window", ctypes.c_ulong),
        ("override_redirect", ctypes.c_int),
        ("pad", ctypes.c_long * 24),
    ]


class Screen:
    """Hears of every window that is mapped; there is no window manager, so all are children of the root."""

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        for name in ("XDefaultRootWindow", "XConnectionNumber", "XPending", "XFlush"):
            getattr(self.x, name).argtypes = [ctypes.c_void_p]
        self.x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        self.x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.display = self.x.XOpenDisplay(None)
        if not self.display:
            sys.exit("start.py: no X server")
        self.x.XSelectInput(self.display, self.x.XDefaultRootWindow(self.display), SUBSTRUCTURE_NOTIFY_MASK)
        self.x.XFlush(self.display)

    def forget(self):
        event = Event()
        while self.x.XPending(self.display):
            self.x.XNextEvent(self.display, ctypes.byref(event))

    def wait_for_window(self, process):
        limit = time.monotonic() + WAIT
        event = Event()
        while time.monotonic() < limit:
            while self.x.XPending(self.display):
                self.x.XNextEvent(self.display, ctypes.byref(event))
                if event.type == MAP_NOTIFY and not event.override_redirect:
                    return time.monotonic()
            if process.poll() is not None:
                sys.exit(f"start.py: {process.args[0]} ended with status {process.returncode}")
            select.select([self.x.XConnectionNumber(self.display)], [], [], 0.2)
        sys.exit(f"start.py: {process.args[0]} showed no window")


def resident(pid):
    """Resident and private memory in MB."""
    values = {}
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        for line in lines:
            name, _, rest = line.partition(":")
            if rest.strip().endswith("kB"):
                values[name] = int(rest.split()[0]) / 1024
    return values["Rss"], values["Private_Clean"] + values["Private_Dirty"]


def measure(screen, command, environment):
    screen.forget()
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, **QUIET)
    try:
        took = (screen.wait_for_window(process) - begun) * 1000
        time.sleep(SETTLE)
        return took, *resident(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def main():
    words = argparse.ArgumentParser(description="start-up time and memory")
    words.add_argument("build", type=pathlib.Path)
    words.add_argument("--runs", type=int, default=7)
    words.add_argument("--records", type=int, default=150000)
    options = words.parse_args()
    if INSIDE not in os.environ:
        for tool in ("xvfb-run", "dbus-run-session"):
            if shutil.which(tool) is None:
                sys.exit(f"start.py: {tool} is missing (Debian packages xvfb, dbus)")
        environment = {**os.environ, INSIDE: "1"}
        for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            environment.pop(name, None)
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24 -noreset", "dbus-run-session", "--"]
        os.execvpe(screen[0], [*screen, sys.executable, *sys.argv], environment)

    build = options.build.resolve()
    home = tempfile.mkdtemp(prefix="dure-bench-")
    try:
        run(build, home, options)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run(build, home, options):
    environment = {
        **os.environ,
        "HOME": home,
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_RUNTIME_DIR": home,
        "GDK_BACKEND": "x11",
        "GSK_RENDERER": "cairo",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "GTK_USE_PORTAL": "0",
        "GTK_A11Y": "none",
        "GSETTINGS_BACKEND": "memory",
        "GSETTINGS_SCHEMA_DIR": str(build / "data"),
        "DURE_LOCALEDIR": str(build / "po"),
        "LANGUAGE": "ko",
    }
    make_empty = [build / "src/durectl", "--store", f"{home}/empty.db", "init"]
    make_large = [build / "tests/bench/dure-bench", f"--records={options.records}", f"--fill={home}/large.db"]
    for command in (make_empty, make_large):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    programs = {
        "bare libadwaita window": [str(build / "tests/bench/bare-window")],
        "dure, empty store": [str(build / "src/dure"), "--store", f"{home}/empty.db"],
        f"dure, {options.records} records": [str(build / "src/dure"), "--store", f"{home}/large.db"],
    }
    editor = shutil.which("gnome-text-editor")
    if editor:
        programs["gnome-text-editor"] = [editor, "--standalone"]
    else:
        print("gnome-text-editor is not installed (Debian package gnome-text-editor); the comparison goes without it")
    screen = Screen()
    results = {name: [] for name in programs}
    for turn in range(options.runs + 1):
        for name, command in programs.items():
            result = measure(screen, command, environment)
            if turn > 0:  # the first turn warms the caches of the disk
                results[name].append(result)
    print(f"(d) until the first window, and memory {SETTLE:.0f} s later; medians of {options.runs} runs")
    print(f"    {'':28} {'ms':>8} {'resident MB':>12} {'private MB':>12} {'x bare':>8} {'x editor':>9}")
    medians = {name: [statistics.median(values) for values in zip(*runs)] for name, runs in results.items()}
    bare = medians["bare libadwaita window"][0]
    beside = medians["gnome-text-editor"][0] if editor else None
    for name, (took, whole, private) in medians.items():
        against = f"{took / beside:.2f}" if beside else "-"
        print(f"    {name:28} {took:8.0f} {whole:12.1f} {private:12.1f} {took / bare:8.2f} {against:>9}")


if __name__ == "__main__":
    main()
