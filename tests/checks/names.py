"""Class names are file names, ui/ (but for its icons) mirrors src/app, file stems are unique, and no file is past 1000 lines."""
import collections
import re
import xml.etree.ElementTree as ET

import tree

DECLARE = re.compile(r"^\s*G_DECLARE_(?:FINAL_TYPE|DERIVABLE_TYPE|INTERFACE)\s*\(\s*(\w+)", re.M)


def stem_of(type_name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type_name).lower()


problems = []
stems = collections.defaultdict(set)
for path in tree.files("src", ".c", ".h"):
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > 1000:
        problems.append(f"{tree.name(path)}: past 1000 lines")
    if "tables" not in path.parts:
        stems[path.stem].add(path.parent)
    for type_name in DECLARE.findall(text):
        stem = stem_of(type_name)
        if path.stem not in (stem, stem + "-private"):
            problems.append(f"{tree.name(path)}: {type_name} belongs into {stem}.h")
for stem, folders in stems.items():
    if len(folders) > 1:
        problems.append(f"{stem} stands in {len(folders)} folders: {', '.join(sorted(tree.name(f) for f in folders))}")
for path in [*tree.files("tests", ".c", ".py"), *tree.files("ui")]:
    if path.read_text(encoding="utf-8").count("\n") > 1000:
        problems.append(f"{tree.name(path)}: past 1000 lines")

listed = {
    node.text.strip() for node in ET.parse(tree.ROOT / "ui/dure.gresource.xml").getroot().iter("file") if node.text
}
for path in tree.files("ui"):
    inside = path.relative_to(tree.ROOT / "ui")
    if inside.name == "dure.gresource.xml":
        continue
    if str(inside) not in listed:
        problems.append(f"{tree.name(path)}: not listed in ui/dure.gresource.xml")
    mate = tree.ROOT / "src/app" / inside
    if inside.parts[0] != "icons" and not mate.parent.is_dir():
        problems.append(f"{tree.name(path)}: src/app has no {inside.parent}")
    if path.suffix == ".ui":
        if not mate.with_suffix(".c").exists():
            problems.append(f"{tree.name(path)}: no {tree.name(mate.with_suffix('.c'))} beside it")
        for template in ET.parse(path).getroot().iter("template"):
            if stem_of(template.get("class")) != path.stem:
                problems.append(f"{tree.name(path)}: its template is {template.get('class')}")
for entry in sorted(listed):
    if not (tree.ROOT / "ui" / entry).exists():
        problems.append(f"ui/dure.gresource.xml: {entry} does not exist")
tree.finish(problems)
