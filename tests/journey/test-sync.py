#!/usr/bin/env python3
"""test-sync.py: two officers' stores and a server on the loopback device

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import random
import subprocess

import harness
from harness import Journey, Server

PASSWORD = "비밀번호-열두자리-이상"
NAME = "광명시정신건강복지센터"
ENTITIES = "region agency person event part participation tie referral programme venue conflict".split()


class Sync(Journey):
    def setUp(self):
        super().setUp()
        accounts = (("gm", "kim"), ("gm", "lee"), ("yd", "park"))
        self.server = Server(self.path("server"), [(*account, PASSWORD) for account in accounts])
        self.addCleanup(self.server.stop)
        self.a = self.path("a.db")
        self.b = self.path("b.db")
        self.good("sample", "gwangmyeong", store=self.a)
        self.good("init", store=self.b)

    def enrol(self, store, user="kim", tenant="gm", uri=None, password=PASSWORD, status=0):
        words = ("--tenant", tenant, "--user", user, "--device", os.path.basename(store))
        answer = self.ctl("enrol", uri or self.server.uri, *words, store=store, stdin=(password + "\n").encode())
        self.assertEqual(answer.status, status, answer)
        return answer

    def sync(self, *stores):
        for store in stores:
            self.good("sync", store=store)

    def both(self):
        self.enrol(self.a)
        self.enrol(self.b, "lee")
        self.sync(self.a, self.b)
        return self.table("show", "agency", NAME, store=self.a)["id"]

    def everything(self, store):
        tables = {entity: self.table("list", entity, store=store) for entity in ENTITIES}
        return {entity: sorted(records, key=lambda one: one["id"]) for entity, records in tables.items()}

    def test_second_store_gets_all_of_the_first(self):
        self.both()
        self.assertEqual(len(self.table("list", "agency", store=self.b)), 32)
        self.assertEqual(self.everything(self.a), self.everything(self.b))
        again = self.table("sync", store=self.a)
        self.assertEqual((again["sent"], again["waiting"]), (0, 0))
        self.good("check", store=self.b)

    def test_different_fields_merge(self):
        one = self.both()
        self.good("set", "agency", one, "head=예시 센터장", store=self.a)
        self.good("set", "agency", one, "phone=02-2680-9999", store=self.b)
        self.sync(self.a, self.b, self.a)
        for store in (self.a, self.b):
            agency = self.table("show", "agency", one, store=store)
            self.assertEqual((agency["head"], agency["phone"]), ("예시 센터장", "0226809999"), store)
            self.assertEqual(self.table("conflicts", store=store), [])

    def test_same_field_is_one_conflict(self):
        one = self.both()
        self.good("set", "agency", one, "head=먼저 쓴 값", store=self.a)
        self.good("set", "agency", one, "head=나중 쓴 값", store=self.b)
        self.sync(self.a, self.b, self.a)
        for store in (self.a, self.b):
            self.assertEqual(self.table("show", "agency", one, store=store)["head"], "나중 쓴 값")
            conflicts = self.table("conflicts", store=store)
            self.assertEqual(len(conflicts), 1, conflicts)
            conflict = conflicts[0]
            self.assertEqual((conflict["entity"], conflict["record"], conflict["field"]), ("agency", one, "head"))
            self.assertEqual((conflict["won"], conflict["lost"]), ("나중 쓴 값", "먼저 쓴 값"))
            self.assertTrue(conflict["won_by"] and conflict["lost_by"], conflict)
        self.assertIn("먼저 쓴 값", self.good("conflicts", store=self.a).out)
        self.good("conflicts", "restore", conflict["id"], store=self.a)
        self.sync(self.a, self.b)
        for store in (self.a, self.b):
            self.assertEqual(self.table("show", "agency", one, store=store)["head"], "먼저 쓴 값")
            self.assertEqual(self.table("conflicts", store=store), [])
        self.assertEqual(self.everything(self.a), self.everything(self.b))

    def test_third_value_both_and_all(self):
        one = self.both()
        self.good("set", "agency", one, "head=김두레", "fax=02-2610-1111", "note=월요일 방문\n끝", store=self.a)
        self.good("set", "agency", one, "head=이두레", "fax=02-2610-2222", "note=화요일 방문\n끝", store=self.b)
        self.sync(self.a, self.b, self.a)
        conflicts = {c["field"]: c["id"] for c in self.table("conflicts", store=self.a)}
        self.assertEqual(sorted(conflicts), ["fax", "head", "note"])
        shown = self.good("conflicts", "show", conflicts["note"], store=self.a).out
        self.assertIn("[-화요일-] 방문", shown)
        self.assertIn("{+월요일+} 방문", shown)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["sync"], "clash")
        self.bad(1, "conflicts", "both", conflicts["fax"], store=self.a)
        self.bad(1, "conflicts", "set", conflicts["fax"], "전화 아님", store=self.a)
        self.good("conflicts", "set", conflicts["fax"], "02-2610-3333", store=self.a)
        self.good("conflicts", "both", conflicts["note"], store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["fax"], "0226103333")
        self.assertEqual(self.table("show", "agency", one, store=self.a)["note"], "화요일 방문\n월요일 방문\n끝")
        self.bad(1, "conflicts", "keep", conflicts["note"], store=self.a)
        self.good("undo", store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["note"], "화요일 방문\n끝")
        self.good("conflicts", "keep-all", store=self.a)
        self.assertEqual(self.table("conflicts", store=self.a), [])
        self.assertEqual(self.table("show", "agency", one, store=self.a)["sync"], "here")
        self.sync(self.a, self.b)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["sync"], "sent")
        self.assertEqual(self.everything(self.a), self.everything(self.b))

    def test_conflict_of_a_record_deleted_since(self):
        one = self.both()
        self.good("set", "agency", one, "head=김두레", store=self.a)
        self.good("set", "agency", one, "head=이두레", store=self.b)
        self.sync(self.a, self.b, self.a)
        self.good("remove", "agency", one, store=self.a)
        conflict = self.table("conflicts", store=self.a)[0]["id"]
        self.assertTrue(self.table("conflicts", "show", conflict, store=self.a)["note"])
        self.good("conflicts", "restore", conflict, store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "김두레")
        self.assertEqual(len(self.table("list", "agency", store=self.a)), 32)

    def test_earlier_value_comes_back(self):
        one = self.both()
        first = self.table("show", "agency", one, store=self.a)["head"]
        for head in ("김두레", "이두레", "최두레"):
            self.good("set", "agency", one, "head=" + head, store=self.a)
        stamp = next(i["stamp"] for i in self.table("history", "agency", one, store=self.a) if i["value"] == "김두레")
        self.good("restore-value", "agency", one, "head", stamp, store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "김두레")
        self.good("restore-value", "agency", one, "head", "before", store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "최두레")
        self.bad(1, "restore-value", "agency", one, "head", "0" * 34, store=self.a)
        self.bad(2, "restore-value", "agency", one, "nonsense", stamp, store=self.a)
        self.assertNotEqual(first, "최두레")

    def test_same_agency_made_twice_becomes_one(self):
        """Two officers add the same agency offline; one merges them while the other writes to the one that goes."""
        self.both()
        stays = self.agency("하안 종합사회복지관 분관", store=self.a, phone="02-894-0720")
        goes = self.agency("(재)하안종합사회복지관 분관", store=self.b, head="이두레")
        self.sync(self.a, self.b, self.a)
        pairs = self.table("duplicates", "agency", store=self.a)
        pair = next(p for p in pairs if {p["one"], p["other"]} == {stays, goes})
        self.assertIn("name", pair["alike"])
        self.assertIn("same name", self.good("duplicates", "기관", store=self.a).out)
        self.bad(2, "duplicates", "event", store=self.a)
        self.bad(2, "merge", "agency", stays, goes, "--take", "nonsense", store=self.a)
        self.bad(1, "merge", "agency", stays, stays, store=self.a)
        self.good("merge", "agency", stays, goes, "--keep", "name", store=self.a)
        merged = self.table("show", "agency", stays, store=self.a)
        self.assertEqual((merged["name"], merged["head"], merged["phone"]),
                         ("하안 종합사회복지관 분관", "이두레", "028940720"))
        person = self.good("add", "person", "name=김두레", "agency=" + goes, store=self.b).out.strip()
        self.good("set", "agency", goes, "fax=02-894-0721", store=self.b)
        self.sync(self.a, self.b, self.a, self.b)
        for store in (self.a, self.b):
            self.assertEqual(self.table("show", "person", person, store=store)["agency"], stays)
            self.assertEqual([p for p in self.table("duplicates", "agency", store=store) if stays in p.values()], [])
            self.assertEqual(len(self.table("conflicts", store=store)), 1)
        conflict = self.table("conflicts", store=self.b)[0]["id"]
        self.good("conflicts", "both", conflict, store=self.b)
        self.assertEqual(self.table("show", "agency", stays, store=self.b)["fax"], "028940721")
        self.sync(self.b, self.a)
        self.assertEqual(self.everything(self.a), self.everything(self.b))

    def test_imported_export_is_a_new_computer(self):
        one = self.both()
        self.good("set", "agency", one, "head=김두레", store=self.a)
        self.sync(self.a, self.b)
        self.good("export", "--all", self.path("out"), "--reason", "새 PC", store=self.a)
        self.good("set", "agency", one, "head=이두레", store=self.b)
        self.sync(self.b)
        new = self.path("new.db")
        self.good("import", "--all", self.path("out"), store=new)
        self.enrol(new)
        told = self.table("sync", store=new)
        self.assertEqual((told["sent"], told["waiting"]), (0, 0))
        self.good("set", "agency", one, "fax=02-2610-1111", store=new)
        self.sync(new, self.a, self.b)
        for store in (self.a, self.b, new):
            agency = self.table("show", "agency", one, store=store)
            self.assertEqual((agency["head"], agency["fax"]), ("이두레", "0226101111"), store)
            self.assertEqual(self.table("conflicts", store=store), [])
        self.assertEqual(self.everything(new), self.everything(self.a))
        self.good("check", store=new)

    def test_not_a_duplicate_is_remembered_everywhere(self):
        self.both()
        one, other = (self.agency("두리복지관", store=self.a), self.agency("두리 복지관", store=self.a))
        self.assertTrue(any(one in p.values() for p in self.table("duplicates", "agency", store=self.a)))
        self.good("duplicates", "agency", "dismiss", one, other, store=self.a)
        self.sync(self.a, self.b)
        for store in (self.a, self.b):
            self.assertFalse(any(one in p.values() for p in self.table("duplicates", "agency", store=store)))

    def test_conflict_of_a_link_shows_names(self):
        self.both()
        event = self.table("list", "event", store=self.a)[0]["id"]
        self.good("set", "event", event, "host=노인복지관 1", store=self.a)
        self.good("set", "event", event, "host=보건소", store=self.b)
        self.sync(self.a, self.b, self.a)
        listed = self.good("conflicts", store=self.a).out
        self.assertIn("노인복지관 1", listed)
        self.assertIn("보건소", listed)

    def test_restored_backup_catches_up(self):
        """What a device wrote and sent after its backup comes back from the server."""
        one = self.both()
        copy = self.path("copy.db")
        self.good("backup", copy, store=self.a)
        self.good("set", "agency", one, "head=백업 뒤", store=self.a)
        self.sync(self.a)
        self.good("restore", copy, store=self.a)
        self.assertNotEqual(self.table("show", "agency", one, store=self.a)["head"], "백업 뒤")
        self.sync(self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "백업 뒤")
        self.good("set", "agency", one, "phone=02-2680-7777", store=self.a)
        self.sync(self.a, self.b)
        self.assertEqual(self.everything(self.a), self.everything(self.b))

    def test_keeping_what_stands(self):
        one = self.both()
        self.good("set", "agency", one, "head=가", store=self.a)
        self.good("set", "agency", one, "head=나", store=self.b)
        self.sync(self.a, self.b)
        self.bad(1, "conflicts", "keep", one, store=self.b)
        self.good("conflicts", "keep", self.table("conflicts", store=self.b)[0]["id"], store=self.b)
        self.sync(self.b, self.a)
        self.assertEqual(self.table("conflicts", store=self.a), [])
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "나")

    def test_edited_here_deleted_there_comes_back(self):
        one = self.both()
        self.good("remove", "agency", one, store=self.a)
        self.good("set", "agency", one, "head=지우면 안 됨", store=self.b)
        self.sync(self.a, self.b, self.a, self.b)
        for store in (self.a, self.b):
            self.assertEqual(self.table("show", "agency", one, store=store)["head"], "지우면 안 됨")
            self.assertEqual(len(self.table("list", "agency", store=store)), 32)
            self.assertEqual(len(self.table("conflicts", store=store)), 1)

    def test_same_natural_key_on_both(self):
        self.both()
        for store in (self.a, self.b):
            self.good("add", "region", "code=9999900000", "name=예시동", "level=dong", store=store)
        self.sync(self.a, self.b, self.a)
        for store in (self.a, self.b):
            self.assertEqual(len(self.table("list", "region", "code=9999900000", store=store)), 1)

    def test_offline_and_back(self):
        one = self.both()
        self.server.stop()
        self.good("set", "agency", one, "head=서버가 없을 때", store=self.a)
        self.bad(1, "sync", store=self.a)
        self.assertEqual(self.table("show", "agency", one, store=self.a)["head"], "서버가 없을 때")
        self.server.start()
        self.sync(self.a, self.b)
        self.assertEqual(self.table("show", "agency", one, store=self.b)["head"], "서버가 없을 때")

    def test_tenants_are_apart(self):
        self.enrol(self.a)
        self.sync(self.a)
        self.enrol(self.b, "park", "yd")
        self.sync(self.b)
        self.assertEqual(self.table("list", "agency", store=self.b), [])

    def test_refusals(self):
        self.bad(1, "sync", store=self.b)
        for words in (
            {"password": "wrong-one"},
            {"password": ""},
            {"user": "nobody"},
            {"tenant": "nowhere"},
            {"uri": "http://127.0.0.1:9"},
        ):
            answer = self.enrol(self.b, status=1, **words)
            self.assertNotEqual(answer.err.strip(), "")
            self.assertNotIn("wrong-one", answer.err + answer.out)
        self.bad(1, "sync", store=self.b)
        self.assertEqual(self.table("list", "agency", store=self.b), [])

    def test_killed_while_syncing(self):
        """Programs die in the middle of a round, on either side; the next round makes up for it, once."""
        rows = 12000
        self.good("import", "agency", self.write("big.csv", "name,kind,sector,note\n" + "".join(
            f"예시 기관 {i},civic,private,{'비고 ' * 20}\n" for i in range(rows))), store=self.a)
        self.enrol(self.a)
        self.enrol(self.b, "lee")
        killed = 0
        for store in (self.a, self.b):
            for delay, victim in ((0.1, "device"), (0.25, "server"), (0.5, "device"), (0.6, "server")):
                child = harness.start([harness.DURECTL, "--store", store, "sync"])
                try:
                    child.wait(timeout=delay)
                except subprocess.TimeoutExpired:
                    killed += 1
                    if victim == "device":
                        child.kill()
                    else:
                        self.server.process.kill()
                        self.server.stop()
                        self.server.start()
                    child.wait(timeout=60)
            self.sync(store)
            self.good("check", store=store)
        self.assertGreater(killed, 2, "no round was slow enough to be killed")
        self.assertEqual(len(self.table("list", "agency", store=self.b)), rows + 32)
        self.assertEqual(self.everything(self.a), self.everything(self.b))
        self.assertEqual(self.table("conflicts", store=self.a), [])
        self.server.do("log", "verify")

    def test_killed_while_a_file_is_on_its_way(self):
        """Programs die in the middle of a file, on either side; what had gone or come is not sent again."""
        agency = self.both()
        file = self.write("영상 자료.mp4", os.urandom(60 * 1024 * 1024))
        one = self.good("attach", "agency", agency, file, store=self.a).out.strip()
        killed = 0
        copy = self.path("copy.mp4")
        for store, words in ((self.a, ("sync",)), (self.b, ("fetch", one, "-o", copy))):
            if store == self.b:
                self.sync(self.b)
                self.assertEqual(self.table("attachments", "agency", agency, store=self.b)[0]["state"], "server")
            for delay, victim in ((0.2, "device"), (0.4, "server"), (0.3, "device")):
                child = harness.start([harness.DURECTL, "--store", store, *words])
                try:
                    child.wait(timeout=delay)
                except subprocess.TimeoutExpired:
                    killed += 1
                    if victim == "device":
                        child.kill()
                    else:
                        self.server.process.kill()
                        self.server.stop()
                        self.server.start()
                    child.wait(timeout=60)
            while self.table("attachments", "agency", agency, store=store)[0]["state"] not in ("here",):
                self.ctl(*words, store=store)
        self.assertGreater(killed, 2, "no transfer was slow enough to be killed")
        if not os.path.exists(copy):
            self.good("fetch", one, "-o", copy, store=self.b)
        self.assertEqual(self.read(copy), self.read(file))
        for store in (self.a, self.b):
            self.good("check", store=store)
        self.server.do("log", "verify")

    def test_three_officers_at_random(self):
        """Edits, deletions, undo and rounds in any order: in the end all three hold the same, conflicts too."""
        rand = random.Random(20250626)
        stores = [self.a, self.b, self.path("c.db")]
        self.good("init", store=stores[2])
        for store, user in zip(stores, ("kim", "lee", "kim")):
            self.enrol(store, user)
        self.sync(*stores)
        agencies = [one["id"] for one in self.table("list", "agency", store=self.a)[:4]]
        for step in range(120):
            store = rand.choice(stores)
            agency = rand.choice(agencies)
            what = rand.random()
            if what < 0.55:
                words = (f"head=값 {step}", f"note=첫 줄\n둘째 줄 {step}", f"phone=022680{step:04}", "map_label=")
                self.ctl("set", "agency", agency, rand.choice(words), store=store)
            elif what < 0.65:
                self.ctl(rand.choice(("remove", "restore-record")), "agency", agency, store=store)
            elif what < 0.7:
                self.ctl("undo", store=store)
            else:
                self.good("sync", store=store)
        self.sync(*stores, *stores)
        first = self.everything(stores[0])
        for store in stores[1:]:
            self.assertEqual(self.everything(store), first)
        deleted = [self.table("list", "agency", "--deleted", "--sort", "name", store=store) for store in stores]
        self.assertEqual(deleted, [deleted[0]] * 3)
        for store in stores:
            self.good("check", store=store)


if __name__ == "__main__":
    harness.main()
