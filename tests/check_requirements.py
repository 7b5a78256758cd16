#!/usr/bin/env python3
"""docs/requirements.md and the tests name the same requirements: `| REQ-ROOM-001 | sentence |` and REQ_ROOM_001."""
import re

from source import ROOT, files, name, report

ROW = re.compile(r"^\|\s*(REQ-[A-Z0-9]+-\d{3})\s*\|\s*(.*?)\s*\|", re.MULTILINE)
MENTION = re.compile(r"REQ[-_]([A-Z0-9]+)[-_](\d{3})(?!\d)")


def main():
    findings = []
    stated = {}
    for identifier, sentence in ROW.findall((ROOT / "docs/requirements.md").read_text(encoding="utf-8")):
        if identifier in stated:
            findings.append(f"docs/requirements.md: {identifier} stands there twice")
        if not sentence:
            findings.append(f"docs/requirements.md: {identifier} says nothing")
        stated[identifier] = sentence
    proved = {}
    for path in files("tests/**/*.c", "tests/**/*.py", "tests/**/*.sh", "tests/**/*.R", "tests/**/*.yaml", "tests/**/*.case"):
        if name(path) == "tests/check_requirements.py":
            continue
        for room, number in MENTION.findall(path.read_text(encoding="utf-8")):
            proved.setdefault(f"REQ-{room}-{number}", name(path))
    findings += [f"docs/requirements.md: no test proves {one}" for one in sorted(set(stated) - set(proved))]
    findings += [f"{proved[one]}: {one} is not in docs/requirements.md" for one in sorted(set(proved) - set(stated))]
    report(findings, f"{len(stated)} requirements")


main()
