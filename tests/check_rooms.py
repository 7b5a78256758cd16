#!/usr/bin/env python3
"""A room of src/ includes only rooms that stand above it; public headers include only public headers."""
import re

from source import ROOT, files, name, report

ROOMS = """base rules protocol sdtm stats design audit adam ard tlf store conduct simulate radioiodine exchange study
           web cli""".split()
NO_TABLES = ("stats", "design")  # numbers in, numbers out
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)


def includes(path):
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def breach(path, quote, target):
    """What is wrong with one #include in a file of src/, or None."""
    if quote == "<":
        if path.relative_to(ROOT).parts[1] in NO_TABLES and target in ("onearm/table.h", "onearm/onearm.h"):
            return "stats and design know nothing of tables"
        return None
    full = (path.parent / target).resolve()
    if not full.is_file():
        return f"no such file beside it: {target}"
    parts = full.relative_to(ROOT).parts
    if parts[0] != "src" or len(parts) < 3:
        return f"public headers are included as <onearm/...>: {target}"
    own, other = path.relative_to(ROOT).parts[1], parts[1]
    if own not in ROOMS or other not in ROOMS:
        return f"room {own if own not in ROOMS else other} is not in the list of tests/check_rooms.py"
    if ROOMS.index(other) > ROOMS.index(own):
        return f"{own} may not include {other}, which stands below it"
    if own in NO_TABLES and full.name == "table.h":
        return "stats and design know nothing of tables"
    return None


def main():
    findings = []
    for path in files("src/**/*.[ch]"):
        for line, quote, target in includes(path):
            what = breach(path, quote, target)
            if what:
                findings.append(f"{name(path)}:{line}: {what}")
    for path in files("include/onearm/*.h"):
        for line, quote, target in includes(path):
            if quote == '"' or ("/" in target and not target.startswith("onearm/")):
                findings.append(f"{name(path)}:{line}: a public header includes only <onearm/...> and standard headers")
    report(findings, "rooms")


main()
