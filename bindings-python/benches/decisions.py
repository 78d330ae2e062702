"""How fast Python decides a whole cross-border case by all packs: one call for one case, from text and from a ``dict``.

`cargo xtask bench` runs it. By hand: `cargo bench -p sam-eurometropole --features arrow --bench decisions -- --write FOLDER` writes the
cases and their decisions; then `python decisions.py FOLDER [--quick]`. Every call must give those bytes; only then is anything
timed. With `--quick` nothing is. The time of a call contains the JSON text of the decision, which a result holds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sam_eurometropole as sam

ROUNDS = 2_000

Call = Callable[[], object]


def best(call: Call) -> float:
    """The best time of a call in microseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1e6


def calls(case: dict[str, Any]) -> dict[str, Call]:
    text, on = case["text"], case["on"]
    given = json.loads(text)
    return {
        "from text": lambda: sam.decide_text(text, on=on),
        "from a dict": lambda: sam.decide(given, on=on),
        "with .data": lambda: sam.decide(given, on=on).data,
    }


def compare(case: dict[str, Any]) -> None:
    text, on = case["text"], case["on"]
    for decision in (sam.decide_text(text, on=on), sam.decide(json.loads(text), on=on)):
        assert decision.json() == case["decision"], case["name"]


def main() -> None:
    lines = (Path(sys.argv[1]) / "decisions.ndjson").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    for case in cases:
        compare(case)
    print(f"decisions: {len(cases)} cases, the same bytes from text and dict as in Rust")
    if "--quick" in sys.argv:
        return
    print(f"  {'microseconds a call, Python':<46}" + "".join(f"{door:>14}" for door in calls(cases[0])))
    for case in cases:
        print(f"  {case['name']:<46}" + "".join(f"{best(call):>14.1f}" for call in calls(case).values()))


if __name__ == "__main__":
    main()
