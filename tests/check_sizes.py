#!/usr/bin/env python3
"""Files of at most 600 lines, functions of at most 80 unless a comment above says `long because ...`."""
import re

from source import code, files, name, report

FILE_LINES = 600
FUNCTION_LINES = 80
# clang-format puts a function's head at column 0 and its closing brace alone at column 0.
BODY = re.compile(r"^(?![#{}\s])[^;{}#=]*\)\s*\{\n.*?^\}", re.MULTILINE | re.DOTALL)


def excused(text, start):
    """True where the comment right above the function gives a reason."""
    above = text[:start].rstrip()
    return above.endswith("*/") and "long because" in above[above.rfind("/*") :]


def main():
    findings = []
    for path in files("src/**/*.[ch]", "include/**/*.h", "tests/**/*.[ch]", "fuzz/*.c"):
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > FILE_LINES:
            findings.append(f"{name(path)}: {lines} lines, more than {FILE_LINES}")
        bare = code(path)
        for match in BODY.finditer(bare):
            start = len(match.group(0)) - len(match.group(0).lstrip())
            first = bare.count("\n", 0, match.start() + start) + 1
            length = match.group(0).strip().count("\n") + 1
            at = sum(len(line) + 1 for line in text.split("\n")[: first - 1])
            if length > FUNCTION_LINES and not excused(text, at):
                findings.append(f"{name(path)}:{first}: a function of {length} lines, more than {FUNCTION_LINES}")
    report(findings, "sizes")


main()
