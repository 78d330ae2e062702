"""How fast Python decides one rule: this package beside rule engines that a user would take instead, on the same people in the same run.

`cargo xtask bench --rules` runs it. By hand: `cargo bench -p sam-eurometropole --features arrow --bench rules -- --write FOLDER` writes
the people, the pack and the outcomes; then `python rules.py FOLDER [--quick]`. Every engine must give those outcomes; only then is
anything timed. With `--quick` nothing is. An engine without unknown gets the complete cases alone; what it cannot say is worked out for it in
Python, inside the time, as its user would have to (`asks` names it).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import cedarpy
import cel
import celpy
import numpy
import polars as pl
import sam_eurometropole as sam
import zen
from json_logic import jsonLogic
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ON = date(2026, 6, 1)
ROUNDS = 5
# A slow engine is compared and timed on so many cases.
FEW = 1_000
WANTED = ["fr_rsa", "fr_ass", "fr_aah"]

Case = dict[str, Any]
Outcomes = list[str]


def facts(line: str) -> Case:
    """What the rule reads, flat. A case lacks what is not given."""
    case = json.loads(line)
    placement, participant = case["placement"], case["participant"]
    read = {
        "scheme": placement.get("scheme"), "start": placement.get("start"), "end": placement.get("end"),
        "hours": placement.get("weekly_hours"), "signed": placement.get("agreement", {}).get("signed_by", {}).get("legal_representative"),
        "birth": participant.get("birth_date"), "benefits": participant.get("benefits"),
    }  # fmt: skip
    return {name: value for name, value in read.items() if value is not None}


def days(case: Case) -> int:
    return (date.fromisoformat(case["end"]) - date.fromisoformat(case["start"])).days


def age(case: Case) -> int:
    birth, at = date.fromisoformat(case["birth"]), date.fromisoformat(case["start"])
    return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day))


def has_benefit(case: Case) -> bool:
    return any(benefit["benefit"] in WANTED for benefit in case["benefits"])


# zen-engine: one expression; days and lists are its own.

ZEN = """scheme != 'fr_pmsmp' ? 'not_covered' :
    d(end).diff(d(start), 'day') <= 30 and d(start).diff(d(birth), 'year') >= 16 and hours <= 48
    and some(benefits, #.benefit in ['fr_rsa', 'fr_ass', 'fr_aah'])
    and (d(start).diff(d(birth), 'year') >= 18 or signed) ? 'accepted' : 'refused'"""


def zen_engine() -> Callable[[list[str]], Outcomes]:
    rule = zen.compile_expression(ZEN)
    return lambda lines: [rule.evaluate(facts(line)) for line in lines]


# Cedar: it permits or denies. No age of a calendar, no search in a list of objects, no fractions.

CEDAR = """permit(principal, action, resource) when {
    context.scheme == "fr_pmsmp" && context.days <= 30 && context.age >= 16 && context.hours.lessThanOrEqual(decimal("48.0"))
    && context.benefits.containsAny(["fr_rsa", "fr_ass", "fr_aah"]) && (context.age >= 18 || context.signed)
};"""


def cedar_request(line: str) -> Case:
    case = facts(line)
    context = {
        "scheme": case["scheme"], "days": days(case), "age": age(case), "signed": case["signed"],
        "hours": {"__extn": {"fn": "decimal", "arg": str(case["hours"])}},
        "benefits": [benefit["benefit"] for benefit in case["benefits"]],
    }  # fmt: skip
    return {"principal": 'User::"p"', "action": 'Action::"begin"', "resource": 'Placement::"l"', "context": context}


def cedar() -> Callable[[list[str]], Outcomes]:
    def run(lines: list[str]) -> Outcomes:
        requests = [cedar_request(line) for line in lines]
        results = cedarpy.is_authorized_batch(requests, CEDAR, [])
        return ["accepted" if result.allowed else "denied" for result in results]

    return run


# CEL: timestamps and durations, lists; an age is put together of the parts of two days.

CEL_DAY = "timestamp({0} + 'T00:00:00Z').{1}"
CEL_WITHIN = "{0} * 32 + {1}".format(CEL_DAY.format("{0}", "getMonth()"), CEL_DAY.format("{0}", "getDate()"))
CEL_AGE = "({0} - {1} - ({2} < {3} ? 1 : 0))".format(
    CEL_DAY.format("start", "getFullYear()"), CEL_DAY.format("birth", "getFullYear()"), CEL_WITHIN.format("start"), CEL_WITHIN.format("birth")
)  # fmt: skip
CEL = f"""scheme != 'fr_pmsmp' ? 'not_covered' :
    {CEL_DAY[:-4].format("end")} - {CEL_DAY[:-4].format("start")} <= duration('720h') && {CEL_AGE} >= 16 && hours <= 48.0
    && benefits.exists(b, b.benefit in ['fr_rsa', 'fr_ass', 'fr_aah']) && ({CEL_AGE} >= 18 || signed) ? 'accepted' : 'refused'"""


def cel_rust() -> Callable[[list[str]], Outcomes]:
    program = cel.compile(CEL)
    return lambda lines: [program.execute(facts(line)) for line in lines]


def cel_python() -> Callable[[list[str]], Outcomes]:
    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))

    def one(line: str) -> str:
        case = facts(line)
        return str(program.evaluate(celpy.json_to_cel(case)))

    return lambda lines: [one(line) for line in lines]


# json-logic: no days.

LOGIC = {"if": [
    {"!=": [{"var": "scheme"}, "fr_pmsmp"]}, "not_covered",
    {"and": [
        {"<=": [{"var": "days"}, 30]}, {">=": [{"var": "age"}, 16]}, {"<=": [{"var": "hours"}, 48]},
        {"some": [{"var": "benefits"}, {"in": [{"var": "benefit"}, WANTED]}]},
        {"or": [{">=": [{"var": "age"}, 18]}, {"var": "signed"}]},
    ]}, "accepted", "refused",
]}  # fmt: skip


def json_logic() -> Callable[[list[str]], Outcomes]:
    def one(line: str) -> str:
        case = facts(line)
        return jsonLogic(LOGIC, {**case, "days": days(case), "age": age(case)})

    return lambda lines: [one(line) for line in lines]


# OpenFisca: all persons at once, as arrays. Its dates are numpy's; it has no lists.


def openfisca() -> Callable[[list[str]], Outcomes]:
    person = build_entity(key="person", plural="persons", label="", is_person=True)
    system = TaxBenefitSystem([person])

    def variable(name: str, kind: type, default: Any, formula: Any = None) -> None:
        of = DateUnit.DAY if formula else DateUnit.ETERNITY
        members = {"value_type": kind, "entity": person, "definition_period": of, "default_value": default}
        system.add_variable(type(name, (Variable,), {**members, **({"formula": formula} if formula else {})}))

    def years(person: Any, when: Any) -> Any:
        birth, at = person("birth", when), person("start", when)
        months = lambda days: days.astype("datetime64[M]").astype(int)  # noqa: E731
        of_month = lambda days: (days - days.astype("datetime64[M]")).astype(int)  # noqa: E731
        return (months(at) - months(birth) - (of_month(at) < of_month(birth))) // 12

    def accepted(person: Any, when: Any) -> Any:
        length = (person("end", when) - person("start", when)).astype(int)
        age, signed = person("age", when), person("signed", when)
        terms = [length <= 30, age >= 16, person("hours", when) <= 48, person("benefit", when), (age >= 18) | signed]
        return person("covered", when) & numpy.logical_and.reduce(terms)

    variable("covered", bool, False)
    variable("start", date, date(1970, 1, 1))
    variable("end", date, date(1970, 1, 1))
    variable("birth", date, date(1970, 1, 1))
    variable("hours", float, 0)
    variable("benefit", bool, False)
    variable("signed", bool, False)
    variable("age", int, 0, years)
    variable("accepted", bool, False, accepted)

    def run(lines: list[str]) -> Outcomes:
        cases = [facts(line) for line in lines]
        simulation = SimulationBuilder().build_default_simulation(system, count=len(cases))
        given = {
            "covered": [case["scheme"] == "fr_pmsmp" for case in cases], "hours": [case["hours"] for case in cases],
            "benefit": [has_benefit(case) for case in cases], "signed": [case["signed"] for case in cases],
            **{name: numpy.array([case[name] for case in cases], "datetime64[D]") for name in ("start", "end", "birth")},
        }  # fmt: skip
        for name, values in given.items():
            simulation.set_input(name, period("ETERNITY"), numpy.array(values))
        covered, yes = given["covered"], simulation.calculate("accepted", period(f"day:{ON}"))
        return ["not_covered" if not c else "accepted" if y else "refused" for c, y in zip(covered, yes, strict=True)]

    return run


@dataclass
class Peer:
    name: str
    make: Callable[[], Callable[[list[str]], Outcomes]]
    asks: str
    few: bool = False

    def of(self, cases: list[str]) -> list[str]:
        return cases[:FEW] if self.few else cases


PEERS = [
    Peer("zen-engine", zen_engine, "nothing"),
    Peer("cedar (cedarpy)", cedar, "days, age, benefits as codes; it only permits or denies"),
    Peer("CEL (common-expression-language)", cel_rust, "nothing"),
    Peer("CEL (cel-python)", cel_python, "nothing", few=True),
    Peer("json-logic (json-logic-qubit)", json_logic, "days, age"),
    Peer("openfisca-core", openfisca, "whether a benefit is one of those wanted, the scheme"),
]


@dataclass
class People:
    lines: list[str]
    outcomes: Outcomes
    text: str
    book: sam.Rulebook
    frame: pl.DataFrame

    @staticmethod
    def read(folder: Path) -> People:
        text = (folder / "rules.ndjson").read_text(encoding="utf-8")
        outcomes = (folder / "rules.outcomes").read_text(encoding="utf-8").split()
        pack = (folder / "rules.json").read_text(encoding="utf-8")
        book = sam.Rulebook.embedded().without_packs().with_pack_json(pack)
        frame = pl.read_ndjson(text.encode(), infer_schema_length=None)
        return People(text.split("\n"), outcomes, text, book, frame)

    def complete(self) -> tuple[list[str], Outcomes]:
        both = [(line, outcome) for line, outcome in zip(self.lines, self.outcomes, strict=True) if len(facts(line)) == 7]
        return [line for line, _ in both], [outcome for _, outcome in both]


def single(people: People) -> Outcomes:
    return [people.book.decide_text(line, on=ON).outcome for line in people.lines]


def lines_at_once(people: People) -> Outcomes:
    return [row["outcome"] for row in people.book.decide_table(sam.read_ndjson(people.text), on=ON).decisions]


def frame(people: People) -> Outcomes:
    return [row["outcome"] for row in people.book.decide_table(people.frame, on=ON).decisions]


ENGINE = [("decide_text, one by one", single), ("decide_table, JSON lines", lines_at_once), ("decide_table, data frame", frame)]


def compare(people: People) -> list[tuple[Peer, Callable[[list[str]], Outcomes]]]:
    for name, run in ENGINE:
        assert run(people) == people.outcomes, f"{name} differs"
    complete, outcomes = people.complete()
    runs = [(peer, peer.make()) for peer in PEERS]
    for peer, run in runs:
        lines, wanted = peer.of(complete), peer.of(outcomes)
        given = run(lines)
        if "denied" in given:
            wanted = ["accepted" if o == "accepted" else "denied" for o in wanted]
        differ = [(w, g, line) for w, g, line in zip(wanted, given, lines, strict=True) if w != g]
        assert not differ, f"{peer.name}: {len(differ)} differ, the first {differ[0]}"
    return runs


def speed(run: Callable[[], object], count: int) -> str:
    """The best of some rounds, in the processor's time of this process: engines with threads of their own pay for them."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return f"{count / min(times):>12,.0f}"


def tell(people: People, runs: list[tuple[Peer, Callable[[list[str]], Outcomes]]]) -> None:
    lines, _ = people.complete()
    print(f"  {'cases a second, Python':<44}{'':>12}  worked out for it")
    for name, run in ENGINE:
        print(f"  {'this package, ' + name:<44}{speed(lambda: run(people), len(people.lines))}  nothing; all cases")
    print(f"  {'only reading (json.loads)':<44}{speed(lambda: [facts(line) for line in lines], len(lines))}")
    for peer, run in runs:
        given = peer.of(lines)
        print(f"  {peer.name:<44}{speed(lambda: run(given), len(given))}  {peer.asks}")


def main(words: list[str]) -> None:
    quick, folder = "--quick" in words, Path(next(word for word in words if not word.startswith("--")))
    people = People.read(folder)
    runs = compare(people)
    lines, _ = people.complete()
    print(f"rules in Python: {len(people.lines)} cases, the same outcomes here; {len(lines)} complete ones, the same from every peer")
    if not quick:
        tell(people, runs)


if __name__ == "__main__":
    main(sys.argv[1:])
