"""The ranges of disclosure control against HiGHS, by SciPy.

Random tables are protected. From what is published alone (values, hidden cells, rates with their rounding, the sums of the hierarchies) an
outsider's linear program in whole numbers is written here anew, and the least and the greatest value of each hidden cell must be those of the
record. The tables are the same in each run.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import linprog

import sam_eurometropole as sam

TABLES = 120
Code = tuple[str, str]


def draw(rng: random.Random) -> tuple[dict[str, Any], list[tuple[Code, list[Code]]]]:
    """A release of areas by age, and its sums."""
    districts = [[f"C{d}{c}" for c in range(rng.randint(2, 4))] for d in range(rng.randint(1, 3))]
    areas = {"ZONE": [f"D{d}" for d in range(len(districts))], **{f"D{d}": parts for d, parts in enumerate(districts)}}
    ages = {"_T": ["Y_LT25", "Y25T64", "Y_GE65"]} if rng.random() < 0.6 else {"_T": ["ADULT", "Y_GE65"], "ADULT": ["Y18T24", "Y25T64"]}
    small = rng.choice([0.1, 0.25, 0.4])
    leaves = [c for parts in districts for c in parts]
    bands = [a for a in ("Y_LT25", "Y18T24", "Y25T64", "Y_GE65") if any(a in parts for parts in ages.values())]
    value: dict[Code, int] = {}
    for area in leaves:
        for age in bands:
            value[area, age] = rng.randint(0, 6) if rng.random() < small else rng.choice([rng.randint(7, 60), rng.randint(7, 900)])
    sums: list[tuple[Code, list[Code]]] = []
    for total, parts in reversed(ages.items()):
        for area in leaves:
            value[area, total] = sum(value[area, part] for part in parts)
            sums.append(((area, total), [(area, part) for part in parts]))
    for total, parts in reversed(areas.items()):
        for age in (*bands, *ages):
            value[total, age] = sum(value[part, age] for part in parts)
            sums.append(((total, age), [(part, age) for part in parts]))
    for total, parts in ages.items():
        sums += [((area, total), [(area, part) for part in parts]) for area in areas]
    kind = "rate" if rng.random() < 0.25 else "count"
    cells = []
    for (area, age), count in value.items():
        cell: dict[str, Any] = {"at": [area, age], "value": count}
        if kind == "rate":
            # A denominator for each cell; whether they add up does not matter.
            cell["denominator"] = max(count * 2, rng.choice([300, 5_000, 60_000]))
        cells.append(cell)
    release = {
        "format": 1,
        "release": "drawn",
        "dimensions": {
            "territory": {"total": "ZONE", "area": True, "hierarchies": [areas]},
            "age": {"total": "_T", "hierarchies": [ages]},
        },
        "tables": [
            {"table": "t", "variable": "v", "kind": kind, "dimensions": ["territory", "age"], "sensitive": rng.random() < 0.2, "cells": cells}
        ],
    }
    return release, sums


def known(cell: dict[str, Any], kind: str) -> tuple[int, int | None]:
    """What a published cell says of its count by itself."""
    denominator = cell.get("denominator")
    if "value" not in cell:
        return 0, denominator
    if kind == "count":
        return cell["value"], cell["value"]
    # Rounded half up to one decimal.
    rate, half = Fraction(str(cell["value"])), Fraction(1, 20)
    fits = [n for n in range(denominator + 1) if rate - half <= Fraction(100 * n, denominator) < rate + half] if denominator <= 5_000 else None
    if fits is None:
        low, high = (rate - half) * denominator / 100, (rate + half) * denominator / 100
        least, above = max(0, -(-low.numerator // low.denominator)), -(-high.numerator // high.denominator) - 1
        return least, min(above, denominator)
    return fits[0], fits[-1]


def end(rows: np.ndarray, bounds: list[tuple[int, int | None]], at: int, sign: int) -> int | None:
    cost = np.zeros(len(bounds))
    cost[at] = sign
    found = linprog(cost, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=bounds, integrality=np.ones(len(bounds)), method="highs")
    if found.status == 3:
        return None
    assert found.status == 0, found.message
    return round(sign * found.fun)


def test_ranges_are_those_of_highs() -> None:
    rng, seen = random.Random(61), Counter[Any]()
    for _ in range(TABLES):
        release, sums = draw(rng)
        protection = sam.protect(release)
        assert protection.passed, protection.text("en")
        kind = release["tables"][0]["kind"]
        cells = protection.published["tables"][0]["cells"]
        place = {tuple(cell["at"]): at for at, cell in enumerate(cells)}
        rows = np.zeros((len(sums), len(cells)))
        for row, (total, parts) in enumerate(sums):
            rows[row, place[total]] = 1
            for part in parts:
                rows[row, place[part]] = -1
        bounds = [known(cell, kind) for cell in cells]
        for one in protection.record["protected"]:
            if not one["hidden"]:
                continue
            at = one["cell"]["at"]
            column = place[at.get("territory", "ZONE"), at.get("age", "_T")]
            if rng.random() < 0.5:
                continue  # Half of them are enough, and take half the time.
            assert "at_least" not in one["range"]
            assert one["range"]["min"] == end(rows, bounds, column, 1), (one, release)
            assert one["range"]["max"] == end(rows, bounds, column, -1), (one, release)
            seen[kind, one["why"]] += 1
        seen["tables with complementary cells"] += protection.record["counts"]["complementary"] > 0
    assert seen["tables with complementary cells"] > TABLES / 2, seen
    assert all(seen[kind, why] > 20 for kind in ("count", "rate") for why in ("sensitive", "complementary")), seen
