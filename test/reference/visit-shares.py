"""Shares of visits with persons as clusters, by statsmodels; and score intervals of plain shares by statsmodels.

Usage: python3 test/reference/visit-shares.py > test/reference/visit-shares.json
"""
import json

import numpy as np
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint


def draw(seed, persons, most, mean, alike):
    """Visits of persons; each person has a chance of their own around `mean`."""
    chance = np.random.default_rng(seed)
    counts = []
    for _ in range(persons):
        visits = int(chance.integers(1, most + 1))
        own = chance.beta(mean * alike, (1 - mean) * alike)
        counts.append((int(chance.binomial(visits, own)), visits))
    return counts


def measure(counts):
    came = np.concatenate([np.r_[np.ones(n), np.zeros(of - n)] for n, of in counts])
    person = np.repeat(np.arange(len(counts)), [of for _, of in counts])
    ones = np.ones((len(came), 1))
    plain = sm.OLS(came, ones).fit(cov_type="cluster", cov_kwds={"groups": person})
    gee = sm.GEE(came, ones, groups=person, family=sm.families.Binomial(link=sm.families.links.identity()),
                 cov_struct=sm.cov_struct.Independence()).fit()
    return {"counts": counts, "share": plain.params[0], "error": plain.bse[0], "gee_error": gee.bse[0]}


cases = [(1, 40, 6, 0.3, 2.0), (2, 12, 20, 0.6, 1.0), (3, 200, 3, 0.05, 5.0), (4, 60, 30, 0.5, 0.5)]
wilson = [(0, 12), (1, 3), (7, 9), (96, 100), (700, 1000), (1, 250000)]
print(json.dumps({
    "statsmodels": statsmodels.__version__,
    "visits": [measure(draw(*case)) for case in cases],
    "wilson": [[n, of, *proportion_confint(n, of, method="wilson")] for n, of in wilson],
}))
