"""What late parcels and poor product cards do to review scores in the Olist data, by ordinary least squares with errors by person.

Usage: python3 test/reference/olist-lateness.py <folder of the Olist data> > test/reference/olist-lateness.json

Everything else alike: category and state of the customer. The score is told from -100 to 100. Only figures are written.
"""
import csv
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
import statsmodels.api as sm

FOLDER = Path(sys.argv[1])
RARE, MOST = 30, 40


def read(name):
    with open(FOLDER / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def moment(text):
    return datetime.fromisoformat(text) if text else None


english = {row["product_category_name"]: row["product_category_name_english"] for row in read("product_category_name_translation.csv")}
products = {row["product_id"]: row for row in read("olist_products_dataset.csv")}
customers = {row["customer_id"]: row for row in read("olist_customers_dataset.csv")}
orders = {row["order_id"]: row for row in read("olist_orders_dataset.csv")}
first = {}
for item in read("olist_order_items_dataset.csv"):
    first.setdefault(item["order_id"], products.get(item["product_id"]))


def describe(review):
    order = orders[review["order_id"]]
    customer = customers[order["customer_id"]]
    answered = moment(review["review_answer_timestamp"])
    came = moment(order["order_delivered_customer_date"])
    promised = moment(order["order_estimated_delivery_date"])
    hasCome = came is not None and came <= answered
    # Whoever is asked before the parcel came knows that it is late already.
    # Ends without a date happened at the earliest with the last dated step.
    steps = ["order_purchase_timestamp", "order_approved_at", "order_delivered_carrier_date", "order_delivered_customer_date"]
    hasEnded = order["order_status"] in ("canceled", "unavailable") or (order["order_status"] == "delivered" and came is None)
    isAway = not (hasEnded and max(moment(order[step]) for step in steps if order[step]) <= answered)
    isLateAlready = not hasCome and isAway and promised is not None and answered.date() > promised.date()
    day = came if hasCome else answered
    isJudged = promised is not None and (hasCome or isLateAlready)
    product = first.get(review["order_id"]) or {}
    name = product.get("product_category_name", "")
    return {
        "y": (int(review["review_score"]) - 1) * 50 - 100,
        "person": customer["customer_unique_id"],
        "state": customer["customer_state"],
        "category": english.get(name, name),
        "late": (day.date() - promised.date()).days if isJudged else None,
        "photos": int(product["product_photos_qty"]) if product.get("product_photos_qty") else None,
        "letters": int(product["product_description_lenght"]) if product.get("product_description_lenght") else None,
    }


reviews = {(row["review_id"], row["order_id"]): row for row in read("olist_order_reviews_dataset.csv") if row["order_id"] in orders}
units = [describe(row) for row in reviews.values()]
n = len(units)
lengths = sorted(unit["letters"] for unit in units if unit["letters"] is not None)
median = lengths[len(lengths) // 2]


def dummies(name):
    """The commonest value is the one compared with; values that few have are one."""
    counts = Counter(unit[name] for unit in units)
    common = [value for value, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST]]
    label = lambda value: value if value in common else "…"
    counts = Counter(label(unit[name]) for unit in units)
    rare = {value for value, count in counts.items() if count < RARE}
    values = [label(unit[name]) for unit in units]
    values = ["rare" if value in rare else value for value in values]
    counts = Counter(values)
    base = max(counts, key=lambda value: (value != "rare", counts[value]))
    kept = [value for value in counts if value != base and not (value == "rare" and counts[value] < RARE)]
    return [np.array([float(value == own) for value in values]) for own in sorted(kept)]


flag = lambda test: np.array([float(test(unit)) for unit in units])
columns = {
    "few_photos": flag(lambda u: u["photos"] is not None and u["photos"] < 2),
    "short_description": flag(lambda u: u["letters"] is not None and u["letters"] < median),
    "missed": flag(lambda u: u["late"] is not None and 1 <= u["late"] <= 2),
    "badly": flag(lambda u: u["late"] is not None and u["late"] >= 3),
}
known = {
    "card": [flag(lambda u: u["photos"] is not None), flag(lambda u: u["letters"] is not None)],
    "late": [flag(lambda u: u["late"] is not None)],
}
controls = dummies("state") + dummies("category")
persons = {person: at for at, person in enumerate(sorted({unit["person"] for unit in units}))}
groups = np.array([persons[unit["person"]] for unit in units])
y = np.array([float(unit["y"]) for unit in units])


def independent(candidates):
    """Columns that aren't made of those before them."""
    kept, rank = [np.ones(n)], 1
    for column in candidates:
        grown = np.linalg.matrix_rank(np.column_stack([*kept, column]))
        if grown > rank:
            kept.append(column)
            rank = grown
    return kept[1:]


def fit(names, kinds):
    told = [columns[name] for name in names]
    rest = [column for kind in kinds for column in known[kind] if RARE <= column.sum() <= n - RARE]
    x = sm.add_constant(np.column_stack(independent(told + controls + rest)))
    fitted = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True})
    return {name: {"effect": fitted.params[at + 1], "error": fitted.bse[at + 1]} for at, name in enumerate(names)}


card = fit(["few_photos", "short_description"], ["card"])
late = fit(["few_photos", "short_description", "missed", "badly"], ["card", "late"])
json.dump(
    {
        "units": n,
        "persons": len(persons),
        "median": median,
        "counts": {name: int(column.sum()) for name, column in columns.items()},
        "few_photos": card["few_photos"],
        "short_description": card["short_description"],
        "missed": late["missed"],
        "badly": late["badly"],
    },
    sys.stdout,
    indent=2,
)
print()
