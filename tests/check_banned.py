#!/usr/bin/env python3
"""No call in src/ or include/ of what docs/coding.md rules out."""
import re

from source import code, files, name, report

BANNED = """atoi atol atoll atof strtod strtof strtold strtol strtoll strtoul strtoull sprintf vsprintf strcpy strncpy strcat
            strncat gets sscanf fscanf scanf strtok localtime gmtime mktime ctime asctime rand srand random setlocale
            """.split()
# Ends of the process, output, and the surroundings are the program's business, not the library's.
LIBRARY_ONLY = "exit printf puts putchar perror time clock getenv getcwd localtime_r".split()
ALLOWED = {"src/base/number.c": {"strtod"}}


def main():
    findings = []
    for path in files("src/**/*.[ch]", "include/**/*.h"):
        words = set(BANNED) | (set() if name(path).startswith("src/cli/") else set(LIBRARY_ONLY))
        words -= ALLOWED.get(name(path), set())
        call = re.compile(r"(?<![\w.>])(" + "|".join(sorted(words)) + r")\s*\(")
        text = code(path)
        for match in call.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            findings.append(f"{name(path)}:{line}: {match.group(1)} is banned (docs/coding.md 7, 8)")
    report(findings, "banned calls")


main()
