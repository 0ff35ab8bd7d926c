"""The desktop entry, the AppStream text, the settings and every XML file are what their readers expect."""
import os
import pathlib
import subprocess

import tree

BUILD = pathlib.Path(os.environ["DURE_BUILD_DIR"])
ID = "kr.dure.Dure"

problems = []


def run(*words):
    try:
        told = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    except FileNotFoundError:
        problems.append(f"{words[0]} is not installed (./dev test installs it)")
        return
    if told.returncode:
        problems.append(f"{' '.join(map(str, words))}:\n{told.stdout}{told.stderr}")


run("desktop-file-validate", BUILD / f"data/{ID}.desktop")
run("appstreamcli", "validate", "--no-net", BUILD / f"data/{ID}.metainfo.xml")
if (tree.ROOT / f"data/{ID}.gschema.xml").exists():
    run("glib-compile-schemas", "--strict", "--dry-run", tree.ROOT / "data")
run("xmllint", "--noout", "--nonet", *tree.files("ui", ".ui", ".xml"), *tree.files("data", ".svg", ".xml"))
tree.finish(problems)
