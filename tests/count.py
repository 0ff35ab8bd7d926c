"""Sums up meson's test logs: the last line is "N passed, N failed".

A test program counts as the cases it reported (TAP), or as one. One that broke off counts as a failure besides, and
so does a test for a screen that says it found none.
"""
import json
import re
import sys

CASE = re.compile(r"^\s*(not )?ok\b(.*)", re.M)


def count(test):
    passed = failed = skipped = 0
    for match in CASE.finditer(test.get("stdout") or ""):
        if match.group(1):
            failed += 1
        elif re.search(r"#\s*skip", match.group(2), re.I):
            skipped += 1
        else:
            passed += 1
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    if test["result"] == "SKIP":
        screen = test["name"].split(" / ")[0].endswith((":ui", ":journey"))
        return passed, failed + screen, skipped + (not screen)
    if good and passed + failed + skipped == 0:
        passed = 1
    elif not good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main(paths):
    total = [0, 0, 0]
    bad = []
    for path in paths:
        try:
            with open(path, encoding="utf-8") as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except OSError:
            print(f"{path} is missing: its tests did not run")
            total[1] += 1
            continue
        for test in tests:
            result = count(test)
            total = [a + b for a, b in zip(total, result)]
            if result[1]:
                bad.append(test["name"])
    for name in bad:
        print(f"failed: {name}")
    if total[2]:
        print(f"{total[2]} skipped")
    print(f"{total[0]} passed, {total[1]} failed")
    return 1 if total[1] or not total[0] else 0


sys.exit(main(sys.argv[1:]))
