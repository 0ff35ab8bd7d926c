#!/usr/bin/env python3
"""test-kills.py: programs that are killed while they write, send and store, at any moment, on either side

Each round some officers write, several computers sync at once, and one or two of the programs get a SIGKILL: a computer
that syncs, one that imports, or a server. In the end all copies are the same, all files are whole, and all that was said
to be stored is on the server. With PostgreSQL there are two servers on one database.

--seed N and --rounds N choose other histories, and longer ones; the seed is told when a history fails.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import glob
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
import urllib.request

import harness
from harness import Journey, Server

PASSWORD = "비밀번호-열두자리-이상"
ENTITIES = "region agency person event part participation tie referral programme venue conflict".split()
DEVICE = "00000000000000dd"
options = argparse.Namespace(seed=1, rounds=8)


class Kills(Journey):
    def setUp(self):
        super().setUp()
        postgres = os.environ.get("DURE_TEST_POSTGRES")
        self.storage = postgres.replace("/?", "/postgres?") if postgres else None
        accounts = [("gm", "kim", PASSWORD), ("gm", "lee", PASSWORD)]
        self.servers = [Server(self.path("server"), accounts, storage=self.storage)]
        if postgres:
            self.servers.append(Server(self.path("server"), (), storage=self.storage))
        for server in self.servers:
            self.addCleanup(server.stop)
        self.rand = random.Random(options.seed)
        self.stores = [self.path(name) for name in ("a.db", "b.db", "c.db")]
        self.written = []
        self.killed = {"sync": 0, "import": 0, "server": 0}

    def enrol(self, number):
        store = self.stores[number]
        words = ("--tenant", "gm", "--user", ("kim", "lee")[number % 2], "--device", os.path.basename(store))
        self.good("enrol", self.servers[number % len(self.servers)].uri, *words, store=store,
                  stdin=(PASSWORD + "\n").encode())

    def everything(self, store):
        tables = {}
        for entity in ENTITIES:
            records = self.table("list", entity, store=store) + self.table("list", entity, "--deleted", store=store)
            tables[entity] = sorted(records, key=lambda one: one["id"])
        return tables

    def write_some(self, step):
        """What an officer is told is stored has to reach the server."""
        store = self.rand.choice(self.stores)
        agency = self.rand.choice(self.agencies)
        field = self.rand.choice(("head", "note", "phone"))
        value = f"022680{self.rand.randrange(10000):04}" if field == "phone" else f"값 {step} {self.rand.randrange(1000)}"
        what = self.rand.random()
        if what < 0.8:
            if self.ctl("set", "agency", agency, f"{field}={value}", store=store).status == 0:
                self.written.append((agency, field, value))
        elif what < 0.9:
            self.ctl(self.rand.choice(("remove", "restore-record")), "agency", agency, store=store)
        else:
            self.ctl("undo", store=store)

    def start_import(self, step):
        rows = "".join(f"예시 기관 {step}-{i},civic,private\n" for i in range(self.rand.randrange(50, 400)))
        path = self.write(f"rows-{step}.csv", "name,kind,sector\n" + rows)
        return harness.start([harness.DURECTL, "--store", self.rand.choice(self.stores), "import", "agency", path])

    def kill(self, kind, process):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            self.killed[kind] += 1
        process.wait(timeout=harness.WAIT)

    def one_round(self, step):
        for _ in range(self.rand.randrange(2, 6)):
            self.write_some(step)
        running = [("sync", harness.start([harness.DURECTL, "--store", store, "sync"]))
                   for store in self.rand.sample(self.stores, self.rand.randrange(1, 4))]
        if self.rand.random() < 0.5:
            running.append(("import", self.start_import(step)))
        for _ in range(self.rand.randrange(1, 3)):
            time.sleep(self.rand.random() * 0.25)
            if self.rand.random() < 0.4:
                server = self.rand.choice(self.servers)
                server.process.kill()
                server.stop()
                server.start()
                self.killed["server"] += 1
            else:
                self.kill(*self.rand.choice(running))
        for _, process in running:
            process.wait(timeout=harness.WAIT)

    def ask(self, path, body=None, token=None):
        request = urllib.request.Request(self.servers[0].uri + path, body)
        if body:
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=harness.WAIT) as answer:
            return answer.read().decode()

    def server_changes(self):
        """All that the server has, as a device would read it."""
        enrol = {"tenant": "gm", "user": "kim", "password": PASSWORD, "device": DEVICE, "name": "test"}
        token = json.loads(self.ask("/v1/enrol", json.dumps(enrol).encode()))["token"]
        after, changes, more = 0, [], True
        while more:
            lines = [json.loads(line) for line in self.ask(f"/v1/changes?after={after}", token=token).splitlines()]
            changes += lines[1:-1]
            after, more = lines[-1]["seq"], lines[-1]["more"]
        return changes

    def check_whole(self, path):
        with sqlite3.connect(path) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], path)

    def check_end(self):
        for _ in range(2):
            for store in self.stores:
                self.good("sync", store=store)
        first = self.everything(self.stores[0])
        for store in self.stores:
            self.assertEqual(self.table("sync", store=store)["waiting"], 0)
            self.assertEqual(self.everything(store), first, store)
            self.good("check", store=store)
            self.check_whole(store)
        self.servers[0].do("log", "verify")
        changes = self.server_changes()
        self.assertEqual([change["seq"] for change in changes], list(range(1, len(changes) + 1)))
        known = {(change["id"], *item) for change in changes for item in change["set"].items()}
        for one in self.written:
            self.assertIn(one, known, "it was said to be stored, and is not on the server")
        for server in self.servers:
            server.stop()
        for path in glob.glob(self.path("server/*.db")):
            self.check_whole(path)

    def test_killed_at_any_moment(self):
        self.good("sample", "gwangmyeong", store=self.stores[0])
        for store in self.stores[1:]:
            self.good("init", store=store)
        for number in range(3):
            self.enrol(number)
        for store in self.stores:
            self.good("sync", store=store)
        self.agencies = [one["id"] for one in self.table("list", "agency", store=self.stores[0])[:5]]
        try:
            for step in range(options.rounds):
                self.one_round(step)
            self.check_end()
        except BaseException:
            print(f"# --seed {options.seed} --rounds {options.rounds}", flush=True)
            raise
        print(f"# killed: {self.killed}", flush=True)
        self.assertGreater(sum(self.killed.values()), options.rounds // 2, "hardly anything was running any more")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=options.seed)
    parser.add_argument("--rounds", type=int, default=options.rounds)
    options = parser.parse_args()
    harness.main([])
