#!/usr/bin/env python3
"""Audits the passages of the files beside this one, and holds each claim's verdict against what is listed.

    python3 tests/audit/run.py [--renew] [--only WORD] [--show] [FILE.txt...]

A passage is

    [name] right                      or `wrong: what was changed`
    its text, over any lines
    = consistent | proportion | 11/20, 55.0 %       a line a claim: verdict, kind, what is reported

A right passage has no inconsistent claim, a wrong one has at least one; how many of each are as they should be is printed at
the end.  --renew writes the claims anew: look at the difference.  The program is build/onearm, or that of ONEARM.

  REQ-AUDIT-010  no claim of a right passage is called inconsistent
  REQ-AUDIT-011  of the planted errors, at least 95 % are found
  REQ-AUDIT-012  each claim of each passage is found, with its verdict
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("ONEARM", str(HERE.parent.parent / "build/onearm"))
HEAD = re.compile(r"\[([\w-]+)\] (right|wrong: .+)")
LEAST_FOUND = 0.95


class Passage:
    def __init__(self, name, kind):
        self.name, self.kind, self.lines, self.claims = name, kind, [], []

    @property
    def text(self):
        return "\n".join(self.lines).strip("\n") + "\n"

    def written(self, claims):
        return f"[{self.name}] {self.kind}\n{self.text}" + "".join(f"= {claim}\n" for claim in claims)


def read(path):
    passages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        head = HEAD.fullmatch(line)
        if head:
            passages.append(Passage(*head.groups()))
        elif line.startswith("[") and not passages:
            sys.exit(f"{path.name}:{number}: a passage begins with [name] right or [name] wrong: what")
        elif line.startswith("= "):
            passages[-1].claims.append(line[2:])
        elif passages:
            passages[-1].lines.append(line)
    return passages


def audit(passages):
    """The claims of each passage, in one run."""
    with tempfile.TemporaryDirectory() as directory:
        for number, passage in enumerate(passages):
            (pathlib.Path(directory) / f"{number:05}.txt").write_text(passage.text, encoding="utf-8")
        done = subprocess.run([PROGRAM, "audit", "--json", directory], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    found = [[] for _ in passages]
    for claim in json.loads(done.stdout)["claims"]:
        found[int(pathlib.Path(claim["file"]).stem)].append(claim)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renew", action="store_true")
    parser.add_argument("--show", action="store_true", help="print why each verdict that is wrong was given")
    parser.add_argument("--only", default="")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    tally = {"right": [0, 0], "wrong": [0, 0]}
    number = failed = 0
    for path in options.files or sorted(HERE.glob("*.txt")):
        passages = [passage for passage in read(path) if options.only in passage.name]
        renewed = []
        for passage, claims in zip(passages, audit(passages)):
            got = [f"{claim['verdict']} | {claim['kind']} | {claim['reported']}" for claim in claims]
            accused = [claim for claim in claims if claim["verdict"] == "inconsistent"]
            kind = passage.kind.split(":")[0]
            as_it_should = bool(accused) == (kind == "wrong")
            tally[kind][0] += as_it_should
            tally[kind][1] += 1
            number += 1
            well = as_it_should and (options.renew or got == passage.claims)
            failed += not well
            print(f"{'ok' if well else 'not ok'} {number} - {path.stem} {passage.name}: {passage.kind}")
            if not well or options.show:
                for line in sorted(set(passage.claims) ^ set(got)):
                    print(f"#   {'not found' if line in passage.claims else 'found'}: {line}")
                for claim in accused or claims:
                    print(f"#   {claim['verdict']}: {claim['text']}: {claim['why']}")
            renewed.append(passage.written(got))
        if options.renew:
            path.write_text("\n".join(renewed), encoding="utf-8")
    right, wrong = tally["right"], tally["wrong"]
    print(f"# right passages without an inconsistent claim: {right[0]} of {right[1]}")
    print(f"# wrong passages with an inconsistent claim: {wrong[0]} of {wrong[1]}")
    enough = right[0] == right[1] and wrong[0] >= LEAST_FOUND * wrong[1]
    print(f"1..{number}")
    sys.exit(0 if enough and not failed else 1)


main()
