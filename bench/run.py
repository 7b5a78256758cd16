#!/usr/bin/env python3
"""Measures onearm beside R and beside what the machine allows, and prints one table; see docs/performance.md.

    bench/run.py [--runs N] [--build DIRECTORY] [--data DIRECTORY]

Each number is the best of N processes, and ours and theirs come from the same run.  Nothing here can fail for being
slow; what a peer needs and is not there is skipped with a message.
"""
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
R_RUNS = 3  # R takes seconds
# What admiralonco takes for BOR and CBOR of 10,000 subjects with 8 visits, as this project was given it: it is not run here.
ADMIRALONCO_SECONDS = 13.5
HEAD = ("measurement", "onearm", "against", "theirs", "times")


class Run:
    """The best of several processes: wall time in seconds, peak memory in bytes, and what the program printed."""

    def __init__(self, command, runs):
        self.wall = self.peak = float("inf")
        self.values = {}
        for _ in range(runs):
            self._once([str(word) for word in command])

    def _once(self, command):
        with tempfile.TemporaryFile() as out:
            start = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"bench: {' '.join(command)}: exit status {process.returncode}")
            out.seek(0)
            self._take(out.read().decode())
        self.wall = min(self.wall, wall)
        self.peak = min(self.peak, usage.ru_maxrss * 1024)

    def _take(self, text):
        for line in text.splitlines():
            name, _, value = line.partition(" ")
            try:
                self.values[name] = min(self.values.get(name, float("inf")), float(value))
            except ValueError:
                pass  # a line for people

    def __getitem__(self, name):
        return self.values[name]


def duration(seconds):
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-4 else f"{seconds * 1e9:.0f} ns"


def memory(size):
    return f"{size / 1e6:.0f} MB"


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, ours, against, theirs, show=duration):
        self.rows.append((what, show(ours), against, show(theirs), f"{theirs / ours:.3g}"))

    def print(self):
        widths = [max(len(row[i]) for row in [HEAD, *self.rows]) for i in range(len(HEAD))]
        rule = ["-" * width for width in widths]
        for row in [HEAD, rule, *self.rows]:
            print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")


class Bench:
    def __init__(self, options, scratch):
        self.runs = options.runs
        self.build = options.build
        self.data = options.data
        self.scratch = scratch
        self.table = Table()
        self.packages = self._packages()

    def _packages(self):
        """The R packages that are here; None where R itself is not."""
        if not shutil.which("Rscript"):
            note("R is not installed (Debian: r-base-core); its lines are skipped")
            return None
        words = 'cat(Filter(function(p) requireNamespace(p, quietly = TRUE), c("clinfun", "haven", "survival")))'
        found = subprocess.run(["Rscript", "--vanilla", "-e", words], capture_output=True, text=True, check=False)
        return set(found.stdout.split())

    def onearm(self, *words):
        return Run([self.build / "onearm", *words], self.runs)

    def driver(self, name, *words):
        return Run([self.build / "bench" / f"bench_{name}", *words], self.runs)

    def peer(self, package, *words, runs=R_RUNS):
        """R's run, or None where it cannot."""
        if self.packages is None:
            return None
        if package and package not in self.packages:
            note(f"R's {package} is not installed (Debian: r-cran-{package}); {words[0]} is measured without it")
            return None
        return Run(["Rscript", "--vanilla", ROOT / "bench" / "peer.R", *words], min(self.runs, runs))

    def against_r(self, what, ours, against, peer, key="seconds"):
        if peer:
            self.table.add(what, ours, against, peer.wall if key == "wall" else peer[key])

    def shipped_trial(self):
        study = ROOT / "examples" / "anlotinib-rai"
        out = self.scratch / "report"
        what = "report, 20 subjects: process start to files"
        ours = self.onearm("report", study, "--out", out)
        self.table.add(what, ours.wall, "target", 0.1)
        pictures = self.scratch / "r"
        pictures.mkdir()
        peer = self.peer("survival", "report", out, pictures)
        self.against_r(what, ours.wall, "R: our CSVs to 2 curves, 2 intervals, 3 PDFs", peer, "wall")
        self.table.add("  its peak memory", ours.peak, "target", 64e6, memory)
        if peer:
            self.table.add("  its peak memory", ours.peak, "that R process", peer.peak, memory)
        ours = self.onearm("results", study)
        if self.packages is not None:
            peer = Run(["Rscript", "--vanilla", "-e", "invisible(0)"], min(self.runs, R_RUNS))
            self.table.add("results, 20 subjects: process start to end", ours.wall, "R: start and stop", peer.wall)

    def public_data(self):
        source = self.data / "tr.xpt"
        if not source.is_file():
            note(f"{self.data} does not hold the public data; reading it is skipped (--data names it)")
            return
        own = self.scratch / "tr"
        own.mkdir()
        paths = [self.data / name for name in ("dm.xpt", "tr.xpt")]  # a study without dm is none
        for path in paths:
            (own / path.name).symlink_to(path.resolve())
        what = f"reading tr.xpt, {source.stat().st_size / 1e6:.1f} MB: bytes, hash, records, order"
        ours = self.driver("read_sas", "records", own)
        self.against_r(what, ours["seconds"], "R: haven::read_xpt", self.peer("haven", "read", *paths))
        floor = self.driver("read_sas", "bytes", *paths)
        self.table.add(what, ours["seconds"], "its bytes and their SHA-256, one thread", floor["seconds"])
        self.public_report()

    def public_report(self):
        inputs = sorted(self.data.glob("*.xpt"))
        size = sum(path.stat().st_size for path in inputs)
        what = f"report, public data, {size / 1e6:.1f} MB"
        protocol = ROOT / "examples" / "cdisc-pilot" / "protocol.yaml"
        ours = self.onearm("report", "--protocol", protocol, "--data", self.data, "--out", self.scratch / "public")
        peer = self.peer("haven", "read", *inputs)
        self.against_r(what, ours.wall, "R: haven::read_xpt of the same files, no more", peer)
        floor = self.driver("read_sas", "bytes", *inputs)
        self.table.add(what, ours.wall, "their bytes and SHA-256, one thread", floor["seconds"])
        if peer:
            self.table.add("  its peak memory", ours.peak, "that R process", peer.peak, memory)

    def statistics(self):
        count = 1_000_000
        what = "Kaplan-Meier, 1e6 distinct times"
        ours = self.driver("km", count)
        peer = self.peer("survival", "km", count)
        self.against_r(what, ours["seconds"], "R: survival::survfit", peer)
        self.against_r(what + ", and each step's limits", ours["limits"], "R: survival::survfit", peer)
        self.table.add(what, ours["seconds"], "qsort of the times", ours["qsort"])
        self.table.add(what, ours["seconds"], "radix sort of the times", ours["radix"])
        # the input, 9 bytes a time; 16 of sorted times and estimates, 32 of other columns a step
        self.table.add("  its peak memory", ours.peak, "57 bytes a time", 57 * count, memory)
        if peer:
            self.table.add("  its peak memory", ours.peak, "that R process", peer.peak, memory)
        count = 100_000
        ours = self.driver("clopper_pearson", count)
        peer = self.peer(None, "clopper_pearson", count)
        self.against_r("Clopper-Pearson, 1e5 intervals", ours["seconds"], "R: qbeta, vectorised", peer)

    def comparisons(self):
        count, pairs = 100_000, 1_000
        ours = self.driver("compare", count, pairs)
        peer = self.peer("survival", "compare", count, pairs)
        for key, what, against in (
                ("logrank", "log-rank test, 1e5 subjects, 2 groups", "R: survival::survdiff"),
                ("cox", "Cox model, 1e5 subjects, 2 groups", "R: survival::coxph"),
                ("wilcoxon", "signed ranks, exact with interval, 1000 pairs", "R: wilcox.test")):
            self.against_r(what, ours[key], against, peer, key)

    def designs(self):
        ours = self.driver("design")
        what = "Simon's designs, p0 0.1, p1 0.3, n up to 1000"
        self.table.add(what, ours["simon"], "target: 500 times faster than ph2simon", 0.15)
        peer = self.peer("clinfun", "simon", 1000, runs=1)
        self.against_r(what, ours["simon"], "R: clinfun::ph2simon, once", peer)
        what = "Simon's designs, p0 0.1, p1 0.15, n up to 1000"
        self.table.add(what, ours["simon_hard"], "target: 500 times faster than ph2simon", 0.15)
        for key, name, target in (("mander_thompson", "Mander and Thompson's designs, 0.2 v 0.4", 0.01),
                                  ("three_stage", "Chen's three stages, 0.2 v 0.4", 1),
                                  ("curtailed", "curtailed designs, 0.2 v 0.4", 1),
                                  ("bryant_day", "Bryant and Day's designs, n up to 60", 1),
                                  ("lee_liu", "Lee and Liu's designs, all thresholds, n up to 54", 1),
                                  ("bop2", "BOP2 with a stop for efficacy, its whole grid", 1),
                                  ("oslr", "two-stage log-rank designs, OneArm2stage's vignette", 1),
                                  ("oslr_manual", "the same, its manual's example", 1),
                                  ("oslr_simulated", "a simulated two-stage log-rank trial, n = 50", 1.3e-6),
                                  ("characteristics", "exact characteristics, 1000 looks", 0.001)):
            self.table.add(name, ours[key], "target", target)
        for key, theirs in (("oslr", 57), ("oslr_manual", 78)):
            self.table.add("  the same", ours[key], "OneArm2stage 1.2.1, as measured once", theirs)

    def audits(self):
        count = 1000
        short = self.driver("audit", count, 2000)
        long = self.driver("audit", count // 100, 200_000)
        self.table.add("audit, 1e4 abstracts of 2,000 characters", 1e4 / count * short["seconds"], "target", 10)
        self.table.add("audit, a character of a text of 200,000", long["seconds"] / (count * 2000), "one of 2,000",
                       short["seconds"] / (count * 2000))

    def responses(self):
        small, large = 10_000, 1_000_000
        few = self.driver("best_response", small)
        many = self.driver("best_response", large)
        what = "BOR and confirmed BOR with dates, 1e4 subjects"
        self.table.add(what, few["seconds"], "admiralonco, not of this run",
                       ADMIRALONCO_SECONDS)
        self.table.add("  the same, 1e6 subjects, one thread", many["seconds"], "target", 2.0)
        self.table.add("  a subject of 1e6", many["seconds"] / large, "a subject of 1e4", few["seconds"] / small)
        self.table.add("  peak memory of 1e6", many.peak, "84 bytes a subject, the input and the result", 84 * large,
                       memory)


def note(text):
    print(f"bench: {text}", file=sys.stderr)


def load():
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=10, help="processes a measurement; at most 3 of R (10)")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="the build directory (build)")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "pharmaverse-onco",
                        help="the public transport files")
    options = parser.parse_args()
    if not (options.build / "onearm").is_file():
        sys.exit(f"bench: {options.build} holds no onearm; ./dev build makes it")
    before = load()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(options, Path(scratch))
        bench.shipped_trial()
        bench.public_data()
        bench.statistics()
        bench.comparisons()
        bench.responses()
        bench.designs()
        bench.audits()
    print(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}; best of {options.runs} processes, of R "
          f"best of {min(options.runs, R_RUNS)}; load before {before}, after {load()}")
    print("times = theirs / ours: above 1, onearm takes less")
    print()
    bench.table.print()


if __name__ == "__main__":
    main()
