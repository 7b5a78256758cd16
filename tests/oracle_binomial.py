#!/usr/bin/env python3
"""Binomial limits and p values against exact rational arithmetic.

    python3 tests/oracle_binomial.py PATH/TO/stats_stdin

REQ-BIN-003: a limit is right to 1e-13 where the equation that defines it changes sign between the limit less that and
the limit plus that, of the smaller of p and 1 - p.  The doubles are taken as the fractions that they are, tails are sums
of integers, and Jeffreys' integral, whose terms are not rational, and the tails of more than 300 trials, up to 1e8, are
a positive series in 55 decimals.
"""
import decimal
import functools
import random
import subprocess
import sys
from fractions import Fraction
from math import comb

DIGITS = 1e-13
ULP = Fraction(1, 2**52)
EXACT = ["clopper-pearson", "mid-p", "jeffreys"]
BLAKER_TOO = (1000, 10**4)
MOST_EXACT = 300  # of trials, whose sums of integers are quick
decimal.getcontext().prec = 55


def binomial_parts(x, n, p):
    """P(X > x), P(X = x) and P(X < x) times D^n, and D^n, for a fraction p with the denominator D."""
    up, down = p.numerator, p.denominator - p.numerator
    terms = [down**n]
    for k in range(n):
        terms.append(terms[-1] * (n - k) * up // ((k + 1) * down) if down else k == n - 1)
    return sum(terms[x + 1:]), terms[x], sum(terms[:x]), p.denominator**n


def ordinary(p):
    """A fraction of 140 bits near p, far nearer than the tolerance, so that powers stay small."""
    return Fraction(round(p * 2**140), 2**140)


# B(2k) / (2k (2k - 1)) of Stirling's series
STIRLING = [decimal.Decimal(top) / bottom for top, bottom in (
    (1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156), (-3617, 122400), (43867, 244188),
    (-174611, 125400), (77683, 5796), (-236364091, 1506960), (657931, 300))]
LOG_ROOT_2_PI = (2 * decimal.Decimal("3.14159265358979323846264338327950288419716939937510582097494459")).ln() / 2


@functools.cache
def log_gamma(z):
    """Of a decimal, to 1e-35: the series from z = 200, and Gamma(z + 1) = z Gamma(z) up to there."""
    shift = decimal.Decimal(1)
    while z < 200:
        shift *= z
        z += 1
    rest = sum(term / z ** (2 * k + 1) for k, term in enumerate(STIRLING))
    return (z - decimal.Decimal("0.5")) * z.ln() - z + LOG_ROOT_2_PI + rest - shift.ln()


def as_decimal(p):
    return decimal.Decimal(p.numerator) / p.denominator


def beta_tail(a, b, p):
    """I_p(a, b) and p^a q^b / (a B(a, b)), the first term of its positive series; from the other tail where that is
    the shorter one."""
    if 2 * p > 1:
        tail, first = beta_tail(b, a, 1 - p)
        return 1 - tail, first * b / a
    a, b, p = decimal.Decimal(a), decimal.Decimal(b), as_decimal(p)
    scale = log_gamma(a + b) - log_gamma(a + 1) - log_gamma(b)
    term = first = (p.ln() * a + (1 - p).ln() * b + scale).exp()
    total, k = decimal.Decimal(0), 0
    while term > total * decimal.Decimal("1e-35"):
        total += term
        term *= p * (a + b + k) / (a + 1 + k)
        k += 1
    return total, first


def limit_tail(method, x, n, p):
    """The tail that the method's lower limit sets to the part outside, in decimals."""
    if method == "jeffreys":
        return beta_tail(x + decimal.Decimal("0.5"), n - x + decimal.Decimal("0.5"), p)[0]
    tail, first = beta_tail(x, n - x + 1, p)
    return tail if method == "clopper-pearson" else tail - first / as_decimal(1 - p) / 2  # P(X = x) = first / q


def excess(method, x, n, p, tail):
    """The sign of (tail of the method's lower limit at p) - tail."""
    if method == "jeffreys" or n > MOST_EXACT:
        return limit_tail(method, x, n, p) - as_decimal(tail)
    above, equal, _, whole = binomial_parts(x, n, ordinary(p))
    share = 2 * above + (2 if method == "clopper-pearson" else 1) * equal
    return share * tail.denominator - 2 * tail.numerator * whole


def blaker_acceptable(x, n, p, level):
    """Whether a p below x/n has an acceptability of at least 1 - level, by the definition."""
    above, equal, _, whole = binomial_parts(x, n, p)
    own = above + equal
    up, down = p.numerator, p.denominator - p.numerator
    opposite = total = 0
    for k in range(n + 1):
        total += comb(n, k) * up**k * down ** (n - k)
        if total > own:
            break
        opposite = total
    return (own + opposite) * level.denominator >= (level.denominator - level.numerator) * whole


def blaker_acceptable_among_many(x, n, p, level):
    """The same for more trials than integers are quick for; the opposite tail is sought by halving."""
    own = beta_tail(x, n - x + 1, p)[0]
    below, above, opposite = -1, x, 0
    while above - below > 1:
        k = (below + above) // 2
        tail = beta_tail(n - k, k + 1, 1 - p)[0]
        below, above, opposite = (k, above, tail) if tail <= own else (below, k, opposite)
    return own + opposite >= as_decimal(1 - level)


class Oracle:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def judge(self, good, what):
        self.passed += good
        self.failed += not good
        if not good and self.failed <= 10:
            print("FAILED", what)

    def lower(self, method, x, n, tail, limit, what):
        """A lower limit, or the complement of an upper one, given as a double."""
        if x == 0:
            self.judge(limit == 0, what)
            return
        p = Fraction(limit)
        slack = min(p, 1 - p) * Fraction(DIGITS)
        if p > Fraction(1, 2):  # all that a double near 1 can say
            slack = max(slack, ULP)
        low, high = p - slack, p + slack
        good = (low <= 0 or excess(method, x, n, low, tail) <= 0) and (high >= 1 or excess(method, x, n, high, tail) >= 0)
        self.judge(good, what)

    def upper(self, method, x, n, tail, limit, what):
        p = Fraction(limit)
        slack = max(min(p, 1 - p) * Fraction(DIGITS), ULP if p > Fraction(1, 2) else 0)
        if x == n:
            self.judge(limit == 1, what)
            return
        low, high = p - slack, p + slack
        good = (low <= 0 or excess(method, n - x, n, 1 - low, tail) >= 0) and (
            high >= 1 or excess(method, n - x, n, 1 - high, tail) <= 0)
        self.judge(good, what)

    def blaker(self, x, n, level, lower, upper, what):
        """Just outside is not acceptable and just inside is; outside is also sought on a grid."""
        for count, limit, double in ((x, Fraction(lower), lower), (n - x, 1 - Fraction(upper), upper)):
            if count == 0:
                self.judge(limit == 0, what)
                continue
            step = max(min(limit, 1 - limit) * Fraction(1e-11), ULP if double > 0.5 else 0)
            if n > MOST_EXACT:
                self.judge(blaker_acceptable_among_many(count, n, limit + step, level)
                           and (limit <= step or not blaker_acceptable_among_many(count, n, limit - step, level)), what)
                continue
            good = blaker_acceptable(count, n, limit + step, level)
            outside = [limit - step] + [limit * k / 16 for k in range(1, 16) if limit * k < 16 * (limit - step)]
            good = good and not any(blaker_acceptable(count, n, p, level) for p in outside)
            self.judge(good, what)


def cases():
    chance = random.Random(20261122)
    levels = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1 - 1e-6, 1 - 1e-10, 1 - 1e-15, 0.1, 1e-6]
    for n in (1, 2, 3, 5, 10):
        for x in range(n + 1):
            for level in levels:
                yield x, n, level
    for _ in range(80):
        n = chance.randint(11, 120)
        yield chance.choice([0, 1, 2, n // 2, n - 1, n, chance.randint(0, n)]), n, chance.choice(levels)
    for n in (300, 1000, 10**4, 10**6, 10**8):
        for x in (1, 2, 3, 40, n // 3, n // 2, n - 5, n - 2, n - 1):
            for level in [0.95] if n == 10**8 and 40 < x < n - 5 else [0.95, 1 - 1e-15, chance.choice(levels)]:
                yield x, n, level


def p_value(kind, x, n, p0):
    """By the definition, as a fraction."""
    above, equal, below, whole = binomial_parts(x, n, p0)
    sums = {"greater": above + equal, "less": below + equal, "doubled": 2 * min(above, below) + 2 * equal,
            "mid-p-greater": above + Fraction(equal, 2), "mid-p": 2 * min(above, below) + equal}
    if kind in sums:
        return min(Fraction(sums[kind], whole), Fraction(1))
    up, down = p0.numerator, p0.denominator - p0.numerator
    terms = [comb(n, k) * up**k * down ** (n - k) for k in range(n + 1)]
    if kind == "two-sided":
        return min(Fraction(sum(t for t in terms if t <= terms[x] * (1 + Fraction(1, 10**7))), whole), Fraction(1))
    own = min(above, below) + equal
    rest = terms if above <= below else terms[::-1]
    other = total = 0
    for term in rest:
        total += term
        if total > own:
            break
        other = total
    return min(Fraction(own + other, whole), Fraction(1))


def p_value_of_many(kind, x, n, p0):
    """The one-sided ones from the same tails as the limits'."""
    if kind == "less":
        return Fraction(limit_tail("clopper-pearson", n - x, n, 1 - p0))
    return Fraction(limit_tail("clopper-pearson" if kind == "greater" else "mid-p", x, n, p0))


def check_tests(driver, oracle):
    chance = random.Random(7)
    kinds = ["two-sided", "greater", "less", "doubled", "blaker", "mid-p", "mid-p-greater"]
    wanted = []
    for _ in range(400):
        n = chance.randint(1, 120)
        p0 = chance.choice([0.5, 0.25, 0.05, 0.3, chance.random(), 1e-9, 1 - 2**-40])
        wanted.append((chance.choice(kinds), chance.randint(0, n), n, p0))
    for _ in range(60):
        n = chance.choice([1000, 10**4, 10**6])
        x = chance.choice([1, 5, n // 4, n // 2, n - 3])
        p0 = (x + chance.uniform(-6, 6) * (x * (n - x) / n) ** 0.5) / n
        wanted.append((chance.choice(["greater", "less", "mid-p-greater"]), x, n, min(max(p0, 1e-12), 1 - 1e-12)))
    lines = [f"bt {kind} {x} {n} {p0!r}" for kind, x, n, p0 in wanted]
    for line, (kind, x, n, p0), (got,) in zip(lines, wanted, ask(driver, lines), strict=True):
        want = (p_value if n <= MOST_EXACT else p_value_of_many)(kind, x, n, Fraction(p0))
        # below the least normal number only the magnitude can be right
        oracle.judge(abs(Fraction(got) - want) <= want * Fraction(1e-11) + Fraction(1e-300), f"{line}: {got!r}")


def ask(driver, lines):
    run = subprocess.run([driver], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [[float(word) for word in line.split()] for line in run.stdout.splitlines()]


def main():
    driver = sys.argv[1]
    oracle = Oracle()
    wanted = [(method, sides, *case) for case in cases() for method in [*EXACT, "blaker"] for sides in (0, 1, 2)
              if (method != "blaker" or (sides == 0 and (case[1] <= 60 or case[1] in BLAKER_TOO))) and (sides == 0 or (case[2] >= 0.5 and case[1] <= MOST_EXACT))]
    lines = [f"ci {method} {sides} {x} {n} {level!r}" for method, sides, x, n, level in wanted]
    for line, (method, sides, x, n, level), (_, low, high) in zip(lines, wanted, ask(driver, lines), strict=True):
        tail = Fraction((1 - level) / 2 if sides == 0 else 1 - level)  # as a double has it
        what = f"{line}: {low!r} {high!r}"
        if method == "blaker":
            oracle.blaker(x, n, 1 - 2 * tail, low, high, what)
            continue
        if sides != 2 and not (method == "jeffreys" and x == 0):
            oracle.lower(method, x, n, tail, low, what)
        if sides != 1 and not (method == "jeffreys" and x == n):
            oracle.upper(method, x, n, tail, high, what)
    check_tests(driver, oracle)
    print(f"{oracle.passed} passed, {oracle.failed} failed")
    return 1 if oracle.failed else 0


if __name__ == "__main__":
    sys.exit(main())
