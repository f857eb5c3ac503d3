"""Figures for the drivers' tests by another way: NumPy and SciPy, plain formulas, all orders of joining.

Usage: python3 test/reference/drivers.py > test/reference/drivers.json
       python3 test/reference/drivers.py --firth > test/reference/drivers-firth.json
"""
import json
import sys
from itertools import permutations
from pathlib import Path

import numpy as np
from scipy import optimize, stats

HERE = Path(__file__).parent


def read(name, outcome, predictors):
    lines = (HERE / f"{name}.csv").read_text().split()
    head = lines[0].split(",")
    rows = np.array([[float(cell) for cell in line.split(",")] for line in lines[1:]])
    return rows[:, [head.index(p) for p in predictors]], rows[:, head.index(outcome)]


def with_ones(x):
    return np.column_stack([np.ones(len(x)), x])


def lm(x, y, robust=False):
    z = with_ones(x)
    scale = np.abs(z).max(axis=0)
    q, r = np.linalg.qr(z / scale)
    b = np.linalg.solve(r, q.T @ y) / scale
    e = y - z @ b
    n, k = z.shape
    inverse = np.linalg.inv(r)
    bread = (inverse @ inverse.T) / np.outer(scale, scale)
    cov = bread * (e @ e) / (n - k)
    if robust:
        cov = bread @ (z.T * e**2 @ z) @ bread * n / (n - k)
    return table(b, np.sqrt(np.diag(cov)), stats.t(n - k)), r2(x, y)


def r2(x, y):
    if x.shape[1] == 0:
        return 0.0
    z = with_ones((x - x.mean(axis=0)) / x.std(axis=0))
    e = y - z @ np.linalg.lstsq(z, y, rcond=None)[0]
    return float(1 - (e @ e) / ((y - y.mean()) ** 2).sum())


def table(b, se, law):
    reach = law.ppf(0.975)
    return [
        {"estimate": float(v), "low": float(v - reach * s), "high": float(v + reach * s), "p": float(2 * law.sf(abs(v / s)))}
        for v, s in zip(b, se)
    ]


def loss(theta, z, y):
    eta = z @ theta
    return float(np.logaddexp(0, eta).sum() - y @ eta)


def slope(theta, z, y):
    return z.T @ (1 / (1 + np.exp(-(z @ theta))) - y)


def curve(theta, z, y):
    p = 1 / (1 + np.exp(-(z @ theta)))
    return z.T * (p * (1 - p)) @ z


def logit(x, y):
    mean, sd = x.mean(axis=0), x.std(axis=0)
    z = with_ones((x - mean) / sd)
    theta = optimize.minimize(loss, np.zeros(z.shape[1]), (z, y), "trust-exact", slope, curve, options={"gtol": 1e-12}).x
    back = np.diag(np.r_[1, 1 / sd])
    back[0, 1:] = -mean / sd
    cov = back @ np.linalg.inv(curve(theta, z, y)) @ back.T
    return table(back @ theta, np.sqrt(np.diag(cov)), stats.norm), mcfadden(x, y)


def firth(x, y):
    """Heights alone are looked at: no score, no information's inverse. Ends and p values are those of the profile."""
    sd = x.std(axis=0)
    z = with_ones(x / sd)

    def depth(theta):
        sign, log = np.linalg.slogdet(curve(theta, z, y))
        return loss(theta, z, y) - log / 2 if sign > 0 else np.inf

    def deepest(held=None, value=0.0, start=None):
        whole = lambda free: free if held is None else np.insert(free, held, value)
        theta = start if held is None else np.delete(start, held)
        for _ in range(8):
            options = {"xatol": 1e-11, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000}
            theta = optimize.minimize(lambda free: depth(whole(free)), theta, method="Nelder-Mead", options=options).x
        return whole(theta), depth(whole(theta))

    theta, bottom = deepest(start=np.zeros(z.shape[1]))
    reach = stats.norm.ppf(0.975) ** 2
    found = []
    for at in range(len(theta)):
        fall = lambda value: 2 * (deepest(at, value, theta)[1] - bottom)
        ends = []
        for way in (-1, 1):
            step = 1.0
            while fall(theta[at] + way * step) < reach:
                step *= 2
            ends.append(optimize.brentq(lambda value: fall(value) - reach, theta[at], theta[at] + way * step, xtol=1e-11))
        scale = 1 if at == 0 else 1 / sd[at - 1]
        p = 2 * stats.norm.sf(np.sqrt(max(0, fall(0.0))))
        found.append({"estimate": theta[at] * scale, "low": ends[0] * scale, "high": ends[1] * scale, "p": float(p)})
    return found


def mcfadden(x, y):
    share = y.mean()
    null = -len(y) * (share * np.log(share) + (1 - share) * np.log(1 - share))
    if x.shape[1] == 0:
        return 0.0
    z = with_ones((x - x.mean(axis=0)) / x.std(axis=0))
    best = optimize.minimize(loss, np.zeros(z.shape[1]), (z, y), "trust-exact", slope, curve, options={"gtol": 1e-12}).fun
    return float(1 - best / null)


def importance(explain, x, y):
    k = x.shape[1]
    added = np.zeros(k)
    orders = list(permutations(range(k)))
    known = {}
    for order in orders:
        before = 0.0
        for at, term in enumerate(order):
            key = tuple(sorted(order[: at + 1]))
            if key not in known:
                known[key] = explain(x[:, key], y)
            added[term] += known[key] - before
            before = known[key]
    return (added / added.sum()).tolist()


def case(name, outcome, predictors, family, robust=False):
    x, y = read(name, outcome, predictors)
    coefficients, explained = logit(x, y) if family == "binomial" else lm(x, y, robust)
    shares = importance(mcfadden if family == "binomial" else r2, x, y)
    return {
        "file": f"{name}.csv", "outcome": outcome, "predictors": predictors, "family": family, "robust": robust,
        "n": len(y), "coefficients": coefficients, "importance": shares, "r2": explained,
    }


def firth_case(name, outcome, predictors):
    x, y = read(name, outcome, predictors)
    return {"file": f"{name}.csv", "outcome": outcome, "predictors": predictors, "n": len(y), "coefficients": firth(x, y)}


if "--firth" in sys.argv:
    cases = [firth_case("mtcars", "am", ["hp", "wt"]), firth_case("firth", "y", ["g", "x"])]
    print(json.dumps(cases, indent=1))
    sys.exit()

print(json.dumps([
    case("longley", "y", ["x1", "x2", "x3", "x4", "x5", "x6"], "gaussian"),
    case("mtcars", "mpg", ["wt", "hp"], "gaussian"),
    case("mtcars", "mpg", ["wt", "hp", "disp", "cyl"], "gaussian", True),
    case("mtcars", "am", ["hp", "wt"], "binomial"),
], indent=1))
