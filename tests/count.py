#!/usr/bin/env python3
"""count.py TESTLOG.JSON...: the single tests in the logs of `meson test`, as one line `N passed, N failed[, N skipped]`.

A program that speaks TAP (cmocka) counts as its cases, any other as one; a program that fails beside its cases (a leak
found at its end, a time-out) adds one failure.
"""
import json
import re
import sys

CASE = re.compile(r"^(ok|not ok) \d+(.*)$", re.MULTILINE)


def count(log):
    """(passed, failed, skipped) of one program."""
    cases = CASE.findall(log.get("stdout", ""))
    skipped = sum("# SKIP" in rest for _, rest in cases)
    failed = sum(word == "not ok" and "# SKIP" not in rest for word, rest in cases)
    if log["result"] not in ("OK", "SKIP") and not failed:
        failed = 1
    if not cases and log["result"] == "SKIP":
        return 0, 0, 1
    if not cases:
        return 1 - failed, failed, 0
    return sum(word == "ok" and "# SKIP" not in rest for word, rest in cases), failed, skipped


def main():
    totals = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            for line in file:
                totals = [a + b for a, b in zip(totals, count(json.loads(line)))]
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed or not passed else 0)


main()
