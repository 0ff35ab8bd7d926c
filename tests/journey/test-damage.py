#!/usr/bin/env python3
"""test-damage.py: killed programs, damaged and newer files, full disks: nothing is lost, and nothing makes it worse

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import random
import resource
import signal
import sqlite3
import subprocess
import time

import harness
from harness import DURECTL, Journey, run

WRITERS = (("add", "agency", "name=새 기관", "kind=civic", "sector=private"), ("undo",), ("sample", "yeongdo"))


def big_table(rows):
    return "name,kind,sector,areas,address,note\n" + "".join(
        f"예시 기관 {i},civic,private,\"welfare,care\",광명시 예시로 {i},{'비고 ' * 10}\n" for i in range(rows))


class Damage(Journey):
    def leave_wal(self):
        """Puts all that was written into the main file."""
        db = sqlite3.connect(self.store)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def assert_never_written(self, *says):
        before = self.read(self.store)
        for words in WRITERS:
            self.bad(1, *words, says=says)
            self.assertEqual(self.read(self.store), before, f"durectl {words[0]} wrote to it")

    def test_killed_while_importing(self):
        rows = 60000
        table = self.write("big.csv", big_table(rows))
        self.good("init")
        self.agency("먼저 있던 기관")
        killed = 0
        for delay in (0.15, 0.4, 0.8, 1.3):
            child = harness.start([DURECTL, "--store", self.store, "import", "agency", table])
            try:
                child.wait(timeout=delay)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait(timeout=30)
                killed += 1
            self.good("check")
            count = len(self.table("list", "agency"))
            self.assertEqual((count - 1) % rows, 0, "half an import is in the store")
        self.assertGreater(killed, 0, "no import was slow enough to be killed")
        self.agency("나중 기관")

    def test_flipped_bytes(self):
        self.good("sample", "gwangmyeong")
        self.leave_wal()
        sound = self.read(self.store)
        rand = random.Random(20250626)
        for _ in range(4):
            data = bytearray(sound)
            for page in range(1, len(data) // 4096):
                for _ in range(3):
                    data[page * 4096 + rand.randrange(12)] ^= 0x55
            self.write("dure.db", bytes(data))
            self.assert_never_written("damaged")
            self.assertEqual(self.ctl("check").status, 1)

    def test_truncated(self):
        self.good("sample", "gwangmyeong")
        self.leave_wal()
        sound = self.read(self.store)
        for length in (len(sound) // 2, 4096, 100, 17):
            self.write("dure.db", sound[:length])
            self.assert_never_written(self.store)
            self.assertEqual(self.ctl("check").status, 1)

    def test_random_flips_never_crash(self):
        self.good("sample", "gwangmyeong")
        self.leave_wal()
        sound = self.read(self.store)
        rand = random.Random(1)
        for _ in range(25):
            data = bytearray(sound)
            for _ in range(200):
                data[rand.randrange(len(data))] ^= 1 << rand.randrange(8)
            self.write("dure.db", bytes(data))
            for line in ("check", "list agency --json", "search 광명", "set agency 광명시정신건강복지센터 head=예시"):
                self.assertIn(self.ctl(*line.split()).status, (0, 1), f"durectl {line} crashed")

    def test_not_a_file(self):
        os.mkdir(self.store)
        for words in (*WRITERS, ("list", "agency"), ("check",)):
            self.bad(1, *words, says=self.store)
        copy = self.path("copy.db")
        self.good("init", store=copy)
        self.bad(1, "restore", copy, says=self.store)
        self.assertTrue(os.path.isdir(self.store))

    def test_other_files(self):
        self.write("dure.db", b"")
        self.bad(1, *WRITERS[0], says="durectl init")
        self.assertEqual(self.read(self.store), b"")
        self.good("init")
        for data in (b"hello, this is a letter\n" * 400, os.urandom(20000)):
            self.write("dure.db", data)
            before = self.read(self.store)
            for words in WRITERS[:2]:
                self.bad(1, *words)
                self.assertEqual(self.read(self.store), before)
        os.unlink(self.store)
        db = sqlite3.connect(self.store)
        db.execute("CREATE TABLE recipe (name TEXT)")
        db.commit()
        db.close()
        self.assert_never_written()

    def test_newer_store(self):
        self.good("sample", "yeongdo")
        db = sqlite3.connect(self.store)
        db.execute("PRAGMA user_version = 9000")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        self.assert_never_written("newer")

    def test_newer_store_still_open_elsewhere(self):
        self.good("sample", "yeongdo")
        db = sqlite3.connect(self.store)
        self.addCleanup(db.close)
        db.execute("PRAGMA user_version = 9000")
        db.commit()
        self.assert_never_written("newer")

    def test_no_right_to_write(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        self.good("sample", "yeongdo")
        self.leave_wal()
        os.chmod(self.store, 0o400)
        self.bad(1, *WRITERS[0])


class FullDisk(Journey):
    def assert_sound(self, agencies):
        self.good("check")
        self.assertEqual(len(self.table("list", "agency")), agencies)

    def test_limit_on_the_size_of_files(self):
        self.good("init")
        self.agency("먼저 있던 기관")
        table = self.write("big.csv", big_table(40000))

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))

        answer = self.ctl("import", "agency", table, preexec_fn=limit, restore_signals=False)
        self.assertEqual(answer.status, 1, answer)
        self.assertIn("disk", answer.err)
        self.assert_sound(1)

    def test_small_disk(self):
        disk = self.path("disk")
        os.mkdir(disk)
        if os.geteuid() != 0 or run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]).status != 0:
            self.skipTest("a disk of 4 MB cannot be mounted here")
        self.addCleanup(run, ["umount", disk])
        self.store = os.path.join(disk, "dure.db")
        self.good("init")
        self.agency("먼저 있던 기관")
        table = self.write("big.csv", big_table(40000))
        self.bad(1, "import", "agency", table, says="disk")
        self.assert_sound(1)
        # Another file takes what is left; one more record must fail with a sentence too, and not half.
        with open(os.path.join(disk, "filler"), "wb", buffering=0) as filler:
            for block in (1 << 16, 4096, 1):
                try:
                    while True:
                        filler.write(b"x" * block)
                except OSError:
                    pass
        answer = self.ctl("add", "agency", "name=더", "kind=civic", "sector=private", f"note={'가' * 15000}")
        self.assertEqual(answer.status, 1, answer)
        self.assertIn("disk", answer.err)
        os.unlink(os.path.join(disk, "filler"))
        self.assert_sound(1)
        self.agency("다시 자리가 있음")
        self.assert_sound(2)


class Together(Journey):
    def test_two_programs_on_one_file(self):
        """Eight programs write at once: everyone gets in, nobody's record is lost."""
        self.good("init")
        words = [DURECTL, "--store", self.store, "add", "agency", "kind=civic", "sector=private"]
        children = [harness.start([*words, f"name=기관 {i}"]) for i in range(8)]
        limit = time.monotonic() + 60
        statuses = [child.wait(timeout=max(1, limit - time.monotonic())) for child in children]
        self.assertEqual(statuses, [0] * 8)
        self.assertEqual(len(self.table("list", "agency")), 8)
        self.good("check")


if __name__ == "__main__":
    harness.main()
