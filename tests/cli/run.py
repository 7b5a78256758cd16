#!/usr/bin/env python3
"""Runs onearm as its users do and holds what it says against the case files beside this one.

    python3 tests/cli/run.py [--renew] [--show] [--only WORD] [FILE.case...]

--renew writes the golden outputs anew instead of comparing with them (look at the difference before you commit it);
--show prints what each command said; --only takes the cases whose title holds the word.  The program is
build/onearm, or what the environment says in ONEARM.  Public data is sought in ../shared, or where ONEARM_SHARED says.

A case file is text.  A line is a comment (#), a title, or a step of the case above it:

    case REQ-INPUT-NNN a day that the calendar does not have
      change data/tr.csv: 2023-01-15 => 2023-02-30
      run results $study
      exit 2
      stderr has data/tr.csv:9:

$study is a copy of the example trial, made for the case; $tmp is the case's own directory, $trial the example itself
and $shared the public data.  Commands run in the root of the sources.  In what they print, the path of $tmp stands as
$tmp.  Of each command it is checked that it ended by itself, that each line on stderr is a diagnostic, that there is
none where it exits with 0, and that what it prints with --json is JSON.

Steps that change the study (files are named inside $study, and may hold *):
  change FILE: OLD => NEW      the first OLD becomes NEW, which may hold \\n
  keep FILE: REGEX             only the first line and the lines that match
  header FILE                  only the first line
  remove FILE                  the file is gone
  append FILE: TEXT            a line more
  write FILE: TEXT             the text becomes the whole file; \\n is a line's end
  encode FILE: CODEC           the text is stored in another encoding
  sparse FILE: BYTES           a file of that size that takes no room
  mode FILE: OCTAL             permissions

Steps before a command:
  needs shared                 the case is skipped where there is no public data
  env NAME=VALUE               for the next command
  in DIR                       the next command runs there
  to FILE                      the next command's stdout goes there
  limit BYTES                  no file that the next command writes may be larger, as on a full disk
  as nobody                    the next command runs without root's powers
  run WORDS                    runs onearm

Steps after a command:
  exit N
  stdout|stderr has TEXT       or `lacks TEXT`, `like REGEX`, `empty`
  stdout golden NAME           is the text of golden/NAME
  golden FILE                  a file that was written is golden/NAME of the same name; of a page, without its figures
  json PATH = VALUE            of stdout; numbers may have a tolerance: = 0.55 +- 0.001
  json PATH has TEXT           or `like REGEX`, `count N`, `keys WORDS`
  csv FILE COLUMN: WORDS       the values of a column, each once
  files DIR: WORDS             exactly these files
  absent PATH
  same DIR DIR                 the same files with the same bytes
  records PAGE DIR             the page's table of records accounts for each record of the files in DIR
  named PAGE                   the findings (check --json) name each record that the table calls unusable

A PATH of JSON is keys and picks: results[id=ORR].estimate, findings[0].line, findings[rule=CHK05] (a list).
"""
import argparse
import os
import pathlib
import re
import sys
import tempfile

from steps import VERBS, Failure, Skip, World

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ.get("ONEARM", str(ROOT / "build/onearm"))
TITLE = re.compile(r"case (REQ-[A-Z]+-\d{3}) (.+)")


def read_cases(path):
    """[(title, [(line number, verb, rest)])] of a case file."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        title = TITLE.fullmatch(text)
        if title:
            cases.append((f"{title[1]} {title[2]}", []))
        elif text and not text.startswith("#"):
            verb, _, rest = text.partition(" ")
            if verb not in VERBS or not cases:
                sys.exit(f"{path.name}:{number}: '{verb}' is no step; run.py --help lists them")
            cases[-1][1].append((number, verb, rest.strip()))
    return cases


def run_case(path, steps, options):
    """None where all is well, else what is not; raises Skip."""
    with tempfile.TemporaryDirectory(prefix="onearm-cli-") as directory:
        world = World(PROGRAM, ROOT, HERE / "golden", pathlib.Path(directory), options.renew, options.show)
        for number, verb, rest in steps:
            try:
                VERBS[verb](world, rest)
            except (Failure, OSError, ValueError) as failure:
                return f"{path.name}:{number}: {verb} {rest}\n{failure}\n{world.said()}"
        if not world.stated:
            return f"{path.name}: the last command's exit status is not stated"
    return None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renew", action="store_true", help="write the golden outputs anew")
    parser.add_argument("--show", action="store_true", help="print what each command said")
    parser.add_argument("--only", default="", metavar="WORD", help="only cases whose title holds the word")
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE.case")
    return parser.parse_args()


def main():
    options = arguments()
    os.umask(0o022)
    if not pathlib.Path(PROGRAM).is_file():
        sys.exit(f"there is no {PROGRAM}; ./dev build makes it, or ONEARM says where it is")
    failed = 0
    number = 0
    for path in options.files or sorted(HERE.glob("*.case")):
        for title, steps in read_cases(path):
            if options.only not in title:
                continue
            number += 1
            try:
                problem = run_case(path, steps, options)
            except Skip as skip:
                print(f"ok {number} - {title} # SKIP {skip}", flush=True)
                continue
            print(f"{'not ok' if problem else 'ok'} {number} - {title}", flush=True)
            if problem:
                failed += 1
                print("\n".join("#   " + line for line in problem.splitlines()), flush=True)
    print(f"1..{number}")
    sys.exit(1 if failed or not number else 0)


main()
