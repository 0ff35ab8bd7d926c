"""POTFILES.in names every file with text for the user, and ko.po has a translation for each.

With --write it writes POTFILES.in instead (./dev po).
"""
import re
import subprocess
import sys
import tempfile

import tree

IN_C = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*(?:GETTEXT_PACKAGE\s*,\s*)?"')
IN_XML = re.compile(r'translatable="(?:yes|true)"')



def with_text():
    for path in [*tree.files("src", ".c", ".h"), *tree.files("ui", ".ui")]:
        wanted = IN_XML if path.suffix == ".ui" else IN_C
        if wanted.search(path.read_text(encoding="utf-8")):
            yield tree.name(path)
    for path in tree.files("data"):
        if path.name.endswith((".desktop.in", ".metainfo.xml.in")):
            yield tree.name(path)


if "--write" in sys.argv:
    (tree.ROOT / "po/POTFILES.in").write_text("".join(f"{entry}\n" for entry in sorted(with_text())), encoding="utf-8")
    sys.exit(0)

problems = []
potfiles = [
    line.strip()
    for line in (tree.ROOT / "po/POTFILES.in").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
for entry in potfiles:
    if not (tree.ROOT / entry).exists():
        problems.append(f"po/POTFILES.in: {entry} does not exist")
for entry in {entry for entry in potfiles if potfiles.count(entry) > 1}:
    problems.append(f"po/POTFILES.in: {entry} is there twice")
for entry in with_text():
    if entry not in potfiles:
        problems.append(f"po/POTFILES.in: {entry} is missing")

ko = tree.ROOT / "po/ko.po"
told = subprocess.run(["msgfmt", "-c", "--statistics", "-o", "/dev/null", ko], capture_output=True, text=True,
                      env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
if told.returncode or "untranslated" in told.stderr or "fuzzy" in told.stderr:
    problems.append("po/ko.po: " + told.stderr.strip())

if not problems:
    with tempfile.TemporaryDirectory() as folder:
        pot = folder + "/dure.pot"
        # The words that meson's preset "glib" looks for.
        words = "_ N_ C_:1c,2 NC_:1c,2 g_dcgettext:2 g_dngettext:2,3 g_dpgettext2:2c,3 Q_ ngettext:1,2"
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", *[f"--keyword={word}" for word in words.split()],
             f"--directory={tree.ROOT}", f"--files-from={tree.ROOT}/po/POTFILES.in", f"--output={pot}"],
            check=True, capture_output=True)
        told = subprocess.run(["msgcmp", ko, pot], capture_output=True, text=True,
                              env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
        if told.returncode:
            problems.append("po/ko.po is behind the sources (./dev po):\n" + told.stderr.strip())
tree.finish(problems)
