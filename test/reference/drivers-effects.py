"""Effects of drivers by statsmodels: least squares and logistic curves with errors by person, average marginal effects, LMG given
controls by all orders, on a table that this script makes. Errors of least squares are raised by leverage (HC2, that of a person where it
is more) before they go together within persons; their degrees of freedom are the persons' weighed by their influence on the effect.

Usage: python3 test/reference/drivers-effects.py   (writes drivers-effects.csv and drivers-effects.json beside itself)
"""
import json
import warnings
from itertools import permutations
from pathlib import Path

import numpy as np
import statsmodels.api as sm

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
rng = np.random.default_rng(8)
N = 1500

person = np.sort(rng.integers(0, 1000, N))
source = rng.integers(0, 3, N)
known = (rng.random(N) < 0.6).astype(int)
draw = rng.random(N)
slow = known * (draw < np.where(source == 0, 0.35, 0.15))
badly = known * (1 - slow) * (draw > 0.85)
late = np.round((rng.random(N) < 0.2 + 0.2 * slow) * rng.integers(1, 4, N) / 3, 3)
insert = (rng.random(N) < 0.5).astype(int)
mood = rng.normal(0, 0.08, person.max() + 1)[person]
chance = 0.4 - 0.1 * (source == 0) + 0.1 * known - 0.08 * slow - 0.15 * badly - 0.1 * late + 0.05 * insert + mood
ordered = (rng.random(N) < chance).astype(int)
mark = np.round(60 - 10 * (source == 0) - 12 * slow - 25 * badly - 15 * late + 4 * insert + 90 * mood + rng.normal(0, 20, N), 2)

COLUMNS = {"person": person, "source": source, "known": known, "slow": slow, "badly": badly, "late": late,
           "insert": insert, "ordered": ordered, "mark": mark}
(HERE / "drivers-effects.csv").write_text(
    ",".join(COLUMNS) + "\n" + "".join(",".join(f"{v:g}" for v in row) + "\n" for row in zip(*COLUMNS.values())))

# The commonest source is the one compared with.
common = np.bincount(source).argmax()
dummies = {f"source {s}": (source == s).astype(float) for s in range(3) if s != common}
FIRST = {"ones": np.ones(N), **dummies, "slow": slow, "badly": badly, "known": known}
SECOND = {**FIRST, "late": late, "insert": insert}
DRIVERS = {"answer": (FIRST, ["slow", "badly"]), "late": (SECOND, ["late"]), "insert": (SECOND, ["insert"])}


def matrix(columns):
    return np.column_stack([np.asarray(c, float) for c in columns.values()])


def ols(y, columns):
    return sm.OLS(y, matrix(columns)).fit(cov_type="cluster", cov_kwds={"groups": person})


def raised(y, columns):
    """Covariance of the coefficients: residuals over the root of one minus leverage, added up by person. Of a person's rows the
    leverage is at least the mean over all cells of their block of the hat matrix times their number."""
    x = matrix(columns)
    plain = sm.OLS(y, x).fit()
    hat = x @ np.linalg.pinv(x)
    leverage = plain.get_influence().hat_matrix_diag.copy()
    for one in np.unique(person):
        own = np.flatnonzero(person == one)
        leverage[own] = np.maximum(leverage[own], hat[np.ix_(own, own)].sum() / len(own))
    left = plain.resid / np.sqrt(1 - leverage)
    scores = np.zeros((person.max() + 1, x.shape[1]))
    np.add.at(scores, person, x * left[:, None])
    bread = plain.normalized_cov_params
    return plain.params, bread @ scores.T @ scores @ bread, bread


def freedom(columns, bread, weights):
    own = np.bincount(person, (matrix(columns) @ bread @ weights) ** 2)
    return float(own.sum() ** 2 / (own ** 2).sum() - 1)


def linear(y):
    found = {}
    for key, (columns, levels) in DRIVERS.items():
        params, covariance, bread = raised(y, columns)
        names = list(columns)
        exposed = sum(columns[level] for level in levels) > 0
        weights = np.zeros(len(names))
        for level in levels:
            weights[names.index(level)] = columns[level].sum() / exposed.sum()
        found[key] = {
            "effect": float(weights @ params), "error": float(np.sqrt(weights @ covariance @ weights)),
            "freedom": freedom(columns, bread, weights),
            "levels": [{"effect": float(params[at]), "error": float(np.sqrt(covariance[at, at]))} for at in map(names.index, levels)],
        }
    return found


def curves():
    """Mean over the exposed of the chance as it was minus with the driver's columns at nothing, by the delta method."""
    found = {}
    for key, (columns, levels) in DRIVERS.items():
        x = matrix(columns)
        names = list(columns)
        fit = sm.Logit(ordered, x).fit(disp=0, maxiter=100, tol=1e-12, cov_type="cluster", cov_kwds={"groups": person})
        exposed = sum(columns[level] for level in levels) > 0
        as_was, without = x[exposed], x[exposed].copy()
        for level in levels:
            without[:, names.index(level)] = 0
        p1, p0 = fit.predict(as_was), fit.predict(without)
        slope = ((p1 * (1 - p1))[:, None] * as_was - (p0 * (1 - p0))[:, None] * without).mean(axis=0)
        found[key] = {"effect": float((p1 - p0).mean()), "error": float(np.sqrt(slope @ fit.cov_params() @ slope))}
    return found


def importance(y):
    base = [name for name in SECOND if name not in ("slow", "badly", "late", "insert")]
    terms = [["slow", "badly"], ["late"], ["insert"]]
    added = np.zeros(len(terms))

    def r2(names):
        return sm.OLS(y, matrix({name: SECOND[name] for name in names})).fit().rsquared

    orders = list(permutations(range(len(terms))))
    for order in orders:
        names, before = list(base), r2(base)
        for term in order:
            names = names + terms[term]
            now = r2(names)
            added[term] += now - before
            before = now
    return (added / added.sum()).tolist()


def naive(y, group, among):
    """The slope of a plain regression on the group, errors by person, without the factor for coefficients."""
    x = sm.add_constant(group[among].astype(float))
    fit = sm.OLS(y[among], x).fit(cov_type="cluster", cov_kwds={"groups": person[among], "use_correction": False})
    clusters = len(np.unique(person[among]))
    return {"effect": float(fit.params[1]), "error": float(fit.bse[1] * np.sqrt(clusters / (clusters - 1)))}


print_to = HERE / "drivers-effects.json"
print_to.write_text(json.dumps({
    "share": {"linear": linear(ordered), "curves": curves(), "importance": importance(ordered),
              "r2": float(ols(ordered, SECOND).rsquared), "naive": naive(ordered, (slow + badly) > 0, known == 1)},
    "value": {"linear": linear(mark), "importance": importance(mark), "r2": float(ols(mark, SECOND).rsquared),
              "naive": naive(mark, late > 0, np.ones(N, bool))},
}, indent=1) + "\n")
