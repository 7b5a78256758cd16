#!/usr/bin/env python3
"""REQ-KM-013: `onearm km --steps --json` against exact fractions on random data.

S and sum d / (n (n - d)) are rational; they are computed here as fractions and rounded once.  The program is what the
environment says in ONEARM.
"""
import json
import math
import os
import random
import subprocess
import sys
from fractions import Fraction

PROGRAM = os.environ.get("ONEARM", "build/onearm")
SIZES = (1, 2, 3, 10, 40, 200, 1500)
TOLERANCE = 4e-16  # of S; its standard error has a square root and a product more


def exact_steps(rows):
    """[(time, at risk, events, S, variance of log S)] by definition."""
    survival, variance, steps = Fraction(1), Fraction(0), []
    for time in sorted({t for t, _ in rows}):
        risk = sum(t >= time for t, _ in rows)
        events = sum(t == time and e for t, e in rows)
        survival *= Fraction(risk - events, risk)
        variance += Fraction(events, risk * (risk - events)) if risk > events else 0
        steps.append((time, risk, events, survival, variance))
    return steps


def near(got, want, tolerance):
    return abs(Fraction(got) - want) <= Fraction(tolerance) * want


def compare(rows):
    lines = "time,event\n" + "".join(f"{t},{e}\n" for t, e in rows)
    run = subprocess.run([PROGRAM, "km", "-", "--time", "time", "--event", "event", "--steps", "--json"], input=lines,
                         capture_output=True, text=True, check=False)
    if run.returncode:
        return run.stderr
    steps = json.loads(run.stdout)["steps"]
    for got, (time, risk, events, survival, variance) in zip(steps, exact_steps(rows), strict=True):
        same = (got["time"], got["n_risk"], got["n_event"]) == (time, risk, events)
        good = same and near(got["survival"], survival, TOLERANCE)
        if good and survival:
            std_err = Fraction(math.isqrt(survival**2 * variance * 10**60 // 1), 10**30)
            good = near(got["std_err"], std_err, 3 * TOLERANCE) or variance == 0 == got["std_err"]
        if not good:
            return f"{len(rows)} rows, time {time}: {got}, not {float(survival)}"
    return None


def main():
    random.seed(2023)
    failures = []
    for size in SIZES:
        for round_ in range(3 if size > 300 else 12):
            spread = size * 3 if round_ % 2 else 6
            rows = [(random.randint(0, spread), int(random.random() < (0.2, 0.6, 1)[round_ % 3])) for _ in range(size)]
            failures.append(compare(rows))
    failures = [failure for failure in failures if failure]
    print("\n".join(failures) or "exact: 0 differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
