#!/usr/bin/env python3
"""Each source, test and fuzz target is named in the meson.build of its folder, so that none is left out of the build."""
import re

from source import ROOT, files, name, report

# folder, files, what of the name stands in the list
LISTS = [
    ("src", "src/*/*.c", lambda path: f"{path.parent.name}/{path.name}"),
    ("src", "include/onearm/*.h", lambda path: f"../include/onearm/{path.name}"),
    ("tests", "tests/test_*.c", lambda path: path.stem.removeprefix("test_")),
    ("bench", "bench/*.c", lambda path: path.stem),
    ("fuzz", "fuzz/fuzz_*.c", lambda path: path.stem.removeprefix("fuzz_")),
]


def main():
    findings = []
    for folder, pattern, listed in LISTS:
        named = set(re.findall(r"'([^']+)'", (ROOT / folder / "meson.build").read_text(encoding="utf-8")))
        findings += [
            f"{name(path)}: is not in {folder}/meson.build" for path in files(pattern) if listed(path) not in named
        ]
    report(findings, "sources")


main()
