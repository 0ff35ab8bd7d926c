"""harness.py: runs the built programs for the journey tests; every wait is bounded

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

BUILD = os.environ.get("DURE_BUILD_DIR", os.path.join(os.getcwd(), "build"))
DURECTL = os.environ.get("DURECTL", os.path.join(BUILD, "src", "durectl"))
DURED = os.environ.get("DURED", os.path.join(BUILD, "src", "dured"))
WAIT = 60
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["DURE_KEYRING"] = "no"  # tokens stay in the files of the tests
os.environ.pop("LANGUAGE", None)


class Answer:
    """What a program said, and its exit status."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"status {self.status}\n--- out\n{self.out[:3000]}\n--- err\n{self.err[:3000]}"


def run(words, stdin=b"", wait=WAIT, **more):
    return Answer(subprocess.run(words, input=stdin, capture_output=True, timeout=wait, **more))


def start(words):
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Journey(unittest.TestCase):
    """A directory of its own for each test, and words for what the tests do."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="dure-journey-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.store = self.path("dure.db")

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return self.path(name)

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def ctl(self, *words, store=None, stdin=b"", **more):
        return run([DURECTL, "--store", store or self.store, *words], stdin, **more)

    def good(self, *words, **more):
        answer = self.ctl(*words, **more)
        self.assertEqual(answer.status, 0, f"durectl {' '.join(words)}: {answer}")
        return answer

    def bad(self, status, *words, says=(), **more):
        answer = self.ctl(*words, **more)
        self.assertEqual(answer.status, status, f"durectl {' '.join(words)}: {answer}")
        self.assertNotEqual(answer.err.strip(), "", "a refusal without a word")
        for part in [says] if isinstance(says, str) else says:
            self.assertIn(part, answer.err)
        return answer

    def table(self, *words, **more):
        return self.good(*words, "--json", **more).json()

    def agency(self, name="하안종합사회복지관", store=None, **fields):
        values = {"name": name, "kind": "welfare-centre", "sector": "private", **fields}
        return self.good("add", "agency", *[f"{key}={value}" for key, value in values.items()], store=store).out.strip()


class Server:
    """dured on a free port of the loopback device."""

    def __init__(self, directory, accounts=(("gm", "kim", "비밀번호-열두자리-이상"),), storage=None):
        self.storage = ["--storage", storage or f"sqlite:{directory}"]
        os.makedirs(directory, exist_ok=True)
        for tenant in sorted({account[0] for account in accounts}):
            self.do("tenant", "add", tenant)
        for tenant, user, password in accounts:
            self.do("user", "add", tenant, user, stdin=(password + "\n").encode())
        self.process = None
        self.uri = None
        self.start()

    def do(self, *words, stdin=b""):
        answer = run([DURED, *self.storage, *words], stdin)
        if answer.status != 0:
            raise AssertionError(f"dured {' '.join(words)}: {answer}")
        return answer

    def start(self):
        listen = self.uri.split("//")[1].rstrip("/") if self.uri else "127.0.0.1:0"
        self.process = subprocess.Popen([DURED, *self.storage, "--listen", listen, "serve"], stdout=subprocess.PIPE)
        lines = queue.Queue()
        threading.Thread(target=lambda: lines.put(self.process.stdout.readline()), daemon=True).start()
        line = lines.get(timeout=WAIT).decode()
        if "http" not in line:
            raise AssertionError(f"dured did not come up: {line!r}")
        self.uri = line[line.index("http"):].strip()

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
        self.process.stdout.close()
        self.process = None


class Lines(unittest.TestResult):
    """Tells each test in a line of TAP, which meson understands, and what went wrong in comments."""

    def tell(self, test, word, more=""):
        print(f"{word} {self.testsRun} - {test.id().removeprefix('__main__.')}{more}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.tell(test, "ok")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell(test, "ok", f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.complain(test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.complain(test, self.errors[-1][1])

    def complain(self, test, text):
        self.tell(test, "not ok")
        print("".join(f"# {line}\n" for line in text.splitlines()), end="", flush=True)


def main(words=None):
    words = sys.argv[1:] if words is None else words
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    if words:
        tests = [test for group in suite for test in group]
        suite = unittest.TestSuite(test for test in tests if any(word in test.id() for word in words))
    print(f"1..{suite.countTestCases()}")
    sys.exit(0 if suite.run(Lines()).wasSuccessful() else 1)
