"""A folder includes itself and the folders beneath it, and only some may see the big libraries."""
import re

import tree

BENEATH = {
    "base": "",
    "schema": "base",
    "store": "base schema",
    "graph": "base",
    "domain": "base schema store graph",
    "document": "base schema store domain graph",
    "exchange": "base schema store domain graph",
    "sync": "base schema store",
    "server": "base schema sync",
    "cli": "base schema store graph domain document exchange sync server",
    "app": "base schema store graph domain document exchange sync",
}
LIBRARIES = {
    "gtk/": {"app"},
    "gdk/": {"app"},
    "adwaita.h": {"app"},
    "sqlite3.h": {"store", "server"},
    "libsoup/": {"sync", "server"},
    "libpq-fe.h": {"server"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)

problems = []
for path in tree.files("src", ".c", ".h"):
    parts = path.relative_to(tree.ROOT / "src").parts
    if len(parts) == 1:
        continue  # the mains
    folder = parts[0]
    if folder not in BENEATH:
        problems.append(f"{tree.name(path)}: the folder {folder} is not in ARCHITECTURE's house")
        continue
    allowed = {folder, *BENEATH[folder].split()}
    for kind, included in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if kind == '"':
            if "/" not in included:
                if included != "config.h":
                    problems.append(f'{tree.name(path)}: "{included}" does not show its folder')
            elif included.split("/")[0] not in allowed:
                problems.append(f'{tree.name(path)}: {folder} may not include "{included}"')
        for library, users in LIBRARIES.items():
            if kind == "<" and included.startswith(library) and folder not in users:
                problems.append(f"{tree.name(path)}: <{included}> belongs in {' and '.join(sorted(users))} only")
tree.finish(problems)
