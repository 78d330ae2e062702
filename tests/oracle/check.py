"""Compares the engine with the oracle: `python check.py FOLDER` decides every case in FOLDER again.

FOLDER holds catalogue.json, checks.json, packs.json and cases.ndjson, one `{id, packs, case, on, decision}` a line, where no
packs mean those of packs.json. The last line printed says how many decisions agree; what does not agree comes before it, and the exit is 1.

Left out, since neither the documents nor FOLDER say them: a finding's `hint`, `unit` and `replaced_by`, and findings
`limit.…`, whose place is not said. Check digits, and why a `text.form` is wrong, are for tests of identifiers.
`in_force` and `not_covered` are compared as sets, since the catalogue does not keep their order.
"""

import itertools
import json
import operator
import sys
from datetime import date, timedelta
from pathlib import Path

from oracle import ACTIONS, RELATIONS, Decision, Oracle
from reader import Reader, Result


def comparable(value, name=""):
    """Without what is left out; whole floats as integers, as RFC 8785 prints them."""
    if isinstance(value, dict):
        value = {**value, "params": {"form": value["params"]["form"]}} if value.get("code") == "text.form" else value
        return {key: comparable(value[key], key) for key in value if key not in ("hint", "unit", "replaced_by")}
    if isinstance(value, list):
        kept = [one for one in value if name != "findings" or not one["code"].startswith("limit.")]
        return [comparable(one) for one in (sorted(kept) if name in ("in_force", "not_covered") else kept)]
    return int(value) if isinstance(value, float) and value == int(value) else value


def differing(book, line):
    decisions = line["decision"], book.decide(line["packs"], line["case"], line["on"])
    engine, own = [{key: json.dumps(comparable(d[key], key), sort_keys=True) for key in d} for d in decisions]
    return [key for key in {**engine, **own} if engine.get(key) != own.get(key)]


def scalars(part):
    parts = list(part.values()) if isinstance(part, dict) else part
    return [scalar for one in parts for scalar in scalars(one)] if isinstance(parts, list) else [part]


def domain(book, on, constants, path):
    """A few values of the field's type, those that the packs compare with first."""
    field, communes = book.fields[path], {book.communes[code]["system"]: code for code in book.communes}
    held = book.codes.get(field.get("list"), ())
    codes = [code for code in [*constants, *held] if code in held]
    numbers = {int(n) + step for n in [0, *constants] if type(n) in (int, float) for step in (0, 1)}
    values = {"bool": [False, True], "text": ["x"], "code": codes[:3], "territory": ["FR-99999", *communes.values()],
              "date": [on + timedelta(days=days) for days in (-6600, -1, 9)], "objects": [[]], "codes": [[]]}
    return values.get(field["type"], sorted(n for n in numbers if 0 <= n <= field.get("max", n))[:4])


def brute_force(book, line, listed):
    """Fields that are not listed never change the outcome; giving all that are listed leaves nothing to ask."""
    on, cells = date.fromisoformat(line["on"]), Reader(book, line["case"], date.fromisoformat(line["on"])).cells
    constants = list(dict.fromkeys(scalars(line["packs"])))
    domains = {path: domain(book, on, constants, path) for path, cell in cells.items()
               if cell.reads and cell.reads[0][2] in ACTIONS}

    def decide(values):
        return Decision(book, line["packs"], {**cells, **{path: Result(value) for path, value in values.items()}}, on)
    others = [path for path in domains if path not in listed]
    for turn in range(12):
        values = {path: domains[path][turn * (at + 1) % len(domains[path])] for at, path in enumerate(others)}
        if decide(values).outcome != line["decision"]["outcome"]:
            yield f"{line['id']}: fields that are not listed change the outcome"
    for values in itertools.islice(itertools.product(*[domains[path] for path in listed]), 60):
        if listed and decide(dict(zip(listed, values))).missing()["outcome"]:
            yield f"{line['id']}: {[*map(str, values)]} for {listed} is not enough"


def self_test(book, lines):
    """What is broken here must be noticed: an engine's outcome, an operator of the oracle, the list of fields."""
    at_most, RELATIONS["at_most"] = RELATIONS["at_most"], operator.gt
    noticed = [any("rules" in differing(book, line) for line in lines)]
    RELATIONS["at_most"] = at_most
    flipped = {**lines[0], "decision": {**lines[0]["decision"], "outcome": "flipped"}}
    noticed += ["outcome" in differing(book, flipped), any(any(brute_force(book, line, [])) for line in lines)]
    return [f"self-test {at} is not noticed" for at, found in enumerate(noticed) if not found]


def main(folder):
    catalogue, checks, packs = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("catalogue", "checks", "packs")]
    texts, book = (folder / "cases.ndjson").read_text("utf-8").split("\n"), Oracle(catalogue, checks)
    lines = [{**line, "packs": line["packs"] or packs} for line in map(json.loads, filter(None, texts))]
    differ = {line["id"]: members for line in lines if (members := differing(book, line))}
    problems = [f"{name}: {', '.join(members)} differ" for name, members in differ.items()]
    generated = [line for line in lines if line["packs"][0]["pack"].startswith("test.")]
    for line in generated[::10]:
        problems += brute_force(book, line, [entry["field"] for entry in line["decision"]["missing"]["outcome"]])
    outcomes = [line["decision"]["outcome"] for line in generated]
    mix = {name: 100 * outcomes.count(name) // len(outcomes or [0]) for name in ("refused", "accepted", "undetermined")}
    if len(lines) >= 300:
        problems += [f"only {share} % are {name}" for name, share in mix.items() if share < 15] + self_test(book, lines)
    print("\n".join(problems[:20]))
    shares = ", ".join(f"{share} % {name}" for name, share in mix.items())
    print(f"{len(lines) - len(differ)} decisions agree; {shares}; {len(generated[::10])} filled by brute force")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
