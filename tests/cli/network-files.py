#!/usr/bin/python3
"""network-files.py: durectl network export, read by the programs that such files are for

SPDX-License-Identifier: GPL-3.0-or-later

Usage: network-files.py DURECTL. GraphML and GEXF are opened by networkx and must have what durectl counts; the texts of
PDF and SVG must be found as text.
"""
import csv
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

try:
    import networkx as nx
except ImportError:
    sys.exit(77)

DURECTL = sys.argv.pop(1)
SVG = "{http://www.w3.org/2000/svg}"


def durectl(*arguments):
    return subprocess.run([DURECTL, *arguments], capture_output=True, text=True, check=False)


class NetworkFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = os.path.join(cls.folder.name, "store.db")
        assert durectl("--store", cls.store, "sample", "gwangmyeong").returncode == 0
        measures = json.loads(durectl("--store", cls.store, "network", "measures", "--json").stdout)
        cls.network, cls.nodes = measures["network"], {node["id"]: node for node in measures["nodes"]}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def export(self, name, *arguments):
        path = os.path.join(self.folder.name, name)
        done = durectl("--store", self.store, "network", "export", "-o", path, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return path

    def check(self, graph, name):
        self.assertEqual(graph.number_of_nodes(), self.network["nodes"], name)
        self.assertEqual(graph.number_of_edges(), self.network["ties"], name)
        self.assertFalse(graph.is_directed())
        self.assertIn("광명시", " ".join(data["name"] for _, data in graph.nodes(data=True)))
        for node, data in graph.nodes(data=True):
            self.assertEqual(data["degree"], graph.degree(node))
            self.assertAlmostEqual(data["betweenness"], self.nodes[node]["betweenness"], 6)
            self.assertEqual(data["cut_point"], self.nodes[node]["cut_point"])
        for _, _, data in graph.edges(data=True):
            self.assertGreater(data["weight"], 0)
            self.assertGreaterEqual(data["count"], 1)
            self.assertRegex(data["layers"], "^[a-z,]+$")

    def test_graphml(self):
        self.check(nx.read_graphml(self.export("network.graphml")), "graphml")

    def test_gexf(self):
        path = self.export("network.gexf")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        # networkx reads GEXF up to 1.2, which has the same elements under other names.
        self.assertIn('xmlns="http://gexf.net/1.3"', text)
        text = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz")
        text = text.replace('"http://gexf.net/1.3"', '"http://www.gexf.net/1.2draft"').replace('version="1.3"', 'version="1.2"')
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        graph = nx.read_gexf(path)
        self.check(graph, "gexf")
        self.assertTrue(all("position" in data["viz"] for _, data in graph.nodes(data=True)))

    def test_csv(self):
        path = self.export("network.csv")
        with open(path, encoding="utf-8-sig", newline="") as file:
            agencies = list(csv.DictReader(file))
        with open(path.replace(".csv", "-ties.csv"), encoding="utf-8-sig", newline="") as file:
            ties = list(csv.DictReader(file))
        self.assertEqual((len(agencies), len(ties)), (self.network["nodes"], self.network["ties"]))
        names = {agency["Name"] for agency in agencies}
        self.assertTrue(all(tie["Agency"] in names and tie["Partner"] in names for tie in ties))

    def labels(self):
        return {data["label"] for _, data in nx.read_graphml(self.export("labels.graphml")).nodes(data=True)}

    def test_svg(self):
        tree = xml.parse(self.export("network.svg", "--title", "광명 & <관계망>"))
        texts = ["".join(text.itertext()) for text in tree.iter(SVG + "text")]
        self.assertEqual(tree.find(SVG + "title").text, "광명 & <관계망>")
        self.assertIn("광명 & <관계망>", texts)
        self.assertGreater(len(self.labels() & set(texts)), 25)
        # No letter is drawn as an outline.
        self.assertIsNone(tree.find(".//" + SVG + "symbol"))
        self.assertTrue(all(float(text.get("textLength")) > 0 for text in tree.iter(SVG + "text")))

    def test_pdf(self):
        path = self.export("network.pdf", "--title", "광명시 관계망", "--picture", "group")
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        self.assertIn("광명시 관계망", text)
        self.assertGreater(sum(label in text for label in self.labels()), 25)
        self.assertTrue(fonts)
        for font in fonts:
            self.assertRegex(font, r" yes +(yes|no) +yes ", "embedded, with the letters it stands for")

    def test_png(self):
        for kind in ("distance", "group", "concentric", "council", "dong"):
            with open(self.export(f"{kind}.png", "--picture", kind), "rb") as file:
                head = file.read(24)
            self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
            # A4 across, two pixels a point.
            self.assertEqual(struct.unpack(">II", head[16:24]), (1684, 1191))

    def test_filter(self):
        whole = nx.read_graphml(self.export("all.graphml"))
        part = nx.read_graphml(self.export("private.graphml", "--sector", "private"))
        self.assertLess(part.number_of_nodes(), whole.number_of_nodes())
        self.assertEqual({data["sector"] for _, data in part.nodes(data=True)}, {"private"})
        early = nx.read_graphml(self.export("early.graphml", "--to", "1990-01-01"))
        self.assertEqual(early.number_of_edges(), 0)

    def test_misuse(self):
        there = os.path.join(self.folder.name, "x")
        for arguments, words in (
            (["-o", there + ".docx"], "--format"),
            (["-o", there, "--format", "doc"], "doc"),
            (["-o", there + ".svg", "--format", "png"], ".png"),
            (["-o", there + ".png", "--picture", "sphere"], "sphere"),
            (["--format", "csv"], "-o"),
        ):
            done = durectl("--store", self.store, "network", "export", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(words, done.stderr)
        done = durectl("--store", self.store, "network", "export", "-o", "/nowhere/x.png")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, re.escape("/nowhere/x.png"))

    def test_empty(self):
        empty = os.path.join(self.folder.name, "empty.db")
        durectl("--store", empty, "init")
        for name in ("e.graphml", "e.gexf", "e.csv", "e.png", "e.svg", "e.pdf"):
            path = os.path.join(self.folder.name, name)
            done = durectl("--store", empty, "network", "export", "-o", path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(os.path.getsize(path), 50)


unittest.main()
