#!/usr/bin/env python3
"""test-durectl.py: what an administrator does with durectl, and what happens when it is done wrongly

SPDX-License-Identifier: GPL-3.0-or-later
"""
import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

import harness
from harness import Journey, run, DURECTL

CSV = "기관명,기관 유형,공공·민간,대표 전화,분야\r\n하안 나눔회,민간단체,민간,02-2680-0001,\"복지, 돌봄\"\r\n철산 나눔회,민간단체,민간,1012345678,\r\n"


class Register(Journey):
    def test_sample_list_and_search(self):
        self.good("sample", "gwangmyeong")
        agencies = self.table("list", "agency")
        self.assertEqual(len(agencies), 32)
        public, private = (len(self.table("list", "agency", f"sector={sector}")) for sector in ("public", "민간"))
        self.assertEqual((public + private, min(public, private) > 0), (32, True))
        self.assertEqual(len(self.table("list", "agency", "kind=dong-centre")), 19)
        for text in ("ㅈㅅㄱㄱ", "wjdtlsrjsrkd", "정신건강"):
            found = [hit["title"] for hit in self.table("search", text)]
            self.assertIn("광명시정신건강복지센터", found, text)
        one = self.table("show", "agency", "광명시정신건강복지센터")
        self.assertEqual(one["kind"], "mental-health-centre")
        self.assertIsInstance(one["areas"], list)
        plain = self.good("list", "agency", "--limit", "3").out.splitlines()
        self.assertEqual(len(plain), 4)
        events = self.table("list", "event", "start>=2025-06-26T00:00", "start<=2025-06-26T23:59")
        self.assertEqual(len(events), 1)

    def test_all_samples(self):
        for name in ("yeongdo", "gwangmyeong", "gimcheon"):
            store = self.path(name + ".db")
            self.good("sample", name, store=store)
            self.good("check", store=store)
            self.assertGreater(len(self.table("list", "agency", store=store)), 10)
        self.bad(2, "sample", "seoul", says="gimcheon")

    def test_conflicts_come_from_the_server(self):
        self.good("init")
        self.bad(1, "add", "conflict", "entity=agency", says="server")
        self.bad(1, "import", "conflict", self.write("c.csv", "entity,record,field\nagency,x,name\n"), says="server")
        self.assertEqual(self.table("list", "conflict"), [])

    def test_purge(self):
        self.good("init")
        old = self.good("add", "person", "name=김파기대상", "mobile=010-9876-5432", "keep_until=2020-01-01").out.strip()
        young = self.good("add", "person", "name=이남은사람", "keep_until=2999-12-31").out.strip()
        self.bad(2, "purge", "person", young, says="--reason")
        self.bad(2, "purge", "person", young, "--reason", "because", says="because")
        self.bad(1, "purge", "conflict", young, "--reason", "other")
        self.assertIn("1", self.good("purge", "--expired").out)
        fact = self.table("purge", "--list")
        self.assertEqual([(one["entity"], one["id"], one["reason"]) for one in fact], [("person", old, "expired")])
        for name in os.listdir(os.path.dirname(self.store)):
            with open(os.path.join(os.path.dirname(self.store), name), "rb") as file:
                data = file.read()
            self.assertNotIn("김파기대상".encode(), data, name)
            self.assertNotIn(b"01098765432", data, name)
        self.assertEqual([one["name"] for one in self.table("list", "person")], ["이남은사람"])
        self.bad(1, "restore-record", "person", old, says="purged")
        self.assertEqual([one["field"] for one in self.table("history", "person", old)], ["purged"])
        self.good("purge", "person", "이남은사람", "--reason", "request")
        self.assertEqual(len(self.table("purge", "--list")), 2)
        self.assertIn("0", self.good("purge", "--expired").out)
        self.good("check")

    def test_added_again_after_it_was_deleted(self):
        self.good("init")
        one, two = self.agency("가"), self.agency("나")
        words = ["add", "referral", f"from={one}", f"to={two}", "month=2025-05", "kind=case"]
        first = self.good(*words, "sent=3").out
        self.bad(1, *words, "sent=4")
        self.good("remove", "referral", first.strip())
        self.assertEqual(self.good(*words, "sent=5").out, first)
        self.assertEqual([item["sent"] for item in self.table("list", "referral")], [5])
        self.bad(1, "add", "tie", f"from={one}", f"to={one}", "kind=agreement", says="same")

    def test_sets(self):
        self.good("init")
        self.agency("가", areas="복지,보건,돌봄")
        self.agency("나", areas="복지")
        self.agency("다")
        for words, names in (("areas=복지,돌봄", ["가"]), ("분야=복지", ["가", "나"]), ("areas!=복지", ["다"]), ("areas=", ["다"])):
            self.assertEqual([one["name"] for one in self.table("list", "agency", words)], names, words)

    def test_backup_and_restore(self):
        self.good("init")
        self.agency("먼저")
        copy = self.path("copy.db")
        self.good("backup", copy)
        self.bad(1, "backup", self.store, says="itself")
        self.agency("나중")
        other = sqlite3.connect(self.store)
        other.execute("SELECT count(*) FROM agency").fetchall()
        self.bad(1, "restore", copy, says="open")
        self.assertEqual(len(self.table("list", "agency")), 2)
        other.close()
        self.good("restore", copy)
        self.assertEqual([one["name"] for one in self.table("list", "agency")], ["먼저"])
        self.assertEqual(len(self.table("list", "agency", store=self.store + ".before-restore")), 2)
        self.good("check")

    def test_backups(self):
        self.good("init")
        self.agency("먼저")
        self.assertEqual(self.table("backups"), [])
        path = self.good("backup").out.strip()
        self.assertTrue(path.startswith(self.store + ".backups/dure-"), path)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        self.agency("나중")
        listed = self.table("backups")
        self.assertEqual([(one["file"], one["records"]) for one in listed], [(path, 1)])
        for day in range(1, 6):
            shutil.copy(path, os.path.join(self.store + ".backups", f"dure-2020010{day}-090000.db"))
        self.good("backup", "--keep", "3")
        self.assertEqual([os.path.basename(one["file"])[5:13] for one in self.table("backups")][2:], ["20200105", "20200104"])
        self.bad(2, "backup", "--keep", "no", says="keep")
        self.bad(2, "backup", path, "--keep", "3", says="FILE")
        self.good("backup", "--folder", self.path("elsewhere"))
        self.assertEqual(len(self.table("backups", "--folder", self.path("elsewhere"))), 1)
        self.good("restore", path)
        self.assertEqual([one["name"] for one in self.table("list", "agency")], ["먼저"])
        self.good("check")

    def test_export_everything(self):
        self.good("sample", "gwangmyeong")
        gone = self.agency("없앤 기관")
        self.good("remove", "agency", gone)
        self.agency("=1+1", note="둘째\n줄")
        agreement = self.write("협약서.txt", "내용")
        owner = self.agency("첨부가 있는 기관")
        self.good("attach", "agency", owner, agreement)
        out = self.path("everything")
        self.bad(2, "export", "--all", out, says="reason")
        self.bad(1, "export", "--all", out, "--reason", "  ")
        self.bad(2, "export", says="ENTITY")
        self.good("export", "--all", out, "--reason", "감사 자료 제출")
        self.assertEqual(os.stat(out).st_mode & 0o777, 0o700)
        manifest = json.loads(self.read(os.path.join(out, "manifest.json")))
        self.assertEqual((manifest["format"], manifest["version"], manifest["reason"]), ("dure-export", 1, "감사 자료 제출"))
        present = {os.path.relpath(os.path.join(folder, name), out) for folder, _, names in os.walk(out) for name in names}
        self.assertEqual(present, {one["name"] for one in manifest["files"]} | {"manifest.json"})
        for one in manifest["files"]:
            with open(os.path.join(out, one["name"]), "rb") as file:
                data = file.read()
            self.assertEqual((len(data), hashlib.sha256(data).hexdigest()), (one["bytes"], one["sha256"]), one["name"])
        with open(os.path.join(out, "csv", "agency.csv"), encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 34)
        self.assertTrue(any("'=1+1" in row.values() for row in rows))
        with open(os.path.join(out, "json", "agency.jsonl"), encoding="utf-8") as file:
            records = {one["id"]: one for one in map(json.loads, file)}
        self.assertEqual((len(records), records[gone]["deleted"]), (35, True))
        self.assertEqual(records[owner]["fields"]["name"], "첨부가 있는 기관")
        with open(os.path.join(out, "history.jsonl"), encoding="utf-8") as file:
            changes = [json.loads(line) for line in file]
        self.assertEqual([one["change"]["set"] for one in changes if one["id"] == gone][-1], {"deleted": "1"})
        attached = [name for name in present if name.startswith("attachments/")]
        self.assertEqual([self.read(os.path.join(out, name)).decode() for name in attached], ["내용"])
        self.assertIn("personal data", self.read(os.path.join(out, "README.txt")).decode())
        self.bad(1, "export", "--all", out, "--reason", "또", says="not empty")
        self.assertEqual([one["reason"] for one in self.table("exports")], ["감사 자료 제출"])
        self.assertFalse(os.path.exists(out + ".part"))

    def lines(self, *names):
        with open(os.path.join(*names), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def sign(self, folder, name):
        """Writes the sum of a file that was changed into the manifest: only what stands in it is wrong then."""
        path = os.path.join(folder, "manifest.json")
        data = self.read(os.path.join(folder, name))
        manifest = json.loads(self.read(path))
        for one in manifest["files"]:
            if one["name"] == name:
                one.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        self.write(path, json.dumps(manifest, ensure_ascii=False))

    def test_import_everything(self):
        self.good("sample", "gwangmyeong")
        gone = self.agency("없앤 기관")
        self.good("remove", "agency", gone)
        owner = self.agency("첨부가 있는 기관", note="첫째\n둘째")
        self.good("set", "agency", owner, "head=예시 관장")
        attachment = self.good("attach", "agency", owner, self.write("협약서.txt", "내용")).out.strip()
        purged = self.good("add", "person", "name=지운 사람", "keep_until=2012-01-01").out.strip()
        self.good("purge", "person", purged, "--reason", "expired")
        out, again, copy = self.path("everything"), self.path("again"), self.path("copy.db")
        self.good("export", "--all", out, "--reason", "새 PC로 옮김")
        told = self.table("import", "--all", out, store=copy)
        self.assertEqual((told["reason"], told["files"]), ("새 PC로 옮김", 1))
        self.good("check", store=copy)
        self.good("export", "--all", again, "--reason", "견주어 보기", store=copy)
        for name in os.listdir(os.path.join(out, "json")):
            self.assertEqual(self.lines(out, "json", name), self.lines(again, "json", name), name)
        history = self.lines(out, "history.jsonl")
        self.assertEqual(history, self.lines(again, "history.jsonl"))
        self.assertEqual((told["records"], told["changes"]),
                         (sum(len(self.lines(out, "json", name)) for name in os.listdir(os.path.join(out, "json"))), len(history)))
        self.good("fetch", attachment, "-o", self.path("받은.txt"), store=copy)
        self.assertEqual(self.read(self.path("받은.txt")).decode(), "내용")
        self.assertEqual(self.table("history", "agency", owner), self.table("history", "agency", owner, store=copy))
        self.assertNotIn("지운 사람", self.good("list", "person", store=copy).out)
        self.assertEqual([one["id"] for one in self.table("purge", "--list", store=copy)], [purged])
        self.assertEqual(os.stat(copy).st_mode & 0o777, 0o600)
        # A computer of its own: what is written from now on comes after all that is there.
        self.good("set", "agency", owner, "head=나중 관장", store=copy)
        stamps = [one["stamp"] for one in self.table("history", "agency", owner, store=copy)]
        latest = max(stamps)
        self.assertEqual(next(i["value"] for i in self.table("history", "agency", owner, store=copy) if i["stamp"] == latest), "나중 관장")
        self.assertNotIn(latest[-16:], {one["stamp"][-16:] for one in history})
        self.assertIn(owner, self.good("search", "첨부가 있는", store=copy).out)
        self.bad(1, "import", "--all", out, store=copy, says="already")

    def test_import_of_what_was_changed(self):
        self.good("init")
        one = self.agency("기관")
        self.good("attach", "agency", one, self.write("문서.txt", "내용"))
        whole, out, copy = self.path("whole"), self.path("out"), self.path("copy.db")
        self.good("export", "--all", whole, "--reason", "시험")
        agency = os.path.join("json", "agency.jsonl")
        attached = os.path.join("attachments", os.listdir(os.path.join(whole, "attachments"))[0])
        line = self.read(os.path.join(whole, agency)).decode()

        def refused(name, data, *says, sign=True):
            shutil.rmtree(out, ignore_errors=True)
            shutil.copytree(whole, out)
            if data is None:
                os.unlink(os.path.join(out, name))
            else:
                self.write(os.path.join(out, name), data)
                if sign:
                    self.sign(out, name)
            self.bad(1, "import", "--all", out, store=copy, says=says)
            self.assertEqual([left for left in os.listdir(self.dir) if left.startswith("copy.db")], [], says)

        refused(agency, line + " ", agency, "sum", sign=False)
        refused(agency, None, agency, "missing")
        refused(attached, "다른 내용", attached, "sum", sign=False)
        refused(attached, None, attached)
        refused("manifest.json", "{", "manifest.json", sign=False)
        refused("manifest.json", "{}", "folder", sign=False)
        refused("manifest.json", '{"format":"dure-export","version":2}', "newer", sign=False)
        refused("manifest.json", '{"format":"dure-export","version":1,"files":[{"name":"attachments/../x","sha256":"'
                + "0" * 64 + '","bytes":1}]}', "attachments/../x", sign=False)
        refused("manifest.json", '{"format":"dure-export","version":1,"files":[]}', "history.jsonl", sign=False)
        for wrong, word in ((line[:40], "JSON"), ("[]\n", "JSON"), (b"\xff\xfe\n", "UTF-8"), (line + line, "number"),
                            (line.replace(one, "no"), "number"), (line.replace('"stamp":"0', '"stamp":"x'), "stamp"),
                            (line.replace('"deleted":false', '"deleted":7'), "record"),
                            (line.replace('"기관"', "17"), "name"), ("[" * 5000 + "]" * 5000 + "\n", "JSON")):
            refused(agency, wrong, agency, f"line {2 if wrong == line + line else 1}:", word)
        history = self.read(os.path.join(whole, "history.jsonl")).decode()
        for wrong in (history.replace('"set":{', '"set":{"x":{},', 1), history.replace('"set":', '"more":', 1)):
            refused("history.jsonl", wrong, "history.jsonl", "line 1:", "change")
        self.bad(1, "import", "--all", self.path("nowhere"), store=copy, says="manifest.json")
        self.bad(2, "import", "agency", "--all", whole, store=copy)
        self.bad(2, "import", "agency", store=copy)
        self.good("import", "--all", whole, store=copy)

    def test_exported_links_to_deleted_records(self):
        self.good("init")
        one, two = self.agency("가"), self.agency("나")
        self.good("add", "tie", f"from={one}", f"to={two}", "kind=agreement")
        self.good("remove", "agency", two)
        table = self.path("ties.csv")
        self.good("export", "tie", "-o", table)
        self.good("import", "tie", table)
        self.assertEqual(len(self.table("list", "tie")), 1)

    def test_add_set_history_undo(self):
        self.good("init")
        identity = self.agency(phone="02-2680-1234", areas="복지,돌봄")
        self.assertRegex(identity, r"^[0-9a-f-]{36}$")
        self.good("set", "agency", identity, "head=예시 관장", "phone=")
        one = self.table("show", "agency", identity)
        self.assertEqual((one["head"], one["phone"], one["areas"]), ("예시 관장", None, ["welfare", "care"]))
        history = self.table("history", "agency", identity)
        cleared = [item for item in history if item["field"] == "phone" and item["value"] is None]
        self.assertEqual([item["was"] for item in cleared], ["0226801234"], history)
        self.assertTrue(all(item["by"] for item in history), history)
        self.good("undo")
        one = self.table("show", "agency", identity)
        self.assertEqual((one["head"], one["phone"]), (None, "0226801234"))
        self.good("redo")
        self.assertEqual(self.table("show", "agency", identity)["head"], "예시 관장")
        self.good("remove", "agency", identity)
        self.assertEqual(self.table("list", "agency"), [])
        self.assertEqual(len(self.table("list", "agency", "--deleted")), 1)
        self.bad(1, "set", "agency", identity, "head=x", says="restore-record")
        self.good("restore-record", "agency", identity)
        self.assertEqual(len(self.table("list", "agency")), 1)

    def test_links_by_title(self):
        self.good("init")
        agency = self.agency()
        person = self.good("add", "person", "name=예시 사람", "agency=하안종합사회복지관", "gender=여").out.strip()
        one = self.table("show", "person", person)
        self.assertEqual((one["agency"], one["gender"]), (agency, "female"))
        self.bad(1, "add", "person", "name=둘째", "agency=없는 기관", says=["Agency", "없는 기관"])
        self.agency()
        self.bad(1, "add", "person", "name=셋째", "agency=하안종합사회복지관", says="Agency")
        self.assertEqual(len(self.table("list", "person")), 1)

    def test_natural_key(self):
        self.good("init")
        self.good("add", "region", "code=4121051000", "name=광명1동", "level=읍면동")
        self.bad(1, "add", "region", "code=4121051000", "name=다른 이름", "level=dong")
        self.assertEqual([one["name"] for one in self.table("list", "region")], ["광명1동"])

    def test_bad_values_write_nothing(self):
        self.good("init")
        identity = self.agency(active_from="2025-01-01")
        before = self.table("show", "agency", identity)
        for word, label in (
            ("phone=12", "Phone"),
            ("kind=없는 유형", "Kind"),
            ("mail=nobody", "E-mail"),
            ("active_from=2025-02-30", "Active from"),
            ("active_to=2024-12-31", "Active to"),
            ("name=", "Name"),
            ("postal_code=123456", "Postal code"),
            ("areas=복지,외계", "Areas"),
            ("parent=없는 기관", "Part of"),
        ):
            self.bad(1, "set", "agency", identity, "head=나쁜 값과 함께", word, says=label)
        self.bad(1, "add", "agency", "name=유형 없음", says="Kind")
        times = ("start=2025-06-26 14:00", "end=2025-06-26 13:00")
        self.bad(1, "add", "event", "title=끝이 앞섬", "kind=round-table", *times, says="End")
        self.assertEqual(self.table("show", "agency", identity), before)
        self.assertEqual(len(self.table("list", "agency")), 1)
        self.assertEqual(self.table("list", "event"), [])
        self.good("undo")
        self.bad(1, "undo")

    def test_misuse(self):
        self.good("init")
        for line in (
            "",
            "nonsense",
            "list",
            "list planet",
            "list agency colour=red",
            "list agency colour",
            "list agency --limit 0",
            "list agency --limit",
            "list agency --frobnicate",
            "list agency --sort colour",
            "--json=1 list agency",
            "show agency",
            "add agency",
            "add agency colour=red",
            "init twice",
            "holidays soon",
            "conflicts take x",
            "enrol http://localhost",
            "search",
        ):
            self.bad(2, *line.split())
        self.assertEqual(run([DURECTL, "list", b"\xff\xfe"]).status, 2)

    def test_help_and_places_of_options(self):
        self.good("init")
        listed = self.good("--help").out.split("Commands:")[1].split("Options:")[0]
        commands = [line.split()[0] for line in listed.splitlines() if line.strip()]
        self.assertIn("conflicts", commands)
        for command in commands:
            self.assertIn(f"durectl [--store FILE] [--json] {command}", self.good(command, "--help").out)
        self.assertEqual(run([DURECTL, "list", "agency", "--json", f"--store={self.store}"]).json(), [])
        self.assertEqual(run([DURECTL, "--json", "list", "--store", self.store, "agency"]).json(), [])

    def test_briefing_sheet(self):
        self.good("sample", "gwangmyeong")
        event = self.table("list", "event")[0]
        sheet = self.path("sheet.pdf")
        self.good("brief", event["id"], "-o", sheet)
        self.assertTrue(self.read(sheet).startswith(b"%PDF"))
        if shutil.which("pdftotext"):
            text = run(["pdftotext", sheet, "-"]).out
            self.assertIn(event["title"].split("·")[0], text)
            self.assertIn("정신건강센터", text)
        self.bad(2, "brief", event["id"], says="-o")
        self.bad(1, "brief", "없는 행사", "-o", sheet, says="없는 행사")
        self.bad(1, "brief", event["id"], "-o", self.path("no/such/folder/sheet.pdf"))

    def test_no_store(self):
        for words in (("list", "agency"), ("check",), ("undo",), ("search", "가"), ("export", "agency"), ("sync",)):
            self.bad(1, *words, says="durectl init")
        self.assertFalse(os.path.exists(self.store))
        self.good("init")
        self.bad(1, "init", says=self.store)
        env = {**os.environ, "XDG_DATA_HOME": self.path("data")}
        os.makedirs(self.path("data"))
        self.assertEqual(run([DURECTL, "init"], env=env).status, 0)
        self.assertTrue(os.path.exists(self.path("data/dure/dure.db")))
        self.assertEqual(os.stat(self.path("data/dure/dure.db")).st_mode & 0o077, 0, "others may read personal data")

    def test_korean(self):
        self.good("init")
        env = {**os.environ, "LANGUAGE": "ko"}
        heading = self.good("list", "agency", env=env).out.split()
        self.assertIn("기관명", heading)
        self.assertIn("대표", self.good("export", "agency", env=env).out.splitlines()[0])

    def test_holidays(self):
        days = {day["date"]: day for day in self.table("holidays", "2026")}
        self.assertIn("2026-07-17", days)
        self.assertEqual(days["2026-05-25"]["kind"], "substitute")
        self.assertIn("2026", self.good("holidays", "2026").out)

    def test_values_that_look_like_something_else(self):
        self.good("init")
        for name in ("a=b", "'; DROP TABLE agency; --", "%s%n", "\"따옴표\"", "줄 \\ 끝", "😀 이모지", "=HYPERLINK(1)"):
            identity = self.agency(name)
            self.assertEqual(self.table("show", "agency", identity)["name"], name)
            self.assertEqual([one["id"] for one in self.table("list", "agency", f"name={name}")], [identity])
        self.bad(1, "add", "agency", "name=두\n줄", "kind=civic", "sector=private", says="Name")
        self.assertEqual(len(self.table("list", "agency")), 7)


class Attachments(Journey):
    def setUp(self):
        super().setUp()
        self.good("init")
        self.owner = self.agency("광명나눔")
        self.file = self.write("업무협약서.pdf", b"%PDF-1.4 " + os.urandom(3000000))

    def blob(self, sha256):
        return os.path.join(self.store + ".blobs", sha256[:2], sha256)

    def test_attach_fetch_detach_undo(self):
        one = self.good("attach", "agency", self.owner, self.file).out.strip()
        self.assertEqual(self.good("attach", "agency", self.owner, self.file).out.strip(), one, "attached twice")
        found = self.table("attachments", "agency", self.owner)
        self.assertEqual([(item["name"], item["size"], item["type"], item["state"]) for item in found],
                         [("업무협약서.pdf", os.path.getsize(self.file), "application/pdf", "here")])
        self.assertIn("업무협약서.pdf", self.good("attachments", "agency", self.owner).out)
        blob = self.blob(found[0]["sha256"])
        self.assertEqual(os.stat(blob).st_mode & 0o777, 0o600)
        self.good("check")
        copy = self.path("copy.pdf")
        self.good("fetch", "업무협약서.pdf", "-o", copy)
        self.assertEqual(self.read(copy), self.read(self.file))
        self.bad(1, "fetch", one, "-o", copy, says="there already")
        self.good("detach", one)
        self.assertEqual(self.table("attachments", "agency", self.owner), [])
        self.good("undo")
        self.assertEqual([item["id"] for item in self.table("attachments", "agency", self.owner)], [one])
        self.assertTrue(os.path.exists(blob))

    def test_damaged_and_missing_files(self):
        self.good("attach", "agency", self.owner, self.file)
        blob = self.blob(self.table("attachments", "agency", self.owner)[0]["sha256"])
        with open(blob, "r+b") as file:
            file.write(b"x")
        self.bad(1, "check", says="damaged")
        self.bad(1, "fetch", "업무협약서.pdf", "-o", self.path("copy.pdf"), says="damaged")
        self.assertFalse(os.path.exists(self.path("copy.pdf")))
        os.unlink(blob)
        self.bad(1, "check", says="업무협약서.pdf")
        self.bad(1, "fetch", "업무협약서.pdf", "-o", self.path("copy.pdf"), says="not on this computer")
        self.good("attach", "agency", self.owner, self.file)
        self.good("check")

    def test_what_cannot_be_attached(self):
        self.bad(1, "attach", "agency", self.owner, self.dir, says="no file")
        self.bad(1, "attach", "agency", self.owner, self.path("none.pdf"))
        self.bad(1, "attach", "agency", self.owner, self.write("empty.txt", b""), says="empty")
        large = self.write("large.bin", b"")
        os.truncate(large, 200 * 1024 * 1024 + 1)
        self.bad(1, "attach", "agency", self.owner, large, says="200 MiB")
        fifo = self.path("pipe")
        os.mkfifo(fifo)
        self.bad(1, "attach", "agency", self.owner, fifo, says="no file")
        self.bad(1, "attach", "agency", "no-such-agency", self.file)
        self.assertEqual(self.table("attachments", "agency", self.owner), [])
        self.assertEqual([name for name in os.listdir(self.store + ".blobs") if name.startswith("new-")], [])

    def test_a_name_from_elsewhere_leads_nowhere(self):
        self.good("attach", "agency", self.owner, self.file)
        one = self.table("attachments", "agency", self.owner)[0]["id"]
        self.good("set", "attachment", one, "name=../../evil.pdf")
        out = self.good("fetch", one, cwd=self.dir).out.strip()
        self.assertEqual(os.path.dirname(out), self.dir)
        self.good("set", "attachment", one, "sha256=../../../etc/passwd")
        self.bad(1, "fetch", one, "-o", self.path("x"), says="not on this computer")


class Tables(Journey):
    def setUp(self):
        super().setUp()
        self.good("init")

    def test_import_in_every_encoding(self):
        for name, data in (
            ("plain", CSV.encode()),
            ("mark", b"\xef\xbb\xbf" + CSV.encode()),
            ("cp949", CSV.encode("cp949")),
            ("tabs", CSV.replace(", ", "@").replace(",", "\t").replace("@", ", ").encode()),
            ("unix", CSV.replace("\r\n", "\n").encode()),
            ("utf16", CSV.encode("utf-16")),
        ):
            store = self.path(name + ".db")
            self.good("init", store=store)
            answer = self.good("import", "agency", self.write(name + ".csv", data), store=store)
            self.assertIn("2", answer.out)
            self.assertIn("01012345678", answer.err, "the zero that came back is not told")
            agencies = {one["name"]: one for one in self.table("list", "agency", store=store)}
            self.assertEqual(agencies["하안 나눔회"]["areas"], ["welfare", "care"])
            self.assertEqual(agencies["철산 나눔회"]["phone"], "01012345678")

    def test_import_of_a_bad_table(self):
        bad = self.write("bad.csv", CSV + "소하 나눔회,민간단체,민간,12,\r\n,민간단체,민간,,\r\n")
        self.bad(1, "import", "agency", bad, says=["Row 4, Phone", "Row 5, Name", "Nothing"])
        self.assertEqual(self.table("list", "agency"), [])
        report = self.ctl("import", "agency", bad, "--json")
        self.assertEqual(report.status, 1)
        self.assertEqual([(one["row"], one["field"]) for one in report.json()["problems"]], [(4, "Phone"), (5, "Name")])
        self.assertFalse(report.json()["written"])
        self.bad(1, "import", "agency", self.write("open.csv", "기관명\r\n\"열린"), says="line 2")
        self.bad(1, "import", "agency", self.write("noise.csv", os.urandom(4000)))
        self.bad(1, "import", "agency", self.write("empty.csv", b""))
        self.bad(1, "import", "agency", self.write("other.csv", "foo,bar\n1,2\n"))
        self.bad(1, "import", "agency", self.path("missing.csv"), says="missing.csv")
        self.assertEqual(self.table("list", "agency"), [])

    def test_export_changes_and_comes_back(self):
        self.good("import", "agency", self.write("good.csv", CSV))
        out = self.path("out.csv")
        self.good("export", "agency", "-o", out)
        self.assertEqual(os.stat(out).st_mode & 0o077, 0)
        data = self.read(out)
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(self.good("import", "agency", out, "--json").json()["same"], 2)
        changed = self.write("changed.csv", data.replace("하안 나눔회".encode(), "하안 새 나눔회".encode()))
        self.assertEqual(self.good("import", "agency", changed, "--json").json()["changed"], 1)
        self.assertEqual(len(self.table("list", "agency")), 2)
        self.good("undo")
        self.assertEqual(sorted(one["name"] for one in self.table("list", "agency")), ["철산 나눔회", "하안 나눔회"])
        self.assertEqual(self.good("import", "agency", "-", "--dry-run", "--json", stdin=data).json()["written"], False)

    def test_formulas_are_defused(self):
        self.agency("=HYPERLINK(1)")
        line = self.good("export", "agency").out.splitlines()[1]
        self.assertIn(",'=HYPERLINK", line)

    def test_output_that_cannot_be_written(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        self.agency()
        with open("/dev/full", "wb") as full:
            words = [DURECTL, "--store", self.store, "list", "agency"]
            done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertNotEqual(done.stderr, b"")


class Backup(Journey):
    def test_backup_and_restore(self):
        self.good("sample", "gwangmyeong")
        copy = self.path("copy.db")
        self.good("backup", copy)
        self.assertEqual(os.stat(copy).st_mode & 0o077, 0)
        for agency in self.table("list", "agency")[:5]:
            self.good("remove", "agency", agency["id"])
        self.assertEqual(len(self.table("list", "agency")), 27)
        self.good("restore", copy)
        self.assertEqual(len(self.table("list", "agency")), 32)
        self.good("check")
        self.bad(1, "restore", self.write("noise", b"this is no backup" * 100))
        self.bad(1, "restore", self.path("missing"))
        self.assertEqual(len(self.table("list", "agency")), 32)


if __name__ == "__main__":
    harness.main()
