#!/usr/bin/python3
"""networkx-measures.py: durectl network measures against networkx, on graphs drawn by chance and on ones that are awkward

SPDX-License-Identifier: GPL-3.0-or-later

Usage: networkx-measures.py DURECTL. What networkx calls by another name is turned into ours: harmonic centrality is
divided by n - 1, closeness is Wasserman–Faust, undefined numbers are null.
"""
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest

try:
    import networkx as nx
    from networkx.algorithms.community import modularity
except ImportError:
    sys.exit(77)

DURECTL = sys.argv.pop(1)
NEAR = 5e-7


def parts(seed):
    """Several parts of different kinds, isolates and leaves."""
    chance = random.Random(seed)
    graph = nx.disjoint_union_all([
        nx.gnm_random_graph(chance.randint(12, 40), chance.randint(30, 90), seed=seed),
        nx.barabasi_albert_graph(chance.randint(5, 40), 2, seed=seed),
        nx.random_tree(chance.randint(3, 20), seed=seed) if hasattr(nx, "random_tree") else nx.path_graph(9),
        nx.watts_strogatz_graph(chance.randint(10, 30), 4, .2, seed=seed),
        nx.empty_graph(chance.randint(1, 6)),
    ])
    for leaf in range(chance.randint(1, 8)):
        graph.add_edge(f"leaf{leaf}", chance.randrange(20))
    return graph


def awkward():
    yield "pair", nx.path_graph(2)
    yield "ring", nx.cycle_graph(10)
    yield "clique", nx.complete_graph(8)
    yield "star", nx.star_graph(30)
    yield "barbell", nx.barbell_graph(7, 3)
    yield "grid", nx.convert_node_labels_to_integers(nx.grid_2d_graph(7, 9))
    yield "karate", nx.karate_club_graph()
    yield "florence", nx.relabel_nodes(nx.florentine_families_graph(), {"Medici": "메디치"})


class Measures(unittest.TestCase):
    def measure(self, graph):
        """What durectl makes of it; a tie of a node to itself stands for a node without ties."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "ties.el")
            with open(path, "w", encoding="utf-8") as out:
                lines = [f"{a} {b}" for a, b in graph.edges] + [f"{node} {node}" for node in nx.isolates(graph)]
                out.write("\n".join(lines) + "\n")
            done = subprocess.run([DURECTL, "--json", "network", "measures", path], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def same(self, theirs, ours, what):
        if ours is None:
            self.assertTrue(math.isnan(theirs), f"{what}: null, not {theirs}")
        else:
            self.assertAlmostEqual(theirs, ours, delta=NEAR, msg=what)

    def check(self, graph):
        # Ties of the club have weights that durectl is not told.
        graph = nx.relabel_nodes(graph, str)
        for _, _, data in graph.edges(data=True):
            data.clear()
        told = self.measure(graph)
        whole, nodes = told["network"], {node["id"]: node for node in told["nodes"]}
        self.assertEqual(set(nodes), set(graph))
        self.assertEqual((whole["nodes"], whole["ties"]), (len(graph), graph.number_of_edges()))
        self.assertEqual(whole["components"], nx.number_connected_components(graph))
        self.assertEqual(whole["isolates"], nx.number_of_isolates(graph))
        self.same(nx.density(graph), whole["density"], "density")
        if whole["transitivity"] is not None:
            self.same(nx.transitivity(graph), whole["transitivity"], "transitivity")
        else:
            self.assertTrue(all(degree < 2 for _, degree in graph.degree))
        tables = {
            "degree": dict(graph.degree),
            "betweenness": nx.betweenness_centrality(graph),
            "closeness": nx.closeness_centrality(graph),
            "harmonic": {v: x / (len(graph) - 1) for v, x in nx.harmonic_centrality(graph).items()},
            "core": nx.core_number(graph),
            "constraint": nx.constraint(graph),
            "effective_size": nx.effective_size(graph),
        }
        for what, table in tables.items():
            for node, value in table.items():
                self.same(value, nodes[node][what], f"{what} of {node}")
        cuts = set(nx.articulation_points(graph))
        self.assertEqual({node for node in nodes if nodes[node]["cut_point"]}, cuts)
        self.assertEqual({frozenset(tie) for tie in told["bridges"]}, {frozenset(tie) for tie in nx.bridges(graph)})
        communities = {}
        for node in nodes.values():
            communities.setdefault(node["community"], set()).add(node["id"])
        self.same(modularity(graph, communities.values()), whole["modularity"], "modularity")
        # Not worse than another way to look for them.
        other = modularity(graph, nx.algorithms.community.greedy_modularity_communities(graph))
        self.assertGreaterEqual(whole["modularity"], other - 1e-9)

    def test_awkward(self):
        for name, graph in awkward():
            with self.subTest(name):
                self.check(graph)

    def test_chance(self):
        for seed in range(5):
            with self.subTest(seed=seed):
                self.check(parts(seed))

    def test_same_again(self):
        graph = parts(99)
        self.assertEqual(self.measure(graph), self.measure(graph))


if __name__ == "__main__":
    unittest.main()
