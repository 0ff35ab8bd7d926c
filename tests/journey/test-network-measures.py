#!/usr/bin/env python3
"""test-network-measures.py: durectl network measures on good files, bad files and the store

SPDX-License-Identifier: GPL-3.0-or-later
"""
import math
import os
import shutil
import subprocess

import harness
from harness import Journey, DURECTL

BOW_TIE = "A B\nA C\nB C\nD E\nD F\nE F\nC D\n"
SHAPE = {
    "network": {"nodes", "ties", "density", "components", "degree_centralisation", "betweenness_centralisation",
                "transitivity", "modularity"},
    "nodes": {"id", "degree", "betweenness", "closeness", "harmonic", "core", "constraint", "effective_size",
              "cut_point", "community"},
}


class NetworkMeasures(Journey):
    def measure(self, ties, *more):
        return self.good("--json", "network", "measures", self.write("ties.el", ties), *more).json()

    def near(self, value, expected):
        self.assertAlmostEqual(value, expected, delta=5e-4)

    def test_shape_and_numbers(self):
        told = self.measure(BOW_TIE)
        self.assertEqual(set(told), {"network", "nodes", "bridges"})
        self.assertLessEqual(SHAPE["network"], set(told["network"]))
        for node in told["nodes"]:
            self.assertLessEqual(SHAPE["nodes"], set(node))
        whole, nodes = told["network"], {node["id"]: node for node in told["nodes"]}
        self.assertEqual((whole["nodes"], whole["ties"], whole["components"]), (6, 7, 1))
        self.near(whole["density"], .4667)
        self.near(whole["modularity"], .3571)
        self.near(nodes["C"]["betweenness"], .6)
        self.near(nodes["A"]["constraint"], 1.0069)
        self.assertEqual([node for node in nodes if nodes[node]["cut_point"]], ["C", "D"])
        self.assertEqual(told["bridges"], [["C", "D"]])
        self.assertEqual(len({nodes[node]["community"] for node in "ABC"}), 1)

    def test_order_of_lines_means_nothing(self):
        turned = "".join(f"{b} {a}\n" for a, b in (line.split() for line in reversed(BOW_TIE.splitlines())))
        self.assertEqual(self.measure(BOW_TIE), self.measure(turned))

    def test_self_ties_and_repeated_ones(self):
        told = self.measure(BOW_TIE + "A B 3\nB A\nG G\nA A\n")
        nodes = {node["id"]: node for node in told["nodes"]}
        self.assertEqual((told["network"]["nodes"], told["network"]["ties"]), (7, 7))
        self.assertEqual((nodes["A"]["degree"], nodes["A"]["strength"]), (2, 6))
        self.assertEqual((nodes["G"]["degree"], nodes["G"]["constraint"], nodes["G"]["effective_size"]), (0, None, None))
        self.near(nodes["A"]["closeness"], .4167)

    def test_almost_nothing(self):
        one = self.measure("A A\n")
        self.assertEqual(one["network"]["nodes"], 1)
        for what in ("density", "degree_centralisation", "transitivity", "modularity"):
            self.assertIsNone(one["network"][what], what)
        two = self.measure("A B\n")
        self.assertEqual((two["network"]["density"], two["bridges"]), (1, [["A", "B"]]))
        self.good("init")
        none = self.table("network", "measures")
        self.assertEqual((none["nodes"], none["bridges"], none["network"]["components"]), ([], [], 0))
        self.good("network", "measures")
        self.agency("홀로")
        self.assertEqual([node["degree"] for node in self.table("network", "measures")["nodes"]], [0])

    def test_bad_files(self):
        for lines, says in (
            ("A B\nA\n", "2"), ("A B\nB C x\n", "2"), ("A B 0\n", "1"), ("A B nan\n", "1"), ("A B 1 2\n", "1"),
            (b"A B\n\xff\xfe C\n", "2"), ("A B -1\n", "1"), ("A B inf\n", "1"), ("# nothing but a remark\n\n", "no ties"),
        ):
            with self.subTest(lines):
                answer = self.bad(1, "network", "measures", self.write("bad.el", lines), says="bad.el")
                self.assertIn(says, answer.err.replace("bad.el", ""))
                self.assertEqual(answer.out, "")
        self.bad(1, "network", "measures", self.path("none.el"), says="none.el")
        self.bad(1, "network", "measures", self.dir)

    def test_the_store(self):
        self.good("sample", "gwangmyeong")
        everybody = self.table("network", "measures")
        self.assertEqual((everybody["network"]["nodes"], len(everybody["nodes"])), (32, 32))
        self.assertIn("name", everybody["nodes"][0])
        public = self.table("network", "measures", "--sector", "public")
        self.assertLess(public["network"]["nodes"], 32)
        self.assertGreater(public["network"]["nodes"], 0)
        agreements = self.table("network", "measures", "--layer=agreement")
        self.assertEqual(agreements["network"]["nodes"], 32)
        self.assertLess(agreements["network"]["ties"], everybody["network"]["ties"])
        before = self.table("network", "measures", "--to", "1999-12-31")
        self.assertEqual(before["network"]["ties"], 0)
        self.assertIsNone(before["network"]["modularity"])
        areas = self.table("network", "measures", "--area", "mental-health,welfare")["network"]["nodes"]
        self.assertTrue(0 < areas < 32, areas)
        seats = [self.table("network", "measures", "--council", who)["network"]["nodes"] for who in ("members", "others")]
        self.assertEqual(sum(seats), 32)
        strong = self.table("network", "measures", "--least", "3")["network"]["ties"]
        self.assertTrue(0 < strong < everybody["network"]["ties"], strong)
        plain = self.good("network", "measures").out
        self.assertIn("Of 32 agencies", plain)
        self.assertIn("do not compare", plain)

    def test_groups(self):
        bow = self.measure(BOW_TIE, "--group", "community")
        self.near(bow["groups"]["ei"], -.7143)
        self.near(bow["groups"]["expected_ei"], .2)
        self.assertEqual([group["size"] for group in bow["groups"]["groups"]], [3, 3])
        nodes = {node["id"]: node for node in bow["nodes"]}
        self.assertEqual((nodes["C"]["brokerage"]["gatekeeper"], nodes["A"]["brokerage"]["gatekeeper"]), (2, 0))
        self.near(nodes["C"]["ei"], -1 / 3)
        self.good("sample", "gwangmyeong")
        for by in ("area", "sector", "kind", "region", "community"):
            told = self.table("network", "measures", "--group", by)
            self.assertEqual(sum(group["size"] for group in told["groups"]["groups"]), 32, by)
        self.assertIn("sizes of the groups alone", self.good("network", "measures", "--group", "area").out)
        self.bad(2, "network", "measures", "--group", "colour", says="community")
        self.bad(2, "network", "measures", self.path("ties.el"), "--group", "area", says="store")

    def test_one_agency(self):
        ties = self.write("ties.el", "".join(f"hub ray{i}\n" for i in range(12)))
        said = self.good("network", "measures", ties, "--agency", "hub").out
        self.assertIn("Without it 11 agencies would be cut off", said)
        said = self.good("network", "measures", ties, "--agency", "ray3").out
        self.assertIn("only over hub", said)
        told = self.good("--json", "network", "measures", ties, "--agency", "hub").json()
        self.assertEqual([node["id"] for node in told["nodes"]], ["hub"])
        self.bad(1, "network", "measures", ties, "--agency", "nobody", says="nobody")
        self.good("sample", "gwangmyeong")
        said = self.good("network", "measures", "--agency", "광명시정신건강복지센터", "--group", "area").out
        self.assertIn("12 agencies", said)
        self.assertIn("Consultant", said)

    def test_misuse(self):
        ties = self.write("ties.el", BOW_TIE)
        self.bad(2, "network", says="measures")
        self.bad(2, "network", "nothing", says="nothing")
        self.bad(2, "network", "measures", ties, ties)
        self.bad(2, "network", "measures", ties, "--layer", "agreement", says="store")
        self.bad(2, "network", "measures", "--layer", "friendship", says="agreement")
        self.bad(2, "network", "measures", "--from", "yesterday", says="yesterday")
        self.bad(2, "network", "measures", "--least", "nan", says="number")
        self.bad(2, "network", "measures", "--half-life", "-3", says="number")
        self.bad(2, "network", "measures", "--council", "all of them", says="members")
        self.bad(2, "network", "measures", "--from", "2026-02-01", "--to", "2026-01-01", says="ends before")
        self.bad(1, "network", "measures", says="init")
        for words in (("help", "network"), ("network", "--help")):
            self.assertIn("measures", self.good(*words).out)
        self.assertIn("EDGELIST", self.good("network", "measures", "--help").out)

    def test_without_the_module(self):
        alone = os.path.join(self.dir, "bin")
        os.mkdir(alone)
        shutil.copy(DURECTL, alone)
        done = subprocess.run([os.path.join(alone, "durectl"), "network", "measures", self.write("ties.el", BOW_TIE)],
                              capture_output=True, text=True, env={**os.environ, "DURE_MODULEDIR": self.dir})
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("libdure-igraph", done.stderr)

    def test_a_thousand_agencies(self):
        """Not a measurement of speed, but far from what a person would wait for."""
        lines = "".join(f"{i} {i * 7919 % 1000}\n{i} {(i * i + 1) % 1000}\n{i} {(i + 1) % 1000}\n" for i in range(1000))
        told = self.measure(lines)
        self.assertFalse(told["network"]["estimated"])
        self.assertTrue(all(math.isfinite(node["constraint"]) for node in told["nodes"]))


if __name__ == "__main__":
    harness.main()
