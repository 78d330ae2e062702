"""Compares the engine with the oracle: `python check.py FOLDER` decides every case in FOLDER again, in as many processes as there are cores.

FOLDER holds catalogue.json, checks.json, packs.json and cases.ndjson, one `{id, packs, case, on, decision}` a line, where no
packs mean those of packs.json. The last line printed says how many decisions agree; what does not agree comes before it, and the exit is 1.
Of a run with 15,000 random packs or more, every operator must have met every truth and every absence fifty times.

Left out, since neither the documents nor FOLDER say them: a finding's `hint`, `unit` and `replaced_by`, and findings
`limit.…`, whose place is not said. Check digits, and why a `text.form` is wrong, are for tests of identifiers.
`in_force` and `not_covered` are compared as sets, since the catalogue does not keep their order.
"""

import itertools
import json
import multiprocessing
import operator
import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import oracle
from oracle import ACTIONS, Decision, Judge, NotApplicable, Oracle
from reader import Reader, Result

REASONS = ("not_given", "invalid", "declined", "not_known", "not_collected", "not_collected_by_rule")
CELLS = Counter()


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


# Brute force


def scalars(part):
    parts = list(part.values()) if isinstance(part, dict) else part
    return [scalar for one in parts for scalar in scalars(one)] if isinstance(parts, list) else [part]


class Domains:
    """A few values of each field's type, those that the packs compare with first."""

    def __init__(self, book, line):
        self.book, self.on = book, date.fromisoformat(line["on"])
        self.constants = list(dict.fromkeys(scalars(line["packs"])))
        self.communes = {book.communes[code]["system"]: code for code in book.communes}

    def of(self, path):
        field = self.book.fields[self.book.field(path)]
        kind = "code" if path.endswith("]") else field["type"]
        held = self.book.codes.get(field.get("list"), ())
        codes = [code for code in [*self.constants, *held] if code in held]
        numbers = {int(n) + step for n in [0, *self.constants] if type(n) in (int, float) for step in (0, 1)}
        values = {"bool": [False, True], "text": ["x"], "code": codes[:3], "territory": ["FR-99999", *self.communes.values()],
                  "date": [self.on + timedelta(days=days) for days in (-6600, -1, 9)], "time": ["09:00"],
                  "codes": [[], [{path: Result(code)} for code in codes[:2]]]}
        if kind == "objects":
            inner = dict(self.book.flat(field["fields"], self.book.field(path) + "."))
            plain = [name for name in inner if inner[name]["type"] not in ("object", "objects", "codes")]
            elements = [{name: Result(values[at % len(values)]) for name in plain if (values := self.of(name))} for at in (0, 1)]
            return [[], elements[:1], elements]
        return values.get(kind, sorted(n for n in numbers if 0 <= n <= field.get("max", n))[:4])


def answerable(cells):
    """The paths that can be given or corrected, those of elements among them."""
    for cell in cells.values():
        if isinstance(cell.value, list):
            yield from (path for element in cell.value for path in answerable(element))
        elif cell.value is None and cell.reads[0][2] in ACTIONS:
            yield cell.reads[0][1]


def filled(cells, path, value):
    """The cells with a value at a path, which may lead through an element."""
    match = re.match(r"([^\[]*)\[(\d+)\](.*)", path)
    if not match:
        return {**cells, path: Result(value)}
    of, index, rest = match[1], int(match[2]), match[3]
    elements = list(cells[of].value)
    elements[index] = filled(elements[index], of + rest, value)
    return {**cells, of: Result(elements)}


def brute_force(book, line, listed):
    """Fields that are not listed never change the outcome; giving all that are listed leaves nothing to ask.

    A list that is given has elements that are known, and asks no more by itself; where its tests read other fields, those
    are asked for after it. So the lists that are listed are given empty.
    """
    on, domains = date.fromisoformat(line["on"]), Domains(book, line)
    cells = Reader(book, line["case"], on).cells
    others = [path for path in answerable(cells) if path not in listed]

    def decide(values):
        given = cells
        for path, value in values.items():
            given = filled(given, path, value)
        return Decision(book, line["packs"], given, on)
    for turn in range(12):
        chosen = {path: domains.of(path) for path in others if line["packs"]}
        values = {path: values[turn * (at + 1) % len(values)] for at, (path, values) in enumerate(chosen.items())}
        if decide(values).outcome != line["decision"]["outcome"]:
            yield f"{line['id']}: fields that are not listed change the outcome"
    for values in itertools.islice(itertools.product(*[domains.of(path)[:4] for path in listed]), 60):
        values = [[] if isinstance(value, list) else value for value in values]
        if listed and decide(dict(zip(listed, values))).missing()["outcome"]:
            yield f"{line['id']}: {[*map(str, values)]} for {listed} is not enough"


# What was met


def count(name, result, known):
    states = [known] if result.value is not None else []
    CELLS.update((name, state) for state in states + [read[2] if read[0] == "absent" else read[1] for read in result.reads])


def truth(result):
    return str(result.value).lower()


def ends(result):
    return "exact" if result.value and result.value[0] == result.value[1] else "range"


def counted(method, names, known):
    """The method, with what it gave counted under the operator's name."""
    def inner(judge, part):
        result = method(judge, part)
        name = next((name for name in names if name in part), None) if isinstance(part, dict) else None
        name = name if isinstance(part, dict) else part if part in ("anchor", "decision") else None
        if name or isinstance(part, dict):
            count(name or ("date" if "date" in part else "compare"), result, known(result))
        return result
    return inner


def watch():
    """Counts from now on."""
    Judge.test = counted(Judge.test, oracle.TESTS, truth)
    Judge.number = counted(Judge.number, [*oracle.NUMBERS, *oracle.ARITHMETIC], ends)
    Judge.day = counted(Judge.day, oracle.DAYS, lambda result: "day")


def wanted_cells():
    reasons = {name: REASONS for name in (*oracle.TESTS, "compare", "date", *oracle.NUMBERS, *oracle.ARITHMETIC, *oracle.DAYS, "anchor")}
    # Stated reasons decide these.
    reasons.update({"known": REASONS[:2], "absent": REASONS[:2]})
    for name, states in reasons.items():
        known = ("true", "false") if name in (*oracle.TESTS, "compare", "date") else ("exact",)
        known = ("day",) if name in (*oracle.DAYS, "anchor") and name != "param" else known
        ranges = ("range",) if name in ("count", "sum", "window", "week", *oracle.ARITHMETIC) else ()
        yield from ((name, state) for state in (*known, *ranges, *states))


# Broken on purpose


def off_by_one(value):
    if isinstance(value, Result):
        return value if value.value is None else Result(off_by_one(value.value), value.reads)
    if isinstance(value, bool):
        return not value
    return tuple(end + 1 for end in value) if isinstance(value, tuple) else value + (timedelta(1) if isinstance(value, date) else 1)


def off_by_a_day(minutes):
    """A minute more or less of a week seldom meets a limit."""
    return minutes + 24 * 60


def self_test(book, lines):
    """Whatever is broken must be noticed: an engine's outcome, each operator of the oracle, the list of fields."""
    flipped = {**lines[0], "decision": {**lines[0]["decision"], "outcome": "flipped"}}
    if "outcome" not in differing(book, flipped) or not any(any(brute_force(book, line, [])) for line in lines[:60]):
        yield "self-test: a flipped outcome or a missing field is not noticed"
    for table in (oracle.TESTS, oracle.NUMBERS, oracle.MEASURES, oracle.ARITHMETIC, oracle.DAYS, oracle.READINGS):
        for name, sound in list(table.items()):
            broken = off_by_a_day if table is oracle.MEASURES else off_by_one
            table[name] = lambda *given, sound=sound, broken=broken: broken(sound(*given))
            using = (line for line in lines if name == "exactly" or f'"{name}"' in json.dumps([p["rules"][:-1] for p in line["packs"]]))
            if not any(noticed(book, line) for line in itertools.islice(using, 600)):
                yield f"self-test: a broken `{name}` is not noticed"
            table[name] = sound


def noticed(book, line):
    try:
        return bool(differing(book, line))
    except (AttributeError, OverflowError, TypeError, ValueError):
        return True


# The run


def start(folder):
    global BOOK, PACKS
    catalogue, checks, PACKS = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("catalogue", "checks", "packs")]
    BOOK = Oracle(catalogue, checks)


def lines_of(folder):
    return open(folder / "cases.ndjson", encoding="utf-8", newline="\n")


def opened(text):
    line = json.loads(text)
    return {**line, "packs": line["packs"] or PACKS}


def is_random(line):
    return line["packs"][0]["pack"].startswith("test.")


def judged(text):
    """The problems of one line, its outcome where its packs are random, and what was met."""
    line = opened(text)
    members = differing(BOOK, line)
    problems = [f"{line['id']}: {', '.join(members)} differ"] if members else []
    cells = Counter(CELLS) if is_random(line) else Counter()
    if is_random(line) and int(line["id"]) % 40 == 1:
        problems += brute_force(BOOK, line, [entry["field"] for entry in line["decision"]["missing"]["outcome"]])
    CELLS.clear()
    return problems, line["decision"]["outcome"] if is_random(line) else None, cells


def begin(folder):
    start(folder)
    watch()


def main(folder):
    problems, outcomes, cells, agree = [], Counter(), Counter(), 0
    with lines_of(folder) as texts, multiprocessing.Pool(initializer=begin, initargs=(folder,)) as pool:
        for found, outcome, met in pool.imap(judged, texts, chunksize=50):
            problems += found
            agree += not found
            outcomes[outcome] += 1
            cells += met
    start(folder)
    count_of = sum(outcomes.values()) - outcomes[None]
    mix = {name: 100 * outcomes[name] // (count_of or 1) for name in ("refused", "accepted", "undetermined")}
    if count_of >= 300:
        problems += [f"only {share} % are {name}" for name, share in mix.items() if share < 15]
        with lines_of(folder) as texts:
            problems += self_test(BOOK, [line for line in map(opened, itertools.islice(texts, 4_000)) if is_random(line)])
    least = min((cells[cell], cell) for cell in wanted_cells())
    if count_of >= 15_000:
        problems += [f"only {cells[cell]} times: {' '.join(cell)}" for cell in wanted_cells() if cells[cell] < 50]
    print("\n".join(problems[:40]))
    shares = ", ".join(f"{share} % {name}" for name, share in mix.items())
    print(f"{agree} decisions agree, {count_of} of random packs; {shares}; {least[1][0]} with {least[1][1]} was met {least[0]} times, every other cell more often")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
