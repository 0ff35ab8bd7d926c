"""The main job, played with real programs on a screen of their own.

A server, two officers' desks, one event: made with pointer and keys on the first desk, seen on the second. Pictures of each page and
the briefing sheet are left in the --out folder. Ends with status 0, or with a sentence that says what failed.

  tour.py --build build --out build/tour [--short]
"""
import argparse
import gettext
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
INSIDE = "DURE_TOUR_INSIDE"
PASSWORD = "journey-password-1"
TITLE = "광명시 민관 통합 교육·간담회"
DAY = ("2025-06-26", "14:00", "17:00")
VENUE = "한국폴리텍대학"
LECTURER = "예시강사"
TAB_ROLES = ("toggle button", "page tab", "tab", "push button", "button", "radio button")
PAGES = (
    ("today", "오늘"),
    ("calendar", "일정"),
    ("events", "행사"),
    ("agencies", "기관"),
    ("council", "협의체"),
    ("resources", "자원"),
    ("network", "관계망"),
)
TABS = {
    "개요": "overview",
    "순서": "parts",
    "참석": "people",
    "관계망": "network",
    "회의록": "minutes",
    "할 일": "actions",
    "서류": "papers",
}


class Tour:
    def __init__(self, options):
        self.build = pathlib.Path(options.build).resolve()
        self.out = pathlib.Path(options.out).resolve()
        self.short = options.short
        self.work = self.out / "work"
        self.programs = []
        self.server = None
        shutil.rmtree(self.out, ignore_errors=True)
        self.work.mkdir(parents=True)
        # The words of the interface come from the translation, so that a better word does not break the tour.
        self.word = gettext.translation("dure", self.build / "po", ["ko"], fallback=True).gettext

    def say(self, sentence):
        print(sentence, flush=True)

    # The programs without a screen.

    def run(self, *words, given=None):
        told = subprocess.run([str(word) for word in words], input=given, capture_output=True, text=True)
        if told.returncode:
            raise StepFailed(f"{' '.join(map(str, words[:4]))} … ended with {told.returncode}: {told.stderr.strip()}")
        return told.stdout

    def ctl(self, store, *words, given=None):
        return self.run(self.build / "src/durectl", "--store", store, *words, given=given)

    def records(self, store, *words):
        return json.loads(self.ctl(store, "--json", "list", *words))

    def dured(self, *words, given=None):
        return self.run(self.build / "src/dured", "--storage", f"sqlite:{self.work / 'server'}", *words, given=given)

    def start_server(self):
        self.dured("tenant", "add", "gwangmyeong")
        for user in ("kim", "lee"):
            self.dured("user", "add", "gwangmyeong", user, "--role", "editor", given=PASSWORD + "\n")
        self.server = subprocess.Popen(
            [self.build / "src/dured", "--storage", f"sqlite:{self.work / 'server'}", "serve", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, text=True)
        line = self.server.stdout.readline().strip()
        if "http" not in line:
            raise StepFailed("The server did not say where it listens.")
        self.uri = line[line.index("http"):]

    def make_stores(self):
        """The register of the first desk comes from the sample, without the event that is to be made."""
        sample = self.work / "sample.db"
        self.first = self.work / "first.db"
        self.second = self.work / "second.db"
        self.ctl(sample, "sample", "gwangmyeong")
        self.ctl(self.first, "init")
        self.ctl(self.second, "init")
        for entity in ("region", "agency", "venue", "person", "programme", "tie", "referral"):
            table = self.work / f"{entity}.csv"
            self.ctl(sample, "export", entity, "--keys", "--plain", "-o", table)
            self.ctl(self.first, "import", entity, table)

    def enrol(self, store, user, device):
        self.ctl(store, "enrol", self.uri, "--tenant", "gwangmyeong", "--user", user, "--device", device, given=PASSWORD + "\n")
        self.ctl(store, "sync")

    # The desks.

    def enrol_by_hand(self, desk, user, device):
        """The second officer does it in the window; Ctrl+R asks for it as long as there is no server."""
        desk.front()
        desk.key("ctrl+r")
        title = self.word("Enrol This Computer")
        desk.wait(title)
        for name, value in (("Server address", self.uri), ("Municipality (as the server names it)", "gwangmyeong"),
                            ("User name", user), ("Password", PASSWORD), ("Name of this computer", device)):
            desk.click(self.word(name), exact=True)
            desk.key("ctrl+a")
            desk.type(value)
        desk.shot(self.out / "enrol.png")
        desk.click(self.word("Enrol"), roles=BUTTONS, exact=True)
        desk.gone(title, seconds=30)
        wait_for(lambda: len(self.records(self.second, "agency")) >= 32, f"{desk.name}: the register did not come", 60)

    def desk(self, store, name):
        home = self.work / name
        home.mkdir()
        environment = {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "GSETTINGS_BACKEND": "memory",
            "GSETTINGS_SCHEMA_DIR": str(self.build / "data"),
            "G_DEBUG": "fatal-criticals",
            "GTK_A11Y": "atspi",
        }
        program = Program([str(self.build / "src/dure"), "--store", str(store)], environment, name)
        self.programs.append(program)
        return program

    def make_event(self, desk):
        desk.front()
        desk.key("ctrl+2")
        desk.wait("일정")
        desk.key("ctrl+n")
        desk.wait(self.word("New Event"))
        desk.shot(self.out / "new-event-empty.png")
        desk.click(self.word("Joint Training and Round-Table"), roles=("label",), exact=True)
        desk.fill("행사명", TITLE)
        desk.fill("시작", f"{DAY[0]} {DAY[1]}")
        desk.fill("끝", f"{DAY[0]} {DAY[2]}")
        desk.link("장소", VENUE)
        desk.link("강사·발표자", LECTURER)
        desk.shot(self.out / "new-event.png")
        desk.key("ctrl+Return")
        wait_for(lambda: self.event(self.first), f"{desk.name}: the event was not stored")

    def arrives(self, desk, seconds):
        try:
            return desk.wait(TITLE, seconds=seconds)
        except StepFailed:
            desk.alive()
            return None

    def event(self, store):
        found = [event for event in self.records(store, "event") if event["title"] == TITLE]
        return found[0] if found else None

    def check_event(self, store):
        event = self.event(store)
        start = f"{DAY[0]}T{DAY[1]}"
        if event["start"] != start:
            raise StepFailed(f"The event begins {event['start']}, not {start}.")
        if not event["venue"]:
            raise StepFailed("The event has no venue.")
        parts = self.records(store, "part")
        invited = self.records(store, "participation")
        if len(parts) != 2:
            raise StepFailed(f"The event has {len(parts)} parts, not 2.")
        if not any(part["lecturer"] for part in parts):
            raise StepFailed("No part has a lecturer.")
        if len(invited) < 32:
            raise StepFailed(f"Only {len(invited)} are invited, not all 32 agencies.")
        return event, len(invited)

    def place(self, desk, name):
        """Its row in the sidebar."""
        return desk.find(name, roles=("list item",), within=desk.wait(self.word("Places"), roles=("list",)), exact=True)

    def pictures(self, desk):
        places = [place for place in PAGES if self.place(desk, place[1])]
        if len(places) < 5:
            raise StepFailed(f"{desk.name}: the sidebar shows only {len(places)} places")
        for page, name in places:
            desk.click(self.place(desk, name))
            pump(1.5)
            desk.shot(self.out / f"{page}.png")

    def event_pictures(self, desk):
        """The event's own page, a picture of each of its tabs."""
        # Its name, typed as if the keyboard were still in English.
        desk.front()
        desk.key("ctrl+k")
        pump(1.0)
        desk.type("rhkdaudtlalsrhks")
        desk.wait(TITLE, exact=True)
        pump(0.5)
        desk.key("Return")
        desk.wait("개요")
        for number, name in enumerate(TABS, 1):
            if desk.find(name, roles=TAB_ROLES, exact=True):
                desk.click(name, roles=TAB_ROLES, exact=True)
                pump(1.5)
                desk.shot(self.out / f"event-{number}-{TABS[name]}.png")

    def briefing(self, event):
        sheet = self.out / "briefing.pdf"
        self.ctl(self.first, "brief", event["id"], "-o", sheet)
        if shutil.which("pdftoppm"):
            self.run("pdftoppm", "-png", "-r", "110", "-singlefile", sheet, self.out / "briefing")
            words = self.run("pdftotext", sheet, "-")
            if "광명" not in words:
                raise StepFailed("The briefing sheet does not name the event.")
        return sheet

    def play(self):
        began = time.monotonic()
        for program in ("dure", "durectl", "dured"):
            if not (self.build / "src" / program).exists():
                raise StepFailed(f"{program} is not built yet: ./dev build")
        self.start_server()
        self.say(f"A server of its own at {self.uri}, with a tenant and two accounts.")
        self.make_stores()
        self.enrol(self.first, "kim", "desk-1")
        first = self.desk(self.first, "desk-1")
        second = self.desk(self.second, "desk-2")
        self.enrol_by_hand(second, "lee", "desk-2")
        agencies = len(self.records(self.second, "agency"))
        self.say(f"Two desks enrolled; the register of {agencies} agencies went from the first to the second.")
        second.front()
        second.key("ctrl+2")
        self.make_event(first)
        event, invited = self.check_event(self.first)
        self.say(f"Made on the first desk with pointer and keys: «{TITLE}», two parts, {invited} invited.")
        made = time.monotonic()
        how = "by itself"
        while not self.arrives(second, 6):
            if time.monotonic() > made + 40:
                raise StepFailed(f"{second.name}: the event did not arrive")
            how = "after Ctrl+R"  # the second officer asks for what is new
            second.front()
            second.key("ctrl+r")
        self.check_event(self.second)
        self.say(f"Seen on the second desk {how}, {time.monotonic() - made:.0f} seconds later.")
        second.shot(self.out / "second-desk.png")
        sheet = self.briefing(event)
        self.say(f"The briefing sheet: {sheet}")
        if not self.short:
            self.pictures(first)
            self.event_pictures(first)
            self.say(f"Pictures of every page: {self.out}")
        self.say(f"Done in {time.monotonic() - began:.0f} seconds.")

    def end(self):
        for program in self.programs:
            program.close()
        if self.server is not None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(5)
            except subprocess.TimeoutExpired:
                self.server.kill()

    def explain(self):
        """What was on the screens when a step failed."""
        for program in self.programs:
            if program.process.poll() is None:
                program.shot(self.out / f"failed-{program.name}.png")
                print(f"--- {program.name} shows:\n{program.dump()}", file=sys.stderr)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default=SOURCE / "build")
    arguments.add_argument("--out", default=SOURCE / "build/tour")
    arguments.add_argument("--short", action="store_true")
    options = arguments.parse_args()
    tour = Tour(options)
    # Six days before the event, for the server too: it refuses stamps from the future.
    os.environ.update({"DURE_NOW": "2025-06-20T09:00", "DURE_KEYRING": "no", "DURE_LOCALEDIR": str(tour.build / "po")})
    openbox = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        Atspi.init()
        tour.play()
        return 0
    except StepFailed as failure:
        tour.explain()
        print(f"tour: {failure}", file=sys.stderr)
        return 1
    finally:
        tour.end()
        openbox.terminate()


def korean_locale(folder):
    """Where a Korean locale is, for LOCPATH; made when the system has none. It gives the names of days and the order of dates."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower().split()
    if "ko_kr.utf8" in known:
        return None
    made = folder / "ko_KR.UTF-8"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["localedef", "-i", "ko_KR", "-f", "UTF-8", made], check=True)
    return folder


def on_own_screen():
    locales = korean_locale(SOURCE / "build/locale")
    others = ("WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "GTK_THEME")
    environment = {key: value for key, value in os.environ.items() if key not in others}
    environment.update({
        INSIDE: "1", "LC_ALL": "ko_KR.UTF-8", "LANG": "ko_KR.UTF-8", "LANGUAGE": "ko", "TZ": "Asia/Seoul",
        "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "LIBGL_ALWAYS_SOFTWARE": "1", "GTK_USE_PORTAL": "0",
        "NO_AT_BRIDGE": "0", "PYTHONUTF8": "1",
    })
    if locales is not None:
        environment["LOCPATH"] = str(locales)
    played = subprocess.Popen(
        ["xvfb-run", "-a", "-n", str(100 + os.getpid() % 500), "-s", "-screen 0 1400x900x24 -noreset",
         "dbus-run-session", "--", sys.executable, *sys.argv],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    # The helpers of the session are talkative.
    noise = ("dbus-daemon", "SpiRegistry", "Openbox-Message", "AT-SPI: Error", "dbind-WARNING", "X connection to",
             "Authorization required")
    for line in played.stdout:
        if line.strip() and not any(word in line for word in noise):
            print(line, end="", flush=True)
    return played.wait()


if os.environ.get(INSIDE):
    from driver import BUTTONS, Atspi, Program, StepFailed, pump, wait_for

    sys.exit(main())
sys.exit(on_own_screen())
