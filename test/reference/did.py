"""Figures for the tests of verdicts: differences in differences with errors clustered by person, by statsmodels.

Usage: python3 test/reference/did.py > test/reference/did.json
"""
import json

import numpy as np
import statsmodels.api as sm

CELLS = {"place before": 0, "place after": 1, "near before": 4, "near after": 5}


def draw(rng, persons, kind, effect, overlap):
    """Rows of person, cell, value; a person has a level of their own and may be in several cells."""
    rows = []
    for person in range(persons):
        level = rng.normal()
        names = list(CELLS)
        some = [name for name in names if rng.random() < overlap] or [names[rng.integers(4)]]
        for name in some:
            shift = effect * (name == "place after") + 0.1 * name.endswith("after")
            if kind == "share":
                value = float(rng.random() < min(0.95, max(0.05, 0.4 + 0.15 * level + shift)))
            else:
                value = round(float(20 * level + 30 * shift + rng.normal() * 15), 6)
            rows.append((person, CELLS[name], value))
    return rows


def fit(rows, treated):
    rows = [row for row in rows if row[1] in treated]
    person = np.array([row[0] for row in rows])
    cell = np.array([row[1] for row in rows])
    value = np.array([row[2] for row in rows])
    after = (cell % 4 == 1).astype(float)
    place = (cell < 4).astype(float)
    design = [np.ones(len(rows)), after]
    if len(treated) == 4:
        design += [place, after * place]
    result = sm.OLS(value, np.column_stack(design)).fit(
        cov_type="cluster", cov_kwds={"groups": person, "use_correction": True, "df_correction": True}, use_t=True
    )
    at = 3 if len(treated) == 4 else 1
    low, high = result.conf_int()[at]
    return {"difference": result.params[at], "low": low, "high": high, "p": result.pvalues[at]}


def main():
    rng = np.random.default_rng(20261123)
    cases = []
    for kind, persons, effect, overlap in [
        ("share", 220, 0.2, 0.25),
        ("share", 400, 0.0, 0.7),
        ("mark", 300, 0.5, 0.5),
        ("mark", 150, -1.0, 0.9),
    ]:
        rows = draw(rng, persons, kind, effect, overlap)
        cases.append(
            {
                "kind": kind,
                "rows": rows,
                "compared": fit(rows, list(CELLS.values())),
                "plain": fit(rows, [0, 1]),
            }
        )
    print(json.dumps({"cases": cases}))


main()
