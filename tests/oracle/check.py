"""Compares the engine with the oracle: `python check.py FOLDER` decides every case in FOLDER again.

FOLDER holds catalogue.json, checks.json and cases.ndjson, one `{id, packs, case, on, decision}` a line. The last line
printed says how many decisions agree; where some do not, their ids and members come first, and the exit is 1.

Left out of the comparison, since the documents or the catalogue do not say them: a finding's `hint`, `unit` and
`replaced_by`. The lists `in_force` and `not_covered` are compared as sets, as the catalogue does not keep their order.
"""

import itertools
import json
import operator
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import oracle
from oracle import ACTIONS, Cell, Decision, Oracle, Reader

LEFT_OUT = ("hint", "unit", "replaced_by")
SETS = ("in_force", "not_covered")


def comparable(value, name=""):
    """Without what is left out, and with numbers as RFC 8785 prints them, so that 1 and 1.0 agree and 1 and true do not."""
    if isinstance(value, dict):
        return {key: comparable(inner, key) for key, inner in value.items() if name != "params" or key not in LEFT_OUT}
    if isinstance(value, list):
        return [comparable(inner) for inner in (sorted(value) if name in SETS else value)]
    return int(value) if isinstance(value, float) and value == int(value) else value


def differing(engine, own):
    spelt = [{key: json.dumps(inner, sort_keys=True) for key, inner in comparable(side).items()} for side in (engine, own)]
    return sorted(key for key in {**spelt[0], **spelt[1]} if spelt[0].get(key) != spelt[1].get(key))


def scalars(part):
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [part] if not isinstance(part, (dict, list)) else [scalar for one in inner for scalar in scalars(one)]


class Filling:
    """Fills absent fields of one case with small domains, and decides it with the oracle alone."""

    def __init__(self, book, line):
        self.book, self.packs, self.on = book, line["packs"], date.fromisoformat(line["on"])
        self.cells = Reader(book, line["case"], self.on).cells
        self.constants = list(dict.fromkeys(scalars(self.packs)))
        self.listed = [entry["field"] for entry in line["decision"]["missing"]["outcome"]]

    def domain(self, path):
        """A few values of the field's type, those that the packs compare with among them."""
        field, kind = self.book.fields[path], self.book.fields[path]["type"]
        if kind in ("integer", "number", "money"):
            numbers = [c + step for c in self.constants if type(c) in (int, float) for step in (0, 1)] + [0]
            return sorted({int(n) for n in numbers if field.get("min", n) <= n <= field.get("max", n)})[:3]
        if kind == "code":
            return [c for c in [*self.constants, *self.book.codes[field["list"]]] if c in self.book.codes[field["list"]]][:3]
        if kind == "territory":
            return ["FR-99999", *{entry["system"]: code for code, entry in self.book.communes.items()}.values()]
        days = [self.on + timedelta(days=days) for days in (-6000, -1, 9)]
        return {"bool": [False, True], "date": days, "text": ["x"]}.get(kind, [[]])

    def decide(self, values):
        cells = {**self.cells, **{path: Cell(value, None) for path, value in values.items()}}
        return Decision(self.book, self.packs, cells, self.on)

    def unlisted(self):
        """The answerable fields that the packs read and the engine does not list."""
        named = {path for path in self.cells if self.cells[path].reason in ACTIONS}
        texts = [text for text in self.constants if isinstance(text, str)]
        read = {text for text in texts} | {f"placement.{text}" for text in texts} | set(oracle.ANCHORS.values())
        read |= {"placement.employer.exists", "placement.host.country"}
        return sorted(named & read - set(self.listed))

    def problems(self):
        """A field that is not listed never changes the outcome; all fields that are listed leave nothing to ask."""
        before = self.decide({})
        for path in self.unlisted():
            for value in self.domain(path):
                if self.decide({path: value}).outcome != before.outcome:
                    yield f"{path} = {value} changes the outcome and is not listed"
        assignments = itertools.product(*[self.domain(path) for path in self.listed])
        for values in itertools.islice(assignments, 60 if self.listed else 0):
            after = self.decide(dict(zip(self.listed, values)))
            if after.missing()["outcome"]:
                yield f"{dict(zip(self.listed, map(str, values)))} is not enough"


def self_test(book, lines):
    """Breaks the engine's decision, the oracle's operator and the list of missing fields: each must be noticed."""
    flipped = {**lines[0]["decision"], "outcome": "broken"}
    noticed = [bool(differing(flipped, book.decide(lines[0]["packs"], lines[0]["case"], lines[0]["on"])))]
    whole, oracle.RELATIONS["at_most"] = oracle.RELATIONS["at_most"], operator.lt
    noticed.append(any(differing(line["decision"], book.decide(line["packs"], line["case"], line["on"])) for line in lines))
    oracle.RELATIONS["at_most"] = whole
    emptied = [{**line, "decision": {"missing": {"outcome": []}}} for line in lines]
    noticed.append(any(True for line in emptied for _ in Filling(book, line).problems()))
    return [f"self-test {number} is not noticed" for number, found in enumerate(noticed) if not found]


def main(folder):
    book = Oracle(*[json.loads((Path(folder) / name).read_text("utf-8")) for name in ("catalogue.json", "checks.json")])
    lines = [json.loads(line) for line in (Path(folder) / "cases.ndjson").read_text("utf-8").splitlines()]
    problems = []
    for line in lines:
        members = differing(line["decision"], book.decide(line["packs"], line["case"], line["on"]))
        problems += [f"{line['id']}: {', '.join(members)}"] if members else []
    disagreeing = len(problems)
    generated = [line for line in lines if line["packs"][0]["pack"].startswith("test.")]
    filled = generated[::10]
    problems += [f"{line['id']}: {problem}" for line in filled for problem in Filling(book, line).problems()]
    outcomes = Counter(line["decision"]["outcome"] for line in generated)
    shares = {name: 100 * outcomes[name] // max(1, len(generated)) for name in ("refused", "accepted", "undetermined")}
    if len(lines) >= 300:
        problems += [f"only {share} % are {name}" for name, share in shares.items() if share < 15]
        problems += self_test(book, lines)
    print("\n".join(problems[:20]))
    mix = ", ".join(f"{share} % {name}" for name, share in shares.items())
    print(f"{len(lines) - disagreeing} of {len(lines)} decisions agree, {mix}; missing fields of {len(filled)} cases by brute force")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
