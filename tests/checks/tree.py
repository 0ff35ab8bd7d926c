"""What the checks share: the files of the tree, and how a check ends."""
import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ.get("DURE_SOURCE_DIR") or pathlib.Path(__file__).parents[2])


def files(folder, *suffixes):
    """Files below a folder, by ending; build trees and hidden files are no part of it."""
    return sorted(
        path
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and (not suffixes or path.suffix in suffixes) and not path.name.startswith(".")
    )


def name(path):
    return str(path.relative_to(ROOT))


def finish(problems):
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)
