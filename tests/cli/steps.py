"""The steps of a case: how a study is changed, how onearm is run, and what is expected of it.  run.py lists them."""
import csv
import difflib
import filecmp
import json
import os
import pathlib
import re
import resource
import shlex
import shutil
import signal
import subprocess

import records

DIAGNOSTIC = re.compile(r"[^:]+(:\d+(:\d+)?)?: error: .+")
EPOCH = "1741219200"  # 2025-03-06, a day after the trial's last record
TIMEOUT = 300
NOBODY = 65534
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR")


class Failure(Exception):
    """What is not as the case says."""


class Skip(Exception):
    """Why a case cannot be run here."""


class World:
    """What a case has: its directory, its study, and what its last command did."""

    def __init__(self, program, root, golden, tmp, renew, show):
        self.onearm = program
        self.root, self.golden, self.tmp, self.renew, self.show = root, golden, tmp, renew, show
        self.shared = pathlib.Path(os.environ.get("ONEARM_SHARED", root.parent / "shared"))
        self.trial = "examples/anlotinib-rai"
        self.study_made = False
        self.status, self.stdout, self.stderr, self.command = None, "", "", ""
        self.stated = True  # is the exit status of the last command expected?
        self.prepare()

    def prepare(self):
        """Forgets what was said for the command that has now run."""
        self.env = {}
        self.directory = self.root
        self.output = None
        self.limit = None
        self.user = None

    def study(self):
        path = self.tmp / "study"
        if not self.study_made:
            shutil.copytree(self.root / self.trial, path)
            self.study_made = True
        return path

    def fill(self, text):
        """The text with the words that begin with $ replaced."""
        if "$study" in text:
            self.study()
        names = {"tmp": self.tmp, "study": self.tmp / "study", "trial": self.trial, "shared": self.shared}
        return re.sub(r"\$(tmp|study|trial|shared)\b", lambda m: str(names[m[1]]), text)

    def path(self, text):
        return self.root / self.fill(text)

    def targets(self, pattern):
        """The files of the study that a step names; a name without * need not exist."""
        study = self.study()
        found = sorted(study.glob(pattern)) if "*" in pattern else [study / pattern]
        if not found:
            raise Failure(f"the study has no {pattern}")
        return found

    def said(self):
        if self.status is None:
            return ""
        clip = lambda text: text if len(text) < 3000 else text[:3000] + "...\n"
        return f"$ onearm {self.command}\n{clip(self.stdout)}{clip(self.stderr)}exit {self.status}"


def two(rest, separator=": "):
    left, found, right = rest.partition(separator)
    if not found:
        raise Failure(f"the step lacks '{separator.strip()}'")
    return left.strip(), right.strip()


def unescape(text):
    return text.replace("\\n", "\n")


# ---- the study ------------------------------------------------------------------------------------------------------


def change(world, rest):
    name, edit = two(rest)
    old, new = two(edit + " ", " => ")
    for path in world.targets(name):
        text = path.read_text(encoding="utf-8")
        if unescape(old) not in text:
            raise Failure(f"{name} does not hold '{old}'")
        path.write_text(text.replace(unescape(old), unescape(new), 1), encoding="utf-8")


def filter_lines(path, wanted):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:1] + [line for line in lines[1:] if wanted(line)]), encoding="utf-8")


def keep(world, rest):
    name, pattern = two(rest)
    for path in world.targets(name):
        filter_lines(path, re.compile(pattern).search)


def header(world, rest):
    for path in world.targets(rest):
        filter_lines(path, lambda line: False)


def remove(world, rest):
    for path in world.targets(rest):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def append(world, rest):
    name, text = two(rest)
    for path in world.targets(name):
        with path.open("a", encoding="utf-8") as file:
            file.write(unescape(text) + "\n")


def write(world, rest):
    name, text = two(rest + " ")
    for path in world.targets(name):
        path.write_text(unescape(text), encoding="utf-8")


def encode(world, rest):
    name, codec = two(rest)
    for path in world.targets(name):
        path.write_bytes(path.read_text(encoding="utf-8").encode(codec))


def sparse(world, rest):
    name, size = two(rest)
    for path in world.targets(name):
        try:
            with path.open("wb") as file:
                file.truncate(int(size))
        except OSError as error:
            raise Skip(f"the file system takes no file of {size} bytes: {error.strerror}") from error


def mode(world, rest):
    name, octal = two(rest)
    for path in world.targets(name):
        path.chmod(int(octal, 8))


# ---- a command ------------------------------------------------------------------------------------------------------


def needs(world, rest):
    if rest != "shared":
        raise Failure("a case can need: shared")
    if not (world.shared / "data/pharmaverse-onco").is_dir():
        raise Skip("the public data is not here; ONEARM_SHARED may say where it is")


def env(world, rest):
    name, value = two(rest, "=")
    world.env[name] = world.fill(value)


def in_directory(world, rest):
    world.directory = world.path(rest)
    world.directory.mkdir(parents=True, exist_ok=True)


def to_file(world, rest):
    if not os.path.exists(rest):
        raise Skip(f"there is no {rest} here")
    world.output = rest


def limit(world, rest):
    world.limit = int(rest)


def as_nobody(world, rest):
    if rest != "nobody":
        raise Failure("a command can run as: nobody")
    if os.geteuid() == 0:
        world.user = NOBODY
        os.chmod(world.tmp, 0o777)


def may_run(world):
    """Can the other user start the program and read the study?"""
    protocol = world.study() / "protocol.yaml"
    try:
        subprocess.run([world.onearm, "protocol", protocol], cwd=world.root, user=world.user, group=world.user,
                       extra_groups=[], stdout=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skip(f"another user than root may not run {pathlib.Path(world.onearm).name} here") from error


def environment(world):
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    fixed = {"LC_ALL": "C", "TZ": "UTC", "HOME": str(world.tmp), "SOURCE_DATE_EPOCH": EPOCH}
    return {**passed, **fixed, **world.env}


def confine(world):
    """What is set in the new process before onearm starts."""
    if world.limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (world.limit, world.limit))


def run(world, rest):
    if not world.stated:
        raise Failure("the exit status of the command before is not stated")
    words = shlex.split(world.fill(rest))
    user = {}
    if world.user is not None:
        may_run(world)
        user = {"user": world.user, "group": world.user, "extra_groups": []}
    with open(world.output or os.devnull, "wb") as output:
        done = subprocess.run([world.onearm, *words], cwd=world.directory, env=environment(world), check=False,
                              stdin=subprocess.DEVNULL, stdout=output if world.output else subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=TIMEOUT, preexec_fn=lambda: confine(world), **user)
    world.command = rest
    world.status = done.returncode
    plain = lambda raw: (raw or b"").decode("utf-8", "backslashreplace").replace(str(world.tmp), "$tmp")
    world.stdout, world.stderr = plain(done.stdout), plain(done.stderr)
    world.stated = False
    world.prepare()
    if world.show:
        print("\n".join("# " + line for line in world.said().splitlines()))
    check_command(world, "--json" in words)


def check_command(world, as_json):
    """What holds for every command."""
    for line in world.stderr.splitlines():
        if not DIAGNOSTIC.fullmatch(line):
            raise Failure(f"stderr holds a line that is no diagnostic: {line}")
    if "(null)" in world.stdout + world.stderr:
        raise Failure("it prints (null)")
    if as_json and world.stdout:
        parse_json(world)
    if world.status == 0 and world.stderr:
        raise Failure("it exits with 0 and yet reports an error")
    if world.status in (2, 3) and not world.stderr:
        raise Failure("it fails without saying why")


def exit_status(world, rest):
    world.stated = True
    if world.status != int(rest):
        raise Failure(f"it exits with {world.status}")


# ---- what it said ---------------------------------------------------------------------------------------------------


def expect_text(world, text, rest):
    verb, _, wanted = rest.partition(" ")
    if verb == "has" and wanted not in text:
        raise Failure("it is not there")
    if verb == "lacks" and wanted in text:
        raise Failure("it is there")
    if verb == "like" and not re.search(wanted, text, re.MULTILINE):
        raise Failure("nothing matches")
    if verb == "empty" and text:
        raise Failure("it is not empty")
    if verb == "golden":
        compare_golden(world, wanted, text)
    if verb not in ("has", "lacks", "like", "empty", "golden"):
        raise Failure("the step must say has, lacks, like, empty or golden")


def stdout(world, rest):
    expect_text(world, world.stdout, rest)


def stderr(world, rest):
    expect_text(world, world.stderr, rest)


def compare_golden(world, name, text):
    path = world.golden / name
    if world.renew:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    if not path.exists():
        raise Failure(f"there is no golden/{name}; run.py --renew writes it")
    wanted = path.read_text(encoding="utf-8")
    if wanted != text:
        difference = difflib.unified_diff(wanted.splitlines(), text.splitlines(), f"golden/{name}", "now", n=0,
                                          lineterm="")
        lines = [line[:300] for line, _ in zip(difference, range(40))]
        raise Failure("\n".join(lines) + "\n(run.py --renew, or ./dev renew, takes what is there now)")


def golden(world, rest):
    text = world.path(rest).read_text(encoding="utf-8").replace(str(world.tmp), "$tmp")
    name = pathlib.PurePath(rest).name
    compare_golden(world, name, records.without_figures(text) if name.endswith(".html") else text)


# ---- JSON -----------------------------------------------------------------------------------------------------------


def parse_json(world):
    try:
        return json.loads(world.stdout)
    except json.JSONDecodeError as error:
        raise Failure(f"stdout is not JSON: {error}") from error


def pick(value, path):
    """What a path leads to."""
    for key, chosen in re.findall(r"([^.\[\]]+)|\[([^\]]*)\]", path):
        if chosen and isinstance(value, list):
            name, equals, wanted = chosen.partition("=")
            value = [one for one in value if str(one.get(name)) == wanted] if equals else value[int(name)]
            continue
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict) or key not in value:
            raise Failure(f"there is no {key}")
        value = value[key]
    return value


def expect_equal(value, wanted):
    text, _, tolerance = wanted.partition("+-")
    wanted = json.loads(text)
    if tolerance:
        near = isinstance(value, (int, float)) and abs(value - wanted) <= float(tolerance)
    else:
        near = value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
    if not near:
        raise Failure(f"it is {json.dumps(value, ensure_ascii=False)}")


def expect_keys(value, wanted):
    for one in value if isinstance(value, list) else [value]:
        missing = set(wanted.split()) - set(one)
        if missing:
            raise Failure(f"{json.dumps(one, ensure_ascii=False)[:300]} has no {', '.join(sorted(missing))}")


def expect_count(value, wanted):
    if len(value) != int(wanted):
        raise Failure(f"there are {len(value)}")


def expect_json_text(value, verb, wanted):
    if not isinstance(value, str) or not (wanted in value if verb == "has" else re.search(wanted, value)):
        raise Failure(f"it is {json.dumps(value, ensure_ascii=False)}")


def expect_json(world, rest):
    found = re.fullmatch(r"(.*?) (=|has|like|count|keys) (.*)", rest)
    if not found:
        raise Failure("the step must say =, has, like, count or keys")
    path, verb, wanted = found.groups()
    value = pick(parse_json(world), path)
    if verb == "=":
        expect_equal(value, wanted)
    elif verb == "keys":
        expect_keys(value, wanted)
    elif verb == "count":
        expect_count(value, wanted)
    else:
        expect_json_text(value, verb, wanted)


# ---- files ----------------------------------------------------------------------------------------------------------


def csv_values(world, rest):
    place, wanted = two(rest)
    name, column = place.split()
    with world.path(name).open(encoding="utf-8", newline="") as file:
        values = {row[column] for row in csv.DictReader(file)}
    if values != set(wanted.split()):
        raise Failure(f"there are {' '.join(sorted(values))}")


def files(world, rest):
    name, wanted = two(rest + " ")
    there = sorted(path.name for path in world.path(name).iterdir())
    if there != sorted(wanted.split()):
        raise Failure(f"there are {' '.join(there) or 'none'}")


def absent(world, rest):
    if world.path(rest).exists():
        raise Failure("it exists")


def same(world, rest):
    one, other = (world.path(name) for name in rest.split())
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()):
        raise Failure("the names differ")
    different = [name for name in names if not filecmp.cmp(one / name, other / name, shallow=False)]
    if different:
        raise Failure(f"these differ: {' '.join(different)}")


def named(world, rest):
    problem = records.unnamed(world.path(rest), parse_json(world)["findings"])
    if problem:
        raise Failure(problem)


def account(world, rest):
    page, directory = (world.path(name) for name in rest.split())
    problem = records.unaccounted(page, directory)
    if problem:
        raise Failure(problem)


VERBS = {
    "change": change, "keep": keep, "header": header, "remove": remove, "append": append, "write": write,
    "encode": encode, "sparse": sparse, "mode": mode, "needs": needs, "env": env, "in": in_directory, "to": to_file,
    "limit": limit, "as": as_nobody, "run": run, "exit": exit_status, "stdout": stdout, "stderr": stderr,
    "golden": golden, "json": expect_json, "csv": csv_values, "files": files, "absent": absent, "same": same,
    "records": account, "named": named,
}
