"""What the script checks share: the files of the tree, and C text without its comments and strings."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def files(*patterns):
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


def name(path):
    return path.relative_to(ROOT).as_posix()


def _blank(match):
    text = match.group(0)
    kept = "".join("\n" if c == "\n" else " " for c in text[1:-1])
    return f'"{kept}"' if text[0] in "\"'" else f" {kept} "


def code(path):
    """The text with comments and literals blanked out, line for line."""
    return _TOKEN.sub(_blank, path.read_text(encoding="utf-8"))


def report(findings, what):
    for finding in findings:
        print(finding)
    print(f"{what}: {len(findings)} findings")
    sys.exit(1 if findings else 0)
